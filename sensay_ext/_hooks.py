"""What a program can be told about the requests that are sent for it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, fields
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, TypeVar

from sensay_ext._errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sensay_ext._errors import SensayError

__all__ = ["Hooks", "RequestEvent", "ResponseEvent", "RetryEvent"]

_logger = logging.getLogger("sensay_ext")

_EventT = TypeVar("_EventT")


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestEvent:
    """An attempt is about to be sent.

    Args:
        method: HTTP method.
        path: Path template of the operation, without the values.
        attempt: 1 for the first.
        client_request_id: The `X-Client-Request-Id`, the same for all attempts of a call.
    """

    method: str
    path: str
    attempt: int
    client_request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseEvent(RequestEvent):
    """An attempt was answered, well or not.

    Args:
        status_code: HTTP status.
        elapsed: Seconds since the attempt was sent.
        request_id: The API's id of the request, when a header carried it.
        api_version: The version that the API says it answered in, when it said so.
    """

    status_code: int
    elapsed: float
    request_id: str | None = None
    api_version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryEvent(RequestEvent):
    """An attempt failed and will be repeated; the attempt of this event is the one that failed.

    Where the API may have carried it out all the same, it is looked for what came of it before anything is repeated;
    each wait for a look is an event as well. Of an upload, the path is `{signed_url}`, and there is no
    `client_request_id`.

    Args:
        delay: Seconds until the next attempt, or the look.
        error: Why the attempt failed; what would have been raised.
        repeats: Whether the request is sent again after the delay; False for a look.
    """

    delay: float
    error: SensayError
    repeats: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Hooks:
    """Functions to call, for whoever watches. None of them can break a call.

    Args:
        on_request: Called before each attempt.
        on_response: Called after each answer.
        on_retry: Called before the wait for the next attempt.

    Raises:
        ConfigurationError: One of them is no plain function: nobody would await what it returns.
    """

    on_request: Callable[[RequestEvent], object] | None = None
    on_response: Callable[[ResponseEvent], object] | None = None
    on_retry: Callable[[RetryEvent], object] | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            hook = getattr(self, field.name)
            if hook is not None and not _is_plain(hook):
                raise ConfigurationError(f"{field.name} must be a plain function, not an async one: nobody awaits it")

    def request(self, event: RequestEvent) -> None:
        """Tell that an attempt is about to be sent."""
        _call(self.on_request, event)

    def response(self, event: ResponseEvent) -> None:
        """Tell that an answer came."""
        _call(self.on_response, event)

    def retry(self, event: RetryEvent) -> None:
        """Tell that an attempt will be repeated."""
        _call(self.on_retry, event)


def _is_plain(hook: object) -> bool:
    return callable(hook) and not iscoroutinefunction(hook) and not iscoroutinefunction(type(hook).__call__)


def _call(hook: Callable[[_EventT], object] | None, event: _EventT) -> None:
    if hook is None:
        return
    try:
        hook(event)
    except Exception:
        # Somebody else's mistake in watching a call must not undo the call.
        _logger.exception("a hook failed on %s", type(event).__name__)
