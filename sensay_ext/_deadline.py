"""The time that a whole call may take."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Deadline"]


class _Now(Protocol):
    def now(self) -> float: ...


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

    def is_over(self) -> bool:
        """Whether the time is used up."""
        return self._end is not None and self._clock.now() >= self._end

    def allows(self, delay: float) -> bool:
        """Whether something can still be done after a wait of so many seconds."""
        return self._end is None or self._clock.now() + delay < self._end
