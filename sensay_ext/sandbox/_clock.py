"""The clocks that training, signed URLs and timestamps run on."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the sandbox asks of a clock."""

    speed: float

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        ...


class RealClock:
    """The wall clock; whatever takes the real service a while takes `speed` times less here.

    Args:
        speed: How many times faster than the real service training goes.

    Raises:
        ValueError: If the speed is not positive.
    """

    def __init__(self, speed: float = 1.0) -> None:
        if not speed > 0:
            raise ValueError(f"speed must be positive, not {speed}")
        self.speed = speed

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)


class VirtualClock:
    """A clock that stands still until it is moved.

    Args:
        start: The first moment; the present one by default, so that tokens do not look expired to the outside.
    """

    speed = 1.0

    def __init__(self, start: datetime | None = None) -> None:
        self._now = (start or datetime.now(UTC)).astimezone(UTC)

    def now(self) -> datetime:
        """Return the moment the clock stands at."""
        return self._now

    def advance(self, seconds: float) -> datetime:
        """Move the clock forward.

        Args:
            seconds: How far, in seconds.

        Returns:
            The new moment.

        Raises:
            ValueError: If asked to go back in time.
        """
        if not seconds >= 0:
            raise ValueError(f"a clock moves forward only, not by {seconds} seconds")
        self._now += timedelta(seconds=seconds)
        return self._now


def to_text(moment: datetime) -> str:
    """Write a moment the way it is stored and replied: ISO 8601, UTC, microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """Read a stored moment back."""
    return datetime.fromisoformat(text)


def later(clock: Clock, seconds: float, *, since: str | None = None) -> str:
    """Tell when something that takes the real service a while is over.

    Args:
        clock: The clock whose speed counts.
        seconds: What it takes the real service, in seconds.
        since: The stored moment it starts at; now by default.

    Returns:
        The moment as stored text.
    """
    start = from_text(since) if since is not None else clock.now()
    return to_text(start + timedelta(seconds=seconds / clock.speed))
