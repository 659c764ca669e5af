# Derived from tests/_async/test_chat_stream.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Answers that are read while the replica is still speaking."""

import gzip
import json
import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from sensay_ext import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    BadRequestError,
    ChatStream,
    ConfigurationError,
    InvalidArgumentError,
    ResponseParseError,
    Sensay,
    StreamInterrupted,
    Timeout,
)
from sensay_ext._concurrency import Ahead, Blocking
from sensay_ext.sandbox import Sandbox, serve
from sensay_ext.streaming import Finish, ReasoningDelta, StreamEvent, TextDelta, Usage
from tests._stream_samples import ALL, JSON, SSE, UI_MESSAGES, event_stream
from tests._sync.making import limit_response, make_client
from tests.fault_server import PATIENCE, Connection, FaultServer, after, head, reply, sliced, stall, then_reset
from tests.leaks import check_connections
from tests.requests_seen import RequestsSince
from tests.requests_to_send import REPLICA_UUID, error_body

WHOLE = "We are open 9 to 5. 🚲"
HEAD = head(200, {**SSE, "X-Request-Id": "r1"})
HALF = event_stream({"type": "text-delta", "id": "t", "delta": "We are "}, done=False)


def ask(client: Sensay, **options: Any) -> ChatStream:
    return client.chat.stream(REPLICA_UUID, "When are you open?", **options)


def collect(stream: ChatStream, pieces: list[str]) -> None:
    for text in stream.text_stream():
        pieces.append(text)  # noqa: PERF401 - what came before an error is the point


@pytest.mark.parametrize("sample", ALL)
@pytest.mark.parametrize("step", [1, 7, 10_000])
def test_every_dialect_is_recognized_however_it_is_cut(sample: str, step: int) -> None:
    headers, body = ALL[sample]
    pieces = [body[start : start + step] for start in range(0, len(body), step)]
    with FaultServer(sliced([head(200, {**headers, "Content-Length": str(len(body))}), *pieces])) as server:
        with make_client(server.url) as client:
            with ask(client) as stream:
                assert "".join([text for text in stream.text_stream()]) == WHOLE
                assert (stream.finished, stream.text, stream.get_final_text()) == (True, WHOLE, WHOLE)
            check_connections(client)


@pytest.mark.parametrize(
    ("stream", "dialect"),
    [("vercel-v4", "data-stream"), ("vercel-v5", "sse"), ("openai", "sse"), ("text", "text"), ("json", "json")],
)
def test_a_replica_speaks_in_any_dialect(stream: Any, dialect: str) -> None:
    with serve(virtual_time=True, allow_network=False, stream=stream) as sandbox:
        with Sensay(sandbox.organization_secret, base_url=sandbox.base_url) as sensay:
            sensay.users.create("alice")
            created = sensay.replicas.create(
                name="R", short_description="R", greeting="Hi", owner_id="alice", slug="r", llm={}
            )
            sensay.knowledge_base.add_text(created, WHOLE)
            sandbox.advance(60)
            with sensay.as_user("alice").chat.stream(created, "When are you open?") as answer:
                text = answer.get_final_text()

    assert (text, answer.dialect) == (WHOLE, dialect)


def test_what_is_asked_is_what_is_sent() -> None:
    with FaultServer(reply(200, UI_MESSAGES, SSE)) as server:
        options = {"skip_chat_history": True, "source": "embed", "user": "alice"}
        with make_client(server.url) as client, ask(client, **options) as stream:
            stream.get_final_text()
    (request,) = server.requests

    assert (request.method, request.target) == ("POST", f"/v1/replicas/{REPLICA_UUID}/chat/completions")
    assert (request.headers["accept"], request.headers["x-user-id"]) == ("text/event-stream", "alice")
    assert json.loads(request.body) == {"content": "When are you open?", "skip_chat_history": True, "source": "embed"}


def test_everything_that_happens_is_given_out_once() -> None:
    with FaultServer(reply(200, UI_MESSAGES, {**SSE, "X-Request-Id": "r1"})) as server:
        with make_client(server.url) as client, ask(client) as stream:
            assert (stream.request_id, stream.dialect, stream.text) == ("r1", None, "")
            events: list[StreamEvent] = []
            for event in stream:
                events.append(event)
                if isinstance(event, TextDelta):
                    break
            rest = [event for event in stream]
            assert [event for event in stream] == []

    assert events == [ReasoningDelta("The user asks for hours. ", "r"), TextDelta("We are open ", "t")]
    assert rest == [TextDelta("9 to 5. 🚲", "t"), Finish("stop", Usage(11, 3, 14))]


def test_nothing_is_asked_before_the_block_begins() -> None:
    with FaultServer() as server:
        with make_client(server.url) as client:
            stream = ask(client)
            assert stream.request_id is None
            with pytest.raises(ConfigurationError, match="inside of its with block"):
                iter(stream)

    assert server.requests == []


@pytest.mark.parametrize("limit", [0, -1, float("nan"), float("inf")])
def test_a_silence_that_has_no_length_is_refused_before_the_block(limit: float) -> None:
    with make_client("https://api.example") as client:
        with pytest.raises(InvalidArgumentError, match="idle_timeout must be more than 0") as caught:
            ask(client, idle_timeout=limit)

    assert caught.value.field == "idle_timeout"


def test_after_the_block_only_what_was_read_is_there() -> None:
    with FaultServer(reply(200, UI_MESSAGES, SSE), reply(200, UI_MESSAGES, SSE)) as server:
        with make_client(server.url) as client:
            with ask(client) as read:
                read.get_final_text()
            with ask(client) as unread:
                pass
            assert read.get_final_text() == WHOLE
            with pytest.raises(ConfigurationError, match="inside of its with block"):
                unread.get_final_text()
            with pytest.raises(ConfigurationError, match="cannot be used twice"):
                with unread:
                    pytest.fail("it must not be asked for again")


def test_whoever_stops_early_hangs_up() -> None:
    with FaultServer(stall(HEAD + HALF)) as server:
        with make_client(server.url) as client:
            with ask(client) as stream:
                for text in stream.text_stream():
                    assert text == "We are "
                    break
            stream.close()
            check_connections(client)


class TestInterrupted:
    def test_by_a_broken_connection(self) -> None:
        with FaultServer(then_reset(HEAD + HALF)) as server:
            with make_client(server.url) as client, ask(client) as stream:
                with pytest.raises(StreamInterrupted, match="the connection broke") as caught:
                    stream.get_final_text()

        assert (caught.value.text, caught.value.request_id) == ("We are ", "r1")
        assert isinstance(caught.value.__cause__, APIConnectionError)

    def test_by_silence(self) -> None:
        with FaultServer(stall(HEAD + HALF)) as server:
            with make_client(server.url) as client, ask(client, idle_timeout=0.05) as stream:
                with pytest.raises(StreamInterrupted) as caught:
                    stream.get_final_text()

        assert caught.value.text == "We are "
        assert isinstance(caught.value.__cause__, APITimeoutError)

    def test_by_silence_as_the_client_limits_it(self) -> None:
        with FaultServer(stall(HEAD + HALF)) as server:
            impatient = make_client(server.url, timeout=Timeout(read=0.05))
            with impatient as client, ask(client, idle_timeout=None) as stream:
                with pytest.raises(StreamInterrupted):
                    stream.get_final_text()

    def test_by_an_end_without_an_end_mark(self) -> None:
        with FaultServer(reply(200, HALF, SSE)) as server:
            with make_client(server.url) as client, ask(client) as stream:
                with pytest.raises(StreamInterrupted, match="ended before it was complete") as caught:
                    stream.get_final_text()

        assert (caught.value.text, caught.value.__cause__) == ("We are ", None)

    def test_by_the_server(self) -> None:
        body = HALF + event_stream({"type": "error", "errorText": "overloaded"})
        with FaultServer(reply(200, body, SSE)) as server:
            with make_client(server.url) as client, ask(client) as stream:
                pieces: list[str] = []
                with pytest.raises(StreamInterrupted, match="overloaded"):
                    collect(stream, pieces)
                with pytest.raises(StreamInterrupted, match="overloaded"):
                    stream.get_final_text()

        assert pieces == ["We are "]

    def test_by_a_body_that_cannot_be_decompressed(self) -> None:
        body = gzip.compress(HALF)[:-12] + b"nonsense"
        with FaultServer(reply(200, body, {**SSE, "Content-Encoding": "gzip"})) as server:
            with make_client(server.url) as client, ask(client) as stream:
                with pytest.raises(StreamInterrupted) as caught:
                    stream.get_final_text()

        assert isinstance(caught.value.__cause__, ResponseParseError)


class TestClosing:
    """Hanging up, while somebody else waits for more of the answer."""

    def read(self, stream: ChatStream, read: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> Any:
        """Begin to read; and what can be waited for until the first piece is read, and the next is waited for."""
        waiting = threading.Event()
        hear = stream._listening.hear

        def tell_and_hear(following: Callable[[], Any]) -> Any:
            if stream.text:
                waiting.set()
            return hear(following)

        monkeypatch.setattr(stream._listening, "hear", tell_and_hear)
        return Ahead(read), waiting

    def test_ends_the_reading(self, monkeypatch: pytest.MonkeyPatch) -> None:
        pieces: list[str] = []
        with FaultServer(stall(HEAD + HALF)) as server:
            with make_client(server.url) as client, ask(client) as stream:
                reader, waiting = self.read(stream, lambda: collect(stream, pieces), monkeypatch)
                Blocking.run(waiting.wait, PATIENCE)
                stream.close()
                reader.result()
                check_connections(client)
                stream.close()

        assert (pieces, stream.text, stream.finished) == (["We are "], "We are ", False)

    def test_leaves_no_whole_text(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with FaultServer(stall(HEAD + HALF)) as server:
            with make_client(server.url) as client:
                with ask(client) as stream:
                    reader, waiting = self.read(stream, stream.get_final_text, monkeypatch)
                    Blocking.run(waiting.wait, PATIENCE)
                with pytest.raises(StreamInterrupted, match="it was closed while it was read") as caught:
                    reader.result()
                check_connections(client)

        assert (caught.value.text, caught.value.request_id) == ("We are ", "r1")

    def test_ends_the_reading_with_the_next_piece_where_it_cannot_be_broken_off(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sensay_ext._sync._chat_stream.hang_up", lambda _: None)
        pieces: list[str] = []
        closed = threading.Event()

        def go_on(connection: Connection) -> None:
            connection.send(HEAD + HALF)
            closed.wait(PATIENCE)
            connection.send(HALF)
            connection.wait_until_client_leaves()

        with FaultServer(go_on) as server:
            with make_client(server.url) as client, ask(client) as stream:
                reader, waiting = self.read(stream, lambda: collect(stream, pieces), monkeypatch)
                Blocking.run(waiting.wait, PATIENCE)
                stream.close()
                closed.set()
                reader.result()
                check_connections(client)

        assert (pieces[0], stream.finished) == ("We are ", False)

    def test_before_the_answer_begins(self) -> None:
        pieces: list[str] = []
        asked, closed = threading.Event(), threading.Event()

        def wait() -> None:
            asked.set()
            closed.wait(PATIENCE)

        def read() -> None:
            with stream:
                collect(stream, pieces)

        with FaultServer(after(wait, stall(HEAD + HALF))) as server:
            with make_client(server.url) as client:
                stream = ask(client)
                reader = Ahead(read)
                Blocking.run(asked.wait, PATIENCE)
                stream.close()
                closed.set()
                reader.result()
                check_connections(client)

        assert pieces == []

    def test_before_the_block_leaves_nothing_to_ask(self) -> None:
        with make_client("https://api.example") as client:
            stream = ask(client)
            stream.close()
            with pytest.raises(ConfigurationError, match="cannot be used twice"):
                with stream:
                    pytest.fail("it must not be asked for")

    def test_takes_what_comes_of_it_for_no_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with FaultServer(stall(HEAD + HALF)) as server:
            with make_client(server.url) as client, ask(client) as stream:

                def break_off(_following: object) -> None:
                    stream.close()
                    raise APIConnectionError("broken off")

                monkeypatch.setattr(stream._listening, "hear", break_off)
                assert [event for event in stream] == []
                check_connections(client)

    def test_only_one_can_read_at_a_time(self) -> None:
        with FaultServer(stall(HEAD + HALF)) as server:
            with make_client(server.url) as client, ask(client) as stream:
                first, second = iter(stream), iter(stream)
                stream._turn.acquire()  # as if another one were reading
                with pytest.raises(ConfigurationError, match="by one thread or task at a time"):
                    next(first)
                stream.close()
                assert next(second, None) is None
                stream._turn.release()
                stream.close()
                check_connections(client)


def test_a_connection_that_breaks_after_the_end_does_no_harm() -> None:
    with FaultServer(then_reset(HEAD + UI_MESSAGES)) as server:
        with make_client(server.url) as client, ask(client) as stream:
            assert [event for event in stream][-1] == Finish("stop", Usage(11, 3, 14))
            assert stream.get_final_text() == WHOLE


def test_an_answer_that_is_too_long_is_refused() -> None:
    with FaultServer(reply(200, UI_MESSAGES, SSE)) as server:
        with make_client(server.url) as client:
            limit_response(client, 100)
            with client.chat.stream(REPLICA_UUID, "Hi") as stream:
                with pytest.raises((ResponseParseError, StreamInterrupted)):
                    stream.get_final_text()


def test_an_error_in_place_of_the_stream_is_that_error() -> None:
    with FaultServer(reply(400, error_body("No streams today"))) as server:
        with make_client(server.url) as client:
            with pytest.raises(BadRequestError, match="No streams today"):
                with ask(client):
                    pytest.fail("there is nothing to read")


def test_an_error_under_a_status_of_success_is_an_error() -> None:
    with FaultServer(reply(200, json.dumps(error_body("Out of words")).encode(), JSON)) as server:
        with make_client(server.url) as client, ask(client) as stream:
            with pytest.raises(APIStatusError, match="Out of words") as caught:
                stream.get_final_text()

    assert (caught.value.method, caught.value.path) == ("POST", "/v1/replicas/{replica_uuid}/chat/completions")


def test_what_is_outside_of_a_limit_is_refused_before_the_block(alice: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    seen = RequestsSince(sandbox)
    with pytest.raises(InvalidArgumentError, match="content has 0 characters"):
        alice.chat.stream(replica, "")

    assert seen.all == []
