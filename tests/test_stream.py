"""A streamed reply as a whole: its text, its end, its failures, and that none of it depends on the cuts."""

import json
import pickle
from collections.abc import Iterable, Mapping
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensay_ext._errors import APIStatusError, ResponseParseError, StreamInterrupted
from sensay_ext._stream import StreamDecoder
from sensay_ext._stream_events import ErrorEvent, Finish, ReasoningDelta, StreamEvent, TextDelta, UnknownPart, Usage
from tests import _stream_samples as samples

REPLY = "We are open 9 to 5. 🚲"


def decode(
    headers: Mapping[str, str], pieces: Iterable[bytes], *, broken: bool = False
) -> tuple[StreamDecoder, list[StreamEvent]]:
    decoder = StreamDecoder(headers)
    events = [event for piece in pieces for event in decoder.feed(piece)]
    return decoder, events + decoder.close(broken=broken)


def cut(body: bytes, cuts: Iterable[int]) -> list[bytes]:
    edges = [0, *sorted(position % (len(body) + 1) for position in cuts), len(body)]
    return [body[left:right] for left, right in pairwise(edges)]


def joined(events: list[StreamEvent]) -> list[object]:
    """Events with neighbouring pieces of text put together: the network decides how long they are."""
    groups = groupby(events, lambda event: (type(event), getattr(event, "id", None)))
    return [
        ("text", "".join(event.text for event in group if isinstance(event, TextDelta)))
        if kind is TextDelta
        else list(group)
        for (kind, _), group in groups
    ]


@pytest.mark.parametrize(("headers", "body"), samples.ALL.values(), ids=samples.ALL)
def test_every_dialect_gives_the_same_text_and_ends_well(headers: Mapping[str, str], body: bytes) -> None:
    decoder, events = decode(headers, [body])

    decoder.raise_for_failure()
    assert decoder.text == REPLY
    assert "".join(event.text for event in events if isinstance(event, TextDelta)) == REPLY
    assert decoder.finished
    assert isinstance(events[-1], Finish)


@pytest.mark.parametrize("name", ["data-stream", "ui-messages", "openai"])
def test_reasoning_reason_and_tokens_are_read_alike(name: str) -> None:
    headers, body = samples.ALL[name]
    _, events = decode(headers, [body])

    assert [event.text for event in events if isinstance(event, ReasoningDelta)] == ["The user asks for hours. "]
    finish = events[-1]
    assert isinstance(finish, Finish)
    assert finish.reason == "stop"
    assert finish.usage == Usage(11, 3, None if name == "data-stream" else 14)


@pytest.mark.parametrize(("headers", "body"), samples.ALL.values(), ids=samples.ALL)
@given(cuts=st.lists(st.integers(min_value=0), max_size=30))
def test_the_cuts_do_not_matter(headers: Mapping[str, str], body: bytes, cuts: list[int]) -> None:
    whole, whole_events = decode(headers, [body])
    chopped, events = decode(headers, cut(body, cuts))

    assert joined(events) == joined(whole_events)
    assert (chopped.text, chopped.dialect) == (whole.text, whole.dialect)


ALPHABET = b'0:"d{}[]\\u8ata:, \r\n-e\xf0\x9f\x9a\xb2\xef\xbb\xbf\xff.typexDONE'
SNIPPETS = [
    b'0:"a"\n',
    b'3:"no"\n',
    b"data: {",
    b'"type":"text-delta","id":"1","delta":"x"}\n\n',
    b"[DONE]",
    b'{"success":true,"content":"x"}',
    b'd:{"finishReason":"stop"}\n',
    b"event: error\n",
    b"\xef\xbb\xbf",
    b"\r\n",
    b'0:"\\ud83d"\n',
    b'0:"\\ude00"\n',
]
bodies = st.lists(
    st.one_of(st.sampled_from(SNIPPETS), st.lists(st.sampled_from(list(ALPHABET)), max_size=6).map(bytes)), max_size=8
).map(b"".join)
header_sets = st.sampled_from([{}, samples.SSE, samples.PLAIN, samples.JSON, {"content-type": "text/html"}])


@given(headers=header_sets, body=bodies, broken=st.booleans())
def test_no_body_whatsoever_depends_on_its_cuts_or_raises(
    headers: Mapping[str, str], body: bytes, *, broken: bool
) -> None:
    whole, whole_events = decode(headers, [body], broken=broken)
    bytewise, events = decode(headers, [body[at : at + 1] for at in range(len(body))], broken=broken)

    assert joined(events) == joined(whole_events)
    assert bytewise.text == whole.text
    assert bytewise.dialect == whole.dialect
    assert str(bytewise.failure) == str(whole.failure)
    assert whole.finished or whole.failure is not None


@pytest.mark.parametrize("name", ["data-stream", "ui-messages", "openai", "json"])
def test_a_cut_stream_is_interrupted_and_keeps_its_text(name: str) -> None:
    headers, body = samples.ALL[name]
    decoder, _ = decode(headers, [body[: body.index(b"9 to")]])

    with pytest.raises(StreamInterrupted) as caught:
        decoder.raise_for_failure()
    assert caught.value.text == ("" if name == "json" else "We are open ")
    assert pickle.loads(pickle.dumps(caught.value)).text == caught.value.text  # noqa: S301 - our own bytes


@pytest.mark.parametrize("name", ["data-stream", "ui-messages", "openai"])
def test_a_stream_without_its_last_line_end_is_whole(name: str) -> None:
    headers, body = samples.ALL[name]
    decoder, _ = decode(headers, [body.rstrip(b"\n")])

    assert decoder.failure is None
    assert decoder.text == REPLY


@pytest.mark.parametrize("name", ["ui-messages", "openai"])
def test_a_stream_that_lacks_only_its_done_line_is_whole(name: str) -> None:
    headers, body = samples.ALL[name]
    decoder, events = decode(headers, [body.removesuffix(b"data: [DONE]\n\n")])

    assert decoder.failure is None
    assert isinstance(events[-1], Finish)
    assert events[-1].reason == "stop"


@pytest.mark.parametrize(("headers", "body"), samples.ALL.values(), ids=samples.ALL)
def test_a_connection_that_breaks_before_the_end_interrupts(headers: Mapping[str, str], body: bytes) -> None:
    decoder, _ = decode(headers, [body[: body.index(b"9 to") + 2]], broken=True)

    with pytest.raises(StreamInterrupted, match="connection broke"):
        decoder.raise_for_failure()


@pytest.mark.parametrize("name", ["data-stream", "ui-messages", "openai", "json"])
def test_a_connection_that_breaks_after_the_end_does_no_harm(name: str) -> None:
    headers, body = samples.ALL[name]
    decoder, events = decode(headers, [body], broken=True)

    assert decoder.failure is None
    assert isinstance(events[-1], Finish)


@pytest.mark.parametrize(
    "body",
    [
        samples.data_stream(("0", "We are "), ("3", "model overloaded"), ("0", "never seen")),
        samples.event_stream(
            {"type": "text-delta", "id": "t", "delta": "We are "}, {"type": "error", "errorText": "model overloaded"}
        ),
        samples.event_stream({"content": "We are "}, {"success": False, "error": "model overloaded"}),
        samples.event_stream(samples.chunk({"content": "We are "}), {"error": {"message": "model overloaded"}}),
        b'data: {"content": "We are "}\n\nevent: error\ndata: model overloaded\n\n',
    ],
)
def test_an_error_part_ends_the_stream_with_the_text_so_far(body: bytes) -> None:
    decoder, events = decode(samples.SSE, [body])

    assert isinstance(events[-1], ErrorEvent)
    assert events[-1].message == "model overloaded"
    with pytest.raises(StreamInterrupted, match="model overloaded") as caught:
        decoder.raise_for_failure()
    assert caught.value.text == "We are "
    assert decoder.feed(b'0:"more"\n') == decoder.close() == []


def test_an_abort_and_an_error_reason_are_interruptions() -> None:
    aborted, _ = decode(samples.SSE, [samples.event_stream({"type": "abort", "reason": "time is up"})])
    failed, _ = decode(samples.PLAIN, [samples.data_stream(("0", "x"), ("d", {"finishReason": "error"}))])

    assert "time is up" in str(aborted.failure)
    assert isinstance(failed.failure, StreamInterrupted)
    assert not failed.finished


def test_an_error_object_is_a_status_error_with_what_support_asks_for() -> None:
    body = {
        "success": False,
        "error": "Conversation quota exceeded",
        "error_code": "CONVERSATION_QUOTA_EXCEEDED",
        "request_id": "r1",
        "fingerprint": "f1",
    }
    decoder = StreamDecoder(samples.JSON, method="POST", path="/v1/x")
    decoder.feed(json.dumps(body).encode())
    decoder.close()

    with pytest.raises(APIStatusError) as caught:
        decoder.raise_for_failure()
    error = caught.value
    assert (error.status_code, error.error_code, error.request_id, error.fingerprint) == (
        200,
        "CONVERSATION_QUOTA_EXCEEDED",
        "r1",
        "f1",
    )
    assert "POST /v1/x: Conversation quota exceeded" in str(error)


@pytest.mark.parametrize("body", [b'{"success": true}', b"[]", b'"text"', b"null", b'{"choices": []}'])
def test_json_without_content_does_not_fit(body: bytes) -> None:
    decoder, _ = decode(samples.JSON, [body])

    with pytest.raises(ResponseParseError, match="no content"):
        decoder.raise_for_failure()


def test_one_whole_chat_completion_is_a_reply() -> None:
    completion = {
        "object": "chat.completion",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": REPLY}, "finish_reason": "length"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 2},
    }
    decoder, events = decode(samples.JSON, [json.dumps(completion).encode()])

    assert decoder.text == REPLY
    assert events[-1] == Finish("length", Usage(1, 2))


def test_an_empty_content_is_an_empty_reply() -> None:
    decoder, events = decode(samples.JSON, [b'{"success": true, "content": ""}'])

    assert (decoder.text, events, decoder.failure) == ("", [Finish()], None)


def test_the_header_of_the_protocol_counts_more_than_the_content_type() -> None:
    headers = {"content-type": "text/plain", "X-Vercel-AI-UI-Message-Stream": "v1"}
    decoder, _ = decode(headers, [b": ready\n\n" + samples.UI_MESSAGES])

    assert decoder.text == REPLY


def test_parts_of_no_known_shape_are_kept() -> None:
    decoder, events = decode(samples.SSE, [samples.event_stream(7, [1], "text")])

    assert events == [UnknownPart("json", 7), UnknownPart("json", [1]), UnknownPart("json", "text"), Finish()]
    assert decoder.text == ""


def test_a_web_page_is_refused_with_its_content_type() -> None:
    decoder, events = decode({"content-type": "text/html; charset=utf-8"}, [b"<html>log in</html>"])

    assert events == []
    with pytest.raises(ResponseParseError, match="text/html"):
        decoder.raise_for_failure()


def test_a_body_without_anything_is_interrupted() -> None:
    decoder, events = decode(samples.SSE, [])

    assert events == []
    assert isinstance(decoder.failure, StreamInterrupted)
    assert decoder.dialect == "text"


def test_a_reply_larger_than_allowed_fails_at_the_same_place_however_cut() -> None:
    body = samples.data_stream(("0", "abc"), ("0", "def"))
    outcomes = []
    for pieces in ([body], [body[at : at + 1] for at in range(len(body))]):
        decoder = StreamDecoder(samples.PLAIN, largest_reply=len(body) - 1)
        events = [event for piece in pieces for event in decoder.feed(piece)]
        outcomes.append((events, str(decoder.failure)))
        assert isinstance(decoder.failure, ResponseParseError)
        assert decoder.close() == []

    assert outcomes[0] == outcomes[1]


def test_a_character_cut_into_two_escapes_is_joined() -> None:
    body = b'0:"go \\ud83d"\n0:"\\udeb2!"\n0:"\\ud83d"\nd:{"finishReason":"stop"}\n'
    decoder, events = decode(samples.PLAIN, [body])

    assert decoder.text == "go 🚲!\ufffd"
    assert decoder.text.encode() == "".join(e.text for e in events if isinstance(e, TextDelta)).encode()


def test_a_byte_order_mark_is_no_part_of_the_reply() -> None:
    for headers, body in samples.ALL.values():
        decoder, _ = decode(headers, [b"\xef\xbb\xbf" + body])

        assert decoder.text == REPLY


def test_what_looks_like_a_secret_does_not_reach_the_message() -> None:
    token = "eyJhbGciOi.eyJ1cmwiOi.c2lnbmF0dXJl"
    decoder, _ = decode(samples.PLAIN, [samples.data_stream(("3", f"cannot read https://x.io/a?token={token}"))])

    assert token not in str(decoder.failure)


def test_closing_twice_gives_nothing_more() -> None:
    headers, body = samples.ALL["openai"]
    decoder, _ = decode(headers, [body])

    assert decoder.close() == []
