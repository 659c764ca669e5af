"""Every part of every dialect, and parts that do not have what their kind calls for."""

from typing import Any

import pytest

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
from sensay_ext._stream_parts import data_stream_part, json_part, usage_of

SOURCE = {"sourceType": "url", "id": "s", "url": "https://example.com", "title": "Example"}


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ("0", "Hi", [TextDelta("Hi")]),
        ("g", "Hmm", [ReasoningDelta("Hmm")]),
        ("2", [{"a": 1}], [DataPart("data", [{"a": 1}])]),
        ("8", [1], [DataPart("message_annotations", [1])]),
        ("3", "broken", [ErrorEvent("broken", None, "broken")]),
        ("b", {"toolCallId": "t", "toolName": "find"}, [ToolCallDelta("t", "find")]),
        ("c", {"toolCallId": "t", "argsTextDelta": '{"q'}, [ToolCallDelta("t", None, '{"q')]),
        ("9", {"toolCallId": "t", "toolName": "find", "args": {"q": 1}}, [ToolCall("t", "find", {"q": 1})]),
        ("a", {"toolCallId": "t", "result": [1]}, [ToolResult("t", [1])]),
        ("h", SOURCE, [Source("https://example.com", "Example", SOURCE)]),
        ("f", {"messageId": "m"}, []),
        ("d", {"finishReason": "tool-calls"}, [Finish("tool_calls")]),
        (
            "d",
            {"finishReason": "stop", "usage": {"promptTokens": None, "completionTokens": 2}},
            [Finish("stop", Usage(None, 2))],
        ),
        ("d", None, [Finish()]),
        ("k", {"mimeType": "image/png"}, [UnknownPart("k", {"mimeType": "image/png"})]),
        ("0", 5, [UnknownPart("0", 5)]),
        ("9", "text", [UnknownPart("9", "text")]),
        ("a", {"toolCallId": "t"}, [UnknownPart("a", {"toolCallId": "t"})]),
        ("h", [], [Source(None, None, [])]),
    ],
)
def test_data_stream_parts(code: str, value: Any, expected: list[StreamEvent]) -> None:
    assert list(data_stream_part(code, value)) == expected


TOOL = {"toolCallId": "t", "toolName": "find"}


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ({"type": "tool-input-start", **TOOL}, [ToolCallDelta("t", "find")]),
        ({"type": "tool-input-delta", "toolCallId": "t", "inputTextDelta": "{"}, [ToolCallDelta("t", None, "{")]),
        ({"type": "tool-input-available", **TOOL, "input": {}}, [ToolCall("t", "find", {})]),
        ({"type": "tool-input-error", **TOOL, "errorText": "bad"}, [ToolResult("t", "bad", is_error=True)]),
        ({"type": "tool-output-available", "toolCallId": "t", "output": 1}, [ToolResult("t", 1)]),
        ({"type": "tool-output-error", "toolCallId": "t", "errorText": "bad"}, [ToolResult("t", "bad", is_error=True)]),
        ({"type": "data-weather", "data": {"c": 20}}, [DataPart("data-weather", {"c": 20})]),
        ({"type": "message-metadata", "messageMetadata": 1}, [DataPart("message-metadata", 1)]),
        ({"type": "finish"}, [Finish()]),
        ({"type": "finish", "finishReason": "content-filter", "messageMetadata": [1]}, [Finish("content_filter")]),
        ({"type": "start"}, []),
        ({"type": "text-end", "id": "t"}, []),
    ],
)
def test_ui_message_parts(part: dict[str, Any], expected: list[StreamEvent]) -> None:
    assert list(json_part(part)) == expected


@pytest.mark.parametrize("kind", ["source-url", "source-document"])
def test_ui_message_sources_keep_their_part(kind: str) -> None:
    part = {"type": kind, "sourceId": "s", "url": "https://example.com", "title": "Example"}

    assert list(json_part(part)) == [Source("https://example.com", "Example", part)]


@pytest.mark.parametrize(
    "part",
    [
        {"type": "text-delta", "id": "t"},
        {"type": "text-delta", "id": "t", "delta": None},
        {"type": "source-url", "url": 5},
        {"type": "tool-input-available", "toolCallId": 1, "toolName": "find", "input": {}},
        {"type": "invented-later", "x": 1},
    ],
)
def test_ui_message_parts_that_do_not_fit_are_kept_as_they_are(part: dict[str, Any]) -> None:
    assert list(json_part(part)) == [UnknownPart(part["type"], part)]


def test_openai_chunks_carry_tool_calls_reasoning_and_text() -> None:
    call = {"index": 0, "id": "t", "function": {"name": "find", "arguments": "{"}}
    delta = {"reasoning": "Hmm", "content": "Hi", "tool_calls": [call, {"index": 0, "function": {"arguments": "}"}}]}

    events = list(json_part({"choices": [{"index": 0, "delta": delta, "finish_reason": "tool_calls"}]}))

    assert events == [
        ReasoningDelta("Hmm"),
        TextDelta("Hi"),
        ToolCallDelta("t", "find", "{", 0),
        ToolCallDelta(None, None, "}", 0),
        Finish("tool_calls"),
    ]


@pytest.mark.parametrize(
    "choices",
    [["text"], [{"delta": {"content": 5}}], [{"delta": {"tool_calls": ["find"]}}], [{"delta": {"tool_calls": 5}}]],
)
def test_openai_chunks_that_do_not_fit_are_kept_as_they_are(choices: list[Any]) -> None:
    part = {"choices": choices}

    assert list(json_part(part)) == [UnknownPart("chat.completion.chunk", part)]


def test_only_the_first_choice_of_several_is_the_reply() -> None:
    assert list(json_part({"choices": [{"index": 1, "delta": {"content": "other"}}]})) == []


@pytest.mark.parametrize(
    ("raw", "message", "code"),
    [
        ({"success": False, "error": "no", "error_code": "QUOTA"}, "no", "QUOTA"),
        ({"error": {"message": "no", "type": "server_error"}}, "no", "server_error"),
        ({"error": {"message": "no", "type": "server_error", "code": 7}}, "no", "7"),
        ({"error": {"message": "no", "code": [7]}}, "no", None),
        ({"error": True}, "the server reported an error", None),
        ({"success": False, "message": "no"}, "no", None),
        ({"type": "error", "errorText": "no"}, "no", None),
        ({"type": "error", "error": {"message": "no"}}, "no", None),
        ({"type": "error"}, "the server reported an error", None),
    ],
)
def test_errors_are_read_under_every_name_in_use(raw: dict[str, Any], message: str, code: str | None) -> None:
    assert list(json_part(raw)) == [ErrorEvent(message, code, raw)]


@pytest.mark.parametrize("value", ["text", 5, None, [], {"other": 1}, {"content": ["parts"]}])
def test_json_of_no_known_shape_is_kept_as_it_is(value: Any) -> None:
    assert list(json_part(value)) == [UnknownPart("json", value)]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"inputTokens": 1, "outputTokens": 2, "totalTokens": 3}, Usage(1, 2, 3)),
        ({"prompt_tokens": 1.0}, Usage(1)),
        ({"prompt_tokens": float("nan"), "completion_tokens": float("inf")}, None),
        ({"prompt_tokens": "many"}, None),
        ({}, None),
        ("text", None),
    ],
)
def test_token_counts_are_read_under_every_name_in_use(counts: Any, expected: Usage | None) -> None:
    assert usage_of(counts) == expected
