"""Where each source of a training is, as its events tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sensay_ext._training_events import (
    EntryDone,
    EntryEvent,
    EntryFailed,
    EntryStalled,
    Progress,
    SourceFailed,
    StatusChanged,
    UploadProgress,
)

if TYPE_CHECKING:
    from sensay_ext._telling import ProgressEvent

__all__ = ["Board", "Row", "RowState"]

RowState = Literal["uploading", "training", "stalled", "done", "failed", "removed"]


@dataclass(slots=True)
class Row:
    """One source.

    Args:
        label: Its name for people.
        state: Where it is.
        told: The same in words.
        sent: Share of its bytes that are on their way, from 0 to 1; None if it has none.
    """

    label: str
    state: RowState = "uploading"
    told: str = ""
    sent: float | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in {"done", "failed", "removed"}


class Board:
    """Follows the sources of a training."""

    def __init__(self) -> None:
        self._by_label: dict[str, Row] = {}
        self._by_entry: dict[int, Row] = {}
        self.progress: Progress | None = None
        """The latest count."""

    @property
    def rows(self) -> list[Row]:
        """The sources, in the order in which they were first heard of."""
        return list({id(row): row for row in (*self._by_label.values(), *self._by_entry.values())}.values())

    def take(self, event: ProgressEvent) -> Row | None:
        """Take in an event.

        Args:
            event: Any event of a training.

        Returns:
            The source that it is about; None if it is about all of them.
        """
        if isinstance(event, UploadProgress):
            return self._uploading(event)
        if isinstance(event, SourceFailed):
            row = self._named(event.label)
            row.state, row.told = "failed", event.reason.removeprefix(f"{event.label}: ")
            return row
        if isinstance(event, Progress):
            self.progress = event
        if not isinstance(event, EntryEvent):
            return None
        row = self._of(event)
        if isinstance(event, StatusChanged):
            row.state, row.told = "training", event.status
        elif isinstance(event, EntryStalled):
            row.state, row.told = "stalled", f"{event.status}: {event.reason}"
        elif isinstance(event, EntryDone):
            row.state, row.told = "done", event.status
        elif isinstance(event, EntryFailed):
            row.state, row.told = "failed", event.reason
        else:
            row.state, row.told = "removed", "removed"
        return row

    def _uploading(self, event: UploadProgress) -> Row:
        row = self._named(event.label)
        row.state = "uploading"
        row.sent = event.sent / event.size if event.size else 1.0
        row.told = f"uploading, {row.sent:.0%}" + (f", attempt {event.attempt}" if event.attempt > 1 else "")
        return row

    def _named(self, label: str) -> Row:
        return self._by_label.setdefault(label, Row(label))

    def _of(self, event: EntryEvent) -> Row:
        row = self._by_entry.get(event.entry_id)
        if row is None:
            # An upload is heard of by its label only; what follows has the number of the entry. Two entries of one
            # label, as those of a playlist, are two rows.
            row = self._by_label.pop(event.label, None) or Row(event.label or f"entry {event.entry_id}")
            self._by_entry[event.entry_id] = row
        return row
