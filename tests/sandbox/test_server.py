"""The server, its command and its documents."""

import json
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx
import pytest
from openapi_spec_validator import validate

from sensay_ext.cli import main
from sensay_ext.sandbox import Fault, Settings, serve
from sensay_ext.sandbox._gateway import Gateway
from tests.sandbox.api import Api
from tests.sandbox.process import running, start, stop

_OPENAPI = Path(__file__).parents[2] / "openapi"


def _open_files() -> int:
    return sum(1 for _ in Path("/dev/fd").iterdir())


def test_a_sandbox_is_up_when_it_is_there_and_gone_when_it_is_closed() -> None:
    threads = threading.active_count()
    files = _open_files()
    with serve() as sandbox:
        assert sandbox.base_url.startswith("http://127.0.0.1:")
        assert httpx.get(f"{sandbox.base_url}/schema").is_success
        open_connection = httpx.Client()
        open_connection.get(f"{sandbox.base_url}/schema")

    open_connection.close()
    with pytest.raises(httpx.ConnectError):
        httpx.get(sandbox.base_url)
    assert threading.active_count() == threads
    assert _open_files() == files


def test_a_request_that_is_being_served_is_answered_before_the_end() -> None:
    sandbox = serve()
    fault = sandbox.add_fault(Fault(delay=0.05))
    with ThreadPoolExecutor() as threads:
        reply = threads.submit(
            httpx.get, f"{sandbox.base_url}/v1/users/me", headers={"Content-Type": "application/json"}
        )
        while not fault.hits:
            pass
        sandbox.close()

    assert reply.result().status_code == HTTPStatus.UNAUTHORIZED


def test_a_sandbox_that_does_not_start_says_so_and_leaves_nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(Gateway, "_live", fail)
    threads, files = threading.active_count(), _open_files()

    with pytest.raises(RuntimeError, match="did not start"):
        serve()

    assert (threading.active_count(), _open_files()) == (threads, files)


def test_a_sandbox_may_be_closed_twice_and_says_that_it_is_closed() -> None:
    sandbox = serve(virtual_time=True)
    sandbox.close()
    sandbox.close()

    with pytest.raises(RuntimeError, match="is closed"):
        sandbox.advance(1)


def test_a_caller_that_knows_no_host_is_sent_to_the_address_it_called() -> None:
    with serve() as sandbox, Api(sandbox, sandbox.organization_secret) as api:
        path = f"/v1/replicas/{api.replica()}/knowledge-base"
        head = f"POST {path} HTTP/1.0\r\nX-Organization-Secret: {api.secret}\r\nContent-Type: application/json\r\n"
        host, port = sandbox.base_url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(f'{head}Content-Length: 21\r\n\r\n{{"filename": "a.txt"}}'.encode())
            reply = b"".join(iter(lambda: connection.recv(4096), b"")).decode()

        assert f'"signedURL": "{sandbox.base_url}/storage/' in reply


def test_two_sandboxes_know_nothing_of_each_other() -> None:
    with (
        serve() as one,
        serve(secret="other") as two,
        Api(one, one.organization_secret) as first,
        Api(two, "other") as second,
    ):
        assert first.user(id="alice") == second.user(id="alice") == "alice"
        first("GET", "/users/alice", headers={"X-ORGANIZATION-SECRET": "other"}, expect=401)


def test_an_address_that_is_taken_is_an_error() -> None:
    with serve() as sandbox:
        port = int(sandbox.base_url.rpartition(":")[2])
        with pytest.raises(OSError, match="in use"):
            serve(port=port)


@pytest.mark.parametrize("options", [{"speed": 0}, {"speed": -1}, {"stream": "morse"}])
def test_settings_that_make_no_sense_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must be"):
        serve(**options)


def test_only_a_virtual_clock_is_moved_and_only_forward() -> None:
    with serve() as sandbox, pytest.raises(ValueError, match="virtual"):
        sandbox.advance(1)
    with serve(virtual_time=True) as sandbox, pytest.raises(ValueError, match="forward"):
        sandbox.advance(-1)


def test_a_seed_repeats_identifiers_until_the_second_run_over_the_same_file(tmp_path: Path) -> None:
    def made(database: Path | None) -> str:
        with serve(seed="s", database=database) as sandbox, Api(sandbox, sandbox.organization_secret) as api:
            return api.user()

    assert made(None) == made(None) == made(tmp_path / "a.db")
    assert made(tmp_path / "a.db") not in {made(None), made(tmp_path / "a.db")}


def test_it_starts_in_a_process_of_its_own() -> None:
    with running("--secret", "mine") as served:
        headers = {"X-ORGANIZATION-SECRET": "mine", "Content-Type": "application/json"}
        reply = httpx.get(f"{served.base_url}/v1/replicas", headers=headers)

    assert served.secret == "mine"
    assert reply.json()["total"] == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_stops_cleanly(number: signal.Signals, tmp_path: Path) -> None:
    served = start("--db", str(tmp_path / "sandbox.db"))
    with httpx.Client() as client:
        client.get(f"{served.base_url}/schema")

        assert stop(served, number) == 0

    # A clean stop leaves no write-ahead log behind.
    assert [path.name for path in tmp_path.iterdir()] == ["sandbox.db"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["sandbox", "--speed", "0"],
        ["sandbox", "--stream", "morse"],
        ["sandbox", "--nonsense"],
    ],
)
def test_the_command_says_what_is_wrong_with_its_options(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)

    assert stopped.value.code == 2
    assert "error: " in capsys.readouterr().err


def test_the_command_says_when_its_port_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    with serve() as sandbox, pytest.raises(SystemExit):
        main(["sandbox", "--port", sandbox.base_url.rpartition(":")[2]])

    assert "in use" in capsys.readouterr().err


def test_the_command_says_which_part_is_not_installed() -> None:
    code = "import sys; sys.modules['connexion'] = None; from sensay_ext.cli import main; main(['sandbox'])"

    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603 - our own code

    assert process.returncode == 2
    assert "sensay-ext[sandbox]" in process.stderr


def test_the_documents_are_served() -> None:
    with serve() as sandbox, httpx.Client(base_url=sandbox.base_url) as client:
        published = client.get("/schema")
        described = client.get("/schema/sandbox").json()
        page = client.get("/ui", follow_redirects=True)
        script = client.get("/ui/swagger-ui-bundle.js")

    assert published.json() == json.loads((_OPENAPI / "upstream.json").read_text())
    assert published.headers["content-type"] == "application/json"
    validate(described)
    assert "/schema/sandbox" in page.text
    assert script.is_success


def test_every_operation_of_the_document_is_served() -> None:
    document = json.loads((_OPENAPI / "client.json").read_text())
    with serve() as sandbox, Api(sandbox, sandbox.organization_secret) as api:
        statuses = {
            operation["operationId"]: api.client.request(
                method.upper(), path.replace("{", "").replace("}", "")
            ).status_code
            for path, item in document["paths"].items()
            for method, operation in item.items()
        }

    assert len(statuses) == 43
    assert set(statuses.values()) <= {200, 400, 401, 404}


def test_settings_are_what_the_command_line_calls_defaults() -> None:
    settings = Settings()

    assert (settings.secret, settings.speed, settings.database) == ("sandbox-secret", 1.0, None)
