"""A knowledge base entry, as it stands right after its creation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generated_client import models
from sensay_ext._errors import PartialFailure, TrainingFailed
from sensay_ext._identity import NOBODY, Identity
from sensay_ext._training_watch import EntryState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

__all__ = ["TrainingEntry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingEntry:
    """An entry that the API accepted, and is going to train the replica on.

    Args:
        id: Number of the entry.
        type: What it is made from.
        replica_uuid: The replica.
        siblings: Of a playlist, the entries of its other videos.
    """

    id: int
    type: models.KnowledgeBaseEntryType
    replica_uuid: UUID
    siblings: tuple[TrainingEntry, ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        """The numbers of all entries that came of the source."""
        return (self.id, *(sibling.id for sibling in self.siblings))

    @property
    def state(self) -> EntryState:
        """What is known of this entry so far: that it is going to be processed."""
        return EntryState(self.id, str(self.type), "", "pending", None, None, None, ())

    @classmethod
    def of(
        cls,
        replica_uuid: UUID,
        results: Iterable[models.EnqueuedEntry | models.RefusedEntry],
        *,
        identity: Identity = NOBODY,
    ) -> TrainingEntry:
        """The entry that came of one source.

        The API answers every creation with a success status, and says for each entry whether it takes it.

        Args:
            replica_uuid: The replica.
            results: What the API said.
            identity: Who asked, for what must not be shown, should the API say it.

        Raises:
            TrainingFailed: It took none.
            PartialFailure: It took only some of a playlist's videos; the error has their entries.
        """
        accepted: list[TrainingEntry] = []
        reasons: list[str] = []
        for result in results:
            if isinstance(result, models.EnqueuedEntry) and result.enqueued:
                accepted.append(cls(id=result.knowledge_base_id, type=result.type_, replica_uuid=replica_uuid))
            else:
                reasons.append(identity.masked(getattr(result, "error", "it does not say why")))
        if not accepted:
            raise TrainingFailed(f"the API did not take it: {'; '.join(reasons) or 'it answered with no entry'}")
        if reasons:
            message = f"the API took {len(accepted)} of {len(accepted) + len(reasons)} entries: {'; '.join(reasons)}"
            raise PartialFailure(message, entries=tuple(entry.state for entry in accepted))
        return replace(accepted[0], siblings=tuple(accepted[1:]))
