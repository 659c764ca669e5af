"""How a training can end other than well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sensay_ext._sensay_error import SensayError, with_details

if TYPE_CHECKING:
    from sensay_ext._training_watch import EntryState

__all__ = ["PartialFailure", "TrainingError", "TrainingFailed", "TrainingTimeout"]


class TrainingError(SensayError):
    """Training did not end well.

    Args:
        message: What happened.
        entries: The entries concerned, as they were last seen; when only a part of a playlist was taken, that part.
        elapsed: Seconds since the wait began, when there was one.
    """

    def __init__(self, message: str, *, entries: tuple[EntryState, ...] = (), elapsed: float | None = None) -> None:
        super().__init__(with_details(message))
        self.entries = entries
        self.elapsed = elapsed


class TrainingFailed(TrainingError):  # noqa: N818 - named for the event, as published
    """At least one entry cannot be processed."""


class TrainingTimeout(TrainingError):  # noqa: N818 - named for the event, as published
    """The entries were not usable when the wait was over; they may still become so."""


class PartialFailure(TrainingError):  # noqa: N818 - named for the event, as published
    """Some of several sources failed; the others went well."""
