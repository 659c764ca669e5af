"""The command: where documents come from, what it prints, how it ends."""

import json
import subprocess
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from scripts.schema_diff import main
from tests.scripts.changes._documents import Json, document, empty, parameter, plus

OLD = plus(empty(), document())
NEW = empty()
Write = Callable[[str, object], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a file and returns its name."""

    def written(name: str, content: object) -> str:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return str(path)

    return written


@pytest.fixture
def address() -> Iterator[str]:
    """Serve the new document under /schema, a page under /page, and nothing elsewhere."""
    pages = {"/schema": json.dumps(NEW), "/page": "<html></html>"}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/moved":
                self.send_response(302)
                self.send_header("Location", "/schema")
            else:
                self.send_response(200 if self.path in pages else 404)
            self.end_headers()
            self.wfile.write(pages.get(self.path, "").encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository of two commits, the old document in the first one and the new one in the second."""
    folder = tmp_path / "repository"
    (folder / "openapi").mkdir(parents=True)

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S603, S607 - fixed words

    git("init", "--quiet")
    for one in (OLD, NEW):
        (folder / "openapi" / "upstream.json").write_text(json.dumps(one), encoding="utf-8")
        git("add", ".")
        git("commit", "--quiet", "--message", "A")
    monkeypatch.chdir(folder)
    return folder


def test_the_same_document_twice_is_no_change(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    one = write("one.json", OLD)
    assert main([one, one]) == 0
    assert capsys.readouterr().out == "No changes.\n"


def test_another_way_to_write_the_same_json_is_no_change(write: Write) -> None:
    compact, spacious = (
        write("compact.json", OLD),
        write("spacious.json", json.dumps(OLD, indent=8).replace("\n", "\r\n")),
    )
    assert main([compact, spacious, "--fail-on", "info"]) == 0


@pytest.mark.parametrize(
    ("new", "level", "status"),
    [
        (NEW, "breaking", 1),
        (NEW, "info", 1),
        (plus(empty(), parameter({})), "breaking", 0),
        (plus(empty(), parameter({})), "warning", 0),
        (plus(empty(), parameter({})), "info", 1),
        (plus(empty(), document({"x-beta": True})), "breaking", 0),
        (plus(empty(), document({"x-beta": True})), "warning", 1),
    ],
)
def test_the_status_is_1_from_the_level_on_that_was_named(write: Write, new: Json, level: str, status: int) -> None:
    assert main([write("old.json", OLD), write("new.json", new), "--fail-on", level]) == status


def test_breaking_changes_fail_by_default(write: Write) -> None:
    assert main([write("old.json", OLD), write("new.json", NEW)]) == 1


def test_json_is_a_list_of_changes(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    main([write("old.json", OLD), write("new.json", NEW), "--format", "json"])
    assert [row["kind"] for row in json.loads(capsys.readouterr().out)] == ["path-removed", "version-not-changed"]


def test_markdown_has_headings(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    main([write("old.json", OLD), write("new.json", NEW), "--format", "markdown"])
    assert "### Breaking\n" in capsys.readouterr().out


def test_documents_come_from_addresses_too(write: Write, address: str) -> None:
    assert main([write("old.json", OLD), f"{address}/schema"]) == 1
    assert main([f"{address}/moved", write("new.json", NEW)]) == 0


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        ("HEAD~1", "HEAD", 1),
        ("HEAD~1:openapi/upstream.json", "openapi/upstream.json", 1),
        ("HEAD", "openapi/upstream.json", 0),
    ],
)
def test_documents_come_from_commits_too(old: str, new: str, status: int) -> None:
    assert main([old, new]) == status


@pytest.mark.parametrize(
    "content",
    [
        "<html></html>",
        '{"openapi": "3.1.0", "paths": {',
        "[]",
        "null",
        '{"swagger": "2.0", "paths": {}}',
        '{"openapi": "3.1.0"}',
        '{"openapi": "3.1.0", "paths": []}',
        '{"openapi": "3.1.0", "paths": {"/a": null}}',
        '{"openapi": "3.1.0", "paths": {"/a": {"get": {"responses": {"200": 7}}}}}',
        '{"openapi": "3.1.0", "paths": {"/a": {"get": {"security": ["key"]}}}}',
        '{"openapi": "3.1.0", "paths": {"/a": {"get": {"tags": 7}}}}',
        '{"openapi": "3.1.0", "servers": ["a"], "paths": {}}',
    ],
)
def test_what_is_no_document_is_never_no_change(write: Write, capsys: pytest.CaptureFixture[str], content: str) -> None:
    good, bad = write("good.json", OLD), write("bad.json", content)
    for pair in ((good, bad), (bad, good), (bad, bad)):
        assert main([*pair, "--fail-on", "info"]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.startswith("schema_diff: ")
        assert captured.err.count("\n") == 1


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("source", ["missing.json", "HEAD:missing.json", "missing:openapi/upstream.json", "-a", ""])
def test_what_is_nowhere_is_told_with_what_can_be_named(source: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--", source, "HEAD"]) == 2
    assert "git ref" in capsys.readouterr().err


@pytest.mark.parametrize("page", ["/missing", "/page"])
def test_an_address_without_a_document_is_refused(
    write: Write, address: str, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([write("old.json", OLD), address + page]) == 2
    assert page in capsys.readouterr().err


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/schema", "http://127.0.0.1:port/schema"])
def test_an_address_that_does_not_answer_is_refused(write: Write, url: str) -> None:
    assert main([write("old.json", OLD), url]) == 2


def test_methods_ledger_and_hidden_operations_are_options(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    old = plus(OLD, document({"x-hidden": True}, path="/v1/secret"))
    options = [
        *("--methods", write("methods.json", {"create_thing": ["things.create"]})),
        *("--ledger", write("ledger.json", {"POST /v1/things/{}": "2025-09-04"})),
        *("--include-hidden", "--format", "json"),
    ]
    assert main([write("old.json", old), write("new.json", NEW), *options]) == 1
    rows = {row["kind"]: row["affects"] for row in json.loads(capsys.readouterr().out)}
    assert rows["operation-removed-with-deprecation"] == ["things.create"]
    assert rows["path-removed"] == []
    assert "variant-mixed" in rows


def test_a_deprecation_without_an_end_fails_on_request(write: Write) -> None:
    pair = [write("old.json", document()), write("new.json", document({"deprecated": True}))]
    assert main(pair) == 0
    assert main([*pair, "--require-sunset"]) == 1


@pytest.mark.parametrize("option", ["--ledger", "--methods"])
@pytest.mark.parametrize("content", ["[]", "{", "7"])
def test_options_that_cannot_be_read_are_no_verdict(write: Write, option: str, content: str) -> None:
    one = write("one.json", OLD)
    assert main([one, one, option, write("bad.json", content)]) == 2


def test_a_wrong_call_is_no_verdict() -> None:
    with pytest.raises(SystemExit) as stop:
        main(["one.json"])
    assert stop.value.code == 2
