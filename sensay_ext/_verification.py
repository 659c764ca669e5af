"""Whether a replica knows something."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Expectation", "Verification", "meets"]

Expectation: TypeAlias = "str | re.Pattern[str] | Callable[[str], bool]"
"""What an answer has to hold: a text in any case, a pattern, or a function that says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The outcome of asking a replica what it should know; true if it does.

    Args:
        ok: Whether the last answer was as expected.
        answer: The last answer.
        attempts: How many times it was asked.
    """

    ok: bool
    answer: str
    attempts: int

    def __bool__(self) -> bool:
        return self.ok


def meets(answer: str, expect: Expectation) -> bool:
    """Whether an answer is as expected."""
    if isinstance(expect, str):
        # Line breaks and runs of spaces are a matter of layout.
        return " ".join(expect.split()).casefold() in " ".join(answer.split()).casefold()
    if isinstance(expect, re.Pattern):
        return expect.search(answer) is not None
    return bool(expect(answer))
