"""Cassettes outside of pytest: what is replayed, and what is not."""

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from sensay_ext import Sensay
from sensay_ext.testing import Cassette, CassetteError, CassetteMismatch, Interaction, Json, Message, use_cassette
from sensay_ext.testing._file import write_cassette
from tests.fault_server import FaultServer, Instruction, reply

JSON = {"Content-Type": "application/json"}


def record(path: Path, send: Any, *instructions: Instruction) -> Any:
    """What requests got, while they were recorded."""
    with FaultServer(*instructions) as server, use_cassette(path, record="rewrite"), httpx.Client() as client:
        return send(lambda method, target, **more: client.request(method, server.url + target, **more))


def replay(path: Path, send: Any) -> Any:
    """What they get of the cassette."""
    with use_cassette(path), httpx.Client() as client:
        return send(lambda method, target, **more: client.request(method, f"http://api.test{target}", **more))


def cassette(path: Path, *interactions: Interaction) -> Path:
    path.write_text(write_cassette(interactions, "a test"), "utf-8")
    return path


def in_all_places(user: str) -> Any:
    """Requests of a user in all places where users are."""

    def send(request: Any) -> list[Any]:
        created = request("POST", "/v1/users", json={"id": user, "name": "Ada"}, headers={"X-USER-ID": user.encode()})
        moved = request("GET", f"/v1/users/{httpx.URL('http://h', params={'u': user}).query.decode()[2:]}")
        listed = request("GET", "/v1/replicas", params={"ownerID": user, "page": 1})
        streamed = request("POST", "/v1/chat", content=gzip.compress(user.encode()))
        return [created.json(), moved.headers["location"], listed.json(), streamed.text]

    return send


def answers(user: str, quoted: str) -> list[Instruction]:
    event = f"data: {json.dumps({'user_id': user, 'said': f'I am {user}.'})}\n\n"
    return [
        reply(200, {"id": user, "linkedAccounts": []}),
        reply(303, b"", {"Location": f"/v1/users/{quoted}?again=1"}),
        reply(200, {"items": [{"ownerID": user}], "by": {user: 1}}),
        reply(200, event.encode(), {"Content-Type": "text/event-stream"}),
    ]


OTHERS: Mapping[str, str] = {"bob": "bob", 'b"o\\b/of the harbour': "b%22o%5Cb%2Fof%20the%20harbour", "böb": "b%C3%B6b"}


@pytest.mark.parametrize("other", OTHERS)
def test_a_run_with_other_ids_gets_its_own_again(tmp_path: Path, other: str) -> None:
    path = tmp_path / "cassette.yaml"
    recorded = record(path, in_all_places("alice-7"), *answers("alice-7", "alice-7"))
    replayed = replay(path, in_all_places(other))

    def with_other(text: str) -> str:
        return text.replace("alice-7", json.dumps(other, ensure_ascii=False)[1:-1])

    assert "alice-7" not in path.read_text()
    assert replayed[:3] == [
        json.loads(with_other(json.dumps(recorded[0]))),
        f"/v1/users/{OTHERS[other]}?again=1",
        json.loads(with_other(json.dumps(recorded[2]))),
    ]
    assert replayed[3] == with_other(recorded[3])


def test_the_same_ids_get_the_very_same_replies(tmp_path: Path) -> None:
    path = tmp_path / "cassette.yaml"
    recorded = record(path, in_all_places("alice-7"), *answers("alice-7", "alice-7"))

    assert replay(path, in_all_places("alice-7")) == recorded
    assert replay(path, in_all_places("scrubbed-user-0001")) != recorded


def test_two_ids_are_not_one(tmp_path: Path) -> None:
    def send(*users: str) -> Any:
        return lambda request: [request("GET", f"/v1/users/{user}").json() for user in users]

    path = tmp_path / "cassette.yaml"
    record(path, send("alice", "bob"), reply(200, {"id": "alice"}), reply(200, {"id": "bob"}))

    assert replay(path, send("carol", "dave")) == [{"id": "carol"}, {"id": "dave"}]
    with pytest.raises(CassetteMismatch):
        replay(path, send("carol", "carol"))


def test_a_number_is_a_number_again(tmp_path: Path) -> None:
    def send(user: str) -> Any:
        return lambda request: request("GET", "/v1/users/me", headers={"X-USER-ID": user}).json()

    path = tmp_path / "cassette.yaml"
    record(path, send("88420133"), reply(200, {"chat_id": 88420133}))

    assert replay(path, send("99531244")) == {"chat_id": 99531244}
    # There is no number for it.
    assert replay(path, send("alice")) == {"chat_id": 555000000000001}


def test_bytes_are_compared_as_what_they_are(tmp_path: Path) -> None:
    def send(*bodies: bytes) -> Any:
        return lambda request: [request("PUT", "/f", content=body).content for body in bodies]

    path = tmp_path / "cassette.yaml"
    token = b"\x00\xff ada@harbour.test \xfe"
    record(path, send(token, token), reply(200, token), reply(200, gzip.compress(token)))

    other = token.replace(b"ada", b"grace")
    assert replay(path, send(other, other)) == [other, gzip.compress(other, mtime=0)]
    with pytest.raises(CassetteMismatch, match=r"\+\(37 bytes\)"):
        replay(path, send(token, other + b"\x01"))


def test_what_is_in_base64_is_known_again(tmp_path: Path) -> None:
    def send(user: str, said: bytes) -> Any:
        def ask(request: Any) -> Any:
            request("GET", f"/v1/users/{user}")
            return request("POST", "/v1/chat", content=b"eDogMTsg" + said).text

        return ask

    path = tmp_path / "cassette.yaml"
    record(path, send("sailor-7", b"c2FpbG9yLTcgaXMgaGVyZQ=="), reply(200), reply(200, b"aye"))

    assert replay(path, send("sailor-8", b"c2FpbG9yLTggaXMgaGVyZQ==")) == "aye"


DIFFERENT: Mapping[str, tuple[dict[str, Any], str]] = {
    "the method": ({"method": "PUT"}, "Different: method"),
    "the path": ({"target": "/v1/replicas/more"}, "Different: path"),
    "another path": ({"target": "/v2/replicas"}, "Different: path"),
    "a parameter": ({"params": {"page": 2}}, "Different: query, page"),
    "another parameter": ({"params": {"size": 1}}, "Different: query"),
    "the user": ({"headers": {"X-USER-ID": "alice"}}, "Different: x-user-id"),
    "a value": ({"json": {"a": [1, {"b": "d"}], "e": True}}, r"Different: body, a\[1\].b"),
    "a type": ({"json": {"a": [1, {"b": "c"}], "e": 1}}, "Different: body, e"),
    "a list": ({"json": {"a": [1], "e": True}}, "Different: body, a"),
    "a field that is not there": ({"json": {"a": [1, {"b": "c"}]}}, "Different: body, e"),
    "a field on top": ({"json": {"a": [1, {"b": "c"}], "e": True, "f": None}}, "Different: body, the whole of it"),
    "the type of the body": ({"json": None, "content": b"text"}, "Different: body"),
    "no body": ({"json": None}, "Different: body"),
}


@pytest.mark.parametrize("what", DIFFERENT)
def test_what_is_different_is_told(tmp_path: Path, what: str) -> None:
    asked: dict[str, Any] = {
        "method": "POST",
        "target": "/v1/replicas",
        "params": {"page": 1},
        "json": {"a": [1, {"b": "c"}], "e": True},
    }

    def send(**changes: Any) -> Any:
        asking = {name: value for name, value in (asked | changes).items() if value is not None}
        return lambda request: request(asking.pop("method"), asking.pop("target"), **asking)

    path = tmp_path / "cassette.yaml"
    record(path, send(), reply(200))
    changes, told = DIFFERENT[what]

    with pytest.raises(CassetteMismatch, match=told):
        replay(path, send(**changes))


def test_long_differences_are_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "cassette.yaml"
    record(path, lambda request: request("POST", "/", json={"said": list(range(200))}), reply(200))

    with pytest.raises(CassetteMismatch) as raised:
        replay(path, lambda request: request("POST", "/", json={"said": ["x" * 500] * 200}))

    assert "more lines)" in str(raised.value)
    assert all(len(line) <= 201 for line in str(raised.value).splitlines())


def test_the_closest_is_the_one_of_the_same_path(tmp_path: Path) -> None:
    path = tmp_path / "cassette.yaml"

    def send(*targets: str) -> Any:
        return lambda request: [request("POST", target, json={"a": 1, "b": 2}) for target in targets]

    record(path, send("/one", "/two"), reply(200), reply(200))

    with pytest.raises(CassetteMismatch, match="interaction 2, POST /two"):
        replay(path, lambda request: request("POST", "/two", json={"c": 1}))


def test_a_request_that_cannot_be_shown_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = cassette(tmp_path / "cassette.yaml", Interaction(method="GET", url="http://api.test/"))
    monkeypatch.setattr("sensay_ext.testing._scrubber.Scrubbing._replaced", lambda _, leaf: leaf.value)

    with pytest.raises(CassetteMismatch, match="cannot be shown without showing what is to be hidden") as raised:
        replay(path, lambda request: request("GET", "/v1/users/ada@harbour.test"))

    assert "ada@harbour.test" not in str(raised.value)


def test_names_of_fields_can_be_ids(tmp_path: Path) -> None:
    def send(user: str) -> Any:
        return lambda request: request("POST", "/", json={user: 1, "kept": 2}, headers={"X-USER-ID": user}).json()

    path = tmp_path / "cassette.yaml"
    record(path, send("sailor-7"), reply(200, {"sailor-7": True}))

    assert replay(path, send("sailor-8")) == {"sailor-8": True}


def test_an_address_stands_for_an_address(tmp_path: Path) -> None:
    def send(address: str) -> Any:
        return lambda request: request("POST", "/", json={"email": address})

    path = tmp_path / "cassette.yaml"
    record(path, send("ada@harbour.test"), reply(200))
    replay(path, send("grace@station.test"))

    with pytest.raises(CassetteMismatch, match="Different: body, email"):
        replay(path, send("not an address"))


def test_what_is_told_as_text_is_json_still(tmp_path: Path) -> None:
    def send(user: str) -> Any:
        return lambda request: request("GET", "/v1/users/me", headers={"X-USER-ID": user.encode()}).json()

    path = tmp_path / "cassette.yaml"
    record(path, send("sailor-7"), reply(200, b'{"id": "sailor-7"}', {"Content-Type": "text/plain"}))

    assert replay(path, send('the "sailor"')) == {"id": 'the "sailor"'}


def test_what_was_not_recorded_stands_as_it_is_in_replies(tmp_path: Path) -> None:
    path = cassette(
        tmp_path / "cassette.yaml",
        Interaction(method="GET", url="http://api.test/", reply=Message(body=Json({"id": "scrubbed-user-0009"}))),
    )

    assert replay(path, lambda request: request("GET", "/").json()) == {"id": "scrubbed-user-0009"}


def test_the_sdk_replays_its_own_requests(tmp_path: Path) -> None:
    path = tmp_path / "cassette.yaml"

    def ask(base_url: str) -> str:
        with Sensay("harbour-office", base_url=base_url) as sensay:
            return sensay.users.get("alice").id

    answer = reply(200, {"success": True, "id": "alice", "linkedAccounts": []})
    with FaultServer(answer) as server, use_cassette(path, record="once") as made:
        assert made.is_recording
        assert ask(server.url) == "alice"
    with use_cassette(path, record="once") as made:
        assert not made.is_recording
        assert len(made.unplayed) == 1
        assert ask("https://api.test") == "alice"

    assert made.unplayed == []


def test_nothing_is_written_after_an_exception(tmp_path: Path) -> None:
    def send(request: Any) -> None:
        request("GET", "/")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        record(tmp_path / "cassette.yaml", send, reply(200))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("user", ["name", "json", "GET", "sandbox", "url"])
def test_whoever_is_called_as_something_in_the_file_does_no_harm(tmp_path: Path, user: str) -> None:
    def send(request: Any) -> Any:
        return request("POST", "/", json={"name": user, "to": {"url": 1}}, headers={"X-USER-ID": user}).json()

    path = tmp_path / "cassette.yaml"
    record(path, send, reply(200, {"name": user}))

    assert "name: scrubbed-user-0001\n" in path.read_text()
    assert replay(path, send) == {"name": user}


def test_a_recording_of_nothing_says_so(tmp_path: Path) -> None:
    with use_cassette(tmp_path / "folder" / "cassette.yaml", record="once"):
        pass

    assert "recorded_from: nothing\n" in (tmp_path / "folder" / "cassette.yaml").read_text()


def test_what_is_not_asked_for_is_listed(tmp_path: Path) -> None:
    path = cassette(tmp_path / "cassette.yaml", Interaction(method="GET", url="http://api.test/v1/replicas"))

    with pytest.raises(CassetteError, match="this was left:\n    interaction 1, GET /v1/replicas"), use_cassette(path):
        pass


def test_one_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CassetteError, match=r"there is no cassette at .*; record it with --sensay-record=once"):
        Cassette(tmp_path / "cassette.yaml")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_one_that_cannot_be_read_says_so(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "cassette.yaml"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)

    with pytest.raises(CassetteError, match=r"cassette\.yaml cannot be read: "):
        Cassette(path)


def test_modes_are_checked(tmp_path: Path) -> None:
    mode: Any = "sometimes"
    with pytest.raises(ValueError, match="record must be one of none, once, rewrite, not 'sometimes'"):
        Cassette(tmp_path / "cassette.yaml", record=mode)


def test_a_file_is_written_as_a_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError), use_cassette(tmp_path / "cassette.yaml", record="once"):
        pass

    assert list(tmp_path.iterdir()) == []
