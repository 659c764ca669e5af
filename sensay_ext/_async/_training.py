"""Training: many sources at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sensay_ext._async._catalog import AsyncCatalog
from sensay_ext._async._resource import AsyncResource
from sensay_ext._async._submission import AsyncSubmission
from sensay_ext._async._trainer import AsyncTrainer
from sensay_ext._async._waiting import AsyncWaiter
from sensay_ext._deadline import Deadline
from sensay_ext._ids import uuid_of
from sensay_ext._telling import Telling
from sensay_ext._training_options import WaitSettings, no_others

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack
    from uuid import UUID

    from sensay_ext._async._transport import AsyncTransport
    from sensay_ext._ids import UuidLike
    from sensay_ext._options import CallOptions
    from sensay_ext._report import TrainingReport
    from sensay_ext._sources import Source
    from sensay_ext._training_options import TrainOptions

__all__ = ["AsyncTraining", "train_replica"]


class AsyncTraining(AsyncResource):
    """Training replicas on many sources."""

    async def train(
        self, replica: UuidLike, sources: Iterable[Source], **options: Unpack[TrainOptions]
    ) -> TrainingReport:
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
        return await train_replica(self._transport, uuid_of(replica, "replica"), sources, settings, call)


async def train_replica(
    transport: AsyncTransport,
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
    deadline = Deadline(transport.clock, settings.max_wait)
    watch = settings.watch(transport.clock.now())
    tell = Telling(settings.on_progress)
    catalog = AsyncCatalog(transport, replica_uuid, options, is_new=is_new)
    if not is_new:
        await catalog.read()
    submission = AsyncSubmission(transport, replica_uuid, options, catalog=catalog, tell=tell, deadline=deadline)
    waiter = AsyncWaiter(transport, replica_uuid, options, tell)
    trainer = AsyncTrainer(transport.clock, submission, waiter, watch, settings=settings, deadline=deadline)
    return await trainer.train(sources)
