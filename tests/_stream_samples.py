"""Streams of every dialect, written as their servers write them."""

import json
from typing import Any

Header = dict[str, str]

SSE: Header = {"Content-Type": "text/event-stream; charset=utf-8"}
PLAIN: Header = {"content-type": "text/plain; charset=utf-8"}
JSON: Header = {"CONTENT-TYPE": "application/json"}


def data_stream(*parts: tuple[str, Any], end: str = "\n") -> bytes:
    """Lines of the data stream protocol."""
    return "".join(f"{code}:{json.dumps(value, ensure_ascii=False)}{end}" for code, value in parts).encode()


def event_stream(*values: Any, end: str = "\n", done: bool = True) -> bytes:
    """Server-sent events with JSON data."""
    texts = [json.dumps(value, ensure_ascii=False) for value in values]
    return "".join(f"data: {text}{end}{end}" for text in [*texts, *(["[DONE]"] if done else [])]).encode()


def chunk(delta: dict[str, Any], finish_reason: str | None = None, **more: Any) -> dict[str, Any]:
    """One chat completion chunk of OpenAI's shape."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
    return {"id": "c1", "object": "chat.completion.chunk", "choices": [choice], **more}


USAGE_V4 = {"promptTokens": 11, "completionTokens": 3}

DATA_STREAM = data_stream(
    ("f", {"messageId": "msg-1"}),
    ("g", "The user asks for hours. "),
    ("0", "We are open "),
    ("0", "9 to 5. 🚲"),
    ("e", {"finishReason": "stop", "usage": USAGE_V4, "isContinued": False}),
    ("d", {"finishReason": "stop", "usage": USAGE_V4}),
)

UI_MESSAGES = event_stream(
    {"type": "start", "messageId": "msg-1"},
    {"type": "start-step"},
    {"type": "reasoning-start", "id": "r"},
    {"type": "reasoning-delta", "id": "r", "delta": "The user asks for hours. "},
    {"type": "reasoning-end", "id": "r"},
    {"type": "text-start", "id": "t"},
    {"type": "text-delta", "id": "t", "delta": "We are open "},
    {"type": "text-delta", "id": "t", "delta": "9 to 5. 🚲"},
    {"type": "text-end", "id": "t"},
    {"type": "finish-step"},
    {
        "type": "finish",
        "finishReason": "stop",
        "messageMetadata": {"usage": {"inputTokens": 11, "outputTokens": 3, "totalTokens": 14}},
    },
)

OPENAI = event_stream(
    chunk({"role": "assistant", "content": ""}),
    chunk({"reasoning_content": "The user asks for hours. "}),
    chunk({"content": "We are open "}),
    chunk({"content": "9 to 5. 🚲"}),
    chunk({}, "stop"),
    {"id": "c1", "choices": [], "usage": {"prompt_tokens": 11, "completion_tokens": 3, "total_tokens": 14}},
)

ONE_OBJECT = json.dumps({"success": True, "content": "We are open 9 to 5. 🚲"}, ensure_ascii=False).encode()

TEXT = "We are open 9 to 5. 🚲".encode()

ALL = {
    "data-stream": (PLAIN, DATA_STREAM),
    "ui-messages": (SSE, UI_MESSAGES),
    "openai": (SSE, OPENAI),
    "json": (JSON, ONE_OBJECT),
    "text": (PLAIN, TEXT),
}
