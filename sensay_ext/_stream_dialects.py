"""The dialects in which a streamed reply may come: each turns text, cut anywhere, into events.

What they share: `feed()` takes the next piece of text, `close()` says that the body has ended, and both give the
events that are certain by then. A dialect whose protocol has an end mark yields a `Finish` for it; for the others
the end of the body is the end of the reply.
"""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

from sensay_ext._sse import LineReader, SSEReader
from sensay_ext._stream_events import ErrorEvent, Finish, StreamEvent, TextDelta, UnknownPart, Usage
from sensay_ext._stream_parts import data_stream_part, json_part, usage_of

_LINE = re.compile(r"([0-9a-z]):(.*)", re.DOTALL)
_LAST_STEP = frozenset({"stop", "length", "content_filter"})
_ASIDE = frozenset({"2", "8"})  # data and annotations may trail the last step


class Dialect(ABC):
    """One way to put a reply into a body."""

    name: ClassVar[str]
    has_end_mark = True

    @abstractmethod
    def feed(self, text: str) -> Iterator[StreamEvent]:
        """Take the next piece of text; yield the events that it completes."""

    @abstractmethod
    def close(self) -> Iterator[StreamEvent]:
        """Yield the events that were waiting for the end of the body."""


def read_json(text: str) -> tuple[Any, bool]:
    """Return the JSON value of `text` and whether it is one; a value nested too deep to read counts as none."""
    try:
        return json.loads(text), True
    except (ValueError, RecursionError):
        return text, False


class PlainText(Dialect):
    """The body is the reply's text."""

    name = "text"
    has_end_mark = False

    def feed(self, text: str) -> Iterator[StreamEvent]:
        """Pass the text on as it comes."""
        yield TextDelta(text)

    def close(self) -> Iterator[StreamEvent]:
        """Nothing waits for the end."""
        yield from ()


class JsonReply(Dialect):
    """The body is one JSON object, which the server sends instead of a stream.

    Args:
        or_text: Whether a body that turns out to be no JSON is a plain text that happens to begin with a brace.
    """

    name = "json"

    def __init__(self, *, or_text: bool) -> None:
        self._or_text = or_text
        self._pieces: list[str] = []

    def feed(self, text: str) -> Iterator[StreamEvent]:
        """Keep the text until the object is whole."""
        self._pieces.append(text)
        yield from ()

    def close(self) -> Iterator[StreamEvent]:
        """Read the object."""
        text = "".join(self._pieces)
        value, readable = read_json(text)
        if readable:
            yield from self._whole(value)
        elif self._or_text:
            self.has_end_mark = False
            yield TextDelta(text)

    def _whole(self, value: Any) -> Iterator[StreamEvent]:
        events = list(json_part(value))
        yield from events
        if not any(isinstance(event, TextDelta | Finish | ErrorEvent) for event in events):
            yield ErrorEvent("the reply has no content", "no_content", value)
        elif not isinstance(events[-1], Finish | ErrorEvent):
            yield Finish()


class DataStream(Dialect):
    """Lines of `code:json`, the Vercel AI SDK's data stream protocol of version 4.

    Its end mark is the part `d`. A server may leave that one out, so the last step (`e`) counts as the end too
    when nothing follows it and its reason is not one that calls for another step.
    """

    name = "data-stream"

    def __init__(self) -> None:
        self._lines = LineReader()
        self._last_step: Finish | None = None

    def feed(self, text: str) -> Iterator[StreamEvent]:
        """Yield the events of the lines that are now whole."""
        for line in self._lines.feed(text):
            yield from self._line(line, cut=False)

    def close(self) -> Iterator[StreamEvent]:
        """Yield the event of a last line without its end, and the end itself if only its own mark is missing."""
        yield from self._line(self._lines.close(), cut=True)
        if self._last_step is not None:
            yield self._last_step

    def _line(self, line: str, *, cut: bool) -> Iterator[StreamEvent]:
        match = _LINE.fullmatch(line)
        value, readable = read_json(match[2]) if match else (line, False)
        if match and readable:
            yield from self._part(match[1], value)
        elif line.strip() and not cut:
            yield UnknownPart("line", line)

    def _part(self, code: str, value: Any) -> Iterator[StreamEvent]:
        if code not in _ASIDE:
            self._last_step = None
        for event in data_stream_part(code, value):
            if code != "e" or not isinstance(event, Finish):
                yield event
            elif event.reason in _LAST_STEP and not (isinstance(value, dict) and value.get("isContinued")):
                self._last_step = event


class EventStream(Dialect):
    """Server-sent events, whose data is JSON of one of the shapes that `json_part` knows; `[DONE]` ends them."""

    name = "sse"

    def __init__(self) -> None:
        self._events = SSEReader()
        self._finish: Finish | None = None
        self._usage: Usage | None = None  # comes before, with or after the end, depending on the server

    def feed(self, text: str) -> Iterator[StreamEvent]:
        """Yield what the events that are now whole say."""
        for event in self._events.feed(text):
            yield from self._event(event.event, event.data, cut=False)

    def close(self) -> Iterator[StreamEvent]:
        """Yield what an event without its final blank line says, and the end if only `[DONE]` is missing."""
        last = self._events.close()
        if last is not None:
            yield from self._event(last.event, last.data, cut=True)
        if self._finish is not None:
            yield self._end(self._finish)

    def _end(self, finish: Finish) -> Finish:
        return replace(finish, usage=finish.usage or self._usage)

    def _event(self, kind: str, data: str, *, cut: bool) -> Iterator[StreamEvent]:
        if data.strip() == "[DONE]":
            yield self._end(self._finish or Finish())
            return
        value, readable = read_json(data)
        if readable:
            yield from self._json(value)
        elif not cut:
            yield ErrorEvent(data, None, data) if kind == "error" else UnknownPart(kind or "message", data)

    def _json(self, value: Any) -> Iterator[StreamEvent]:
        if isinstance(value, dict):
            self._usage = usage_of(value.get("usage")) or self._usage
        for event in json_part(value):
            if isinstance(event, Finish):
                self._finish = event
            else:
                yield event
