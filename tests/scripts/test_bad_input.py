"""What is no usable document changes nothing, and is told in one line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts._fetch import MAX_BYTES
from scripts._paths import Tree
from tests.fault_server import FaultServer, Instruction, hang_up, head, raw, reply, sliced, whole
from tests.scripts.small_documents import STRING, Json, document, operation, ref, thing
from tests.scripts.trees import contents, regenerate, smaller, written

HTML = b"<!DOCTYPE html>\n<html><body>Sign in</body></html>"
YAML_BOMB = b'a: &a ["lol","lol"]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n'
SMALL = document({"/v1/pets": {"get": operation(thing(a=STRING))}})
BOMB = {f"L{n}": thing(a=ref(f"L{n + 1}"), b=ref(f"L{n + 1}")) for n in range(40)}


@pytest.fixture
def run(tree: Tree, temporary: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str], str]:
    """Return a run that must be refused, and leave everything as it is; it gives the line that was printed."""

    def refused(source: str) -> str:
        before = contents(tree.root)
        status = regenerate(source, tree.root)
        line = capsys.readouterr().err

        assert status == 2
        assert line.startswith("regenerate: ")
        assert line.count("\n") == 1
        assert len(line) < 500
        assert contents(tree.root) == before
        assert contents(temporary) == {}
        return line

    return refused


def big(connection_pieces: int) -> Instruction:
    """Send a body of so many MiB in chunks, as long as the client takes it."""
    piece = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
    start = head(200, {"Content-Type": "application/json", "Transfer-Encoding": "chunked"})
    return sliced([start, *[piece] * connection_pieces])


SERVERS: dict[str, tuple[Instruction, str]] = {
    "not found": (reply(404, {"error": "no"}), "answered 404 Not Found; check the address"),
    "a failing server": (reply(503, HTML), "answered 503 Service Unavailable; check the address"),
    "a web page": (reply(200, HTML, {"Content-Type": "text/html; charset=utf-8"}), "answered text/html, not JSON"),
    "a web page that says it is JSON": (reply(200, HTML, {"Content-Type": "application/json"}), "is a web page, not a schema"),
    "half a document": (reply(200, json.dumps(SMALL).encode()[:-40], {"Content-Type": "application/json"}), "is not valid JSON (line 1)"),
    "half a reply": (raw(whole(200, SMALL)[:-40]), "cannot fetch"),
    "no reply": (hang_up(), "cannot fetch"),
    "YAML": (reply(200, YAML_BOMB, {"Content-Type": "application/yaml"}), "answered application/yaml, not JSON"),
    "YAML as text": (reply(200, YAML_BOMB, {"Content-Type": "text/plain"}), "is not valid JSON (line 1)"),
    "50 MB": (big(50), "is larger than 20 MiB; no API description is"),
    "endless redirects": (reply(302, b"", {"Location": "/schema"}), "cannot fetch"),
    "not modified, though nobody asked": (reply(304), "answered 304"),
}  # fmt: skip


@pytest.mark.parametrize(("instruction", "problem"), SERVERS.values(), ids=SERVERS)
def test_what_a_server_may_answer_instead(run: Callable[[str], str], instruction: Instruction, problem: str) -> None:
    with FaultServer(always=instruction) as server:
        line = run(f"{server.url}/schema?key=planted-secret")

    assert problem in line
    assert "planted-secret" not in line


def test_a_server_that_is_not_there(run: Callable[[str], str]) -> None:
    with FaultServer(listening=False) as server:
        assert f"cannot fetch {server.url}/schema (ConnectError); check the address, or pass a file" in run(
            f"{server.url}/schema"
        )


def test_an_address_that_is_none(run: Callable[[str], str]) -> None:
    assert "cannot fetch http://127.0.0.1:port/ (InvalidURL); check the address" in run("http://127.0.0.1:port/")


TEXTS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "is not valid JSON (line 1)"),
    "half a document": (json.dumps(SMALL, indent=1).encode()[:200], "is not valid JSON (line"),
    "a web page": (HTML, "is a web page, not a schema"),
    "YAML": (YAML_BOMB, "YAML has to be converted to JSON first"),
    "a list": (b"[]", "is JSON, but not an object"),
    "no text": (b"\xff\xfe\x00", "is not valid JSON (UnicodeDecodeError)"),
    "half a character": (b'{"a": "\\ud800"}', "is not valid JSON (UnicodeEncodeError)"),
    "not a number": (b'{"a": NaN}', "is not valid JSON (ValueError)"),
    "a nest": (b'{"a":' * 100_000, "is not valid JSON (RecursionError)"),
    "50 MB": (b" " * (MAX_BYTES + 1), "is larger than 20 MiB"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "problem"), TEXTS.values(), ids=TEXTS)
def test_what_a_file_may_hold_instead(run: Callable[[str], str], tmp_path: Path, text: bytes, problem: str) -> None:
    (tmp_path / "schema.json").write_bytes(text)

    assert problem in run(str(tmp_path / "schema.json"))


def test_a_file_that_is_not_there(run: Callable[[str], str], tmp_path: Path) -> None:
    assert "No such file or directory; check the path" in run(str(tmp_path / "gone.json"))
    assert "Is a directory; check the path" in run(str(tmp_path))


def nested(depth: int) -> Json:
    schema: Json = STRING
    for _ in range(depth):
        schema = thing(a=schema)
    return schema


def reply_with(schema: Any, schemas: Json | None = None) -> Json:
    return document({"/v1/pets": {"get": operation(schema)}}, schemas)


DOCUMENTS: dict[str, tuple[Any, str]] = {
    "any JSON": ({"name": "a package"}, "no OpenAPI document"),
    "OpenAPI 2.0": ({"swagger": "2.0", "paths": {"/a": {}}}, "this is OpenAPI 2.0; convert it"),
    "OpenAPI 4": ({**SMALL, "openapi": "4.0.0"}, "OpenAPI 4.0.0 is not supported"),
    "no paths": ({**SMALL, "paths": {}}, "describes no paths"),
    "paths that are none": ({**SMALL, "paths": ["/a"]}, "describes no paths"),
    "nothing public": ({**SMALL, "paths": {"/a": {"x-hidden": True, "get": operation()}}}, "no public operation"),
    "no info": ({**SMALL, "info": {}}, "invalid OpenAPI at info"),
    "a parameter of an unknown place": (document({"/a": {"get": operation(parameters=[{"name": "a", "in": "b"}])}}), "invalid OpenAPI at paths//a/get/parameters/0"),
    "an unknown type": (reply_with({"type": "text"}), "invalid OpenAPI at"),
    "a path that does not declare its parameters": ({**SMALL, "paths": {"/a/{id}": {"get": operation()}}}, "Path parameter 'id'"),
    "a reference to nothing": (reply_with(ref("Gone")), "'#/components/schemas/Gone' leads nowhere"),
    "a reference to an address": (reply_with({"$ref": "http://127.0.0.1:1/a.json"}), "leads out of the document; bundle"),
    "a reference to a file of ours": (reply_with({"type": "object", "example": {"$ref": "file:///etc/hostname"}}), "leads out of the document"),
    "references in a circle": (reply_with(ref("A"), {"A": ref("B"), "B": ref("A")}), "nested without end"),
    "schemas without end": (reply_with(nested(400)), "nested without end"),
    "too few operations": (SMALL, "operations; if this is meant to be, run again with FORCE=1"),
}  # fmt: skip


@pytest.mark.parametrize(("given", "problem"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_what_is_no_document_of_this_api(run: Callable[[str], str], tmp_path: Path, given: Any, problem: str) -> None:
    assert problem in run(written(tmp_path, given))


def test_a_document_that_lost_a_third_of_its_operations(
    run: Callable[[str], str], tmp_path: Path, upstream: Json
) -> None:
    assert "operations; if this is meant to be, run again with FORCE=1" in run(
        written(tmp_path, smaller(upstream, 2 / 3))
    )


@pytest.mark.usefixtures("fake_generator")
def test_an_older_document_again(run: Callable[[str], str], tmp_path: Path, tree: Tree, upstream: Json) -> None:
    older = written(tmp_path, upstream)
    newer = tmp_path / "newer.json"
    newer.write_text(json.dumps({**upstream, "info": {**upstream["info"], "version": "2"}}), encoding="utf-8")
    assert regenerate(str(newer), tree.root) == 0

    assert "again, older than the one at hand; if this is meant to be, run again with FORCE=1" in run(older)


UNKNOWN: dict[str, Json] = {
    "a form: create_odd": {"requestBody": {"content": {"multipart/form-data": {"schema": thing(a=STRING)}}}},
    "a contradiction: CreateOdd": {"requestBody": {"content": {"application/json": {"schema": {"allOf": [thing(a=STRING), STRING]}}}}},
}  # fmt: skip


@pytest.mark.parametrize(("name", "more"), UNKNOWN.items(), ids=UNKNOWN)
def test_what_the_generator_cannot_take(
    run: Callable[[str], str], tmp_path: Path, upstream: Json, name: str, more: Json
) -> None:
    paths = {**upstream["paths"], "/v1/odd": {"post": {**operation(), **more}}}

    assert name.partition(": ")[2] in run(written(tmp_path, {**upstream, "paths": paths}))


def test_a_bomb_of_references(run: Callable[[str], str], tmp_path: Path, upstream: Json) -> None:
    paths = {**upstream["paths"], "/v1/bomb": {"get": operation(ref("L0"))}}
    schemas = {**upstream["components"]["schemas"], **BOMB, "L40": STRING}
    bomb = {**upstream, "paths": paths, "components": {**upstream["components"], "schemas": schemas}}

    assert "GET /v1/bomb has more than 100,000 fields; it is no usable API description" in run(written(tmp_path, bomb))


def test_a_damaged_lock_is_not_taken_for_none(
    run: Callable[[str], str], tmp_path: Path, tree: Tree, upstream: Json
) -> None:
    tree.lock.write_bytes(b"{")

    assert "schema.lock is damaged; restore it from version control" in run(written(tmp_path, upstream))


@pytest.mark.parametrize("text", [b"{", b"[]", b'{"paths": []}', b'{"paths": {"/a": 1}}'])
def test_a_damaged_snapshot_is_not_taken_for_none(
    run: Callable[[str], str], tmp_path: Path, tree: Tree, upstream: Json, text: bytes
) -> None:
    tree.upstream.write_bytes(text)

    assert "openapi/upstream.json is damaged; restore it" in run(written(tmp_path, upstream))
