"""What one part of a streamed reply means, dialect by dialect: pure functions from JSON to events.

The dialects are those of the Vercel AI SDK, whose Stream Protocol the API says it honours (data stream: version 4;
UI messages: version 5 and later), and the chunks of OpenAI's chat completions. A part that does not have the
members its kind calls for becomes an `UnknownPart`, never an exception: the protocols grow, and a reply must not be
lost over a part that nobody asked for.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sensay_ext._stream_events import (
    DataPart,
    ErrorEvent,
    Finish,
    ReasoningDelta,
    Source,
    StreamEvent,
    TextDelta,
    ToolCall,
    ToolCallDelta,
    ToolResult,
    UnknownPart,
    Usage,
)

Part = Mapping[str, Any]
Reader = Callable[[Any], StreamEvent]

_MISFIT = (AttributeError, KeyError, TypeError)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a string is expected")
    return value


def _first(part: Any, *names: str) -> Any:
    if not isinstance(part, Mapping):
        return None
    return next((part[name] for name in names if part.get(name) is not None), None)


def _count(part: Part, *names: str) -> int | None:
    value = _first(part, *names)
    return int(value) if isinstance(value, int | float) and value == value // 1 else None


def usage_of(part: Any) -> Usage | None:
    """Read token counts under any of the names that the dialects give them; `None` if there are none."""
    usage = Usage(
        _count(part, "inputTokens", "promptTokens", "prompt_tokens", "input_tokens"),
        _count(part, "outputTokens", "completionTokens", "completion_tokens", "output_tokens"),
        _count(part, "totalTokens", "total_tokens"),
    )
    return None if usage == Usage() else usage


def finish_of(reason: Any, usage: Any = None) -> Finish:
    """Make a `Finish` with its reason spelled the same way in every dialect."""
    return Finish(reason.replace("-", "_") if isinstance(reason, str) else None, usage_of(usage))


def error_of(raw: Any) -> ErrorEvent:
    """Read an error part: a plain message, or an object that has one under a name in use."""
    nested = _first(raw, "error")
    inner = isinstance(nested, Mapping)
    part = nested if inner else raw
    message = part if isinstance(part, str) else _first(part, "message", "errorText", "error")
    code = _first(part, "error_code", "code", *(["type"] if inner else []))
    # A list or an object is no code, and may be nested too deeply to be written out.
    return ErrorEvent(
        _words(message, "the server reported an error"), str(code) if isinstance(code, str | int | float) else None, raw
    )


def _words(message: Any, otherwise: str) -> str:
    return message if isinstance(message, str) and message else otherwise


def _abort(part: Part) -> ErrorEvent:
    return ErrorEvent(_words(part.get("reason"), "the server aborted the reply"), "abort", part)


def _tool_error(part: Part) -> ToolResult:
    return ToolResult(_text(part["toolCallId"]), part["errorText"], is_error=True)


def _source(part: Part) -> Source:
    url = _first(part, "url")
    return Source(_text(url) if url is not None else None, _first(part, "title"), part)


_DATA_STREAM: Mapping[str, Reader] = {
    "0": lambda value: TextDelta(_text(value)),
    "2": lambda value: DataPart("data", value),
    "3": error_of,
    "8": lambda value: DataPart("message_annotations", value),
    "9": lambda value: ToolCall(_text(value["toolCallId"]), _text(value["toolName"]), value["args"]),
    "a": lambda value: ToolResult(_text(value["toolCallId"]), value["result"]),
    "b": lambda value: ToolCallDelta(_text(value["toolCallId"]), _text(value["toolName"])),
    "c": lambda value: ToolCallDelta(_text(value["toolCallId"]), None, _text(value["argsTextDelta"])),
    "d": lambda value: finish_of(_first(value, "finishReason"), _first(value, "usage")),
    "e": lambda value: finish_of(_first(value, "finishReason"), _first(value, "usage")),
    "g": lambda value: ReasoningDelta(_text(value)),
    "h": _source,
}

_UI_MESSAGES: Mapping[str, Reader] = {
    "text-delta": lambda part: TextDelta(_text(part["delta"]), part.get("id")),
    "reasoning-delta": lambda part: ReasoningDelta(_text(part["delta"]), part.get("id")),
    "tool-input-start": lambda part: ToolCallDelta(_text(part["toolCallId"]), _text(part["toolName"])),
    "tool-input-delta": lambda part: ToolCallDelta(_text(part["toolCallId"]), None, _text(part["inputTextDelta"])),
    "tool-input-available": lambda part: ToolCall(_text(part["toolCallId"]), _text(part["toolName"]), part["input"]),
    "tool-input-error": _tool_error,
    "tool-output-available": lambda part: ToolResult(_text(part["toolCallId"]), part["output"]),
    "tool-output-error": _tool_error,
    "source-url": _source,
    "source-document": _source,
    "message-metadata": lambda part: DataPart("message-metadata", part["messageMetadata"]),
    "finish": lambda part: finish_of(
        part.get("finishReason"), _first(part.get("messageMetadata"), "usage", "totalUsage")
    ),
    "error": error_of,
    "abort": _abort,
}

# Marks that frame other parts and say nothing by themselves.
_FRAMES = frozenset(
    {"start", "start-step", "finish-step", "text-start", "text-end", "reasoning-start", "reasoning-end"}
)


def _read(reader: Reader | None, kind: str, value: Any, raw: Any) -> StreamEvent:
    if reader is not None:
        try:
            return reader(value)
        except _MISFIT:
            pass  # falls through to the unknown part, which keeps all of it
    return UnknownPart(kind, raw)


def data_stream_part(code: str, value: Any) -> Iterator[StreamEvent]:
    """Read one line of the data stream protocol; `code` is what stands before its colon."""
    if code != "f":  # the start of a step frames other parts
        yield _read(_DATA_STREAM.get(code), code, value, value)


def ui_message_part(part: Part) -> Iterator[StreamEvent]:
    """Read one chunk of the UI message stream protocol."""
    kind = part["type"]
    if kind.startswith("data-"):
        yield DataPart(kind, part.get("data"))
    elif kind not in _FRAMES:
        yield _read(_UI_MESSAGES.get(kind), kind, part, part)


def _tool_deltas(delta: Part) -> Iterator[StreamEvent]:
    for call in delta.get("tool_calls") or ():
        function = call.get("function") or {}
        yield ToolCallDelta(call.get("id"), function.get("name"), function.get("arguments") or "", call.get("index"))


def openai_part(part: Part) -> Iterator[StreamEvent]:
    """Read one chat completion chunk of OpenAI's shape, or one whole chat completion."""
    try:
        choice: Part = next((choice for choice in part["choices"] if not choice.get("index")), {})
        delta = _first(choice, "delta", "message") or {}
        events: list[StreamEvent] = []
        reasoning = _first(delta, "reasoning_content", "reasoning")
        if reasoning:
            events.append(ReasoningDelta(_text(reasoning)))
        if delta.get("content"):
            events.append(TextDelta(_text(delta["content"])))
        events += _tool_deltas(delta)
        if choice.get("finish_reason"):
            events.append(finish_of(choice.get("finish_reason"), part.get("usage")))
    except _MISFIT:
        events = [UnknownPart("chat.completion.chunk", part)]
    yield from events


def json_part(value: Any) -> Iterator[StreamEvent]:
    """Read one JSON value of a server-sent event, or the one JSON object of an unstreamed reply, by its members."""
    if not isinstance(value, Mapping):
        yield UnknownPart("json", value)
    elif isinstance(value.get("type"), str):
        yield from ui_message_part(value)
    elif isinstance(value.get("choices"), list):
        yield from openai_part(value)
    elif value.get("success") is False or value.get("error"):
        yield error_of(value)
    elif isinstance(value.get("content"), str):
        yield TextDelta(value["content"])
    else:
        yield UnknownPart("json", value)
