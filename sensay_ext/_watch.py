"""Tells hooks and the log about a call, in words that give nothing away."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sensay_ext._hooks import RequestEvent, ResponseEvent, RetryEvent

if TYPE_CHECKING:
    from sensay_ext._call import Call, Series
    from sensay_ext._errors import SensayError
    from sensay_ext._hooks import Hooks
    from sensay_ext._replies import Reply

__all__ = ["Watch"]

_logger = logging.getLogger("sensay_ext")

_API_VERSION_HEADER = "x-api-version"


class Watch:
    """Accompanies one call, or a series of calls.

    Args:
        hooks: Functions to tell.
        call: The call.
    """

    __slots__ = ("_call", "_hooks")

    def __init__(self, hooks: Hooks, call: Call | Series) -> None:
        self._hooks = hooks
        self._call = call

    def sending(self, attempt: int) -> None:
        """An attempt is about to be sent."""
        if self._hooks.on_request is not None:
            call = self._call
            self._hooks.request(
                RequestEvent(
                    method=call.method, path=call.path, attempt=attempt, client_request_id=call.client_request_id
                )
            )

    def answered(self, reply: Reply, elapsed: float) -> None:
        """An attempt was answered, after so many seconds."""
        call = self._call
        if _logger.isEnabledFor(logging.DEBUG):
            _logger.debug(
                "%s %s: %d in %.3f s (attempt %d, request_id %s)",
                call.method,
                call.path,
                reply.status_code,
                elapsed,
                reply.attempts,
                reply.request_id,
            )
        if self._hooks.on_response is not None:
            self._hooks.response(
                ResponseEvent(
                    method=call.method,
                    path=call.path,
                    attempt=reply.attempts,
                    client_request_id=call.client_request_id,
                    status_code=reply.status_code,
                    elapsed=elapsed,
                    request_id=reply.request_id,
                    api_version=reply.headers.get(_API_VERSION_HEADER),
                )
            )

    def retrying(self, attempt: int, delay: float, error: SensayError) -> None:
        """An attempt failed and will be repeated after a delay."""
        _logger.info("trying again in %.2f s: %s", delay, error)
        self._tell_retry(attempt, delay, error, repeats=True)

    def looking(self, attempt: int, delay: float, error: SensayError) -> None:
        """An attempt failed, and after a delay it will be looked whether it was carried out all the same."""
        if delay:
            _logger.info("looking in %.2f s whether it was carried out: %s", delay, error)
            self._tell_retry(attempt, delay, error, repeats=False)

    def _tell_retry(self, attempt: int, delay: float, error: SensayError, *, repeats: bool) -> None:
        call = self._call
        if self._hooks.on_retry is not None:
            self._hooks.retry(
                RetryEvent(
                    method=call.method,
                    path=call.path,
                    attempt=attempt,
                    client_request_id=call.client_request_id,
                    delay=delay,
                    error=error,
                    repeats=repeats,
                )
            )
