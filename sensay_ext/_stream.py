"""A streamed reply, from bytes to events, without I/O.

    decoder = StreamDecoder(response.headers)
    for chunk in body:                      # bytes, cut anywhere
        for event in decoder.feed(chunk):
            yield event
        decoder.raise_for_failure()
    for event in decoder.close():           # close(broken=True) when the connection broke
        yield event
    decoder.raise_for_failure()

The events, the text and the outcome are the same however the bytes were cut; only in a plain text are the pieces as
long as the network made them.
"""

import codecs
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sensay_ext._errors import APIStatusError, ResponseParseError, SensayError, StreamInterrupted
from sensay_ext._redact import redact_json, redact_text
from sensay_ext._replies import text_in
from sensay_ext._stream_detect import choose, detect, media_type
from sensay_ext._stream_dialects import Dialect, JsonReply
from sensay_ext._stream_events import ErrorEvent, Finish, ReasoningDelta, StreamEvent, TextDelta

_LARGEST_REPLY = 64 * 1024 * 1024
_HTML = frozenset({"text/html", "application/xhtml+xml"})


class _SurrogateMender:
    """Joins characters that the server's JSON cut in two.

    JavaScript counts in UTF-16, so a server may cut a text between the halves of an emoji and send each half as an
    escape of its own; neither half can be encoded or printed.
    """

    def __init__(self) -> None:
        self._half = ""

    def feed(self, text: str) -> str:
        text = self._half + text
        self._half = text[-1:] if "\ud800" <= text[-1:] <= "\udbff" else ""
        return self._mend(text.removesuffix(self._half) if self._half else text)

    def close(self) -> str:
        half, self._half = self._half, ""
        return self._mend(half)

    @staticmethod
    def _mend(text: str) -> str:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class StreamDecoder:
    """Decodes one streamed reply.

    Args:
        headers: Headers of the reply; names in any case.
        status_code: HTTP status of the reply, for error messages, as are the following.
        method: HTTP method.
        path: Path template of the operation.
        request_id: The API's id of the request.
        largest_reply: Bytes of body beyond which the reply is refused.
        secrets: What must not be shown when the server reports an error, as it may echo what it was sent.
    """

    def __init__(
        self,
        headers: Mapping[str, str] | None = None,
        *,
        status_code: int = 200,
        method: str = "",
        path: str = "",
        request_id: str | None = None,
        largest_reply: int = _LARGEST_REPLY,
        secrets: tuple[str, ...] = (),
    ) -> None:
        lowered = {name.lower(): value for name, value in (headers or {}).items()}
        self._content_type = lowered.get("content-type", "")
        self._media = media_type(self._content_type)
        if "x-vercel-ai-ui-message-stream" in lowered:
            self._media = "text/event-stream"
        self._status_code, self._method, self._path = status_code, method, path
        self._request_id = request_id
        self._room = largest_reply
        self._secrets = secrets
        self._decode = codecs.getincrementaldecoder("utf-8-sig")(errors="replace").decode
        self._head = ""
        self._dialect: Dialect | None = None
        self._menders = {TextDelta: _SurrogateMender(), ReasoningDelta: _SurrogateMender()}
        self._pieces: list[str] = []
        self._finished = False
        self._closed = False
        self.failure: SensayError | None = None
        """Why the reply is not complete; `None` as long as nothing is wrong."""
        if self._media in _HTML:
            self.failure = self._misfit("a web page came instead of a reply")

    @property
    def dialect(self) -> str | None:
        """Name of the dialect, once it is known: `data-stream`, `sse`, `json` or `text`."""
        return self._dialect.name if self._dialect else None

    @property
    def text(self) -> str:
        """The reply's text so far."""
        return "".join(self._pieces)

    @property
    def finished(self) -> bool:
        """Whether the server has said that the reply is complete; what comes later adds nothing to its text."""
        return self._finished

    def feed(self, data: bytes) -> list[StreamEvent]:
        """Take the next bytes of the body; return the events that they complete.

        Never raises: see `failure` afterwards, or call `raise_for_failure`.
        """
        fits = data[: self._room]
        self._room -= len(fits)
        events = self._text(self._decode(fits))
        if len(fits) < len(data) and self.failure is None:
            self.failure = self._misfit("the reply is too large")
        return events

    def close(self, *, broken: bool = False) -> list[StreamEvent]:
        """Say that the body has ended; return the last events.

        Args:
            broken: Whether the connection broke instead. That does no harm once the reply is complete.
        """
        if self._closed or self.failure is not None:
            return []
        self._closed = True
        events = self._text(self._decode(b"", final=True))
        if self._dialect is None:
            self._dialect = choose(self._head, self._media)
            events += self._accept(self._dialect.feed(self._head))
        events += self._accept(self._dialect.close())
        if not self._finished and self.failure is None:
            events += self._end(self._dialect, broken=broken)
        return events

    def raise_for_failure(self) -> None:
        """Raise what went wrong, if anything did.

        Raises:
            StreamInterrupted: The reply broke off; the error carries the text so far.
            APIStatusError: The whole reply is an error, in spite of its HTTP status.
            ResponseParseError: The reply is none, or too large.
        """
        if self.failure is not None:
            raise self.failure

    def _text(self, text: str) -> list[StreamEvent]:
        if self._dialect is None:
            text = self._head = self._head + text
            self._dialect = detect(text, self._media)
        return self._accept(self._dialect.feed(text)) if self._dialect else []

    def _accept(self, events: Iterable[StreamEvent]) -> list[StreamEvent]:
        accepted: list[StreamEvent] = []
        for event in events if self.failure is None else ():
            if isinstance(event, TextDelta | ReasoningDelta):
                accepted += self._delta(event)
            elif isinstance(event, ErrorEvent):
                accepted.append(self._fail(event))
            elif not isinstance(event, Finish):
                accepted.append(event)
            elif not self._finished:
                accepted += self._finish(event)
            if self.failure is not None:
                break
        return accepted

    def _delta(self, event: TextDelta | ReasoningDelta) -> list[StreamEvent]:
        text = self._menders[type(event)].feed(event.text)
        if not text:
            return []
        if isinstance(event, TextDelta):
            self._pieces.append(text)
        return [replace(event, text=text)]

    def _finish(self, event: Finish) -> list[StreamEvent]:
        left = self._menders[TextDelta].close()
        self._pieces.append(left)
        if event.reason == "error":
            self.failure = self._interrupted("the server ended the reply with an error")
        else:
            self._finished = True
        return [*([TextDelta(left)] if left else []), event]

    def _end(self, dialect: Dialect, *, broken: bool) -> list[StreamEvent]:
        if broken:
            self.failure = self._interrupted("the connection broke before the reply was complete")
        elif dialect.has_end_mark or not self._pieces:
            self.failure = self._interrupted("the reply ended before it was complete")
        else:
            return self._finish(Finish())
        return []

    def _fail(self, event: ErrorEvent) -> ErrorEvent:
        redacted = replace(
            event,
            message=redact_text(event.message, self._secrets),
            code=redact_json(event.code, self._secrets),
            raw=redact_json(event.raw, self._secrets),
        )
        self.failure = self._error(redacted)
        return redacted

    def _error(self, event: ErrorEvent) -> SensayError:
        if not isinstance(self._dialect, JsonReply):
            return self._interrupted(f"the server reported an error: {event.message}")
        if event.code == "no_content":
            return self._misfit(event.message, field="content")
        return APIStatusError(
            event.message,
            status_code=self._status_code,
            method=self._method,
            path=self._path,
            error_code=event.code,
            request_id=text_in(event.raw, "request_id") or self._request_id,
            fingerprint=text_in(event.raw, "fingerprint"),
            body=event.raw,
        )

    def _interrupted(self, message: str) -> StreamInterrupted:
        return StreamInterrupted(message, text=self.text, request_id=self._request_id)

    def _misfit(self, message: str, *, field: str = "") -> ResponseParseError:
        return ResponseParseError(
            message,
            status_code=self._status_code,
            method=self._method,
            path=self._path,
            field=field,
            content_type=self._content_type,
            request_id=self._request_id,
        )
