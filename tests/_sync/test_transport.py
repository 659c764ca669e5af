# Derived from tests/_async/test_transport.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""What depends on more than one fault: time, other servers, and the state of connections."""

import logging
import socket
from typing import Any

import pytest

from generated_client.models import Replica
from sensay_ext import (
    APIConnectionError,
    APITimeoutError,
    NotFoundError,
    RateLimitError,
    ServerError,
    Timeout,
    UnexpectedRedirectError,
)
from tests._sync.making import make_client
from tests.clocks import FakeClock
from tests.fault_server import (
    FaultServer,
    Instruction,
    after,
    hang_up,
    head,
    raw,
    reply,
    reply_and_hang_up,
    reset,
    sliced,
    whole,
)
from tests.leaks import check_connections, check_error, check_logs
from tests.requests_to_send import COMPLETE, COMPLETION, CREATE_USER, DELETE, GET, LIST, REPLICA, SECRET, error_body

OK = reply(200, REPLICA)


def redirect(status: int, location: str) -> Instruction:
    return reply(status, headers={"Location": location})


class TestConnecting:
    @pytest.mark.parametrize(("request_to_send", "body"), [(GET, REPLICA), (COMPLETE, COMPLETION)])
    def test_a_server_that_comes_up_is_reached(self, request_to_send: Any, body: Any) -> None:
        with FaultServer(reply(200, body), listening=False) as server:
            clock = FakeClock(on_sleep=server.listen)
            with make_client(server.url, clock) as client:
                client._transport.send(request_to_send)

        assert len(server.requests) == 1
        assert clock.slept == [0.5]

    def test_a_server_that_is_down_was_asked_nothing(self) -> None:
        with FaultServer(listening=False) as server:
            with make_client(server.url) as client:
                with pytest.raises(APIConnectionError) as caught:
                    client._transport.send(COMPLETE)
                check_connections(client)

        assert (caught.value.attempts, caught.value.ambiguous) == (3, False)
        assert "no connection to 127.0.0.1: ConnectError" in str(caught.value)
        check_error(caught.value)

    def test_a_name_that_nobody_knows_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def unknown(*_args: Any, **_kwargs: Any) -> Any:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", unknown)
        with make_client("https://nowhere.invalid") as client:
            with pytest.raises(APIConnectionError, match=r"no connection to nowhere\.invalid") as caught:
                client._transport.send(GET)

        assert (caught.value.attempts, caught.value.ambiguous) == (3, False)
        check_error(caught.value)

    def test_an_ambiguous_attempt_stays_in_mind(self) -> None:
        with FaultServer(reset()) as server:
            clock = FakeClock(on_sleep=server.close)
            with make_client(server.url, clock) as client:
                with pytest.raises(APIConnectionError, match="no connection") as caught:
                    client._transport.send(GET)

        assert (caught.value.attempts, caught.value.ambiguous) == (3, True)

    def test_a_connection_that_was_closed_while_idle_is_not_used(self) -> None:
        with FaultServer(reply_and_hang_up(200, REPLICA), reply(200, COMPLETION)) as server:
            with make_client(server.url) as client:
                client._transport.send(GET)
                server.connections[0].wait_until_closed()
                client._transport.send(COMPLETE)

        assert len(server.connections) == 2

    def test_a_connection_that_is_closed_in_use_leaves_a_creation_open(self) -> None:
        with FaultServer(OK, hang_up()) as server:
            with make_client(server.url) as client:
                client._transport.send(GET)
                with pytest.raises(APIConnectionError) as caught:
                    client._transport.send(COMPLETE)

        assert caught.value.ambiguous
        assert len(server.connections) == 1

    def test_a_connection_that_is_closed_in_use_is_replaced_for_reading(self) -> None:
        with FaultServer(OK, hang_up(), OK) as server:
            with make_client(server.url) as client:
                client._transport.send(GET)
                assert isinstance(client._transport.send(GET), Replica)

        assert len(server.connections) == 2

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

    def test_a_slow_line_is_waited_for(self) -> None:
        clock = FakeClock()
        data = whole(200, {**REPLICA, "greeting": "x" * 100_000})
        pieces = [data[start : start + 1000] for start in range(0, len(data), 1000)]
        with FaultServer(sliced(pieces, lambda: clock.advance(1.0))) as server:
            with make_client(server.url, clock) as client:
                result = client._transport.send(GET)

        assert len(result.greeting) == 100_000

    @pytest.mark.parametrize(
        ("pieces", "seconds"),
        [
            ([head(200, {"Content-Length": "5000"}), *[b"x"] * 5000], 1.0),
            ([head(200, {"Transfer-Encoding": "chunked"}), *[b"1\r\nx\r\n"] * 5000], 1.0),
        ],
        ids=["announced length", "chunks"],
    )
    def test_a_drip_ends_with_the_total_time(self, pieces: list[bytes], seconds: float) -> None:
        clock = FakeClock()
        with FaultServer(sliced(pieces, lambda: clock.advance(seconds))) as server:
            with make_client(server.url, clock, timeout=Timeout(total=30.0)) as client:
                with pytest.raises(APITimeoutError, match=r"the total time limit of 30\.0 s ran out") as caught:
                    client._transport.send(GET)
                check_connections(client)

        assert (caught.value.attempts, caught.value.ambiguous) == (1, True)
        check_error(caught.value)

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

    def test_a_dead_server_is_not_asked_three_times_as_often(self) -> None:
        with FaultServer(always=reply(503)) as server:
            with make_client(server.url) as client:
                for _ in range(100):
                    with pytest.raises(ServerError):
                        client._transport.send(GET)

        assert len(server.requests) == 135

    def test_an_interruption_of_a_wait_passes_at_once(self) -> None:
        def interrupt() -> None:
            raise KeyboardInterrupt

        with FaultServer(reply(503)) as server:
            with make_client(server.url, FakeClock(on_sleep=interrupt)) as client:
                with pytest.raises(KeyboardInterrupt):
                    client._transport.send(GET)
                check_connections(client)

        assert len(server.requests) == 1


class TestDeletion:
    @pytest.mark.parametrize("fault", [reset(), hang_up(), reply(500), reply(504)])
    def test_what_is_gone_after_a_lost_answer_is_deleted(self, fault: Any) -> None:
        with FaultServer(fault, reply(404, error_body())) as server:
            with make_client(server.url) as client:
                client._transport.delete(DELETE)

        assert len(server.requests) == 2

    def test_what_was_never_there_is_not_found(self) -> None:
        with FaultServer(reply(404, error_body())) as server:
            with make_client(server.url) as client:
                with pytest.raises(NotFoundError) as caught:
                    client._transport.delete(DELETE)

        assert not caught.value.ambiguous

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
    def test_nothing_is_followed_unless_asked(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        with FaultServer(host="localhost") as other:
            location = f"{other.url}/x?token={SECRET}"
            with FaultServer(reply(302, headers={"Location": location})) as server:
                with make_client(server.url) as client:
                    with pytest.raises(UnexpectedRedirectError, match="redirected to localhost") as caught:
                        client._transport.send(GET)

        assert (len(server.requests), other.requests) == (1, [])
        check_error(caught.value)
        check_logs(caplog)

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_another_origin_learns_nothing_when_it_is_followed(self, status: int) -> None:
        with FaultServer(OK, host="localhost") as other:
            location = f"{other.url}/elsewhere"
            with FaultServer(reply(status, headers={"Location": location, "Set-Cookie": "sid=1"})) as server:
                with make_client(server.url, follow_redirects=True) as client:
                    assert isinstance(client._transport.send(GET, {"extra_headers": {"x-mine": SECRET}}), Replica)

        seen = other.requests[0]
        assert (seen.method, seen.target) == ("GET", "/elsewhere")
        assert set(seen.headers) == {"host", "accept", "accept-encoding", "user-agent"}

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_a_body_does_not_go_to_another_origin(self, status: int) -> None:
        with FaultServer(host="localhost") as other, FaultServer(redirect(status, other.url)) as server:
            with make_client(server.url, follow_redirects=True) as client:
                with pytest.raises(UnexpectedRedirectError):
                    client._transport.send(CREATE_USER)

        assert (len(server.requests), other.requests) == (1, [])

    def test_a_request_for_a_user_does_not_arrive_without_its_user(self) -> None:
        with FaultServer(host="localhost") as other, FaultServer(redirect(302, other.url)) as server:
            with make_client(server.url, follow_redirects=True, user_id="alice") as client:
                with pytest.raises(UnexpectedRedirectError):
                    client._transport.send(GET)

        assert other.requests == []

    def test_within_its_origin_a_request_stays_what_it_is(self) -> None:
        with FaultServer(reply(307, headers={"Location": "/v2/there"}), reply(200, COMPLETION)) as server:
            with make_client(server.url, follow_redirects=True, user_id="alice") as client:
                client._transport.send(COMPLETE)
        first, second = server.requests

        assert (second.method, second.target, second.body) == ("POST", "/v2/there", first.body)
        assert second.headers["x-user-id"] == "alice"
        assert second.headers["x-organization-secret"] == SECRET

    def test_a_circle_ends(self) -> None:
        with FaultServer(always=reply(302, headers={"Location": "/v1/again"})) as server:
            with make_client(server.url, follow_redirects=True) as client:
                with pytest.raises(UnexpectedRedirectError):
                    client._transport.send(GET)
                check_connections(client)

        assert len(server.requests) == 6

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
