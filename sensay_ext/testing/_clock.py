"""Time that passes only when a test lets it, or a client waits."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

import pytest

from sensay_ext._concurrency import AsyncClock, Clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sensay_ext.sandbox import Sandbox

__all__ = ["VirtualClock"]

# The shortest time that the clock can tell; a wait that did not move it would be waited again for ever.
_TICK = 1e-6


# The longest of the delays that are possible, so that what is slept is the same in each run.
_LATEST = 1.0


class VirtualClock:
    """The time of a test: what the fixture `sensay_clock` gives.

    It stands still until the test moves it, or a client waits: for a training, before it tries again, or for as long as
    the API asked. Such a wait moves the clock and is over at once. The sandbox of the test has the same time.

    Args:
        start: Where it begins, with a time zone; at the present moment unless given.

    Attributes:
        slept: How long clients waited, in seconds, oldest first.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self.slept: list[float] = []
        self._start = self._now = (start or datetime.now(UTC)).astimezone(UTC)
        self._sandbox: Sandbox | None = None
        self._lock = Lock()

    def now(self) -> datetime:
        """The moment it is, in UTC."""
        return self._now if self._sandbox is None else self._sandbox.now()

    def advance(self, seconds: float) -> None:
        """Let time pass, and in the sandbox everything that is due by then.

        Args:
            seconds: How much.

        Raises:
            ValueError: The clock would go back.
        """
        if not seconds >= 0:
            raise ValueError(f"a clock moves forward only, not by {seconds} seconds")
        with self._lock:
            if self._sandbox is None:
                self._now += timedelta(seconds=seconds)
            else:
                self._sandbox.advance(seconds)

    @contextmanager
    def shared_with(self, sandbox: Sandbox) -> Iterator[None]:
        """Have the same time as a sandbox on a virtual clock while this lasts.

        Args:
            sandbox: The sandbox.
        """
        sandbox.advance(max(0.0, (self._now - sandbox.now()).total_seconds()))
        self._sandbox = sandbox
        try:
            yield
        finally:
            self._now, self._sandbox = sandbox.now(), None

    @contextmanager
    def told_to_clients(self) -> Iterator[None]:
        """Let all clients of this process take their time from here while this lasts."""
        sleep, sleep_async = Clock.sleep, AsyncClock.sleep
        begun = Clock().now()

        # A wait of no time still lets other tasks run, and ends what is not wanted any more.
        def wait(clock: Clock, seconds: float) -> None:
            sleep(clock, 0)
            self._wait(seconds)

        async def wait_async(clock: AsyncClock, seconds: float) -> None:
            await sleep_async(clock, 0)
            self._wait(seconds)

        with pytest.MonkeyPatch.context() as patch:
            for clock in (Clock, AsyncClock):
                patch.setattr(clock, "now", lambda _: begun + (self.now() - self._start).total_seconds())
                patch.setattr(clock, "wall", lambda _: self.now().timestamp())
                patch.setattr(clock, "jitter", lambda _: _LATEST)
            patch.setattr(Clock, "sleep", wait)
            patch.setattr(AsyncClock, "sleep", wait_async)
            yield

    def _wait(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.advance(max(seconds, _TICK))
