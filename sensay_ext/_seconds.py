"""Checks of times that a method is given."""

from __future__ import annotations

import math

from sensay_ext._errors import InvalidArgumentError

__all__ = ["LONGEST_PAUSE", "check_seconds"]

LONGEST_PAUSE = 366 * 24 * 3600.0
"""Seconds that can be waited at a time; the system takes no end of them for an error."""


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
