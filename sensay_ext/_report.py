"""What became of each of several sources."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sensay_ext._errors import PartialFailure, TrainingError, TrainingFailed, TrainingTimeout

if TYPE_CHECKING:
    from sensay_ext._errors import SensayError
    from sensay_ext._failed_entry import FailedEntry
    from sensay_ext._plan import PlannedAction
    from sensay_ext._sources import Source
    from sensay_ext._training_watch import EntryState

__all__ = ["SourceOutcome", "SourceState", "TrainingReport", "label_of"]

SourceState = Literal["done", "pending", "failed", "unsent"]

_NAMED = 5


def label_of(source: object) -> str:
    """A short name of a source, or of something else that was given for one."""
    return str(getattr(source, "label", f"a {type(source).__name__}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOutcome:
    """What became of one source.

    Args:
        source: The source.
        entries: Its entries, as they were last seen; a playlist has one for each video.
        error: Why it was not taken, or not sent; None if nothing went wrong.
    """

    source: Source | FailedEntry | PlannedAction
    entries: tuple[EntryState, ...] = ()
    error: SensayError | None = None

    @property
    def state(self) -> SourceState:
        """`done` if the replica can use all of it, `pending` if it may yet, `failed`, or `unsent`."""
        outcomes = {entry.outcome for entry in self.entries}
        if self.error is not None or "failed" in outcomes:
            return "failed"
        if not outcomes:
            return "unsent"
        return "pending" if "pending" in outcomes else "done"

    @property
    def ok(self) -> bool:
        """Whether the replica can use all of it."""
        return self.state == "done"

    @property
    def reason(self) -> str:
        """What is wrong with it, for people; empty if nothing is."""
        if self.error is not None:
            return str(self.error)
        if not self.entries:
            return "it was not sent any more"
        troubled = [entry for entry in self.entries if entry.outcome != "done"]
        return "; ".join(entry.message or f"it is at {entry.status or 'no status yet'}" for entry in troubled)

    def __str__(self) -> str:
        label = label_of(self.source)
        # The errors of files begin with the file's name.
        return f"{label}: {(self.reason or self.state).removeprefix(f'{label}: ')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingReport:
    """What became of all sources, in the order in which they were given.

    Args:
        outcomes: One for each source.
        elapsed: Seconds for all of it.
    """

    outcomes: tuple[SourceOutcome, ...]
    elapsed: float

    @property
    def ok(self) -> bool:
        """Whether the replica can use every source."""
        return all(outcome.ok for outcome in self.outcomes)

    @property
    def failed(self) -> tuple[SourceOutcome, ...]:
        """The sources that it will not be able to use."""
        return tuple(outcome for outcome in self.outcomes if outcome.state == "failed")

    @property
    def unfinished(self) -> tuple[SourceOutcome, ...]:
        """The sources that were not usable yet, or not even sent, when the wait ended."""
        return tuple(outcome for outcome in self.outcomes if outcome.state in {"pending", "unsent"})

    @property
    def entries(self) -> tuple[EntryState, ...]:
        """All entries."""
        return tuple(entry for outcome in self.outcomes for entry in outcome.entries)

    def __str__(self) -> str:
        counts = Counter(outcome.state for outcome in self.outcomes)
        told = ", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "none"
        return f"{len(self.outcomes)} sources in {self.elapsed:.1f} s: {told}"

    def raise_for_failures(self) -> None:
        """Raise unless the replica can use every source.

        Raises:
            TrainingTimeout: Nothing failed, but some sources are not usable yet.
            TrainingFailed: Every source failed.
            PartialFailure: Some failed.
        """
        error = self.error()
        if error is not None:
            raise error from next((outcome.error for outcome in self.failed), None)

    def error(self, before: str = "") -> TrainingError | None:
        """Return the error that the outcomes amount to; None if there is none.

        Args:
            before: What its message begins with.
        """
        failed, unfinished = self.failed, self.unfinished
        troubled = failed + unfinished
        if not troubled:
            return None
        kind: type[TrainingError] = TrainingFailed if len(failed) == len(self.outcomes) else PartialFailure
        if not failed:
            kind = TrainingTimeout
        named = [str(outcome) for outcome in troubled[:_NAMED]]
        more = [f"and {len(troubled) - _NAMED} more"] if len(troubled) > _NAMED else []
        what = f"{len(troubled)} of {len(self.outcomes)} sources are not usable: {'; '.join([*named, *more])}"
        entries = tuple(entry for outcome in troubled for entry in outcome.entries)
        return kind(before + what, entries=entries, elapsed=self.elapsed)
