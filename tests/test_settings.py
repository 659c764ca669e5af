"""Where settings come from, and which are refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from sensay_ext._errors import ConfigurationError
from sensay_ext._settings import (
    DEFAULT_API_VERSION,
    DEFAULT_BASE_URL,
    Settings,
    check_api_version,
    check_base_url,
    is_loopback,
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and a home directory of its own."""
    (tmp_path / "home" / ".sensay").mkdir(parents=True)
    (tmp_path / "project").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def write_project_file(project: Path, **values: Any) -> None:
    (project / "sensay.config.json").write_text(json.dumps(values))


def write_user_file(project: Path, **values: Any) -> None:
    (project.parent / "home" / ".sensay" / "config.json").write_text(json.dumps(values))


@pytest.mark.usefixtures("project")
def test_without_anything_there_are_only_defaults() -> None:
    assert Settings.find() == Settings(
        organization_secret=None, user_id=None, base_url=DEFAULT_BASE_URL, api_version=DEFAULT_API_VERSION
    )


def test_what_is_given_wins_over_everything(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENSAY_API_KEY", "from-environment")
    monkeypatch.setenv("SENSAY_USER_ID", "from-environment")
    monkeypatch.setenv("SENSAY_BASE_URL", "https://environment.example")
    monkeypatch.setenv("SENSAY_API_VERSION", "2025-01-01")
    write_project_file(project, apiKey="from-project", userId="from-project")
    given = {
        "organization_secret": "given",
        "user_id": "given",
        "base_url": "https://given.example",
        "api_version": "2026-01-01",
    }

    assert Settings(**given) == Settings.find(**given)


def test_the_environment_wins_over_the_files(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENSAY_API_KEY", " from-environment \n")
    monkeypatch.setenv("SENSAY_USER_ID", "")
    monkeypatch.setenv("SENSAY_BASE_URL", "https://environment.example")
    write_project_file(project, apiKey="from-project", userId="alice", baseUrl="https://project.example")

    assert Settings.find() == Settings(
        organization_secret="from-environment", user_id="alice", base_url="https://environment.example"
    )


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"SENSAY_API_KEY": "a"}, "a"),
        ({"SENSAY_ORGANIZATION_SECRET": "b"}, "b"),
        ({"SENSAY_API_KEY": "a", "SENSAY_ORGANIZATION_SECRET": "b"}, "a"),
        ({"SENSAY_API_KEY": " ", "SENSAY_ORGANIZATION_SECRET": "b"}, "b"),
    ],
)
def test_the_secret_has_two_names(variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert Settings.find().organization_secret == expected


def test_the_project_wins_over_the_user(project: Path) -> None:
    write_user_file(project, apiKey="user-key", userId="user", baseUrl="https://user.example", organizationId="o")
    write_project_file(project, apiKey="project-key")

    assert Settings.find() == Settings(
        organization_secret="project-key", user_id="user", base_url="https://user.example"
    )


def test_a_given_secret_brings_no_user_from_a_file_along(project: Path) -> None:
    write_project_file(project, apiKey="project-key", userId="somebody", baseUrl="https://project.example")

    assert Settings.find(organization_secret="given") == Settings(organization_secret="given")


@pytest.mark.parametrize(
    ("where", "bait"),
    [
        ("environment", {}),
        ("environment", {"apiKey": "bait"}),
        ("environment", {"apiKey": "bait", "userId": "bait"}),
        ("user file", {}),
        ("user file", {"userId": "bait"}),
    ],
)
def test_a_working_directory_cannot_send_the_secret_elsewhere(
    where: str, bait: dict[str, str], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_project_file(project, baseUrl="https://evil.example", **bait)
    if where == "environment":
        monkeypatch.setenv("SENSAY_API_KEY", "zq-SENTINEL-7f3a")
    else:
        write_user_file(project, apiKey="zq-SENTINEL-7f3a")

    with pytest.raises(ConfigurationError, match="set SENSAY_BASE_URL") as caught:
        Settings.find()

    assert "SENTINEL" not in str(caught.value)


def test_a_working_directory_may_name_the_usual_host(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENSAY_API_KEY", "key")
    write_project_file(project, baseUrl="https://api.sensay.io/")

    assert Settings.find().base_url == "https://api.sensay.io/"


def test_a_working_directory_may_bring_host_and_key(project: Path) -> None:
    write_project_file(project, baseUrl="https://staging.example", apiKey="staging-key")

    assert Settings.find() == Settings(organization_secret="staging-key", base_url="https://staging.example")


def test_a_working_directory_may_bring_the_key_that_is_set(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENSAY_API_KEY", "staging-key")
    write_project_file(project, baseUrl="https://staging.example", apiKey="staging-key")

    assert Settings.find().base_url == "https://staging.example"


def test_a_working_directory_without_any_key_gets_none(project: Path) -> None:
    write_project_file(project, baseUrl="https://staging.example")

    assert Settings.find() == Settings(base_url="https://staging.example")


def test_the_environment_may_send_the_secret_where_a_working_directory_does(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENSAY_API_KEY", "key")
    monkeypatch.setenv("SENSAY_BASE_URL", "https://staging.example")
    write_project_file(project, baseUrl="https://staging.example", apiKey="bait")

    assert Settings.find() == Settings(organization_secret="key", base_url="https://staging.example")


def test_settings_show_no_secret() -> None:
    assert "SENTINEL" not in repr(Settings(organization_secret="zq-SENTINEL-7f3a"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_may_begin_with_a_mark_of_its_encoding(encoding: str, project: Path) -> None:
    (project / "sensay.config.json").write_text('{"apiKey": "key", "userId": "Zoë"}', encoding=encoding)

    assert Settings.find() == Settings(organization_secret="key", user_id="Zoë")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"apiKey": 5, "userId": null, "baseUrl": ""}', b"[" * 100_000],
)
def test_an_unusable_file_is_ignored(content: bytes, project: Path) -> None:
    (project / "sensay.config.json").write_bytes(content)

    assert Settings.find() == Settings()


def test_an_unreadable_file_is_mentioned_without_its_content(project: Path, caplog: pytest.LogCaptureFixture) -> None:
    (project / "sensay.config.json").write_text('{"apiKey": "zq-SENTINEL-7f3a"')
    Settings.find()

    assert [record.getMessage() for record in caplog.records] == ["sensay.config.json is ignored: JSONDecodeError"]


def test_a_directory_in_the_place_of_the_file_is_ignored(project: Path) -> None:
    (project / "sensay.config.json").mkdir()

    assert Settings.find() == Settings()


@pytest.mark.usefixtures("project")
def test_a_process_without_a_home_has_no_user_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", no_home)

    assert Settings.find() == Settings()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://api.sensay.io", "https://api.sensay.io"),
        (" https://api.sensay.io/ ", "https://api.sensay.io"),
        ("https://gateway.example:8443/sensay/", "https://gateway.example:8443/sensay"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://127.8.9.1:8000", "http://127.8.9.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("http://localhost:8000", "http://localhost:8000"),
    ],
)
def test_a_safe_base_url_is_taken_without_its_last_slash(url: str, expected: str) -> None:
    assert expected == check_base_url(url)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://api.sensay.io", "the secret could be read on the way"),
        ("http://localhost.evil.example", "the secret could be read on the way"),
        ("http://10.0.0.1", "the secret could be read on the way"),
        ("ftp://api.sensay.io", "must begin with https"),
        ("api.sensay.io", "must begin with https"),
        ("https://", "must begin with https"),
        ("", "must begin with https"),
        ("https://a..b", "name a host"),
        (f"https://{'x' * 64}.example", "name a host"),
        ("https://user:zq-SENTINEL@api.sensay.io", "user name or password"),
        ("https://zq-SENTINEL@api.sensay.io", "user name or password"),
        ("https://:zq-SENTINEL@api.sensay.io", "user name or password"),
        ("https://api.sensay.io?x=zq-SENTINEL", "query"),
        ("https://api.sensay.io#zq-SENTINEL", "fragment"),
        ("https://api.sensay.io/v1", "version"),
        ("https://api.sensay.io/v2/", "version"),
        ("https://[::1", "not a URL"),
        ("https://api.sensay.io:port", "not a URL"),
    ],
)
def test_an_unsafe_base_url_is_refused_without_its_credentials(url: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message) as caught:
        check_base_url(url)

    assert "SENTINEL" not in str(caught.value)
    assert caught.value.__context__ is None


def test_an_insecure_base_url_can_be_asked_for() -> None:
    assert check_base_url("http://10.0.0.1:8000", allow_insecure=True) == "http://10.0.0.1:8000"


@pytest.mark.parametrize(
    ("host", "expected"), [("localhost", True), ("::1", True), ("10.0.0.1", False), ("a.b", False)]
)
def test_this_machine_is_known_by_its_names(host: str, expected: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert expected is is_loopback(host)


@pytest.mark.parametrize("version", ["", "v1", "2025-3-25", "2025-03-25\n", "latest"])
def test_a_version_is_a_date(version: str) -> None:
    with pytest.raises(ConfigurationError, match="api_version must be a date"):
        check_api_version(version)


def test_a_date_is_a_version() -> None:
    assert check_api_version("2025-11-05") == "2025-11-05"
