"""Answers as streams."""

import asyncio  # noqa: TID251 - what is tested runs in an event loop
import json
from collections.abc import Callable, Iterator

import httpx
import pytest
from starlette.types import Message

from sensay_ext.sandbox import Sandbox, StreamDialect
from sensay_ext.sandbox._identifiers import Identifiers
from sensay_ext.sandbox._streams import streaming
from tests.sandbox.api import Api

_TEXT = 'The tower has 199 steps; „mind your head“ at the \\ 17th,\tIt opens "daily".'
_ASK = {"content": "How many steps has the tower?"}
_STREAM = {"Accept": "text/event-stream"}


@pytest.fixture
def stream(sandbox: Sandbox, api: Api) -> Iterator[Callable[[StreamDialect], httpx.Response]]:
    """Ask for a stream in a dialect."""
    replica = api.replica()
    api.learn(replica, _TEXT)

    def ask(dialect: StreamDialect) -> httpx.Response:
        sandbox.set_stream(dialect)
        return api.send("POST", f"/replicas/{replica}/chat/completions", _ASK, headers=_STREAM)

    yield ask
    sandbox.set_stream("vercel-v5")


def _events(reply: httpx.Response) -> list[str]:
    assert reply.headers["content-type"].startswith("text/event-stream")
    assert reply.text.endswith("\n\n")
    lines = reply.text.strip().split("\n\n")
    assert all(line.startswith("data: ") for line in lines)
    return [line.removeprefix("data: ") for line in lines]


def _said(text: str) -> str:
    # The sandbox keeps words, not the spaces between them.
    return " ".join(text.split())


def test_the_fifth_dialect_sends_parts_of_a_message(stream: Callable[[StreamDialect], httpx.Response]) -> None:
    reply = stream("vercel-v5")

    assert reply.headers["x-vercel-ai-ui-message-stream"] == "v1"
    *events, last = _events(reply)
    assert last == "[DONE]"
    parts = [json.loads(event) for event in events]
    assert [part["type"] for part in parts if part["type"] != "text-delta"] == [
        "start",
        "start-step",
        "text-start",
        "text-end",
        "finish-step",
        "finish",
    ]
    deltas = [part["delta"] for part in parts if part["type"] == "text-delta"]
    assert len(deltas) > 5
    assert _said("".join(deltas)) == _said(_TEXT)


def test_the_fourth_dialect_sends_lines_with_a_code(stream: Callable[[StreamDialect], httpx.Response]) -> None:
    reply = stream("vercel-v4")

    assert reply.headers["x-vercel-ai-data-stream"] == "v1"
    assert reply.headers["content-type"].startswith("text/plain")
    lines = [line.split(":", 1) for line in reply.text.splitlines()]
    assert [code for code, _ in lines if code != "0"] == ["f", "e", "d"]
    assert _said("".join(json.loads(value) for code, value in lines if code == "0")) == _said(_TEXT)
    assert json.loads(lines[-1][1])["finishReason"] == "stop"


def test_the_dialect_of_other_vendors_sends_chunks(stream: Callable[[StreamDialect], httpx.Response]) -> None:
    *events, last = _events(stream("openai"))

    assert last == "[DONE]"
    chunks = [json.loads(event) for event in events]
    assert {chunk["object"] for chunk in chunks} == {"chat.completion.chunk"}
    assert len({chunk["id"] for chunk in chunks}) == 1
    assert _said("".join(chunk["choices"][0]["delta"].get("content", "") for chunk in chunks)) == _said(_TEXT)
    assert chunks[-1]["choices"][0]["finish_reason"] == "stop"


def test_plain_text_is_streamed_as_it_is(stream: Callable[[StreamDialect], httpx.Response]) -> None:
    reply = stream("text")

    assert reply.headers["content-type"].startswith("text/plain")
    assert _said(reply.text) == _said(_TEXT)


def test_the_json_dialect_answers_as_if_no_stream_had_been_asked_for(
    stream: Callable[[StreamDialect], httpx.Response],
) -> None:
    assert _said(stream("json").json()["content"]) == _said(_TEXT)


def test_an_answer_that_comes_in_pieces_is_streamed_as_a_whole() -> None:
    sent: list[bytes] = []

    async def send(message: Message) -> None:
        sent.append(message.get("body", b""))

    async def reply() -> None:
        out = streaming(send, "text", Identifiers(None))
        await out({"type": "http.response.start", "status": 200, "headers": []})
        await out({"type": "http.response.body", "body": b'{"content": "Mind ', "more_body": True})
        await out({"type": "http.response.body", "body": b'your head."}'})

    asyncio.run(reply())

    assert b"".join(sent) == b"Mind your head."


def test_only_who_asks_for_a_stream_gets_one(api: Api) -> None:
    replica = api.replica()

    reply = api.send("POST", f"/replicas/{replica}/chat/completions", _ASK, headers={"Accept": "*/*"})

    assert reply.headers["content-type"] == "application/json"


def test_an_error_is_no_stream(api: Api) -> None:
    uuid = "00000000-0000-4000-8000-000000000000"

    reply = api.send("POST", f"/replicas/{uuid}/chat/completions", _ASK, headers=_STREAM)

    assert reply.status_code == 404
    assert reply.json()["success"] is False


def test_the_telegram_channel_streams_and_histories_do_not(api: Api) -> None:
    replica = api.replica()
    body = {**_ASK, "telegram_data": {"chat_type": "private", "chat_id": 1, "message_id": 1}}

    streamed = api.send("POST", f"/replicas/{replica}/chat/completions/telegram", body, headers=_STREAM)
    listed = api.send("GET", f"/replicas/{replica}/chat/history", headers=_STREAM)

    assert streamed.headers["content-type"].startswith("text/event-stream")
    assert len(listed.json()["items"]) == 2
