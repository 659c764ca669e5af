"""What goes wrong on purpose."""

import asyncio  # noqa: TID251 - connections belong to an event loop
import time  # noqa: TID251 - how long a reply takes is what is tested
from typing import Any

import httpx
import pytest
from starlette.types import Message

from sensay_ext.sandbox import Fault, Sandbox, serve
from sensay_ext.sandbox._connections import Connections
from sensay_ext.sandbox._faults import Faults, Rule
from sensay_ext.sandbox._identifiers import Identifiers
from sensay_ext.sandbox._mishaps import Mishaps
from tests.sandbox.api import Api, put

_CONTENT = b"The content of a plain file needs to be at least fifty characters long."


def test_the_next_request_fails_and_the_one_after_it_does_not(sandbox: Sandbox, api: Api) -> None:
    rule = sandbox.fail_next(503, headers={"Retry-After": "7"})

    reply = api.send("POST", "/users", {"id": "alice"})

    assert (reply.status_code, reply.headers["retry-after"]) == (503, "7")
    assert reply.json().keys() == {"success", "error", "request_id", "fingerprint"}
    api("GET", "/users/alice", expect=404)
    assert rule.hits == 1


def test_a_fault_can_be_for_one_operation_user_and_method(sandbox: Sandbox, api: Api) -> None:
    for name in ("ann", "bob"):
        api.user(id=name)
    sandbox.add_fault(Fault(status=500), operation="get_user_me", user="ann", method="GET")

    api.as_user("bob")("GET", "/users/me")
    api("GET", "/users/ann")
    api.as_user("ann")("GET", "/users/me", expect=500)
    api.as_user("ann")("GET", "/users/me")


def test_a_fault_can_skip_and_strike_several_times(sandbox: Sandbox, api: Api) -> None:
    rule = sandbox.add_fault(Fault(status=502), operation="list_replicas", skip=1, times=2)

    assert [api.send("GET", "/replicas").status_code for _ in range(4)] == [200, 502, 502, 200]
    assert rule.hits == 2


def test_chance_is_repeatable_with_a_seed() -> None:
    def struck() -> list[int]:
        with serve(virtual_time=True, seed="chance") as sandbox, Api(sandbox, sandbox.organization_secret) as api:
            sandbox.add_fault(Fault(status=500), times=None, probability=0.5)
            return [api.send("GET", "/replicas").status_code for _ in range(30)]

    first = struck()
    assert first == struck()
    assert set(first) == {200, 500}


@pytest.mark.parametrize(
    ("fault", "content_type", "body"),
    [
        (Fault(status=502, body="<html>Bad gateway</html>"), "text/html", b"<html>Bad gateway</html>"),
        (Fault(status=200, body=b"\xff\xfe", headers={"Content-Type": "application/json"}), "application/json",
         b"\xff\xfe"),
        (Fault(status=200, body={"success": False}), "application/json", b'{"success": false}'),
        (Fault(status=200, body=""), "text/html", b""),
    ],
)  # fmt: skip
def test_an_answer_can_be_anything(sandbox: Sandbox, api: Api, fault: Fault, content_type: str, body: bytes) -> None:
    sandbox.add_fault(fault)

    reply = api.send("GET", "/replicas")

    assert reply.status_code == fault.status
    assert reply.headers["content-type"].startswith(content_type)
    assert reply.content == body


def test_a_quota_can_seem_used_up(sandbox: Sandbox, api: Api) -> None:
    sandbox.fail_next(429, code="CONVERSATION_QUOTA_EXCEEDED")

    assert api("GET", "/replicas", expect=429)["error_code"] == "CONVERSATION_QUOTA_EXCEEDED"


def test_a_redirect_leads_somewhere_else(sandbox: Sandbox, api: Api) -> None:
    sandbox.add_fault(Fault(status=307, headers={"Location": "http://127.0.0.2/elsewhere"}))

    assert api.send("POST", "/users", {}).headers["location"] == "http://127.0.0.2/elsewhere"


def test_an_operation_can_happen_although_its_answer_is_an_error(sandbox: Sandbox, api: Api) -> None:
    sandbox.fail_next(500, late=True)

    api("POST", "/users", {"id": "alice"}, expect=500)

    assert api("GET", "/users/alice")["id"] == "alice"


@pytest.mark.parametrize(
    ("connection", "symptom", "happened"),
    [
        ("before", httpx.ReadError, False),
        ("unanswered", httpx.ReadError, True),
        ("body", (httpx.ReadError, httpx.RemoteProtocolError), True),
        ("close", httpx.RemoteProtocolError, True),
    ],
)
def test_a_connection_can_break(sandbox: Sandbox, api: Api, connection: Any, symptom: Any, *, happened: bool) -> None:
    sandbox.add_fault(Fault(connection=connection))

    with pytest.raises(symptom):
        api.send("POST", "/users", {"id": "alice"})

    assert api.send("GET", "/users/alice").is_success is happened


def test_an_upload_can_break_in_its_middle_and_be_sent_again(sandbox: Sandbox, api: Api) -> None:
    replica = api.replica()
    result = api.add(replica, filename="large.txt")
    sandbox.add_fault(Fault(connection="before", after_bytes=100_000), operation="upload")

    with pytest.raises(httpx.TransportError):
        put(result, b"x" * 20_000_000)

    assert api.entry(replica, result["knowledgeBaseID"])["status"] == "NEW"
    assert put(result, _CONTENT).status_code == 200


def test_an_upload_can_lose_its_answer(sandbox: Sandbox, api: Api) -> None:
    result = api.add(api.replica(), filename="lost.txt")
    sandbox.add_fault(Fault(connection="unanswered"), operation="upload")

    with pytest.raises(httpx.ReadError):
        put(result, _CONTENT)

    assert put(result, _CONTENT).json()["error"] == "Duplicate"


def test_an_answer_can_be_late_or_slow(sandbox: Sandbox, api: Api) -> None:
    started = time.monotonic()
    sandbox.add_fault(Fault(delay=0.05))
    api("GET", "/replicas")
    late = time.monotonic() - started
    sandbox.add_fault(Fault(bytes_per_second=1_000))
    slow_body = api.send("GET", "/replicas").content

    assert late >= 0.05
    assert time.monotonic() - started - late >= len(slow_body) / 1_000 * 0.9


def test_reads_can_be_stale_for_a_while(sandbox: Sandbox, api: Api) -> None:
    replica = api.replica()
    rule = sandbox.stale_reads(times=2)

    number = api.add(replica, text="Not to be seen yet.")["knowledgeBaseID"]

    path = f"/replicas/{replica}/knowledge-base"
    assert api("GET", path)["total"] == 0
    api("GET", f"{path}/{number}", expect=404)
    assert api("GET", path)["total"] == 1
    assert rule.hits == 2


def test_a_user_that_a_stale_read_does_not_know_yet_is_not_found(sandbox: Sandbox, api: Api) -> None:
    sandbox.stale_reads(times=1)
    alice = api.as_user(api.user())

    assert alice("GET", "/users/me", expect=404)["error"] == "User not found"
    alice("GET", "/users/me")


def test_what_was_asked_can_be_looked_at(sandbox: Sandbox, api: Api) -> None:
    before = len(sandbox.requests)
    alice = api.as_user(api.user(id="alice"))
    error = alice("GET", "/users/nobody", expect=404)
    result = api.add(api.replica("alice"), filename="a.txt")
    put(result, _CONTENT)

    created, missing, *_, uploaded = sandbox.requests[before:]

    assert (created.method, created.path, created.operation, created.status) == (
        "POST",
        "/v1/users",
        "create_user",
        200,
    )
    assert (missing.user, missing.request_id, missing.status) == ("alice", error["request_id"], 404)
    assert (uploaded.method, uploaded.operation) == ("PUT", "upload")
    assert not [name for name in uploaded.headers if name.startswith("x-")]
    assert api.secret not in repr(created)


def test_the_controls_work_over_http_too(sandbox: Sandbox, api: Api) -> None:
    def control(method: str, path: str, body: Any = None, *, expect: int = 200) -> Any:
        secret = {"X-ORGANIZATION-SECRET": sandbox.organization_secret}
        reply = httpx.request(method, f"{sandbox.base_url}/sandbox{path}", json=body, headers=secret)
        assert reply.status_code == expect, reply.text
        return reply.json()

    rule = {"operation": "get_user", "times": 1}
    control("POST", "/faults", {"fault": {"status": 418, "code": "TEAPOT"}, **rule})
    assert api("GET", "/users/x", expect=418)["error_code"] == "TEAPOT"
    assert [fault["hits"] for fault in control("GET", "/faults")["requests"]] == [1]
    control("POST", "/stale-reads", {"times": 1})
    assert api.user(id="unseen") == "unseen"
    api("GET", "/users/unseen", expect=404)
    control("DELETE", "/faults")
    replica = api.replica()
    number = api.add(replica, text="A text that cannot be learnt.")["knowledgeBaseID"]
    control("POST", "/training-faults", {"fault": {"message": "No", "terminal": True, "entry": number}})
    before = control("GET", "/clock")
    assert control("POST", "/clock", {"seconds": 20})["now"] > before["now"]
    assert api.entry(replica, number)["status"] == "UNPROCESSABLE"
    control("PUT", "/quotas", {"secret": api.secret, "entries": 0})
    api("POST", f"/replicas/{replica}/knowledge-base", {"text": "More."}, expect=429)
    control("PUT", "/quotas", {"secret": api.secret})
    control("POST", "/organizations", {"secret": f"{api.secret}-http"})
    control("POST", "/invites", {"code": f"{api.secret}-code", "valid_until": "2099-01-01T00:00:00Z"})
    control("POST", "/videos", {"id": "http-video", "transcript": "Words."})
    control("POST", "/playlists", {"id": "PL-http", "videos": ["http-video"]})
    assert api.add(replica, url="https://www.youtube.com/playlist?list=PL-http")["enqueued"] is True
    assert control("GET", "/requests")["items"][-1]["status"] == 207
    control("POST", "/faults", {"fault": {"unknown": 1}}, expect=400)
    control("POST", "/clock", {"seconds": -1}, expect=400)
    assert httpx.get(f"{sandbox.base_url}/sandbox/clock").status_code == 401


def test_the_real_clock_is_not_moved_over_http_either() -> None:
    with serve() as sandbox:
        secret = {"X-ORGANIZATION-SECRET": sandbox.organization_secret}
        reply = httpx.post(f"{sandbox.base_url}/sandbox/clock", json={"seconds": 1}, headers=secret)

    assert (reply.status_code, reply.json()["error"]) == (400, "ValueError: only a virtual clock can be moved")


def test_a_caller_that_has_gone_already_cannot_be_cut_off() -> None:
    connections = Connections()

    connections.reset(("127.0.0.1", 1))
    connections.close(("127.0.0.1", 1))

    asyncio.run(connections.wait_until_all_are_gone())


def test_what_still_arrives_on_a_broken_connection_is_thrown_away() -> None:
    faults = Faults(Identifiers(None))
    faults.requests.append(Rule(fault=Fault(connection="before", after_bytes=1)))
    arriving = [{"type": kind, "body": b"half", "more_body": True} for kind in ["http.request"] * 3]
    arriving.append({"type": "http.disconnect"})

    async def receive() -> Message:
        return arriving.pop(0)

    async def unreachable(*_: Any) -> None:
        pytest.fail("the request was served")

    scope = {"sandbox": {"operation": None}, "method": "POST", "headers": [], "client": ("127.0.0.1", 1)}
    asyncio.run(Mishaps(unreachable, faults, Connections())(scope, receive, unreachable))

    assert arriving == []
