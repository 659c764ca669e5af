"""What is found in YAML and JSON by its structure, as in cassettes that vcrpy has written by itself."""

import base64
import gzip
import json
import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml

from sensay_ext.testing import scan
from tests.testing import planting as planted
from tests.testing.decoded import parts_found
from tests.testing.runs import run

pytest_plugins = "pytester"

VCRPY: dict[str, Any] = {
    "interactions": [
        {
            "request": {
                "body": json.dumps({"content": "Hello"}),
                "headers": {
                    "Accept": ["*/*"],
                    "X-ORGANIZATION-SECRET": [planted.ORGANIZATION_SECRET],
                    "Authorization": [f"Bearer {planted.API_KEY}"],
                },
                "method": "GET",
                "uri": "https://api.sensay.io/v1/replicas",
            },
            "response": {
                "body": {"string": gzip.compress(json.dumps({"said": planted.EMAIL}).encode())},
                "headers": {"Content-Type": ["application/json"]},
                "status": {"code": 200, "message": "OK"},
            },
        }
    ],
    "version": 1,
}


def found(path: Path, text: str) -> list[tuple[int | None, str]]:
    path.write_text(text)
    findings = scan(path)
    assert parts_found(f"{findings} {[str(finding) for finding in findings]}".encode(), planted.BY_PLACE) == []
    return [(finding.line, finding.kind) for finding in findings]


@pytest.mark.parametrize("width", [20, 80, 10_000])
def test_cassettes_of_vcrpy_are_understood(tmp_path: Path, width: int) -> None:
    kinds = [kind for _, kind in found(tmp_path / "cassette.yaml", yaml.dump(VCRPY, width=width))]

    assert sorted(kinds) == ["a secret", "an email", "an organization secret"]


def test_cassettes_in_json_are_understood(tmp_path: Path) -> None:
    request = {"headers": VCRPY["interactions"][0]["request"]["headers"]}

    assert found(tmp_path / "cassette.json", json.dumps([request], indent=1)) == [
        (8, "an organization secret"),
        (11, "a secret"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("apiKey: harbour-office-7", [(1, "an api key"), (1, "a secret")]),
        ("X-Organization-Secret:\n- harbour-office-7", [(2, "an organization secret")]),
        ("telegram_token: >-\n  harbour-office-7", [(1, "a bot token")]),
        ("? [a]\n: b\ntoken: [[harbour-office-7]]", []),
        ("token: 12345678", []),
        ("token: null", []),
        ("token: [REDACTED]", []),
        ("token: '<redacted>'", []),
        ("token: ${{ the.token }}", []),
        ("token: XXXXXXXX", []),
        ("token: scrubbed-token-0001", []),
        ("token: is to be had at the counter", []),
        ("token: abc", []),
        ("owner: harbour-office-7", []),
        ("a: &same\n  token: harbour-office-7\nb: *same", [(2, "a bot token")]),
        ("---\ntoken: harbour-office-7\n---\n", [(2, "a bot token")]),
        ("{token: harbour-office-7", []),
        ("said: !!binary |\n  harb\n  o\n", []),
    ],
)
def test_names_tell_what_is_secret(tmp_path: Path, text: str, expected: list[tuple[int, str]]) -> None:
    assert found(tmp_path / "cassette.yml", text) == expected


def test_names_tell_nothing_in_other_files(tmp_path: Path) -> None:
    assert found(tmp_path / "cassette.txt", "telegram_token: harbour-office-7") == []


def test_base64_in_short_lines_is_read(tmp_path: Path) -> None:
    lines = textwrap.indent("\n".join(textwrap.wrap(base64.b64encode(planted.JWT.encode()).decode(), 20)), "  ")

    assert found(tmp_path / "cassette.yaml", f"# lines\nsaid: !!binary |\n{lines}\n") == [(2, "a token")]


def test_a_value_that_is_cut_by_a_line_break_is_read_as_one(tmp_path: Path) -> None:
    token = planted.JWT
    text = f'said: "It is {token[:12]}\\\n  {token[12:]}"\n'

    assert found(tmp_path / "cassette.yaml", text) == [(1, "a token")]


def test_what_a_line_has_told_is_not_told_again(tmp_path: Path) -> None:
    text = f"said: |\n  first\n  {planted.JWT}\n  last\n"

    assert found(tmp_path / "cassette.yaml", text) == [(3, "a token")]


def test_the_option_for_a_folder_without_files_is_an_error(pytester: pytest.Pytester) -> None:
    pytester.mkdir("cassettes")
    result = run(pytester, "def test_of_theirs(): pass", "--sensay-scan", "cassettes")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: --sensay-scan: there is no file in the folder cassettes"])
