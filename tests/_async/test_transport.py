"""What depends on more than one fault: time, and what deletions, redirects and bodies have for themselves."""

from typing import Any

import pytest

from generated_client.models import Replica
from sensay_ext import APIConnectionError, NotFoundError, RateLimitError, ServerError, Timeout, UnexpectedRedirectError
from tests._async.making import make_client
from tests.clocks import FakeAsyncClock
from tests.fault_server import FaultServer, after, hang_up, raw, reply, reset, whole
from tests.requests_to_send import COMPLETE, COMPLETION, DELETE, GET, LIST, REPLICA, SECRET, error_body

pytestmark = pytest.mark.anyio

OK = reply(200, REPLICA)


class TestConnecting:
    async def test_an_ambiguous_attempt_stays_in_mind(self) -> None:
        with FaultServer(reset()) as server:
            clock = FakeAsyncClock(on_sleep=server.close)
            async with make_client(server.url, clock) as client:
                with pytest.raises(APIConnectionError, match="no connection") as caught:
                    await client._transport.send(GET)

        assert (caught.value.attempts, caught.value.ambiguous) == (3, True)

    async def test_cookies_of_one_reply_are_not_sent_with_the_next_request(self) -> None:
        with FaultServer(reply(200, REPLICA, {"Set-Cookie": "sid=alice; Path=/"}), OK) as server:
            async with make_client(server.url) as client:
                await client.as_user("alice")._transport.send(GET)
                await client.as_user("bob")._transport.send(GET)

        assert "cookie" not in server.requests[1].headers


class TestTime:
    async def test_latency_is_recorded(self) -> None:
        clock = FakeAsyncClock()
        with FaultServer(after(lambda: clock.advance(0.2), OK)) as server:
            async with make_client(server.url, clock) as client:
                response = await client._transport.respond(GET)

        assert response.elapsed == pytest.approx(0.2)

    async def test_no_wait_begins_that_the_call_would_not_survive(self) -> None:
        clock = FakeAsyncClock()
        with FaultServer(after(lambda: clock.advance(9.6), reply(503))) as server:
            async with make_client(server.url, clock, timeout=Timeout(total=10.0)) as client:
                with pytest.raises(ServerError) as caught:
                    await client._transport.send(GET)

        assert (caught.value.attempts, clock.slept) == (1, [])

    async def test_waits_count_towards_the_total_time(self) -> None:
        clock = FakeAsyncClock()
        busy = reply(503, headers={"Retry-After": "6"})
        with FaultServer(busy, busy) as server:
            async with make_client(server.url, clock, timeout=Timeout(total=10.0)) as client:
                with pytest.raises(ServerError):
                    await client._transport.send(GET)

        assert clock.slept == [6.0]


class TestDeletion:
    @pytest.mark.parametrize("fault", [reset(), hang_up(), reply(500), reply(504)])
    async def test_what_is_gone_after_a_lost_answer_is_deleted(self, fault: Any) -> None:
        with FaultServer(fault, reply(404, error_body())) as server:
            async with make_client(server.url) as client:
                await client._transport.delete(DELETE)

        assert len(server.requests) == 2

    @pytest.mark.parametrize("body", [error_body(), b"<html>"])
    async def test_the_same_goes_for_any_request(self, body: Any) -> None:
        with FaultServer(reset(), reply(404, body, {"X-Request-Id": "r1"})) as server:
            async with make_client(server.url) as client:
                response = await client.request("delete", "/v1/new/thing")

        assert (response.parsed, response.status_code, response.request_id) == (None, 404, "r1")
        assert response.attempts == 2
        assert response.elapsed == pytest.approx(0.5)
        assert response.text.startswith(("{", "<html>"))

    async def test_any_request_that_finds_nothing_at_first_is_an_error(self) -> None:
        with FaultServer(reply(404, error_body()), reset(), reply(404, error_body())) as server:
            async with make_client(server.url) as client:
                for method in ("DELETE", "PUT"):
                    with pytest.raises(NotFoundError) as caught:
                        await client.request(method, "/v1/new/thing")
                    assert caught.value.ambiguous is (method == "PUT")

    @pytest.mark.parametrize("refusal", [reply(429), reply(408)])
    async def test_what_was_refused_first_was_not_deleted_by_us(self, refusal: Any) -> None:
        with FaultServer(refusal, reply(404, error_body())) as server:
            async with make_client(server.url) as client:
                with pytest.raises(NotFoundError):
                    await client._transport.delete(DELETE)

        assert len(server.requests) == 2

    @pytest.mark.parametrize(("status", "body"), [(200, {"success": True}), (202, {}), (204, b""), (200, b"<html>")])
    async def test_the_body_of_the_reply_does_not_matter(self, status: int, body: Any) -> None:
        with FaultServer(reply(status, body)) as server:
            async with make_client(server.url) as client:
                await client._transport.delete(DELETE)

        assert len(server.requests) == 1

    async def test_other_errors_pass(self) -> None:
        with FaultServer(reply(429), reply(429), reply(429)) as server:
            async with make_client(server.url) as client:
                with pytest.raises(RateLimitError):
                    await client._transport.delete(DELETE)

        assert len(server.requests) == 3


class TestRedirects:
    async def test_within_its_origin_a_request_stays_what_it_is(self) -> None:
        with FaultServer(reply(307, headers={"Location": "/v2/there"}), reply(200, COMPLETION)) as server:
            async with make_client(server.url, follow_redirects=True, user_id="alice") as client:
                await client._transport.send(COMPLETE)
        first, second = server.requests

        assert (second.method, second.target, second.body) == ("POST", "/v2/there", first.body)
        assert second.headers["x-user-id"] == "alice"
        assert second.headers["x-organization-secret"] == SECRET

    async def test_a_redirect_that_leads_nowhere_ends(self) -> None:
        with FaultServer(reply(302)) as server:
            async with make_client(server.url, follow_redirects=True) as client:
                with pytest.raises(UnexpectedRedirectError, match="without naming a host"):
                    await client._transport.send(GET)


class TestSending:
    async def test_an_open_operation_is_told_nothing(self) -> None:
        with FaultServer(OK) as server:
            async with make_client(server.url, user_id="alice") as client:
                await client._transport.send(GET, authenticated=False)

        assert not {name for name in server.requests[0].headers if name.startswith(("x-org", "x-user"))}

    async def test_a_method_can_say_that_twice_does_harm(self) -> None:
        with FaultServer(reset()) as server:
            async with make_client(server.url) as client:
                with pytest.raises(APIConnectionError):
                    await client._transport.send(GET, repeatable=False)

        assert len(server.requests) == 1

    async def test_parameters_arrive(self) -> None:
        with FaultServer(reply(200, {"success": True, "type": "array", "items": [], "total": 0})) as server:
            async with make_client(server.url) as client:
                await client._transport.send(LIST, {"extra_query": {"sort": "name"}})

        assert server.requests[0].target == (
            "/v1/replicas?page_size=2&search=a+b%26c&tags=Education&tags=Science&sort=name"
        )

    async def test_a_creation_arrives_as_json(self) -> None:
        with FaultServer(reply(200, COMPLETION)) as server:
            async with make_client(server.url) as client:
                await client._transport.send(COMPLETE, {"extra_body": {"new": 1}})
        seen = server.requests[0]

        assert (seen.method, seen.headers["content-type"]) == ("POST", "application/json")
        assert seen.body == b'{"content":"What are your business hours?","new":1}'

    async def test_the_transport_shows_no_secret(self) -> None:
        async with make_client("https://api.example") as client:
            assert "SENTINEL" not in repr(client._transport)
            assert "api.example" in repr(client._transport)

    async def test_garbage_after_the_reply_spoils_only_the_connection(self) -> None:
        with FaultServer(raw(whole(200, REPLICA) + b"garbage"), OK) as server:
            async with make_client(server.url) as client:
                for _ in range(2):
                    assert isinstance(await client._transport.send(GET), Replica)
