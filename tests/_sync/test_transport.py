# Derived from tests/_async/test_transport.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""What depends on more than one fault: time, and what deletions, redirects and bodies have for themselves."""

from typing import Any

import pytest

from generated_client.models import Replica
from sensay_ext import APIConnectionError, NotFoundError, RateLimitError, ServerError, Timeout, UnexpectedRedirectError
from tests._sync.making import make_client
from tests.clocks import FakeClock
from tests.fault_server import FaultServer, after, hang_up, raw, reply, reset, whole
from tests.requests_to_send import COMPLETE, COMPLETION, DELETE, GET, LIST, REPLICA, SECRET, error_body

OK = reply(200, REPLICA)


class TestConnecting:
    def test_an_ambiguous_attempt_stays_in_mind(self) -> None:
        with FaultServer(reset()) as server:
            clock = FakeClock(on_sleep=server.close)
            with make_client(server.url, clock) as client:
                with pytest.raises(APIConnectionError, match="no connection") as caught:
                    client._transport.send(GET)

        assert (caught.value.attempts, caught.value.ambiguous) == (3, True)

    def test_cookies_of_one_reply_are_not_sent_with_the_next_request(self) -> None:
        with FaultServer(reply(200, REPLICA, {"Set-Cookie": "sid=alice; Path=/"}), OK) as server:
            with make_client(server.url) as client:
                client.as_user("alice")._transport.send(GET)
                client.as_user("bob")._transport.send(GET)

        assert "cookie" not in server.requests[1].headers


class TestTime:
    def test_latency_is_recorded(self) -> None:
        clock = FakeClock()
        with FaultServer(after(lambda: clock.advance(0.2), OK)) as server:
            with make_client(server.url, clock) as client:
                response = client._transport.respond(GET)

        assert response.elapsed == pytest.approx(0.2)

    def test_no_wait_begins_that_the_call_would_not_survive(self) -> None:
        clock = FakeClock()
        with FaultServer(after(lambda: clock.advance(9.6), reply(503))) as server:
            with make_client(server.url, clock, timeout=Timeout(total=10.0)) as client:
                with pytest.raises(ServerError) as caught:
                    client._transport.send(GET)

        assert (caught.value.attempts, clock.slept) == (1, [])

    def test_waits_count_towards_the_total_time(self) -> None:
        clock = FakeClock()
        busy = reply(503, headers={"Retry-After": "6"})
        with FaultServer(busy, busy) as server:
            with make_client(server.url, clock, timeout=Timeout(total=10.0)) as client:
                with pytest.raises(ServerError):
                    client._transport.send(GET)

        assert clock.slept == [6.0]


class TestDeletion:
    @pytest.mark.parametrize("fault", [reset(), hang_up(), reply(500), reply(504)])
    def test_what_is_gone_after_a_lost_answer_is_deleted(self, fault: Any) -> None:
        with FaultServer(fault, reply(404, error_body())) as server:
            with make_client(server.url) as client:
                client._transport.delete(DELETE)

        assert len(server.requests) == 2

    @pytest.mark.parametrize("body", [error_body(), b"<html>"])
    def test_the_same_goes_for_any_request(self, body: Any) -> None:
        with FaultServer(reset(), reply(404, body, {"X-Request-Id": "r1"})) as server:
            with make_client(server.url) as client:
                response = client.request("delete", "/v1/new/thing")

        assert (response.parsed, response.status_code, response.request_id) == (None, 404, "r1")
        assert response.attempts == 2
        assert response.elapsed == pytest.approx(0.5)
        assert response.text.startswith(("{", "<html>"))

    def test_any_request_that_finds_nothing_at_first_is_an_error(self) -> None:
        with FaultServer(reply(404, error_body()), reset(), reply(404, error_body())) as server:
            with make_client(server.url) as client:
                for method in ("DELETE", "PUT"):
                    with pytest.raises(NotFoundError) as caught:
                        client.request(method, "/v1/new/thing")
                    assert caught.value.ambiguous is (method == "PUT")

    @pytest.mark.parametrize("refusal", [reply(429), reply(408)])
    def test_what_was_refused_first_was_not_deleted_by_us(self, refusal: Any) -> None:
        with FaultServer(refusal, reply(404, error_body())) as server:
            with make_client(server.url) as client:
                with pytest.raises(NotFoundError):
                    client._transport.delete(DELETE)

        assert len(server.requests) == 2

    @pytest.mark.parametrize(("status", "body"), [(200, {"success": True}), (202, {}), (204, b""), (200, b"<html>")])
    def test_the_body_of_the_reply_does_not_matter(self, status: int, body: Any) -> None:
        with FaultServer(reply(status, body)) as server:
            with make_client(server.url) as client:
                client._transport.delete(DELETE)

        assert len(server.requests) == 1

    def test_other_errors_pass(self) -> None:
        with FaultServer(reply(429), reply(429), reply(429)) as server:
            with make_client(server.url) as client:
                with pytest.raises(RateLimitError):
                    client._transport.delete(DELETE)

        assert len(server.requests) == 3


class TestRedirects:
    def test_within_its_origin_a_request_stays_what_it_is(self) -> None:
        with FaultServer(reply(307, headers={"Location": "/v2/there"}), reply(200, COMPLETION)) as server:
            with make_client(server.url, follow_redirects=True, user_id="alice") as client:
                client._transport.send(COMPLETE)
        first, second = server.requests

        assert (second.method, second.target, second.body) == ("POST", "/v2/there", first.body)
        assert second.headers["x-user-id"] == "alice"
        assert second.headers["x-organization-secret"] == SECRET

    def test_a_redirect_that_leads_nowhere_ends(self) -> None:
        with FaultServer(reply(302)) as server:
            with make_client(server.url, follow_redirects=True) as client:
                with pytest.raises(UnexpectedRedirectError, match="without naming a host"):
                    client._transport.send(GET)


class TestSending:
    def test_an_open_operation_is_told_nothing(self) -> None:
        with FaultServer(OK) as server:
            with make_client(server.url, user_id="alice") as client:
                client._transport.send(GET, authenticated=False)

        assert not {name for name in server.requests[0].headers if name.startswith(("x-org", "x-user"))}

    def test_a_method_can_say_that_twice_does_harm(self) -> None:
        with FaultServer(reset()) as server:
            with make_client(server.url) as client:
                with pytest.raises(APIConnectionError):
                    client._transport.send(GET, repeatable=False)

        assert len(server.requests) == 1

    def test_parameters_arrive(self) -> None:
        with FaultServer(reply(200, {"success": True, "type": "array", "items": [], "total": 0})) as server:
            with make_client(server.url) as client:
                client._transport.send(LIST, {"extra_query": {"sort": "name"}})

        assert server.requests[0].target == (
            "/v1/replicas?page_size=2&search=a+b%26c&tags=Education&tags=Science&sort=name"
        )

    def test_a_creation_arrives_as_json(self) -> None:
        with FaultServer(reply(200, COMPLETION)) as server:
            with make_client(server.url) as client:
                client._transport.send(COMPLETE, {"extra_body": {"new": 1}})
        seen = server.requests[0]

        assert (seen.method, seen.headers["content-type"]) == ("POST", "application/json")
        assert seen.body == b'{"content":"What are your business hours?","new":1}'

    def test_the_transport_shows_no_secret(self) -> None:
        with make_client("https://api.example") as client:
            assert "SENTINEL" not in repr(client._transport)
            assert "api.example" in repr(client._transport)

    def test_garbage_after_the_reply_spoils_only_the_connection(self) -> None:
        with FaultServer(raw(whole(200, REPLICA) + b"garbage"), OK) as server:
            with make_client(server.url) as client:
                for _ in range(2):
                    assert isinstance(client._transport.send(GET), Replica)
