# Derived from sensay_ext/_async/_streaming.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""A reply that is read while it comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sensay_ext._body import BodyDecoder, BodyError
from sensay_ext._deadline import bounding
from sensay_ext._errors import ResponseParseError, SensayError
from sensay_ext._failures import connection_failure
from sensay_ext._wire import quiet

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    import httpx

    from sensay_ext._call import Call
    from sensay_ext._deadline import Deadline
    from sensay_ext._replies import Reply

__all__ = ["StreamedReply", "decoder_of", "raw_chunks"]


def raw_chunks(response: httpx.Response, deadline: Deadline | None = None) -> Iterator[bytes]:
    """The body as it is on the wire, while the HTTP library logs nothing of it; in one piece where it is here already.

    Args:
        response: The reply.
        deadline: When to stop waiting for more; None is never.
    """
    if response.is_stream_consumed:  # by a transport that the user brought along
        yield response.content
        return
    chunks = response.iter_raw()
    while True:
        # Not around the whole loop: what is done with a piece is not ours to silence.
        with quiet(), bounding(deadline):
            chunk = next(chunks, None)
        if chunk is None:
            return
        yield chunk


def decoder_of(response: httpx.Response, limit: int) -> BodyDecoder:
    """What makes the body of what is on the wire.

    Args:
        response: The reply, of which nothing was read yet.
        limit: Bytes of the body, after decompression.
    """
    # The HTTP library has decompressed what is here already.
    return BodyDecoder("" if response.is_stream_consumed else response.headers.get("content-encoding", ""), limit)


class StreamedReply:
    """The head of a success reply, and the way to its body.

    Args:
        reply: The head.
        response: The open reply.
        call: What was asked.
        limit: Bytes of the body, after decompression.
    """

    def __init__(self, reply: Reply, response: httpx.Response, call: Call, limit: int) -> None:
        self._reply = reply
        self._response = response
        self._call = call
        self._limit = limit

    @property
    def response(self) -> httpx.Response:
        """The open reply itself, for whoever hangs up on it."""
        return self._response

    @property
    def status_code(self) -> int:
        """HTTP status."""
        return self._reply.status_code

    @property
    def headers(self) -> Mapping[str, str]:
        """Reply headers, with lower-case names."""
        return self._reply.headers

    @property
    def content_type(self) -> str:
        """Content type, without its parameters."""
        return self._reply.content_type

    @property
    def request_id(self) -> str | None:
        """The API's id of the request."""
        return self._reply.request_id

    @property
    def secrets(self) -> tuple[str, ...]:
        """What the request held that must not be shown."""
        return self._call.identity.secrets()

    def chunks(self) -> Generator[bytes, None]:
        """The body in pieces, as they come in; once.

        Raises:
            APIConnectionError: The connection broke, or was silent for too long.
            ResponseParseError: The body cannot be decompressed, or is too long.
        """
        decoder = decoder_of(self._response, self._limit)
        try:
            for chunk in raw_chunks(self._response):
                yield decoder.decode(chunk)
            decoder.check_complete()
        except BodyError as problem:
            error: SensayError = ResponseParseError(
                str(problem),
                status_code=self.status_code,
                method=self._call.method,
                path=self._call.path,
                content_type=self.content_type,
                request_id=self.request_id,
                attempts=self._reply.attempts,
            )
        except Exception as problem:  # noqa: BLE001 - a transport that the user brought along may raise anything
            failure = connection_failure(problem, self._call, attempt=self._reply.attempts, ambiguous=True)
            error = failure.error
        else:
            return
        # Outside of the handlers, so that nothing but the cause we chose hangs on the error.
        raise error
