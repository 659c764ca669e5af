"""What holds for every request."""

import gzip
import json
import zlib
from typing import Any

import httpx
import pytest

from sensay_ext.sandbox import Sandbox
from tests.sandbox.api import Api

_ZIPPED = {"Content-Encoding": "gzip"}


def _post(api: Api, content: bytes, **headers: str) -> httpx.Response:
    return api.client.post("/v1/users", content=content, headers=headers)


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_request_without_a_content_type_is_refused(api: Api, method: str) -> None:
    headers = {"X-ORGANIZATION-SECRET": api.secret}
    path = "/v1/users/me" if method == "DELETE" else "/v1/replicas"

    reply = httpx.request(method, f"{api.sandbox.base_url}{path}", headers=headers)

    assert reply.status_code == 415
    assert "Content-Type" in reply.json()["error"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "nonsense"])
def test_a_body_that_is_not_json_is_refused_by_its_type(api: Api, content_type: str) -> None:
    assert _post(api, b"{}", **{"Content-Type": content_type}).status_code == 415


def test_a_read_may_have_any_content_type(api: Api) -> None:
    assert api("GET", "/replicas", headers={"Content-Type": "text/plain"})["total"] == 0


def test_the_version_is_echoed_and_may_be_any(api: Api) -> None:
    assert api.send("GET", "/replicas").headers["x-api-version"] == "2025-03-25"
    assert (
        api.send("GET", "/replicas", headers={"X-API-Version": "2031-01-01"}).headers["x-api-version"] == "2031-01-01"
    )


def test_a_compressed_body_is_read(api: Api) -> None:
    assert _post(api, gzip.compress(b'{"id": "alice"}'), **_ZIPPED).json()["id"] == "alice"


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b'{"id": "alice"}', _ZIPPED, 400),
        (gzip.compress(b'{"id": "alice"}')[:-9], _ZIPPED, 400),
        (gzip.compress(b'{"id": "' + b"a" * 30_000_000 + b'"}'), _ZIPPED, 413),
        (zlib.compress(b"{}"), {"Content-Encoding": "deflate"}, 415),
        (b'{"id": "' + b"a" * 21_000_000 + b'"}', {}, 413),
    ],
    ids=["not compressed", "cut off", "a bomb", "in another way", "too long"],
)
def test_a_body_that_cannot_or_must_not_be_unpacked_is_refused(
    api: Api, content: bytes, headers: dict[str, str], status: int
) -> None:
    reply = _post(api, content, **headers)

    assert reply.status_code == status
    assert reply.json()["success"] is False


@pytest.mark.parametrize(
    "content",
    [
        b'{"id": ',
        b"\xff\xfe{}",
        b"null",
        b"[]",
        b'"text"',
        b'{"id": NaN}',
        b'{"id": "\\ud800"}',
        b"[" * 100_000,
        b'{"id": ' + b"9" * 10_000 + b"}",
    ],
)
def test_a_body_that_is_no_json_object_is_a_bad_request(api: Api, content: bytes) -> None:
    assert _post(api, content).status_code == 400


def test_an_unknown_charset_does_no_harm(api: Api) -> None:
    reply = _post(api, b"{}", **{"Content-Type": "application/json; charset=nonsense"})

    assert reply.status_code in {200, 400, 415}


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/v1/users", "POST"),
        ("PATCH", "/v1/users/me", "DELETE, GET, PUT"),
        ("OPTIONS", "/v1/replicas", "GET, POST"),
        ("POST", "/v1/users/alice", "GET"),
    ],
)
def test_a_method_that_is_not_there_names_those_that_are(api: Api, method: str, path: str, allowed: str) -> None:
    reply = api.client.request(method, path)

    assert (reply.status_code, reply.headers["allow"]) == (405, allowed)


@pytest.mark.parametrize("path", ["/v1/nothing", "/v2/users", "/", "/v1/replicas/../../etc/passwd", "/storage/v1/x"])
def test_a_path_that_is_not_there_is_not_found(api: Api, path: str) -> None:
    reply = api.client.get(path)

    assert reply.status_code in {400, 404}
    assert "error" in reply.json()


def test_each_request_has_an_id_of_its_own(api: Api) -> None:
    ids = {api("GET", "/users/nobody", expect=404)["request_id"] for _ in range(20)}

    assert len(ids) == 20


def test_an_unexpected_failure_is_an_error_of_the_apis_shape_and_is_undone(
    sandbox: Sandbox, api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("sensay_ext.sandbox._handlers.users._link_accounts", fail)

    error = api("POST", "/users", {"id": "alice"}, expect=500)

    assert error.keys() == {"success", "error", "request_id", "fingerprint"}
    assert "disk" not in json.dumps(error)
    assert "the disk is full" in caplog.text
    monkeypatch.undo()
    api("GET", "/users/alice", expect=404)
    assert sandbox.requests[-1].status == 404


@pytest.mark.parametrize("image", ["https://images.example/a.png", "see https://images.example¼ there"])
def test_patterns_are_read_as_the_document_means_them(api: Api, image: str) -> None:
    assert api.replica(profileImage=image)


def test_a_value_that_a_pattern_does_not_fit_is_refused(api: Api) -> None:
    answer = api("POST", "/users", {"name": "Anné"}, expect=400)

    assert "does not match" in answer["error"]
