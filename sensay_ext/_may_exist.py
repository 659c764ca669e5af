"""What an error says about the thing that was to be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sensay_ext._errors import ConflictError
from sensay_ext._uncertain import is_uncertain

if TYPE_CHECKING:
    from sensay_ext._errors import SensayError

__all__ = ["may_exist_after"]


def may_exist_after(error: SensayError) -> bool:
    """Whether the thing may be there although making it failed: it was there before, or only the answer was lost."""
    return isinstance(error, ConflictError) or is_uncertain(error)
