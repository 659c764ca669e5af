"""Stops a refresh that looks like an accident of the provider rather than a change of the API."""

from typing import Any

from scripts._errors import PipelineError
from scripts._lock import Lock, meaning, variant
from scripts._normalise import operations

MAX_LOST = 0.2
"""A document that lost more than this part of the operations is refused."""

_HINT = "if this is meant to be, run again with FORCE=1"


def check_refresh(new: dict[str, Any], current: dict[str, Any], lock: Lock | None) -> None:
    """Compare a fetched document with the one at hand.

    The provider once published an older document for some hours, and drops operations in bulk by mistake.

    Raises:
        PipelineError: too many operations are gone, the variant is another one, or it is an older snapshot again.
    """
    before, after = set(operations(current)), set(operations(new))
    lost = {(method, _shape(path)) for method, path in before} - {(method, _shape(path)) for method, path in after}
    if len(lost) > MAX_LOST * len(before):
        raise PipelineError(f"the document lost {len(lost)} of {len(before)} operations", _HINT)
    if lock is None:
        return
    seen = lock.snapshots.get(meaning(new))
    if seen is not None and meaning(new) != meaning(current):
        raise PipelineError(f"the document is the one of {seen} again, older than the one at hand", _HINT)


def _shape(path: str) -> str:
    """Return a path with its parameters' names erased: renaming one removes no operation."""
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))


def variant_note(new: dict[str, Any], lock: Lock | None) -> str:
    """Return a remark on a change of variant, which makes hidden operations appear or vanish; empty without one."""
    if lock is None or lock.variant == variant(new):
        return ""
    return f"; note: this is the {variant(new)} variant of the document, the last one was {lock.variant}"
