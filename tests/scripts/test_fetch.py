"""Reading a document from an address or a file."""

import json
from pathlib import Path

import pytest

from scripts._fetch import Fetched, fetch, parse, shown
from tests.fault_server import FaultServer, reply

DOCUMENT = {"openapi": "3.0.3"}


def test_a_document_comes_with_its_tag_and_its_address() -> None:
    with FaultServer(reply(200, DOCUMENT, {"ETag": '"one"'})) as server:
        assert fetch(f"{server.url}/schema?key=x") == Fetched(DOCUMENT, f"{server.url}/schema", '"one"')
        (request,) = server.requests

    assert request.target == "/schema?key=x"
    assert request.headers["accept"] == "application/json"
    assert "if-none-match" not in request.headers


def test_only_a_change_is_asked_for_when_the_tag_is_known() -> None:
    with FaultServer(reply(304, b"", {"ETag": '"one"'}), reply(200, DOCUMENT)) as server:
        assert fetch(f"{server.url}/schema", etag='"one"') is None
        assert fetch(f"{server.url}/schema", etag='"one"') == Fetched(DOCUMENT, f"{server.url}/schema")

    assert [request.headers["if-none-match"] for request in server.requests] == ['"one"', '"one"']


@pytest.mark.parametrize(
    "kind", ["application/json", "application/openapi+json; version=3", "text/plain", "application/octet-stream"]
)
def test_json_is_taken_under_the_names_that_servers_give_it(kind: str) -> None:
    body = json.dumps(DOCUMENT).encode()
    with FaultServer(reply(200, body, {"Content-Type": kind})) as server:
        assert fetch(server.url) == Fetched(DOCUMENT, server.url)


def test_a_redirect_is_followed() -> None:
    with FaultServer(reply(302, b"", {"Location": "/elsewhere"}), reply(200, DOCUMENT)) as server:
        assert fetch(f"{server.url}/schema") == Fetched(DOCUMENT, f"{server.url}/schema")


def test_a_file_is_read_whatever_its_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "schema.json").write_text(json.dumps(DOCUMENT), encoding="utf-8-sig")

    assert fetch(str(tmp_path / "schema.json")) == Fetched(DOCUMENT, "file schema.json")


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("https://user:planted@example.test:8443/schema?key=planted#planted", "https://example.test:8443/schema"),
        ("HTTPS://example.test/schema", "https://example.test/schema"),
        ("/home/planted/schema.json", "file schema.json"),
        ("http://[", "the address"),
    ],
)
def test_what_is_written_down_of_a_source_holds_no_secret(source: str, name: str) -> None:
    assert shown(source) == name


def test_numbers_and_letters_arrive_as_they_were_sent() -> None:
    text = '{"größe": 1, "limit": 1.5, "big": 12345678901234567890, "a\\u00e9": null}'

    assert parse(text.encode(), "a file") == {"größe": 1, "limit": 1.5, "big": 12345678901234567890, "aé": None}
