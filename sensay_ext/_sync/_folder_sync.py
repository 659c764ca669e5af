# Derived from sensay_ext/_async/_folder_sync.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Makes a knowledge base hold what a folder holds."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from generated_client import models
from generated_client.api.knowledge_base import get_replica_knowledge_base
from sensay_ext._building import for_reading
from sensay_ext._concurrency import Blocking, Crew
from sensay_ext._deadline import Deadline
from sensay_ext._errors import NotFoundError
from sensay_ext._folder import scan
from sensay_ext._folder_report import FolderReport
from sensay_ext._journal import Journal
from sensay_ext._marker import folder_key
from sensay_ext._plan import Plan, PlannedAction, files_to_send, plan_actions, refusal_of
from sensay_ext._sources import File
from sensay_ext._sync._catalog import Catalog
from sensay_ext._sync._file_types import current_file_types
from sensay_ext._sync._resource import Resource
from sensay_ext._sync._submission import Submission
from sensay_ext._sync._trainer import Trainer
from sensay_ext._sync._waiting import Waiter
from sensay_ext._telling import Telling
from sensay_ext._training_entry import TrainingEntry
from sensay_ext._training_events import EntryRemoved
from sensay_ext._uncertain import SETTLING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from uuid import UUID

    from sensay_ext._concurrency import Clock
    from sensay_ext._folder import FolderFile, Selection
    from sensay_ext._journal import Attempt
    from sensay_ext._known import KnownEntries
    from sensay_ext._options import CallOptions
    from sensay_ext._report import TrainingReport
    from sensay_ext._sync._transport import Transport
    from sensay_ext._training_options import WaitSettings

__all__ = ["FolderSync"]

_CHANGING = frozenset({"add", "replace", "retry", "wait", "clean"})


class FolderSync(Resource):
    """Compares a folder with a knowledge base, and changes what differs.

    Args:
        transport: What to send with.
        replica_uuid: Whose knowledge base it is.
        options: What the calls change.
        journal: Where the journal is.
    """

    def __init__(self, transport: Transport, replica_uuid: UUID, options: CallOptions, journal: Path) -> None:
        super().__init__(transport)
        self._replica_uuid = replica_uuid
        self._options = options
        self._journal = journal
        self._catalog = Catalog(transport, replica_uuid, options)

    def plan(self, folder: Path, name: str, selection: Selection) -> Plan:
        """Compare.

        Args:
            folder: The folder.
            name: The name under which it is kept apart from others.
            selection: Which of its files are meant.

        Raises:
            TrainingError: A run is at work on it.
            InvalidArgumentError: There is no such folder.
            SensayError: The knowledge base cannot be read.
        """
        with Blocking.run(Journal, self._journal) as journal:
            now = self._transport.clock.wall()
            files = Blocking.run(scan, folder, selection, journal, now)
            self._catalog.read()
            self._settle(journal)
            gone = journal.removed(now)
        entries = [entry for entry in self._catalog.entries if entry.id not in gone]
        ours = [entry for entry in entries if entry.marker is not None and entry.marker.folder == folder_key(name)]
        refusals = self._refusals(files_to_send(files, ours, name=name))
        actions = plan_actions(files, ours, name=name, refusal=lambda file: refusals.get(file.path, ""))
        return Plan(
            replica_uuid=self._replica_uuid,
            folder=str(folder),
            name=name,
            actions=tuple(actions),
            others=len(entries) - len(ours),
        )

    def apply(self, plan: Plan, settings: WaitSettings, *, prune: bool) -> FolderReport:
        """Change what differs.

        Args:
            plan: What to do.
            settings: How to train.
            prune: Whether to remove what is not in the folder any more.

        Raises:
            TrainingError: Another run is at work on it.
            SensayError: The knowledge base cannot be read.
        """
        clock = self._transport.clock
        deadline, watch, tell = (
            Deadline(clock, settings.max_wait),
            settings.watch(clock.now()),
            Telling(settings.on_progress),
        )
        with Blocking.run(Journal, self._journal) as journal:
            earlier = journal.attempts
            self._catalog.read()
            self._settle(journal)
            journal.settled(earlier)
            submission = Submission(
                self._transport,
                self._replica_uuid,
                self._options,
                catalog=self._catalog,
                tell=tell,
                deadline=deadline,
                journal=journal,
            )
            waiter = Waiter(self._transport, self._replica_uuid, self._options, tell)
            submitter = _Submitter(self._replica_uuid, submission)
            trainer = Trainer(clock, submitter, waiter, watch, settings=settings, deadline=deadline)
            report = trainer.train(action for action in plan.actions if action.kind in _CHANGING)
            leaving = [*_replaced(report), *(plan.removals if prune else ())]
            removal = _Removal(self._catalog, journal, clock, deadline, tell)
            Crew.each(removal.remove, leaving, at_once=settings.concurrency)
            journal.settled(journal.attempts)
        return FolderReport(
            outcomes=report.outcomes,
            elapsed=deadline.elapsed,
            removed=tuple(sorted(removal.removed)),
            not_removed=tuple(sorted(removal.not_removed)),
            kept=() if prune else plan.removals,
            skipped=plan.skipped,
        )

    def _settle(self, journal: Journal) -> None:
        """Find out what came of what an earlier run had begun when it was broken off."""
        entries, clock = self._catalog.entries, self._transport.clock
        open_ones = [attempt for attempt in journal.attempts if not _is_seen(attempt, entries)]
        if open_ones:
            left = max(attempt.began for attempt in open_ones) + sum(SETTLING) - clock.wall()
            # The journal's times are of this machine's clock, which may have been set since.
            clock.sleep(min(max(left, 0.0), sum(SETTLING)))
            self._catalog.read()
        for attempt in open_ones:
            if attempt.entry_id is not None and not entries.with_attempt(attempt.attempt):
                self._take_unlisted(attempt.entry_id)
            if attempt.uploaded:
                for entry in entries.with_attempt(attempt.attempt):
                    entries.note_uploaded(entry.id)

    def _take_unlisted(self, entry_id: int) -> None:
        """Take in an entry that the list does not show yet."""
        options, builder = for_reading(self._options), get_replica_knowledge_base.build_request
        with suppress(NotFoundError):
            entry = self._call(options, builder, self._replica_uuid, entry_id)
            self._catalog.entries.take([entry])

    def _refusals(self, files: Sequence[FolderFile]) -> dict[str, str]:
        if not files or not self._transport.config.validate:
            return {}
        types = current_file_types(self._transport, for_reading(self._options))
        return Blocking.run(lambda: {file.path: refusal_of(file, types) for file in files})


class _Submitter:
    """Makes the entries that a plan asks for.

    Args:
        replica_uuid: The replica.
        submission: Makes entries of files.
    """

    def __init__(self, replica_uuid: UUID, submission: Submission) -> None:
        self._replica_uuid = replica_uuid
        self._submission = submission

    def submit(self, action: PlannedAction) -> TrainingEntry:
        """Make the entry of a file, unless it is there.

        Raises:
            SensayError: Any of the tree.
        """
        if action.entry is not None or action.file is None:
            kind = models.KnowledgeBaseEntryType.FILE
            return TrainingEntry(id=action.entry or 0, type=kind, replica_uuid=self._replica_uuid)
        file = File(action.file.location, title=action.path)
        return self._submission.submit_file(file, action.file, action.place)


class _Removal:
    """Removes entries, and remembers that it did.

    Args:
        catalog: What is in the knowledge base.
        journal: Where it is remembered.
        clock: Where the time comes from.
        deadline: When the run began.
        tell: Told what happens.
    """

    def __init__(self, catalog: Catalog, journal: Journal, clock: Clock, deadline: Deadline, tell: Telling) -> None:
        self._catalog = catalog
        self._journal = journal
        self._clock = clock
        self._deadline = deadline
        self._tell = tell
        self.removed: list[int] = []
        self.not_removed: list[int] = []

    def remove(self, action: PlannedAction) -> None:
        """Remove the entries that an action leaves behind."""
        for entry_id in action.old:
            if self._catalog.discard(entry_id):
                self._journal.gone(entry_id, self._clock.wall())
                self.removed.append(entry_id)
                self._tell(EntryRemoved(self._deadline.elapsed, entry_id, action.path))
            else:
                self.not_removed.append(entry_id)


def _replaced(report: TrainingReport) -> list[PlannedAction]:
    """The actions of which the new content is usable, so that the old one can go."""
    done = [outcome.source for outcome in report.outcomes if outcome.ok]
    return [action for action in done if isinstance(action, PlannedAction) and action.old]


def _is_seen(attempt: Attempt, entries: KnownEntries) -> bool:
    """Whether lists show what came of an attempt."""
    return any(not entry.awaits_upload for entry in entries.with_attempt(attempt.attempt))
