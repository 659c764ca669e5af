# Derived from sensay_ext/_async/_replica_training.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Making a replica that knows something."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from sensay_ext._building import for_reading
from sensay_ext._errors import ConflictError, SensayError
from sensay_ext._sync._creation import Creation
from sensay_ext._sync._resource import Resource
from sensay_ext._sync._training import train_replica
from sensay_ext._training_options import WaitSettings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack
    from uuid import UUID

    from generated_client import models
    from generated_client.types import Request
    from sensay_ext._ids import UuidLike
    from sensay_ext._options import CallOptions
    from sensay_ext._sources import Source
    from sensay_ext._training_options import NewReplicaOptions

__all__ = ["ReplicaTraining"]


class ReplicaTraining(Resource, ABC):
    """What makes and trains a replica at once."""

    @abstractmethod
    def _creation(self, fields: dict[str, Any], options: CallOptions) -> Request[models.CreateReplicaResponse]:
        """The request that makes a replica."""

    @abstractmethod
    def _find(self, slug: str, options: CallOptions) -> UUID | None:
        """The replica with a slug; None when there is none to be seen."""

    @abstractmethod
    def get(self, replica: UuidLike, **options: Unpack[CallOptions]) -> models.Replica:
        """Look a replica up."""

    def create_and_train(self, *, sources: Iterable[Source], **replica: Unpack[NewReplicaOptions]) -> models.Replica:
        """Make a replica, train it on sources, and wait until it can use them.

        Where the answer to its creation is lost, the replica is looked for by its slug before it is asked for again.
        To go on after a failure, or to train a replica that exists, use `training.train`, which adds what is missing.

        Args:
            sources: `Text`, `File`, `Website` and `YouTube` objects; taken one by one as there is room.
            **replica: What the replica is made from, how to train it, and options of the calls.

        Returns:
            The replica, which answers from all of the sources.

        Raises:
            ConflictError: The slug is taken, by whomever.
            NotFoundError: There is no such owner.
            QuotaExceededError: The organization must not have more replicas.
            TrainingFailed: No source could be used. The replica exists; the message has its uuid, as with the next two.
            PartialFailure: Some sources could not be used.
            TrainingTimeout: The time was over first.
            InvalidArgumentError: A value is outside of its limit.
            SensayError: Any other of the tree. If the replica exists by then, a note on the error says so.
        """
        settings, fields, options = WaitSettings.take(replica, self._transport.config.max_wait)
        made = _ReplicaCreation(self, self._creation(fields, options), fields, options)
        uuid = made.run()
        try:
            report = train_replica(self._transport, uuid, sources, settings, for_reading(options), is_new=True)
            problem = report.error(f"replica {uuid} exists, but ")
            if problem is None:
                return self.get(uuid, **for_reading(options))
        except SensayError as error:
            error.add_note(f"replica {uuid} exists")
            raise
        raise problem from next((outcome.error for outcome in report.failed), None)


class _ReplicaCreation(Creation["UUID"]):
    """Makes a replica, once.

    Args:
        replicas: Where to look for it.
        request: What makes it.
        fields: What it is made from.
        options: What the calls change.
    """

    def __init__(
        self,
        replicas: ReplicaTraining,
        request: Request[models.CreateReplicaResponse],
        fields: dict[str, Any],
        options: CallOptions,
    ) -> None:
        super().__init__(replicas._transport, options)  # noqa: SLF001 - its own module
        self._replicas = replicas
        self._request = request
        self._fields = fields

    def _send(self) -> UUID:
        return (self._transport.send(self._request, self._options, series=self._series)).uuid

    def _look(self, error: SensayError) -> UUID | None:
        if isinstance(error, ConflictError) and not self.is_in_doubt:
            return None  # it was somebody else's before
        reading = for_reading(self._options)
        uuid = self._replicas._find(self._fields["slug"], reading)  # noqa: SLF001 - its own module
        if uuid is None:
            return None
        found = self._replicas.get(uuid, **reading)
        is_ours = found.name == self._fields["name"] and found.owner_id == self._fields["owner_id"]
        return uuid if is_ours else None
