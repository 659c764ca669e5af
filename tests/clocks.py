"""Clocks that run only when they are told to."""

from collections.abc import Callable
from threading import Lock

from sensay_ext._concurrency import AsyncClock, Clock

START = 1_000.0
WALL = 1_696_004_797.0
"""Seconds since 1970 at the start: 29 September 2023, 16:26:37 UTC."""


class _Hands:
    """The time, and a record of the waits."""

    def __init__(self, on_sleep: Callable[[], object] = lambda: None) -> None:
        self._elapsed = 0.0
        self._lock = Lock()
        self.slept: list[float] = []
        self.on_sleep = on_sleep

    def now(self) -> float:
        return START + self._elapsed

    def wall(self) -> float:
        return WALL + self._elapsed

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        with self._lock:
            self._elapsed += seconds

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.advance(seconds)
        self.on_sleep()


class FakeClock(_Hands, Clock):
    """For the client for threads."""

    def sleep(self, seconds: float) -> None:
        """Note the wait, and be done with it."""
        self._sleep(seconds)


class FakeAsyncClock(_Hands, AsyncClock):
    """For the client for tasks."""

    async def sleep(self, seconds: float) -> None:
        """Note the wait, and be done with it."""
        self._sleep(seconds)
