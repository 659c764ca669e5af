"""Looking through files for what must not be in them."""

import base64
import gzip
import json
import textwrap
from pathlib import Path
from urllib.parse import quote

import pytest

from sensay_ext.testing import Finding, scan
from tests.testing.runs import run

pytest_plugins = "pytester"

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJ1cmwiOiJoYXJib3VyLzEifQ.c2lnbmVkLWJ5LW5vYm9keQ"
SECRET = "ferry/secret+of-the=harbour"
A_YEAR_OF_TEXT = "The last ferry leaves at nine in the evening. " * 40


def folded(data: bytes) -> str:
    """In base64 over several lines, as YAML writes bytes."""
    return "\n".join(textwrap.wrap(base64.b64encode(data).decode(), 76))


FORMS = {
    "plain": f"url: https://files.example/put?token={TOKEN}".encode(),
    "in JSON": json.dumps({"signedURL": f"https://files.example/put?token={TOKEN}"}).encode(),
    "percent-encoded": f"next=https%3A%2F%2Ffiles.example%2Fput%3Fu%3D{quote(TOKEN, safe='').replace('.', '%2E')}".encode(),
    "in base64": b"body: " + base64.b64encode(f"token {TOKEN}".encode()),
    "in base64, folded": f"body: !!binary |\n{textwrap.indent(folded((A_YEAR_OF_TEXT + TOKEN).encode()), '  ')}\n".encode(),
    "compressed, in base64, folded": f"body: !!binary |\n{folded(gzip.compress((A_YEAR_OF_TEXT + TOKEN).encode()))}\n".encode(),
    "compressed": gzip.compress(f"{A_YEAR_OF_TEXT}\n{TOKEN}\n".encode()),
    "among other bytes": b"\x00\xff\xfe\x01" + TOKEN.encode() + b"\x00\x80",
}


@pytest.mark.parametrize("content", FORMS.values(), ids=list(FORMS))
def test_a_token_is_found_however_it_is_written(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "recording").write_bytes(content)

    findings = scan(tmp_path)

    assert "a token" in {finding.kind for finding in findings}
    assert TOKEN[:20] not in f"{findings}{[str(finding) for finding in findings]}"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("from: ada@harbour.example", "an email"),
        ("url: https://api.telegram.org/bot7123456789:AAEabcDEFGHIJKLmnopqrstuvwxyz0123/getMe", "a bot token"),
        ("X-ORGANIZATION-SECRET: harbour-office", "a secret"),
        ("url: https://ada:ferry@harbour.example/", "a secret"),
        ("url: https://files.example/put?X-Amz-Signature=0f1e2d3c4b5a", "a token"),
    ],
)
def test_what_looks_like_something_to_hide_is_found(content: str, kind: str, tmp_path: Path) -> None:
    file = tmp_path / "recording.yaml"
    file.write_text(f"# recorded\n{content}\n")

    assert Finding(file, kind, 2) in scan(tmp_path)


@pytest.mark.parametrize("variable", ["SENSAY_API_KEY", "SENSAY_ORGANIZATION_SECRET", "SENSAY_USER_ID"])
def test_what_the_environment_knows_is_found(variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "recording.json"
    file.write_text(json.dumps({"said": f"it is {SECRET}"}))
    before = scan(tmp_path)
    monkeypatch.setenv(variable, SECRET)
    kind = "a user" if variable == "SENSAY_USER_ID" else "an organization secret"

    assert (before, scan(tmp_path)) == ([], [Finding(file, kind, 1)])


@pytest.mark.parametrize("write", [str, quote, lambda text: base64.b64encode(text.encode()).decode()])
def test_what_the_caller_names_is_found(write: object, tmp_path: Path) -> None:
    assert callable(write)
    (tmp_path / "recording.txt").write_text(f"It is {write(SECRET)}.")

    assert [finding.kind for finding in scan(tmp_path, secrets=[SECRET])] == ["a secret"]


def test_pseudonyms_are_nothing_to_find(tmp_path: Path) -> None:
    (tmp_path / "recording.yaml").write_text(
        "X-ORGANIZATION-SECRET: scrubbed-organization-secret-0001\n"
        "url: https://files.example/put?token=scrubbed-token-0001\n"
        "from: scrubbed-email-0001@example.com\n"
    )

    assert scan(tmp_path) == []


def test_each_kind_of_thing_is_named_once_for_each_line(tmp_path: Path) -> None:
    file = tmp_path / "crew.txt"
    file.write_text("ada@harbour.example, bob@harbour.example\nnobody\ncy@harbour.example\n")

    assert [str(finding) for finding in scan(file)] == [f"{file}:1: an email", f"{file}:3: an email"]


def test_a_file_without_lines_has_no_number(tmp_path: Path) -> None:
    (tmp_path / "recording").write_bytes(b"\x00\xff\xfe\x01" + TOKEN.encode() + b"\x00\x80")

    assert [str(finding) for finding in scan(tmp_path)] == [f"{tmp_path / 'recording'}: a token"]


def test_all_files_below_a_folder_are_looked_through(tmp_path: Path) -> None:
    for name in ("a/b/one.yaml", "a/two.txt", "three"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("ada@harbour.example")

    found = [finding.path.relative_to(tmp_path).as_posix() for finding in scan(str(tmp_path))]
    assert found == ["a/b/one.yaml", "a/two.txt", "three"]


def test_a_folder_that_is_not_there_is_no_clean_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="there is no file or folder"):
        scan(tmp_path / "casettes")


def test_the_option_adds_a_test_for_each_file(pytester: pytest.Pytester) -> None:
    folder = pytester.mkdir("cassettes")
    (folder / "clean.yaml").write_text("the last ferry leaves at nine\n")
    (folder / "dirty.yaml").write_text(f"# recorded\nurl: https://files.example/put?token={TOKEN}\n")

    result = run(pytester, "def test_of_theirs(): pass", "--sensay-scan", "cassettes", "-p", "no:cacheprovider")

    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*must not be in a file that others can read*", "*dirty.yaml:2: a token*"])
    assert TOKEN[:20] not in result.stdout.str() + result.stderr.str()


def test_the_option_needs_no_tests_beside_it(pytester: pytest.Pytester) -> None:
    folder = pytester.mkdir("cassettes")
    (folder / "clean.yaml").write_text("the last ferry leaves at nine\n")

    result = run(pytester, "", "--sensay-scan", "cassettes", "-v")

    result.assert_outcomes(passed=1)
    assert result.ret == pytest.ExitCode.OK


def test_the_option_for_a_folder_that_is_not_there_is_an_error(pytester: pytest.Pytester) -> None:
    result = run(pytester, "def test_of_theirs(): pass", "--sensay-scan", "casettes")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: --sensay-scan: there is no file or folder casettes"])
