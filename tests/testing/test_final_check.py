"""The last look before a recording is written: it stops what the scrubbing has left, and does not repeat it."""

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from sensay_ext.testing import CassetteError, Finding, Interaction, Json, Message, Scrubber, SecretLeft, use_cassette
from sensay_ext.testing import _scrubber as scrubbing
from sensay_ext.testing._rules import kind_of_field
from sensay_ext.testing._scrubber import Scrubbing
from sensay_ext.testing._spellings import Replacer
from tests.fault_server import FaultServer, reply
from tests.testing import planting as planted
from tests.testing.decoded import parts_found, parts_in_files
from tests.testing.planting import ENCODINGS

Switch = Callable[[pytest.MonkeyPatch], None]


def no_replacing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Replacer, "replace", lambda _, data: data)


def no_values_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Scrubbing, "_replaced", lambda _, leaf: leaf.value)


def nothing_kept_back(monkeypatch: pytest.MonkeyPatch) -> None:
    no_values_in_place(monkeypatch)
    monkeypatch.setattr(scrubbing, "_settled_url", str)


def record(path: Path, body: bytes, scrubber: Scrubber | None = None, *, before: str | None = None) -> None:
    if before is not None:
        path.write_text(before)
    headers = {"X-ORGANIZATION-SECRET": planted.ORGANIZATION_SECRET, "X-USER-ID": planted.EMAIL}
    with FaultServer(reply(200, body)) as server, use_cassette(path, record="rewrite", scrubber=scrubber):
        httpx.get(f"{server.url}/v1/users/me", headers=headers)


def shown(error: BaseException) -> str:
    return f"{error} {error!r} {error.__dict__} {''.join(traceback.format_exception(error))}"


@pytest.mark.parametrize("switch_off", [no_replacing, no_values_in_place, nothing_kept_back])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_a_rule_has_left_stops_the_recording(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, encoding: str, switch_off: Switch
) -> None:
    switch_off(monkeypatch)
    with pytest.raises(SecretLeft, match=r"would be left in .*; nothing was written") as raised:
        record(tmp_path / "cassette.yaml", ENCODINGS[encoding](planted.ORGANIZATION_SECRET).encode())

    assert list(tmp_path.iterdir()) == []
    assert parts_found(shown(raised.value).encode(), [planted.ORGANIZATION_SECRET, planted.EMAIL]) == []


def test_a_cassette_that_was_there_stays_as_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    no_replacing(monkeypatch)
    with pytest.raises(SecretLeft):
        record(tmp_path / "cassette.yaml", planted.ORGANIZATION_SECRET.encode(), before="an older one")

    assert [path.read_text() for path in tmp_path.iterdir()] == ["an older one"]


def test_a_form_that_is_out_of_reach_stops_the_recording(tmp_path: Path) -> None:
    said = planted.ORGANIZATION_SECRET
    for _ in range(2):
        said = "".join(f"&#{ord(character)};" for character in said)
    with pytest.raises(SecretLeft, match="an organization secret would be left in interaction 1, reply body"):
        record(tmp_path / "cassette.yaml", said.encode())

    assert list(tmp_path.iterdir()) == []


def test_the_place_is_told_without_what_stands_there(monkeypatch: pytest.MonkeyPatch) -> None:
    no_values_in_place(monkeypatch)
    body = Json({planted.INVITE: {"said": planted.INVITE}})
    made = Interaction(
        method="POST",
        url=f"https://api.sensay.io/v1/api-keys/invites/{planted.INVITE.replace('/', '%2F')}/redeem",
        reply=Message(body=body),
    )
    with pytest.raises(SecretLeft) as raised:
        Scrubber().scrub([made])

    assert parts_found(shown(raised.value).encode(), [planted.INVITE]) == []


@pytest.mark.parametrize("name", ["SENSAY_API_KEY", "SENSAY_ORGANIZATION_SECRET", "SENSAY_USER_ID"])
def test_what_the_environment_knows_is_hidden(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    monkeypatch.setenv(name, f" {planted.API_KEY} ")
    record(tmp_path / "cassette.yaml", ENCODINGS["base64 of JSON"](planted.API_KEY).encode())

    assert parts_in_files(tmp_path, [planted.API_KEY]) == []


def test_what_a_project_names_is_hidden(tmp_path: Path) -> None:
    scrubber = Scrubber(secrets=["harbour-office"], fields={"crewMember": "user"}, headers=["X-Request-Id"])
    body = b'{"crewMember": "ada-of-the-harbour", "by": ["harbour-office", "ada-of-the-harbour"]}'
    record(tmp_path / "cassette.yaml", body, scrubber)

    assert parts_in_files(tmp_path, ["harbour-office", "ada-of-the-harbour"]) == []


def test_kinds_are_checked_by_name() -> None:
    with pytest.raises(ValueError, match="harbour"):
        Scrubber(fields={"crewMember": "harbour"})


def test_a_scrubber_can_change_what_would_be_another_value_each_time(tmp_path: Path) -> None:
    class Settling(Scrubber):
        def adjust(self, interaction: Interaction) -> Interaction:
            return Interaction(method=interaction.method, url=f"{interaction.url}?at=noon")

    record(tmp_path / "cassette.yaml", planted.EMAIL.encode(), Settling())

    assert "/v1/users/me?at=noon\n" in (tmp_path / "cassette.yaml").read_text()


def test_what_describes_the_wire_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "cassette.yaml"
    scrubber = Scrubber(headers=["Content-Encoding", "Content-Length", "X-Request-Id"])
    headers = {"Content-Length": "5", "X-Request-Id": "one"}
    with FaultServer(reply(200, b"hello", headers)) as server, use_cassette(path, record="once", scrubber=scrubber):
        httpx.get(server.url)
    with use_cassette(path, scrubber=scrubber):
        again = httpx.get("http://127.0.0.1/")

    assert (again.text, again.headers["x-request-id"]) == ("hello", "one")
    assert "content-length" not in path.read_text()


@pytest.mark.parametrize(
    ("headers", "body"),
    [({"Content-Encoding": "compress"}, b"\x1f\x9d"), ({"Content-Encoding": "gzip"}, b"\x1f\x8b\x08 no more")],
)
def test_what_cannot_be_looked_into_is_not_recorded(tmp_path: Path, headers: dict[str, str], body: bytes) -> None:
    def ask(url: str) -> None:
        try:
            httpx.get(url)
        except Exception as problem:  # noqa: BLE001 - a program that takes no notice
            assert isinstance(problem, CassetteError)  # noqa: PT017

    with (
        pytest.raises(CassetteError, match=f"Content-Encoding is {headers['Content-Encoding']}; ask for another"),
        FaultServer(reply(200, body, headers)) as server,
        use_cassette(tmp_path / "cassette.yaml", record="once"),
    ):
        ask(server.url)

    assert list(tmp_path.iterdir()) == []


def test_findings_say_no_more_than_where(tmp_path: Path) -> None:
    finding = Finding(tmp_path, "a token", 3)

    assert str(finding) == f"{tmp_path}:3: a token"
    assert set(finding.__slots__) == {"path", "kind", "line"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("signedURL", None),
        ("telegram_token", "bot-token"),
        ("api_key", "api-key"),
        ("password", "secret"),
        ("name", None),
    ],
)
def test_fields_are_known_by_their_names(name: str, kind: Any) -> None:
    assert kind_of_field(name) == kind
