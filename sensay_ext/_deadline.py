"""The time that a whole call may take."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

from sensay_ext._seconds import LONGEST_WAIT

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Deadline", "OutOfTimeError", "bounding", "time_left"]


class _Now(Protocol):
    def now(self) -> float: ...


class OutOfTimeError(Exception):
    """The time of a call ran out while something was sent or read; never leaves the transport."""


class Deadline:
    """A point in time after which a call gives up; the call begins when this is made.

    Args:
        clock: Where the time comes from.
        seconds: From now on; None for no end.
    """

    __slots__ = ("_clock", "_end", "_start")

    def __init__(self, clock: _Now, seconds: float | None) -> None:
        self._clock = clock
        self._start = clock.now()
        self._end = None if seconds is None else self._start + seconds

    @property
    def elapsed(self) -> float:
        """Seconds since the call began."""
        return self._clock.now() - self._start

    def remaining(self) -> float | None:
        """Seconds left, never negative; None when there is no end."""
        return None if self._end is None else max(0.0, self._end - self._clock.now())

    def shortened(self, limit: float | None) -> float | None:
        """A time limit in seconds, no longer than what is left; None is no limit, and nor is an end that is far away."""
        left = self.remaining()
        if left is None or left > LONGEST_WAIT:
            return limit
        return left if limit is None else min(limit, left)

    def is_over(self) -> bool:
        """Whether the time is used up."""
        return self._end is not None and self._clock.now() >= self._end

    def check(self) -> None:
        """Go on, if there is time.

        Raises:
            OutOfTimeError: There is none left.
        """
        if self.is_over():
            raise OutOfTimeError("the time for it is over")

    def allows(self, delay: float) -> bool:
        """Whether something can still be done after a wait of so many seconds."""
        return self._end is None or self._clock.now() + delay < self._end


_of_this_call: ContextVar[Deadline | None] = ContextVar("sensay_ext_deadline", default=None)


@contextmanager
def bounding(deadline: Deadline | None) -> Iterator[None]:
    """While this lasts, what this task waits for on the network keeps a deadline."""
    token = _of_this_call.set(deadline)
    try:
        yield
    finally:
        _of_this_call.reset(token)


def time_left(limit: float | None) -> float | None:
    """How long the next step on the network may take.

    Args:
        limit: Seconds that it may take for itself; None for no limit.

    Raises:
        OutOfTimeError: The time of the call is over.
    """
    deadline = _of_this_call.get()
    if deadline is None:
        return limit
    deadline.check()
    return deadline.shortened(limit)
