# Derived from sensay_ext/_async/_transport.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""The one place that sends requests to the API."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from sensay_ext._body import BodyError
from sensay_ext._call import API_VERSION_HEADER, prepare
from sensay_ext._concurrency import Clock, Crew
from sensay_ext._deadline import Deadline, OutOfTimeError, bounding
from sensay_ext._drift import latest_novelty
from sensay_ext._errors import SensayError
from sensay_ext._failures import Failure
from sensay_ext._recorder import record
from sensay_ext._redirects import MAX_REDIRECTS, Hop, next_hop
from sensay_ext._replies import Reply, parse_reply, to_response
from sensay_ext._run import Run
from sensay_ext._sync._streaming import StreamedReply, decoder_of, raw_chunks
from sensay_ext._watch import Watch
from sensay_ext._wire import headers_of, quiet, to_httpx, with_query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sensay_ext._call import Call, Series
    from sensay_ext._config import Config
    from sensay_ext._options import CallOptions
    from sensay_ext._requests import RequestLike
    from sensay_ext._response import Response
    from sensay_ext._sync._pool import Pool

__all__ = ["Transport"]

_T = TypeVar("_T")


class Transport:
    """Sends requests: with identity, within limits, as often as is safe; and reads the replies.

    It never changes, so that calls in flight cannot be sent for somebody else. What a method of a resource does is
    `return self._transport.send(build_request(...), options)`.

    Args:
        config: Settings.
        pool: Connections, shared with other transports.
        clock: Where time comes from.
    """

    def __init__(self, config: Config, pool: Pool, clock: Clock | None = None) -> None:
        self.config = config
        self.pool = pool
        self.clock = clock or Clock()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.config!r})"

    def with_config(self, config: Config) -> Transport:
        """The same connections with other settings."""
        return Transport(config, self.pool, self.clock)

    def send(
        self,
        request: RequestLike[_T],
        options: CallOptions | None = None,
        *,
        repeatable: bool | None = None,
        authenticated: bool | None = None,
        series: Series | None = None,
    ) -> _T:
        """Send a request and return what its reply holds.

        Args:
            request: What to ask.
            options: What this call changes.
            repeatable: Whether doing it twice does no harm; None goes by the method.
            authenticated: Whether to say who is asking; None goes by the request.
            series: What the call belongs to, when it may be repeated from outside; None for a call on its own.

        Raises:
            SensayError: Any of the tree.
        """
        call = prepare(
            self.config, request, options or {}, repeatable=repeatable, authenticated=authenticated, series=series
        )
        reply = self._exchange(call)
        novelty = latest_novelty()
        result = parse_reply(reply, call, request.parse)
        self.config.drift.inspect(result, since=novelty)
        return result

    def respond(self, request: RequestLike[_T], options: CallOptions | None = None) -> Response[_T]:
        """Send a request and return the reply with its status, headers and times.

        A body that is not JSON is not refused: the result is then made from None, and the body stays readable. The same
        goes for "not found" where an earlier attempt of the same deletion may have done it.

        Args:
            request: What to ask.
            options: What this call changes.

        Raises:
            SensayError: Any of the tree.
        """
        call = prepare(self.config, request, options or {})
        reply = self._exchange(call)
        if not reply.is_success:
            return to_response(reply, call, request.parse(reply.status_code, None))
        return to_response(reply, call, parse_reply(reply, call, request.parse, json_only=False))

    def delete(self, request: RequestLike[Any], options: CallOptions | None = None) -> None:
        """Send a deletion; whatever the reply says besides its status is of no interest.

        "Not found" is success when an earlier attempt of the same call may have done it.

        Args:
            request: What to delete.
            options: What this call changes.

        Raises:
            SensayError: Any of the tree.
        """
        call = prepare(self.config, request, options or {})
        reply = self._exchange(call)
        if reply.is_success:
            parse_reply(reply, call, _nothing, json_only=False)

    @contextmanager
    def stream(
        self,
        request: RequestLike[Any],
        options: CallOptions | None = None,
        *,
        accept: str = "text/event-stream",
        idle_timeout: float | None = None,
    ) -> Iterator[StreamedReply]:
        """Send a request and hand out its reply while it comes in.

        The total time limit ends with the headers; after them only silence ends the reply.

        Args:
            request: What to ask.
            options: What this call changes.
            accept: The content type to ask for.
            idle_timeout: Seconds of silence within the body; None keeps the time limit for reading.

        Raises:
            SensayError: Any of the tree.
        """
        call = prepare(self.config, request, options or {}, accept=accept)
        reply, response = self._answer(call, keep_open=True)
        if idle_timeout is not None:
            # The library looks the limit up again when the body begins.
            response.request.extensions["timeout"]["read"] = idle_timeout
        try:
            yield StreamedReply(reply, response, call, self.config.max_response_bytes)
        finally:
            response.close()

    def _exchange(self, call: Call) -> Reply:
        reply, _ = self._answer(call, keep_open=False)
        return reply

    def _answer(self, call: Call, *, keep_open: bool) -> tuple[Reply, httpx.Response]:
        run = Run(call=call, deadline=Deadline(self.clock, call.timeout.total))
        watch = Watch(self.config.hooks, call)
        while True:
            run.begin()
            outcome = self._attempt(run, watch, keep_open=keep_open)
            if not isinstance(outcome, Failure):
                self.pool.budget.succeeded(retried=run.is_repeated)
                self.config.drift.compare_version(
                    call.headers.get(API_VERSION_HEADER), outcome[0].headers.get(API_VERSION_HEADER.lower())
                )
                return outcome
            delay = run.delay_after(outcome, self.config, self.pool.budget)
            if delay is None:
                # Not within a handler, so that nothing but the cause we chose hangs on the error.
                raise outcome.error
            Crew.check()
            watch.retrying(run.attempt, delay, outcome.error)
            self.clock.sleep(delay)

    def _attempt(self, run: Run, watch: Watch, *, keep_open: bool) -> tuple[Reply, httpx.Response] | Failure:
        watch.sending(run.attempt)
        started = self.clock.now()
        try:
            response = self._follow(run)
            headers = headers_of(response)
            kept = keep_open and response.is_success
            content, problem = (b"", "") if kept else self._read(response, run.deadline)
        except SensayError:
            raise
        except Exception as raised:  # noqa: BLE001 - a transport that the user brought along may raise anything
            return run.failed_by(raised)
        reply = run.reply(response.status_code, headers, content, problem)
        watch.answered(reply, self.clock.now() - started)
        record(reply, run.call)
        return (reply, response) if run.is_done(reply) else run.refused_by(reply, self.clock.wall())

    def _follow(self, run: Run) -> httpx.Response:
        call = run.call
        hop = Hop(
            method=call.method,
            url=with_query(call.url, call.params),
            headers=run.headers(),
            content=call.content,
            has_user=call.identity.user_id is not None,
        )
        for _ in range(MAX_REDIRECTS if self.config.follow_redirects else 0):
            response = self._send(hop, run)
            following = next_hop(hop, response.status_code, response.headers.get("location", ""))
            if following is None:
                return response
            response.close()
            hop = following
        return self._send(hop, run)

    def _send(self, hop: Hop, run: Run) -> httpx.Response:
        limits = run.call.timeout.within(run.deadline)
        client = self.pool.client()
        with quiet(), bounding(run.deadline):
            return client.send(to_httpx(hop, limits), stream=True, auth=None, follow_redirects=False)

    def _read(self, response: httpx.Response, deadline: Deadline) -> tuple[bytes, str]:
        """The body, and what is wrong with it."""
        decoder = decoder_of(response, self.config.max_response_bytes)
        parts: list[bytes] = []
        try:
            for chunk in raw_chunks(response, deadline):
                parts.append(decoder.decode(chunk))
                deadline.check()
            decoder.check_complete()
        except BodyError as problem:
            return b"".join(parts), str(problem)
        except (httpx.TransportError, OutOfTimeError):
            if response.is_success:
                raise
            # The status says enough, and more than the lost connection does.
            return b"".join(parts), "the body is cut off"
        finally:
            response.close()
        return b"".join(parts), ""


def _nothing(_status_code: int, _data: Any) -> None:
    """Reads no body."""
