# Derived from sensay_ext/_async/_training.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Training: many sources at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sensay_ext._folder import Selection
from sensay_ext._folder_report import FolderReport
from sensay_ext._ids import uuid_of
from sensay_ext._sync._catalog import Catalog
from sensay_ext._sync._resource import Resource
from sensay_ext._sync._submission import Submission
from sensay_ext._sync._trainer import Trainer
from sensay_ext._sync._waiting import Waiter
from sensay_ext._training_options import WaitSettings, no_others

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence
    from typing import Unpack
    from uuid import UUID

    from sensay_ext._ids import UuidLike
    from sensay_ext._options import CallOptions
    from sensay_ext._plan import Plan
    from sensay_ext._report import TrainingReport
    from sensay_ext._sources import Source
    from sensay_ext._sync._folder_sync import FolderSync
    from sensay_ext._sync._transport import Transport
    from sensay_ext._training_options import TrainOptions

__all__ = ["Training", "train_replica"]


class Training(Resource):
    """Training replicas on many sources."""

    def train(self, replica: UuidLike, sources: Iterable[Source], **options: Unpack[TrainOptions]) -> TrainingReport:
        """Train a replica on sources, and wait until it can use them.

        One failure never hides the others: the report says of each source what became of it. What is in the knowledge
        base already is not added again, so a training that was broken off, or failed in part, is just run again. To
        tell that, the title of what is added ends with a marker such as `[sensay-ext:1f0c…]`, a digest of the content;
        the replica does not learn titles. Where an answer is lost, the entry is looked for before it is asked for
        again.

        Args:
            replica: The replica, or its uuid.
            sources: `Text`, `File`, `Website` and `YouTube` objects; taken one by one as there is room.
            **options: How to train, and what the calls change.

        Returns:
            What became of each source, in their order; `.ok`, `.failed`, `.raise_for_failures()`.

        Raises:
            InvalidArgumentError: An option cannot work.
            SensayError: The knowledge base cannot be read. What fails for a source is in the report.
        """
        settings, others, call = WaitSettings.take(options, self._transport.config.max_wait)
        no_others(others)
        return train_replica(self._transport, uuid_of(replica, "replica"), sources, settings, call)

    def plan(
        self,
        replica: UuidLike,
        folder: str | os.PathLike[str],
        *,
        include: str | Sequence[str] = "*",
        exclude: str | Sequence[str] = (),
        hidden: bool = False,
        name: str = "",
        journal: str | os.PathLike[str] | None = None,
        **options: Unpack[CallOptions],
    ) -> Plan:
        """Compare a folder with what a replica was trained on from it. Nothing is changed.

        A file is known by its path within the folder, and its content by a digest. Both stand in a marker such as
        `[sensay-ext:1f0c…@9b1d…/77aa…]` at the end of the title of its entry, so any machine can plan. Entries without
        such a marker have nothing to do with the folder, and are never touched.

        Args:
            replica: The replica, or its uuid.
            folder: The folder, with the folders in it.
            include: Patterns, of which the path of a file within the folder must match one. `*` stands for any
                characters, slashes included; `?` for one; `[…]` for one of several.
            exclude: Patterns, of which it must match none.
            hidden: Whether files and folders whose names begin with a dot count.
            name: Tells folders apart that one replica is trained on; where the folder is does not matter.
            journal: Where the journal is, of which `apply` says more; `~/.sensay/training` unless given.
            **options: What the calls change.

        Returns:
            The plan; print it, or see `.changes`, `.removals`, `.skipped`, `.to_dict()`, `.to_json()`.

        Raises:
            TrainingError: A run is at work on the replica and folder.
            InvalidArgumentError: There is no such folder.
            ConfigurationError: A folder in it cannot be looked into, or the journal cannot be kept.
            SensayError: The knowledge base cannot be read.
        """
        selection = Selection.of(include, exclude, hidden=hidden)
        sync = self._folder_sync(uuid_of(replica, "replica"), name, journal, options)
        return sync.plan(Path(folder), name, selection)

    def apply(
        self,
        plan: Plan,
        *,
        prune: bool = False,
        dry_run: bool = False,
        journal: str | os.PathLike[str] | None = None,
        **options: Unpack[TrainOptions],
    ) -> FolderReport:
        """Train a replica on what a plan says, and wait until it can use it.

        An older content is removed when the newer one is usable, so the replica is never without. What is in the
        knowledge base and not in the folder any more is removed only with `prune`.

        A run that is broken off, even by the end of its process, is gone on with by another `plan` and `apply`: what is
        in the knowledge base is not sent again. A journal on disk keeps what lists may not show yet. Only one run at a
        time can have it open.

        Args:
            plan: What `plan` returned.
            prune: Remove what is not in the folder any more.
            dry_run: Change nothing.
            journal: Where the journal is; the same as for `plan`.
            **options: How to train, and what the calls change.

        Returns:
            What became of each file that had to be trained on, and of the entries that had to go.

        Raises:
            TrainingError: Another run is at work on the replica and folder.
            InvalidArgumentError: An option cannot work.
            SensayError: The knowledge base cannot be read. What fails for a file is in the report.
        """
        settings, others, call = WaitSettings.take(options, self._transport.config.max_wait)
        no_others(others)
        if dry_run or not (plan.changes if prune else set(plan.changes) - set(plan.removals)):
            return FolderReport.nothing_done(plan)
        sync = self._folder_sync(plan.replica_uuid, plan.name, journal, call)
        return sync.apply(plan, settings, prune=prune)

    def _folder_sync(
        self, uuid: UUID, name: str, journal: str | os.PathLike[str] | None, options: CallOptions
    ) -> FolderSync:
        from sensay_ext._journal import journal_path  # noqa: PLC0415 - the same
        from sensay_ext._sync._folder_sync import FolderSync  # noqa: PLC0415 - most programs need no database

        path = journal_path(uuid, name) if journal is None else Path(journal)
        return FolderSync(self._transport, uuid, options, path)


def train_replica(
    transport: Transport,
    replica_uuid: UUID,
    sources: Iterable[Source],
    settings: WaitSettings,
    options: CallOptions,
    *,
    is_new: bool = False,
) -> TrainingReport:
    """Train a replica on sources.

    Args:
        transport: What to send with.
        replica_uuid: The replica.
        sources: What to train on.
        settings: How to train.
        options: What the calls change.
        is_new: Whether the replica was just made, so that nobody needs to look what it has.

    Raises:
        SensayError: The knowledge base cannot be read.
    """
    waiter = Waiter(transport, replica_uuid, options, settings)
    catalog = Catalog(transport, replica_uuid, options, deadline=waiter.deadline, is_new=is_new)
    if not is_new:
        catalog.read()
    submission = Submission(
        transport, replica_uuid, options, catalog=catalog, tell=waiter.tell, deadline=waiter.deadline
    )
    return Trainer(submission, waiter, settings).train(sources)
