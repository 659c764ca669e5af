"""Checks of times that a method is given."""

from __future__ import annotations

import math

from sensay_ext._errors import InvalidArgumentError

__all__ = ["LONGEST_WAIT", "check_seconds"]

LONGEST_WAIT = 24 * 24 * 3600.0
"""Seconds that every system can wait at a time; a few more no longer fit into a socket's milliseconds."""


def check_seconds(field: str, value: float | None, longest: float = math.inf) -> None:
    """Refuse what is no time to wait.

    Args:
        field: Name of the argument.
        value: Seconds; None where the argument may be left out.
        longest: The most that will do.

    Raises:
        InvalidArgumentError: It is not more than 0, or too much.
    """
    # Written this way round to refuse NaN as well.
    if value is not None and not 0 < value <= longest:
        limit = "more than 0" if longest == math.inf else f"more than 0, and at most {longest:.0f}"
        raise InvalidArgumentError(f"{field} must be {limit}", field=field, limit=limit)
