"""Decides whether, and when, a failed attempt is repeated."""

from __future__ import annotations

import random
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FailedAttempt", "RetryPolicy", "Retrying", "is_quota"]

_RETRIED_STATUSES = frozenset(
    {
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)

# Beyond this every sensible cap is reached, and a float would soon overflow.
_LARGEST_EXPONENT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedAttempt:
    """What a policy may know of an attempt that failed.

    Args:
        attempt: 1 for the first attempt of the call.
        repeatable: Whether doing it twice does no harm: by its method, or because the caller said so.
        sent: False when it is certain that nothing reached the API.
        transient: False when the same would happen again: a wrong certificate, a request that cannot be written.
        status_code: HTTP status, when there was an answer.
        error_code: The API's code, when it sent one.
        retry_after: Seconds the API asked to wait, when it did.
    """

    attempt: int
    repeatable: bool
    sent: bool = True
    transient: bool = True
    status_code: int | None = None
    error_code: str | None = None
    retry_after: float | None = None


class Retrying(Protocol):
    """Anything that can stand in for `RetryPolicy`."""

    def delay(self, failed: FailedAttempt, /) -> float | None:
        """Seconds to wait before the next attempt; None for no further attempt."""


def is_quota(error_code: str | None) -> bool:
    """Whether the API's code says that a quota is used up, which no short wait cures."""
    return (error_code or "").endswith("QUOTA_EXCEEDED")


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """Exponential backoff with jitter, for what may be repeated.

    Repeated for any method: what surely never reached the API. Repeated only where twice does no harm (GET, HEAD, PUT,
    DELETE, or by the caller's word): lost answers, time-outs, and 408, 429, 500, 502, 503, 504. Never repeated: any
    other status, and a used-up quota.

    Args:
        initial_delay: Seconds before the second attempt; doubled for each further one.
        max_delay: The longest delay of our own, in seconds.
        max_retry_after: The longest `Retry-After` that is waited for, in seconds. The API asking for more ends the
            call; the error carries the number.
        random: A source of numbers from 0 to 1, for the jitter.
    """

    initial_delay: float = 0.5
    max_delay: float = 8.0
    max_retry_after: float = 60.0
    random: Callable[[], float] = random.random

    def delay(self, failed: FailedAttempt, /) -> float | None:
        """Seconds to wait before the next attempt; None for no further attempt."""
        if not self.is_retried(failed):
            return None
        if failed.retry_after is None:
            return self.backoff(failed.attempt)
        return failed.retry_after if failed.retry_after <= self.max_retry_after else None

    def is_retried(self, failed: FailedAttempt) -> bool:
        """Whether another attempt may help and does no harm."""
        if not failed.transient:
            return False
        if failed.status_code is None:
            return failed.repeatable or not failed.sent
        return failed.repeatable and failed.status_code in _RETRIED_STATUSES and not is_quota(failed.error_code)

    def backoff(self, attempt: int) -> float:
        """Seconds after the given attempt: half of it certain, half of it random."""
        exponent = min(attempt - 1, _LARGEST_EXPONENT)
        longest: float = min(self.max_delay, self.initial_delay * 2.0**exponent)
        return longest * (1 + self.random()) / 2
