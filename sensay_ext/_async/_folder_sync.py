"""Makes a knowledge base hold what a folder holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generated_client import models
from sensay_ext._async._catalog import AsyncCatalog
from sensay_ext._async._file_types import current_file_types
from sensay_ext._async._resource import AsyncResource
from sensay_ext._async._submission import AsyncSubmission
from sensay_ext._async._trainer import AsyncTrainer
from sensay_ext._async._waiting import AsyncWaiter
from sensay_ext._building import for_reading
from sensay_ext._concurrency import AsyncBlocking, AsyncCrew
from sensay_ext._folder import scan
from sensay_ext._folder_report import FolderReport
from sensay_ext._journal import Journal
from sensay_ext._marker import folder_key
from sensay_ext._plan import Plan, PlannedAction, files_to_send, plan_actions, refusal_of
from sensay_ext._sources import File
from sensay_ext._training import NEW
from sensay_ext._training_entry import TrainingEntry
from sensay_ext._training_events import EntryRemoved
from sensay_ext._uncertain import SETTLING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from uuid import UUID

    from sensay_ext._async._transport import AsyncTransport
    from sensay_ext._folder import FolderFile, Selection
    from sensay_ext._journal import Attempt
    from sensay_ext._known import KnownEntries
    from sensay_ext._options import CallOptions
    from sensay_ext._report import TrainingReport
    from sensay_ext._training_options import WaitSettings

__all__ = ["AsyncFolderSync"]

_CHANGING = frozenset({"add", "replace", "retry", "wait", "clean"})

_LONGEST_UPLOAD = 2 * 3600.0
"""Seconds for which a signed URL is good."""


class AsyncFolderSync(AsyncResource):
    """Compares a folder with a knowledge base, and changes what differs.

    Args:
        transport: What to send with.
        replica_uuid: Whose knowledge base it is.
        options: What the calls change.
        journal: Where the journal is.
    """

    def __init__(self, transport: AsyncTransport, replica_uuid: UUID, options: CallOptions, journal: Path) -> None:
        super().__init__(transport)
        self._replica_uuid = replica_uuid
        self._options = options
        self._journal = journal

    async def plan(self, folder: Path, name: str, selection: Selection) -> Plan:
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
        with await AsyncBlocking.run(Journal, self._journal) as journal:
            now = self._transport.clock.wall()
            files = await AsyncBlocking.run(scan, folder, selection, journal, now)
            catalog = AsyncCatalog(self._transport, self._replica_uuid, self._options)
            await self._read(catalog, journal)
        entries = list(catalog.entries)
        ours = [entry for entry in entries if entry.marker is not None and entry.marker.folder == folder_key(name)]
        refusals = await self._refusals(files_to_send(files, ours, name=name))
        actions = plan_actions(files, ours, name=name, refusal=lambda file: refusals.get(file.path, ""))
        return Plan(
            replica_uuid=self._replica_uuid,
            folder=str(folder),
            name=name,
            actions=tuple(actions),
            others=len(entries) - len(ours),
        )

    async def apply(self, plan: Plan, settings: WaitSettings, *, prune: bool) -> FolderReport:
        """Change what differs.

        Args:
            plan: What to do.
            settings: How to train.
            prune: Whether to remove what is not in the folder any more.

        Raises:
            TrainingError: Another run is at work on it.
            SensayError: The knowledge base cannot be read.
        """
        waiter = AsyncWaiter(self._transport, self._replica_uuid, self._options, settings)
        catalog = AsyncCatalog(self._transport, self._replica_uuid, self._options, deadline=waiter.deadline)
        with await AsyncBlocking.run(Journal, self._journal) as journal:
            earlier = journal.attempts
            await self._read(catalog, journal)
            submission = AsyncSubmission(
                self._transport,
                self._replica_uuid,
                self._options,
                catalog=catalog,
                tell=waiter.tell,
                deadline=waiter.deadline,
                journal=journal,
            )
            trainer = AsyncTrainer(_Submitter(self._replica_uuid, submission), waiter, settings)
            report = await trainer.train(action for action in plan.actions if action.kind in _CHANGING)
            leaving = [*_replaced(report), *(plan.removals if prune else ())]
            removal = _Removal(catalog, journal, waiter)
            await AsyncCrew.each(removal.remove, leaving, at_once=settings.concurrency)
            journal.settled([*earlier, *_listed(journal.attempts, report)])
        return FolderReport(
            outcomes=report.outcomes,
            elapsed=waiter.deadline.elapsed,
            removed=tuple(sorted(removal.removed)),
            not_removed=tuple(sorted(catalog.left_over)),
            kept=() if prune else plan.removals,
            skipped=plan.skipped,
        )

    async def _read(self, catalog: AsyncCatalog, journal: Journal) -> None:
        """Read the knowledge base, and find out what came of what an earlier run had begun when it was broken off."""
        entries, clock = catalog.entries, self._transport.clock
        for entry_id in journal.removed(clock.wall()):
            entries.forget(entry_id)
        await catalog.read()
        open_ones = [attempt for attempt in journal.attempts if not _is_seen(attempt, entries)]
        if open_ones:
            await clock.sleep(max(_still_to_settle(attempt, clock.wall()) for attempt in open_ones))
            await catalog.read()
        for attempt in open_ones:
            made = {entry.id for entry in entries.with_attempt(attempt.attempt)}
            for entry_id in made if attempt.entry_id is None else made | {attempt.entry_id}:
                if await catalog.confirm(entry_id) and attempt.uploaded:
                    entries.note_uploaded(entry_id)

    async def _refusals(self, files: Sequence[FolderFile]) -> dict[str, str]:
        if not files or not self._transport.config.validate:
            return {}
        types = await current_file_types(self._transport, for_reading(self._options))
        return await AsyncBlocking.run(lambda: {file.path: refusal_of(file, types) for file in files})


class _Submitter:
    """Makes the entries that a plan asks for.

    Args:
        replica_uuid: The replica.
        submission: Makes entries of files.
    """

    def __init__(self, replica_uuid: UUID, submission: AsyncSubmission) -> None:
        self._replica_uuid = replica_uuid
        self._submission = submission

    async def submit(self, action: PlannedAction) -> TrainingEntry:
        """Make the entry of a file, unless it is there.

        Raises:
            SensayError: Any of the tree.
        """
        if action.entry is not None or action.file is None:
            kind = models.KnowledgeBaseEntryType.FILE
            return TrainingEntry(id=action.entry or 0, type=kind, replica_uuid=self._replica_uuid)
        file = File(action.file.location, title=action.path)
        return await self._submission.submit_file(file, action.file, action.place)


class _Removal:
    """Removes entries, and remembers that it did.

    Args:
        catalog: What is in the knowledge base.
        journal: Where it is remembered.
        waiter: Knows the time, and who is told.
    """

    def __init__(self, catalog: AsyncCatalog, journal: Journal, waiter: AsyncWaiter) -> None:
        self._catalog = catalog
        self._journal = journal
        self._waiter = waiter
        self.removed: list[int] = []

    async def remove(self, action: PlannedAction) -> None:
        """Remove the entries that an action leaves behind."""
        for entry_id in action.old:
            if await self._catalog.discard(entry_id):
                self._journal.gone(entry_id, self._waiter.clock.wall())
                self.removed.append(entry_id)
                self._waiter.tell(EntryRemoved(self._waiter.deadline.elapsed, entry_id, action.path))


def _replaced(report: TrainingReport) -> list[PlannedAction]:
    """The actions of which the new content is usable, so that the old one can go."""
    done = [outcome.source for outcome in report.outcomes if outcome.ok]
    return [action for action in done if isinstance(action, PlannedAction) and action.old]


def _listed(attempts: Iterable[Attempt], report: TrainingReport) -> list[Attempt]:
    """The attempts of which a list has shown what came of them."""
    listed = {entry.id for entry in report.entries if entry.status not in {None, NEW}}
    return [attempt for attempt in attempts if attempt.entry_id in listed]


def _is_seen(attempt: Attempt, entries: KnownEntries) -> bool:
    """Whether lists show what came of an attempt."""
    return any(not entry.awaits_upload for entry in entries.with_attempt(attempt.attempt))


def _still_to_settle(attempt: Attempt, now: float) -> float:
    """Seconds until what came of an attempt shows."""
    settling = sum(SETTLING)
    if attempt.entry_id is not None and not attempt.uploaded and now - attempt.began < _LONGEST_UPLOAD:
        return settling  # its last bytes may have arrived just now
    # The journal's times are of this machine's clock, which may have been set since.
    return min(max(attempt.began + settling - now, 0.0), settling)
