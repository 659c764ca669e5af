"""Answers as streams, in the dialects that such APIs are known to speak; which one the real API speaks is not known."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from starlette.datastructures import Headers
from starlette.types import Message, Send

from sensay_ext.sandbox._identifiers import Identifiers
from sensay_ext.sandbox._settings import StreamDialect

_PIECE = re.compile(r"\S+\s*|\s+")
_SSE = "text/event-stream"


class _Dialect(NamedTuple):
    headers: Mapping[str, str]
    encode: Callable[[list[str], str], Iterator[str]]


def _lines(pieces: list[str], name: str) -> Iterator[str]:
    def line(code: str, value: Any) -> str:
        return f"{code}:{json.dumps(value, ensure_ascii=False)}\n"

    usage = {"promptTokens": None, "completionTokens": None}
    yield line("f", {"messageId": name})
    for piece in pieces:
        yield line("0", piece)
    yield line("e", {"finishReason": "stop", "usage": usage, "isContinued": False})
    yield line("d", {"finishReason": "stop", "usage": usage})


def _event(value: Any) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"


def _parts(pieces: list[str], name: str) -> Iterator[str]:
    yield _event({"type": "start", "messageId": name})
    yield _event({"type": "start-step"})
    yield _event({"type": "text-start", "id": "0"})
    for piece in pieces:
        yield _event({"type": "text-delta", "id": "0", "delta": piece})
    yield _event({"type": "text-end", "id": "0"})
    yield _event({"type": "finish-step"})
    yield _event({"type": "finish"})
    yield "data: [DONE]\n\n"


def _chunks(pieces: list[str], name: str) -> Iterator[str]:
    def chunk(delta: dict[str, str], finish: str | None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return _event({"id": name, "object": "chat.completion.chunk", "choices": [choice]})

    yield chunk({"role": "assistant", "content": ""}, None)
    for piece in pieces:
        yield chunk({"content": piece}, None)
    yield chunk({}, "stop")
    yield "data: [DONE]\n\n"


def _plain(pieces: list[str], name: str) -> Iterator[str]:  # noqa: ARG001 - the signature that all dialects share
    yield from pieces


_DIALECTS: Mapping[StreamDialect, _Dialect] = {
    "vercel-v4": _Dialect({"content-type": "text/plain; charset=utf-8", "x-vercel-ai-data-stream": "v1"}, _lines),
    "vercel-v5": _Dialect({"content-type": _SSE, "x-vercel-ai-ui-message-stream": "v1"}, _parts),
    "openai": _Dialect({"content-type": _SSE}, _chunks),
    "text": _Dialect({"content-type": "text/plain; charset=utf-8"}, _plain),
}


def wants_stream(headers: Headers, dialect: StreamDialect) -> bool:
    """Tell whether an answer is to be streamed: the caller asks for it, and this sandbox does it."""
    return _SSE in headers.get("accept", "") and dialect in _DIALECTS


def streaming(send: Send, dialect: StreamDialect, identifiers: Identifiers) -> Send:
    """Turn a JSON answer into a stream on its way out; errors stay as they are.

    Args:
        send: Where the reply goes.
        dialect: The dialect to speak.
        identifiers: Names the message.

    Returns:
        What the answer is to be sent to.
    """
    start: Message = {}
    body = bytearray()

    async def send_streamed(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            start = message
            return
        body.extend(message.get("body", b""))
        if message.get("more_body", False):
            return
        if start["status"] != 200:  # noqa: PLR2004 - only a success has an answer in it
            await send(start)
            await send({"type": "http.response.body", "body": bytes(body)})
            return
        await _send_pieces(send, start, _DIALECTS[dialect], json.loads(body)["content"], identifiers.token())

    return send_streamed


async def _send_pieces(send: Send, start: Message, dialect: _Dialect, content: str, name: str) -> None:
    replaced = {b"content-type", b"content-length"}
    kept = [(key, value) for key, value in start["headers"] if key.lower() not in replaced]
    added = [(key.encode(), value.encode()) for key, value in dialect.headers.items()]
    await send({**start, "headers": [*kept, *added]})
    for piece in dialect.encode(_PIECE.findall(content), name):
        await send({"type": "http.response.body", "body": piece.encode(), "more_body": True})
    await send({"type": "http.response.body", "body": b""})
