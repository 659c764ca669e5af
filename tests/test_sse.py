"""Server-sent events by the rules of the HTML standard."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensay_ext._sse import LineReader, ServerSentEvent, SSEReader


def read(text: str, cuts: list[int] | None = None) -> list[ServerSentEvent]:
    reader = SSEReader()
    edges = [0, *sorted(cut % (len(text) + 1) for cut in cuts or []), len(text)]
    events = [event for left, right in pairwise(edges) for event in reader.feed(text[left:right])]
    last = reader.close()
    return [*events, last] if last else events


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("data: one\n\ndata:two\n\n", ["one", "two"]),
        ("data: first\ndata: second\n\n", ["first\nsecond"]),
        ("data:  two spaces, one of them kept\n\n", [" two spaces, one of them kept"]),
        ("data\n\n", [""]),
        (": a comment\ndata: x\n: another\n\n", ["x"]),
        ("data: x\r\n\r\ndata: y\r\rdata: z\n\n", ["x", "y", "z"]),
        ("event: only a type\n\n", []),
        ("\n\n\n", []),
        ("other: field\nretry: 10\ndata: x\n\n", ["x"]),
        ("data: the blank line is missing\n", ["the blank line is missing"]),
        ("data: even the line end is missing", ["even the line end is missing"]),
        ("data: a\u2028b\u0085c\x0bd\n\n", ["a\u2028b\u0085c\x0bd"]),
    ],
)
def test_data_is_read_as_the_standard_says(text: str, expected: list[str]) -> None:
    assert [event.data for event in read(text)] == expected


def test_type_belongs_to_one_event_and_id_stays() -> None:
    events = read("event: error\nid: 7\ndata: x\n\ndata: y\n\nid: bad\0id\ndata: z\n\nid\ndata: end\n\n")

    assert [(event.event, event.id) for event in events] == [("error", "7"), ("", "7"), ("", "7"), ("", "")]


pieces = st.lists(
    st.sampled_from(["data", ":", " ", "\r", "\n", "\r\n", "event", "id", "x", "{}", "\u2028", "ä", "🚲", "\0"]),
    max_size=40,
)


@given(pieces, st.lists(st.integers(min_value=0), max_size=12))
def test_the_events_do_not_depend_on_the_cuts(parts: list[str], cuts: list[int]) -> None:
    text = "".join(parts)

    assert read(text, cuts) == read(text) == read(text, list(range(len(text))))


@given(st.text(st.sampled_from("ab\r\n")))
def test_lines_end_in_cr_lf_or_crlf(text: str) -> None:
    reader = LineReader()

    lines = [line for character in text for line in reader.feed(character)]

    assert [*lines, reader.close()] == text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def test_a_line_is_given_as_soon_as_its_cr_arrives() -> None:
    reader = LineReader()

    assert reader.feed("x\r") == ["x"]
    assert reader.feed("\ny") == []
    assert reader.close() == "y"
