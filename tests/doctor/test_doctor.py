"""The command tells what is wrong with a program's access to the API, and ends with a status that says so."""

import importlib
import json
import runpy
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts._paths import HOME
from sensay_ext.cli import main as sensay_command
from sensay_ext.doctor import main
from sensay_ext.doctor._bundled import bundled
from sensay_ext.sandbox import Fault, Sandbox, serve

Json = dict[str, Any]
Run = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def shared() -> Iterator[Sandbox]:
    """A sandbox."""
    with serve() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(shared: Sandbox) -> Iterator[Sandbox]:
    """The sandbox, in which everything goes well again after the test."""
    yield shared
    shared.clear_faults()


@pytest.fixture
def run(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return the command, which returns its status and what it printed."""
    monkeypatch.setenv("SENSAY_API_KEY", sandbox.organization_secret)

    def ran(*arguments: str) -> tuple[int, str]:
        status = main(["--base-url", sandbox.base_url, *arguments])
        return status, capsys.readouterr().out

    return ran


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> Json:
    """The document of this release, to be made an older one of."""
    document: Json = json.loads(json.dumps(bundled("upstream.json")))
    monkeypatch.setattr("sensay_ext.doctor._main.bundled", lambda _name: document)
    return document


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program that uses one method."""
    (tmp_path / "app.py").write_text("sensay.users.usage()\n", encoding="utf-8")
    return tmp_path


def test_all_is_well(run: Run, program: Path) -> None:
    assert run() == (0, "key       accepted\nversion   2025-03-25\nschema    the one of this release\n")
    assert run("--uses", str(program))[1].endswith(
        "uses      methods of this package: 1; differences that concern others only: 0\n"
    )


def test_a_refused_key_is_bad(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENSAY_API_KEY", "another-key")
    status, told = run()

    assert status == 1
    assert told.startswith("key       refused: 401 ")
    assert "another-key" not in told


def test_no_key_is_bad(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SENSAY_API_KEY")
    status, told = run()

    assert status == 1
    assert "SENSAY_API_KEY" in told


def test_an_api_that_does_not_answer_leaves_all_open(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setattr("sensay_ext.doctor._main._ask", lambda sensay: sensay.request("GET", "/v1", max_retries=0))
    with serve() as gone:
        address = gone.base_url
    status, told = run("--base-url", address)

    assert status == 2
    assert "key       not tested" in told
    assert "schema    not compared" in told


@pytest.mark.parametrize(("status", "expected"), [(403, 1), (500, 2)])
def test_only_a_refusal_speaks_against_the_key(
    run: Run, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, status: int, expected: int
) -> None:
    monkeypatch.setattr(
        "sensay_ext.doctor._main._ask", lambda sensay: sensay.request("GET", "/v1/replicas", max_retries=0)
    )
    sandbox.add_fault(Fault(status=status, body={"success": False, "error": "No"}), operation="list_replicas")
    found, told = run()

    assert found == expected
    assert told.startswith(f"key       {'refused' if expected == 1 else 'not tested'}: {status} ")


def test_a_refused_key_is_bad_even_if_the_schema_cannot_be_seen(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENSAY_API_KEY", "another-key")
    monkeypatch.setattr("sensay_ext.sandbox._gateway.published_document", lambda _path: "[]")
    with serve() as other:
        status, told = run("--base-url", other.base_url)

    assert status == 1
    assert "schema    not compared" in told


def test_another_version_is_told(run: Run, sandbox: Sandbox) -> None:
    reply = {"X-API-Version": "2027-01-01"}
    sandbox.add_fault(
        Fault(status=200, body={"success": True, "type": "x", "items": [], "total": 0}, headers=reply),
        operation="list_replicas",
    )

    assert "version   2027-01-01, which is not the one asked for\n" in run()[1]


def test_a_change_that_breaks_the_program_is_bad(run: Run, older: Json, program: Path) -> None:
    older["paths"]["/v1/users/me/usage"]["get"]["responses"]["200"]["content"]["application/json"]["schema"] = {
        "type": "object",
        "properties": {"gone": {"type": "string"}},
    }
    status, told = run("--uses", str(program))

    assert status == 1
    assert "  breaks  users.usage(): GET /v1/users/me/usage: reply field `gone` is gone\n" in told
    assert "          users.usage() in app.py:1\n" in told


def test_a_change_that_the_program_has_nothing_to_do_with_is_only_counted(run: Run, older: Json, program: Path) -> None:
    older["paths"]["/v1/gone"] = {"get": {"responses": {}}}
    status, told = run("--uses", str(program))

    assert status == 0
    assert told.splitlines()[2:] == [
        "schema    differs from that of this release; number of differences: 1",
        "uses      methods of this package: 1; differences that concern others only: 1",
    ]
    status, told = run()

    assert status == 1
    assert "  breaks  no method: GET /v1/gone: is gone\n" in told


@pytest.mark.parametrize("body", ["<html></html>", "[]", '{"paths": 1}'])
def test_what_is_no_schema_is_not_compared(run: Run, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    monkeypatch.setattr("sensay_ext.sandbox._gateway.published_document", lambda _path: body)
    with serve() as other:
        monkeypatch.setenv("SENSAY_API_KEY", other.organization_secret)
        status, told = run("--base-url", other.base_url)

    assert status == 2
    assert told.splitlines()[-1].startswith("schema    not compared")


def test_a_file_that_cannot_be_read_is_named(run: Run, program: Path) -> None:
    (program / "broken.py").write_text("def", encoding="utf-8")

    assert "  broken.py could not be read as Python\n" in run("--uses", str(program))[1]


def test_it_is_a_command_of_sensay_too(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SENSAY_API_KEY", sandbox.organization_secret)

    assert sensay_command(["doctor", "--base-url", sandbox.base_url]) == 0
    assert capsys.readouterr().out.startswith("key       accepted\n")


@pytest.mark.parametrize("command", [main, lambda arguments: sensay_command(["doctor", *arguments])])
def test_its_help_says_what_the_exit_status_means(
    command: Callable[[list[str]], int], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        command(["--help"])

    assert "Exit status: 0 if all is well; 1 if" in capsys.readouterr().out


def test_a_password_in_the_address_is_not_shown(run: Run) -> None:
    status, told = run("--base-url", "http://me:pa55word@127.0.0.1:1")

    assert status == 1
    assert "base_url" in told
    assert "pa55word" not in told


def test_a_folder_that_is_not_there_is_refused(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run("--uses", "nowhere")

    assert ended.value.code == 2
    assert "nowhere does not exist" in capsys.readouterr().err


def test_it_runs_as_a_module(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SENSAY_API_KEY", sandbox.organization_secret)
    monkeypatch.setattr(sys, "argv", ["doctor", "--base-url", sandbox.base_url])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(HOME / "sensay_ext" / "doctor" / "__main__.py"), run_name="__main__")

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("key       accepted\n")


def test_it_does_not_run_when_its_module_is_only_imported() -> None:
    assert importlib.import_module("sensay_ext.doctor.__main__").main is main


def test_it_needs_no_extra() -> None:
    code = "import sys, sensay_ext.doctor._main as m; m.bundled('client.json'); print('connexion' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - fixed words

    assert done.stdout == "False\n"
