"""What a failed creation leaves open, and what follows from that."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from sensay_ext._errors import (
    APIStatusError,
    APITimeoutError,
    ResponseParseError,
)
from sensay_ext._retry import FailedAttempt

if TYPE_CHECKING:
    from sensay_ext._errors import SensayError

__all__ = ["SETTLING", "as_failed_attempt", "is_uncertain", "looks_after"]

SETTLING = (0.0, 2.0, 4.0)
"""Seconds before each look for what may have been made: a list may lag a little behind."""

_LONGEST_WORK = 95.0
"""Seconds after which a request is over for the API as well: it gives each 90."""


def is_uncertain(error: SensayError) -> bool:
    """Whether the request may have been carried out although it failed."""
    if isinstance(error, APIStatusError):
        return error.ambiguous or error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
    return isinstance(error, ResponseParseError) or bool(getattr(error, "ambiguous", False))


def looks_after(error: SensayError, elapsed: float) -> tuple[float, ...]:
    """Seconds to wait before each look for what may have been made.

    Args:
        error: Why the creation failed.
        elapsed: Seconds since it was asked for.
    """
    if not isinstance(error, APITimeoutError):
        return SETTLING
    # Nobody has said that it failed: it may still be under way.
    return (*SETTLING, max(0.0, _LONGEST_WORK - elapsed - sum(SETTLING)))


def as_failed_attempt(error: SensayError, attempt: int) -> FailedAttempt | None:
    """The attempt as the retry policy is asked about it, once it is known that nothing was made.

    Args:
        error: Why it failed.
        attempt: 1 for the first.

    Returns:
        None when another attempt is out of the question.
    """
    if isinstance(error, APIStatusError):
        return FailedAttempt(
            attempt=attempt,
            repeatable=True,
            status_code=error.status_code,
            error_code=error.error_code,
            retry_after=error.retry_after,
        )
    # What surely did not arrive has been repeated already, below.
    return FailedAttempt(attempt=attempt, repeatable=True) if is_uncertain(error) else None
