# Derived from sensay_ext/_async/_chat_stream.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""An answer that is read while the replica is still speaking."""

from __future__ import annotations

from contextlib import ExitStack, closing
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Self

from sensay_ext._concurrency import Listening
from sensay_ext._errors import ConfigurationError, SensayError, StreamInterrupted
from sensay_ext._stream import StreamDecoder
from sensay_ext._stream_events import TextDelta
from sensay_ext._wire import hang_up

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from contextlib import AbstractContextManager
    from types import TracebackType

    from sensay_ext._stream_events import StreamEvent
    from sensay_ext._sync._streaming import StreamedReply

__all__ = ["ChatStream"]


class ChatStream:
    """An answer that is read while the replica is still speaking. It is asked for when the `with` block begins.

        with sensay.chat.stream(replica, "Tell me a story") as stream:
            for text in stream.text_stream():
                print(text, end="")

    Iterating over the stream itself gives everything that happens in it: text, reasoning, tool calls, sources, the end.
    Each thing is given out once, whichever way it is asked for. Leaving the block hangs up, and so does `close()`, from
    wherever it is called.

    Args:
        reply: Asks for the answer.
        path: Path template of the operation, for error messages.
        largest_reply: Bytes after which the answer is refused.
    """

    def __init__(self, reply: AbstractContextManager[StreamedReply], *, path: str, largest_reply: int) -> None:
        self._ask = reply
        self._path = path
        self._largest_reply = largest_reply
        self._open = ExitStack()
        self._reply: StreamedReply | None = None
        self._decoder = StreamDecoder()
        self._events: Generator[StreamEvent, None] | None = None
        self._listening = Listening()
        self._turn = Lock()
        """Held by whoever reads, or lets the connection go; never waited for."""
        self._is_closed = False

    @property
    def text(self) -> str:
        """The text of the answer so far."""
        return self._decoder.text

    @property
    def finished(self) -> bool:
        """Whether the answer is complete."""
        return self._decoder.finished

    @property
    def dialect(self) -> str | None:
        """How the API speaks: `data-stream`, `sse`, `json` or `text`; None until it is known."""
        return self._decoder.dialect

    @property
    def request_id(self) -> str | None:
        """The API's id of the request; support asks for it."""
        return None if self._reply is None else self._reply.request_id

    def __enter__(self) -> Self:
        if self._reply is not None or self._is_closed:
            raise ConfigurationError("a stream cannot be used twice: ask again")
        self._reply = self._open.enter_context(self._ask)
        self._decoder = StreamDecoder(
            self._reply.headers,
            status_code=self._reply.status_code,
            method="POST",
            path=self._path,
            request_id=self._reply.request_id,
            largest_reply=self._largest_reply,
            secrets=self._reply.secrets,
        )
        self._events = self._open.enter_context(closing(self._read(self._reply)))
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up; a second time does nothing.

        Another thread or task may do it as well, while somebody waits for more of the answer. Whoever reads comes to the
        end of what there is, without an error and with `finished` false, and lets the connection go: at once, or, where
        a thread waits on a connection that cannot be broken off (HTTP/2, a transport of your own), with the next piece
        or after `idle_timeout`. Only `get_final_text` has no whole text to return, and raises `StreamInterrupted`.
        """
        self._events = None
        self._is_closed = True
        if self._reply is None or self._let_go():
            return
        self._listening.stop(partial(hang_up, self._reply.response))

    def _let_go(self) -> bool:
        """Let the connection go, unless somebody is reading, who then does; tell which of the two it is."""
        if not self._turn.acquire(blocking=False):
            return False
        try:
            self._open.close()
        finally:
            self._turn.release()
        return True

    def __iter__(self) -> Iterator[StreamEvent]:
        if self._events is None:
            raise ConfigurationError("a stream is read inside of its with block, so that it is closed in any case")
        return self._each(self._events)

    def _each(self, events: Generator[StreamEvent, None]) -> Generator[StreamEvent, None]:
        while (event := self._next(events)) is not None:
            yield event

    def _next(self, events: Generator[StreamEvent, None]) -> StreamEvent | None:
        """What happens next; None at the end, and when somebody has hung up."""
        if not self._turn.acquire(blocking=False):
            if self._is_closed:
                return None
            raise ConfigurationError("a stream is read by one thread or task at a time")
        try:
            return None if self._is_closed else self._listening.hear(lambda: next(events, None))
        except SensayError:
            if self._is_closed:
                return None
            raise
        finally:
            self._turn.release()
            if self._is_closed:
                self._let_go()

    def text_stream(self) -> Generator[str, None]:
        """Go through the pieces of the text as they come in.

        Raises:
            StreamInterrupted: The answer broke off; the error has the text so far.
            SensayError: Any other of the tree.
        """
        for event in self:
            if isinstance(event, TextDelta):
                yield event.text

    def get_final_text(self) -> str:
        """Wait for the end of the answer.

        Returns:
            The whole text, what was given out before included.

        Raises:
            StreamInterrupted: The answer broke off, or somebody hung up; the error has the text so far.
            SensayError: Any other of the tree.
        """
        if not self.finished:
            for _ in self:
                pass
            if self._is_closed and not self.finished:
                raise StreamInterrupted("it was closed while it was read", text=self.text, request_id=self.request_id)
            self._decoder.raise_for_failure()
        return self.text

    def _read(self, reply: StreamedReply) -> Generator[StreamEvent, None]:
        decoder = self._decoder
        broken: SensayError | None = None
        with closing(reply.chunks()) as chunks:
            try:
                for chunk in chunks:
                    events = decoder.feed(chunk)
                    del chunk  # what prints the frames of an error must not show what the server said
                    for event in events:
                        yield event
                    if decoder.failure is not None:
                        break
            except SensayError as problem:
                broken = problem
        for event in decoder.close(broken=broken is not None):
            yield event
        if decoder.failure is not None:
            raise decoder.failure from broken
