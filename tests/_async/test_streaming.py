"""Replies that are read while they come in."""

import gzip
import logging
import threading
from itertools import pairwise

import pytest

from sensay_ext import (
    APIConnectionError,
    APITimeoutError,
    AsyncSensay,
    BadRequestError,
    ConfigurationError,
    ResponseParseError,
    ServerError,
    Timeout,
)
from sensay_ext._async._streaming import AsyncStreamedReply
from tests._async.making import limit_response, make_client
from tests.clocks import FakeAsyncClock
from tests.fault_server import Connection, FaultServer, after, head, reply, reset, sliced, stall, then_reset
from tests.leaks import check_connections, check_error, check_logs
from tests.requests_to_send import COMPLETE, GET, SECRET, error_body

pytestmark = pytest.mark.anyio

EVENTS = [b'data: {"a":1}\n\n', b"data: [DONE]\n\n"]
STREAM = {"Content-Type": "text/event-stream; charset=utf-8", "Transfer-Encoding": "chunked"}
HEAD = head(200, {**STREAM, "X-Request-Id": "r1"})
END = b"0\r\n\r\n"


def chunked(*pieces: bytes) -> list[bytes]:
    return [b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces]


async def collect(reply_: AsyncStreamedReply, received: list[bytes]) -> None:
    async for chunk in reply_.chunks():
        received.append(chunk)  # noqa: PERF401 - what came before an error is the point


async def body_of(client: AsyncSensay, *, accept: str = "text/event-stream") -> bytes:
    received: list[bytes] = []
    async with client._transport.stream(COMPLETE, accept=accept) as reply_:
        await collect(reply_, received)
    return b"".join(received)


async def test_a_reply_is_handed_out_as_it_comes() -> None:
    with FaultServer(sliced([HEAD, *chunked(*EVENTS), END])) as server:
        async with make_client(server.url) as client:
            async with client._transport.stream(COMPLETE) as reply_:
                assert (reply_.status_code, reply_.content_type, reply_.request_id) == (200, "text/event-stream", "r1")
                assert reply_.headers["transfer-encoding"] == "chunked"
                body = b"".join([chunk async for chunk in reply_.chunks()])
            check_connections(client)

    assert body == b"".join(EVENTS)
    assert server.requests[0].headers["accept"] == "text/event-stream"


async def test_a_compressed_reply_is_decompressed_on_the_way() -> None:
    data = gzip.compress(b"".join(EVENTS) * 50)
    pieces = [data[left:right] for left, right in pairwise([*range(0, len(data), 7), len(data)])]
    compressed = head(200, {**STREAM, "Content-Encoding": "gzip"})
    with FaultServer(sliced([compressed, *chunked(*pieces), END])) as server:
        async with make_client(server.url) as client:
            body = await body_of(client, accept="text/plain")

    assert body == b"".join(EVENTS) * 50
    assert server.requests[0].headers["accept"] == "text/plain"


async def test_whoever_stops_early_leaves_nothing_behind() -> None:
    with FaultServer(stall(HEAD + b"".join(chunked(*EVENTS)))) as server:
        async with make_client(server.url) as client:
            async with client._transport.stream(COMPLETE) as reply_:
                async for _ in reply_.chunks():
                    break
            check_connections(client)

    assert len(server.requests) == 1


async def test_silence_ends_a_reply_by_its_own_limit(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with FaultServer(stall(HEAD + b"".join(chunked(EVENTS[0])))) as server:
        async with make_client(server.url) as client:
            async with client._transport.stream(COMPLETE, idle_timeout=0.05) as reply_:
                received: list[bytes] = []
                with pytest.raises(APITimeoutError) as caught:
                    await collect(reply_, received)
            check_connections(client)

    assert received == EVENTS[:1]
    assert caught.value.ambiguous
    check_error(caught.value)
    check_logs(caplog)


async def test_silence_before_a_reply_is_limited_as_ever() -> None:
    with FaultServer(stall()) as server:
        async with make_client(server.url, timeout=Timeout(read=0.05)) as client:
            with pytest.raises(APITimeoutError):
                async with client._transport.stream(COMPLETE, idle_timeout=60.0):
                    pass

    assert len(server.requests) == 1


async def test_a_long_answer_is_no_slow_one() -> None:
    clock, is_read = FakeAsyncClock(), threading.Event()

    def let_time_pass() -> None:
        is_read.wait()
        clock.advance(10.0)

    def instruction(connection: Connection) -> None:
        connection.send(HEAD)
        sliced([*chunked(*[b"x"] * 100), END], let_time_pass)(connection)

    with FaultServer(instruction) as server:
        async with (
            make_client(server.url, clock, timeout=Timeout(total=60.0)) as client,
            client._transport.stream(COMPLETE) as reply_,
        ):
            is_read.set()
            body = b"".join([chunk async for chunk in reply_.chunks()])

    assert body == b"x" * 100


async def test_a_reply_that_breaks_off_says_so(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with FaultServer(then_reset(HEAD + b"".join(chunked(EVENTS[0])) + SECRET.encode())) as server:
        async with make_client(server.url) as client:
            async with client._transport.stream(COMPLETE) as reply_:
                with pytest.raises(APIConnectionError) as caught:
                    async for _ in reply_.chunks():
                        pass
            check_connections(client)

    assert caught.value.ambiguous
    check_error(caught.value)
    check_logs(caplog)


async def test_a_reply_that_cannot_be_decompressed_says_so() -> None:
    broken = [head(200, {**STREAM, "Content-Encoding": "gzip"}), *chunked(b"no gzip"), END]
    with FaultServer(sliced(broken)) as server:
        async with make_client(server.url) as client, client._transport.stream(COMPLETE) as reply_:
            with pytest.raises(ResponseParseError, match="not valid gzip") as caught:
                async for _ in reply_.chunks():
                    pass

    assert (caught.value.content_type, caught.value.status_code) == ("text/event-stream", 200)
    check_error(caught.value)


async def test_a_reply_cannot_go_on_for_ever() -> None:
    with FaultServer(sliced([HEAD, *chunked(*[b"x" * 100] * 11), END])) as server:
        async with make_client(server.url) as client:
            limit_response(client, 1000)
            async with client._transport.stream(COMPLETE) as reply_:
                with pytest.raises(ResponseParseError, match="longer than 1000 bytes"):
                    async for _ in reply_.chunks():
                        pass


async def test_an_error_is_read_and_raised() -> None:
    with FaultServer(reply(400, error_body("too long"))) as server:
        async with make_client(server.url) as client:
            with pytest.raises(BadRequestError, match="too long"):
                async with client._transport.stream(COMPLETE):
                    pass
            check_connections(client)


async def test_what_does_no_harm_twice_is_repeated_before_the_reply_begins() -> None:
    with FaultServer(reset(), reply(503), sliced([HEAD, END])) as server:
        async with make_client(server.url) as client, client._transport.stream(GET) as reply_:
            assert [chunk async for chunk in reply_.chunks()] == []

    assert len(server.requests) == 3


async def test_a_question_is_not_repeated() -> None:
    with FaultServer(reply(503)) as server:
        async with make_client(server.url) as client:
            with pytest.raises(ServerError):
                async with client._transport.stream(COMPLETE):
                    pass

    assert len(server.requests) == 1


async def test_a_failure_of_the_reader_closes_the_reply() -> None:
    with FaultServer(stall(HEAD + b"".join(chunked(*EVENTS)))) as server:
        async with make_client(server.url) as client:
            with pytest.raises(RuntimeError, match="mine"):
                async with client._transport.stream(COMPLETE):
                    raise RuntimeError("mine")
            check_connections(client)


async def test_options_hold_for_streams_too() -> None:
    clock = FakeAsyncClock()
    with FaultServer(after(lambda: clock.advance(1.0), sliced([HEAD, END]))) as server:
        async with make_client(server.url, clock) as client:
            async with client._transport.stream(COMPLETE, {"user": "alice"}):
                pass
            with pytest.raises(ConfigurationError):
                async with client._transport.stream(COMPLETE, {"user": ""}):
                    pass

    assert server.requests[0].headers["x-user-id"] == "alice"
