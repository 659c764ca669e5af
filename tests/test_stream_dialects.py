"""How each dialect ends, what it does with lines it cannot read, and how the dialects are told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensay_ext._stream_detect import choose, detect
from sensay_ext._stream_dialects import DataStream, Dialect, EventStream, JsonReply
from sensay_ext._stream_events import DataPart, Finish, StreamEvent, TextDelta, UnknownPart, Usage
from tests._stream_samples import chunk, data_stream, event_stream


def run(dialect: Dialect, body: bytes) -> list[StreamEvent]:
    return [*dialect.feed(body.decode()), *dialect.close()]


STEP = {"finishReason": "stop", "usage": {"promptTokens": 1, "completionTokens": 2}, "isContinued": False}


def test_the_last_step_ends_a_data_stream_that_lacks_its_own_end_mark() -> None:
    body = data_stream(("0", "Hi"), ("e", STEP), ("8", [1]))

    assert run(DataStream(), body) == [
        TextDelta("Hi"),
        DataPart("message_annotations", [1]),
        Finish("stop", Usage(1, 2)),
    ]


@pytest.mark.parametrize(
    "body",
    [
        data_stream(("e", STEP), ("f", {"messageId": "m"})),
        data_stream(("e", STEP), ("0", "Hi")),
        data_stream(("e", {**STEP, "isContinued": True})),
        data_stream(("e", {**STEP, "finishReason": "tool-calls"})),
    ],
)
def test_a_step_that_another_follows_ends_nothing(body: bytes) -> None:
    assert not any(isinstance(event, Finish) for event in run(DataStream(), body))


def test_lines_of_a_data_stream_that_cannot_be_read_are_kept() -> None:
    body = b'0:"Hi"\n0:"cut\nnot a part\n\n7:{}\nD:1\n'

    assert run(DataStream(), body) == [
        TextDelta("Hi"),
        UnknownPart("line", '0:"cut'),
        UnknownPart("line", "not a part"),
        UnknownPart("7", {}),
        UnknownPart("line", "D:1"),
    ]


def test_what_was_cut_short_is_dropped() -> None:
    assert run(DataStream(), b'0:"Hi"\n0:"wor') == [TextDelta("Hi")]
    assert run(EventStream(), b'data: {"content":"Hi"}\n\ndata: {"content":"wor') == [TextDelta("Hi")]


def test_an_event_stream_keeps_data_that_is_no_json() -> None:
    body = b"event: ping\ndata: 12:00\n\ndata: pong\n\n"

    assert run(EventStream(), body) == [UnknownPart("ping", "12:00"), UnknownPart("message", "pong")]


def test_json_nested_too_deep_is_kept_as_text() -> None:
    deep = "[" * 100_000

    assert run(EventStream(), f"data: {deep}\n\n".encode()) == [UnknownPart("message", deep)]


def test_token_counts_of_unfinished_chunks_end_nothing() -> None:
    body = event_stream(chunk({"content": "Hi"}, usage={"prompt_tokens": 1}), done=False)

    assert run(EventStream(), body) == [TextDelta("Hi")]


def test_a_text_that_begins_with_a_brace_is_a_text() -> None:
    assert run(JsonReply(or_text=True), b"{curly} is a name") == [TextDelta("{curly} is a name")]
    assert run(JsonReply(or_text=False), b"{curly} is a name") == []


SSE = "text/event-stream"
PLAIN = "text/plain"


@pytest.mark.parametrize(
    ("head", "media", "expected"),
    [
        ('0:"Hi"', PLAIN, "data-stream"),
        ('f:{"messageId":', SSE, "data-stream"),
        ("2:[", "", "data-stream"),
        ('2:["', "application/json", "data-stream"),
        ("data: anything", SSE, "sse"),
        ("data:{", PLAIN, "sse"),
        ('data: "', "application/json", "sse"),
        (": keep-alive", SSE, "sse"),
        ("event: x", "", "sse"),
        ("\r\n\r\nid: 1", SSE, "sse"),
        ('{"success"', SSE, "json"),
        (" \n{", PLAIN, "json"),
        ("[1]", "application/json", "json"),
        ("<", "application/problem+json", "json"),
        ("data: as prose", PLAIN, "text"),
        ("id: as prose", PLAIN, "text"),
        ("Hello", SSE, "text"),
        ("0: zero", "", "text"),
        ("5", "text/markdown", "text"),
    ],
)
def test_the_first_characters_decide(head: str, media: str, expected: str) -> None:
    assert choose(head, media).name == expected


@pytest.mark.parametrize("head", ["", " \r\n", "d", "da", "data", "0", "0:", "e", "retry"])
def test_a_head_that_fits_several_is_left_open(head: str) -> None:
    assert detect(head, SSE) is None
    assert choose(head, SSE).name == "text"


@given(st.text(st.sampled_from(' \ndate0:"{[x'), max_size=12), st.sampled_from([SSE, PLAIN, "", "application/json"]))
def test_a_choice_never_changes_when_more_arrives(head: str, media: str) -> None:
    choices = [detect(head[:length], media) for length in range(len(head) + 1)]
    names = [choice.name for choice in choices if choice]

    assert len(set(names)) <= 1
    assert all(choice is None for choice in choices[: len(choices) - len(names)])
