"""Reads how long a server asks to wait."""

from __future__ import annotations

import re
from email.utils import mktime_tz, parsedate_tz
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["parse_retry_after"]

# No sign, no exponent, no `inf`, ASCII digits only: `float` alone would take all of them.
_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,9})?")

_MILLISECONDS = 1000


def parse_retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds to wait, from `Retry-After-Ms` or `Retry-After`; None when there is nothing usable.

    Args:
        headers: Reply headers, with lower-case names or a case-insensitive mapping.
        now: The current time, in seconds since 1970, to measure a date against.
    """
    milliseconds = _number(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return _positive(milliseconds / _MILLISECONDS)
    value = headers.get("retry-after", "").strip()
    seconds = _number(value)
    return _positive(_until(value, now) if seconds is None else seconds)


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.fullmatch(text.strip()) else None


def _positive(seconds: float | None) -> float | None:
    return seconds if seconds is not None and seconds > 0 else None


def _until(date: str, now: float) -> float | None:
    parts = parsedate_tz(date)
    if parts is None:
        return None
    try:
        # A date without a zone is UTC: HTTP knows no local time.
        return mktime_tz((*parts[:9], parts[9] or 0)) - now
    except (ValueError, OverflowError):
        return None
