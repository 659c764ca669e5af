"""What became of a folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sensay_ext._errors import PartialFailure, TrainingError
from sensay_ext._report import SourceOutcome, TrainingReport

if TYPE_CHECKING:
    from sensay_ext._plan import Plan, PlannedAction

__all__ = ["FolderReport"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderReport(TrainingReport):
    """What became of each file that had to be trained on; the sources are the actions of the plan.

    Args:
        removed: Numbers of the entries that were removed, since something else took their place or their file is gone.
        not_removed: Numbers of the entries that should have been, and could not be.
        kept: What is in the knowledge base and not in the folder any more, and was kept, as `prune` was not given.
        skipped: The files that cannot be trained on.
    """

    removed: tuple[int, ...] = ()
    not_removed: tuple[int, ...] = ()
    kept: tuple[PlannedAction, ...] = ()
    skipped: tuple[PlannedAction, ...] = ()

    @classmethod
    def nothing_done(cls, plan: Plan) -> FolderReport:
        """The report of a run that did nothing: of every change that is planned, it says that it was not begun."""
        planned = [action for action in plan.changes if action.kind != "remove"]
        outcomes = tuple(SourceOutcome(source=action) for action in planned)
        return cls(outcomes=outcomes, elapsed=0.0, kept=plan.removals, skipped=plan.skipped)

    @property
    def ok(self) -> bool:
        """Whether the replica can use every file that can be trained on, and nothing is left that should be gone."""
        return all(outcome.ok for outcome in self.outcomes) and not self.not_removed

    def __str__(self) -> str:
        told = TrainingReport.__str__(self).replace(" sources in ", " files in ")
        counts = {
            "removed": len(self.removed),
            "could not be removed": len(self.not_removed),
            "kept though their files are gone": len(self.kept),
            "skipped": len(self.skipped),
        }
        return "; ".join([told, *(f"{count} {what}" for what, count in counts.items() if count)])

    def error(self, before: str = "") -> TrainingError | None:
        """Return the error that the outcomes amount to; None if there is none.

        Args:
            before: What its message begins with.
        """
        error = TrainingReport.error(self, before)
        if error is None and self.not_removed:
            numbers = ", ".join(map(str, self.not_removed))
            return PartialFailure(f"{before}entries {numbers} could not be removed", elapsed=self.elapsed)
        return error
