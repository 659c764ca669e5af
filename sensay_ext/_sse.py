"""Lines and server-sent events out of text that arrives in arbitrary pieces.

The published SSE readers for Python read from a response object of one HTTP library (`httpx-sse` keeps its
decoder private, and does not take a byte order mark or a last event without its blank line). This reader does
no I/O, and its lines serve the stream dialect that is not SSE as well. The rules are those of the HTML standard,
section "Server-sent events": lines end in CR, LF or CRLF and in nothing else, so that the other Unicode line
separators, which are legal inside JSON strings, stay where they are.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServerSentEvent:
    """One event: its type (empty if none was sent), its data lines joined, and the last id sent so far."""

    event: str
    data: str
    id: str


class LineReader:
    """Splits text into lines, however it was cut into pieces."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._after_cr = False

    def feed(self, text: str) -> list[str]:
        """Take the next piece of text; return the lines that it completes, without their ends."""
        if self._after_cr and text:
            # The CR that ended the last piece has already ended its line: this LF belongs to it.
            text = text.removeprefix("\n")
            self._after_cr = False
        if text.endswith("\r"):
            self._after_cr = True
        *lines, rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if lines:
            lines[0] = "".join([*self._pieces, lines[0]])
            self._pieces = []
        if rest:
            self._pieces.append(rest)
        return lines

    def close(self) -> str:
        """Return the last line, which lacks its end; empty if there is none."""
        rest = "".join(self._pieces)
        self._pieces = []
        return rest


class SSEReader:
    """Assembles server-sent events from lines."""

    def __init__(self) -> None:
        self._lines = LineReader()
        self._event = ""
        self._data: list[str] = []
        self._id = ""

    def feed(self, text: str) -> list[ServerSentEvent]:
        """Take the next piece of text; return the events that it completes."""
        events = (self._line(line) for line in self._lines.feed(text))
        return [event for event in events if event is not None]

    def close(self) -> ServerSentEvent | None:
        """Return the event that lacks its final blank line, whose data may be cut short."""
        rest = self._lines.close()
        if rest:
            self._line(rest)
        return self._dispatch()

    def _line(self, line: str) -> ServerSentEvent | None:
        if not line:
            return self._dispatch()
        name, _, value = line.partition(":")  # a comment is a line whose name is empty
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self._id = value
        return None

    def _dispatch(self) -> ServerSentEvent | None:
        event = ServerSentEvent(self._event, "\n".join(self._data), self._id) if self._data else None
        self._event, self._data = "", []
        return event
