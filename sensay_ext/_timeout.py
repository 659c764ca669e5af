"""Time limits of a call."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from sensay_ext._errors import ConfigurationError
from sensay_ext._seconds import LONGEST_WAIT

if TYPE_CHECKING:
    from sensay_ext._deadline import Deadline

__all__ = ["DEFAULT_TIMEOUT", "Timeout", "as_timeout"]

_CONNECT = 5.0
_POOL = 5.0
_EXCHANGE = 60.0
_TOTAL = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeout:
    """Time limits in seconds; None is no limit.

    Args:
        connect: For the connection to be made.
        read: For the next bytes of the answer to come.
        write: For the next bytes of the request to be taken.
        pool: For a connection of the pool to become free.
        total: For the whole call: all attempts, and the waits between them. It shortens every other limit; with an
            `http_client` of your own, a reply that never ends is only noticed when a piece of its body comes in.

    Raises:
        ConfigurationError: A limit is not a positive number, or longer than 24 days.
    """

    connect: float | None = _CONNECT
    read: float | None = _EXCHANGE
    write: float | None = _EXCHANGE
    pool: float | None = _POOL
    total: float | None = _TOTAL

    def __post_init__(self) -> None:
        for limit in fields(self):
            value = getattr(self, limit.name)
            # The comparison is written this way round to refuse NaN as well.
            if value is not None and not 0 < value <= LONGEST_WAIT:
                raise ConfigurationError(
                    f"timeout: {limit.name} must be more than 0 seconds and at most 24 days, or None for no limit"
                )

    def within(self, deadline: Deadline) -> dict[str, float | None]:
        """The limits of one attempt, none of them longer than what is left of the total.

        Args:
            deadline: When the total is over.
        """
        limits = {"connect": self.connect, "read": self.read, "write": self.write, "pool": self.pool}
        return {name: deadline.shortened(limit) for name, limit in limits.items()}


DEFAULT_TIMEOUT = Timeout()


def as_timeout(value: float | Timeout | None) -> Timeout:
    """What a `timeout=` argument means.

    A number limits each read and write, and shortens, but never lengthens, the limits for making a connection; None
    takes every limit away.
    """
    if isinstance(value, Timeout):
        return value
    if value is None:
        return Timeout(connect=None, read=None, write=None, pool=None, total=None)
    return Timeout(
        connect=min(value, _CONNECT), read=value, write=value, pool=min(value, _POOL), total=max(value, _TOTAL)
    )
