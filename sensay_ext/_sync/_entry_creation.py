# Derived from sensay_ext/_async/_entry_creation.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Asking for the entries of one source, once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generated_client import models
from generated_client.api.knowledge_base import create_replica_knowledge_base
from sensay_ext._addresses import address_key
from sensay_ext._building import build
from sensay_ext._errors import ConflictError
from sensay_ext._sources import YouTube
from sensay_ext._sync._creation import Creation
from sensay_ext._training_entry import TrainingEntry
from sensay_ext._training_options import in_time
from sensay_ext._upload import NO_URL, SignedUrl

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from sensay_ext._deadline import Deadline
    from sensay_ext._errors import SensayError
    from sensay_ext._known import Known
    from sensay_ext._marker import Marker
    from sensay_ext._options import CallOptions
    from sensay_ext._sources import Source
    from sensay_ext._sync._catalog import Catalog
    from sensay_ext._sync._transport import Transport

    Results = Sequence[models.EnqueuedEntry | models.RefusedEntry]

__all__ = ["EntryCreation", "Made"]

_EXISTS = re.compile("already exists", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of asking.

    Args:
        entry: The entry.
        is_new: Whether it was made just now.
        target: Where the bytes of a file go.
    """

    entry: TrainingEntry
    is_new: bool = False
    target: SignedUrl = NO_URL


class EntryCreation(Creation[Made]):
    """Makes the entries of one source, unless they are there.

    Args:
        transport: What to send with.
        options: What the calls change.
        replica_uuid: Whose knowledge base it is.
        source: The source.
        marker: What its title is to say; None for an address, of which the API keeps one entry at most.
        catalog: What is in the knowledge base.
        deadline: When to give up; without one, when nothing more is to be expected.
    """

    def __init__(
        self,
        transport: Transport,
        options: CallOptions,
        *,
        replica_uuid: UUID,
        source: Source,
        marker: Marker | None,
        catalog: Catalog,
        deadline: Deadline | None = None,
    ) -> None:
        super().__init__(transport, options, deadline)
        self._replica_uuid = replica_uuid
        self._source = source
        self._marker = marker
        self._catalog = catalog

    def run_unless_known(self) -> Made:
        """Take the entries that the catalog has, or make them.

        Raises:
            TrainingFailed: The API refused all of it.
            PartialFailure: It refused some videos of a playlist.
            SensayError: Any other of the tree.
        """
        if not self._is_playlist:
            for entry in self._alive():
                self._catalog.confirm(entry.id)
            self._bury()
            known = self._alive()
            if known:
                return self._adopted(known)
        return self.run()

    def discard_attempt(self) -> None:
        """Remove what waits for an upload that will not come, if an entry was made for it.

        Raises:
            SensayError: The knowledge base cannot be read.
        """
        self._catalog.read()
        self._discard_orphans()

    def _send(self) -> Made:
        title = {} if self._marker is None else {"title": self._marker.title(self._source.label)}
        body = models.CreateKnowledgeBaseEntryRequest.from_dict({**self._source.body(), **title})
        builder = create_replica_knowledge_base.build_request
        request = build(self._transport.config, self._options, builder, self._replica_uuid, body=body)
        options = in_time(self._options, self._transport.config, self._deadline)
        results = (self._transport.send(request, options, series=self._series)).results
        whole = self._with_known(results)
        if whole is not None:
            return whole
        targets = [SignedUrl(url) for result in results if (url := getattr(result, "signed_url", None))]
        entry = TrainingEntry.of(self._replica_uuid, results, identity=self._transport.config.identity)
        return Made(entry, is_new=True, target=targets[0] if targets else NO_URL)

    def _with_known(self, results: Results) -> Made | None:
        """All videos of a playlist of which some were there already; None if that is not how it is."""
        refused = [result for result in results if isinstance(result, models.RefusedEntry)]
        if self._marker is not None or not refused or not all(_EXISTS.search(result.error) for result in refused):
            return None
        taken = {result.knowledge_base_id for result in results if isinstance(result, models.EnqueuedEntry)}
        self._catalog.read()
        known = self._alive()
        missing = len(results) - len(taken | {entry.id for entry in known})
        return self._adopted(known) if known and missing <= 0 else None

    def _look(self, error: SensayError) -> Made | None:
        self._catalog.read()
        self._discard_orphans()
        is_conflict = isinstance(error, ConflictError)
        if self._is_playlist and not is_conflict:
            # Some of its videos may be missing; asking again does no harm, as the API takes each address once.
            return None
        known = self._alive()
        if known:
            return self._adopted(known)
        # What is dead is in the way of an address, and only there.
        if not (self._bury() and is_conflict):
            return None
        self._retrying(0.0, error)
        return self._send()

    @property
    def _is_playlist(self) -> bool:
        return isinstance(self._source, YouTube) and self._source.kind == "playlist"

    def _candidates(self) -> list[Known]:
        entries = self._catalog.entries
        if self._marker is None:
            return entries.with_address(address_key(str(self._source.body()["url"])))
        if not self._marker.place:
            return entries.with_content(self._marker.content)
        same = entries.with_place(self._marker.place)
        return [entry for entry in same if entry.marker is not None and entry.marker.content == self._marker.content]

    def _alive(self) -> list[Known]:
        return [entry for entry in self._candidates() if not entry.is_dead and not entry.awaits_upload]

    def _bury(self) -> bool:
        """Remove entries of this source of which nothing will come; tell whether there were any."""
        dead = [entry for entry in self._candidates() if entry.is_dead]
        for entry in dead:
            self._catalog.discard(entry.id)
        return bool(dead)

    def _discard_orphans(self) -> None:
        if self._marker is not None and self._marker.attempt:
            for entry in self._catalog.entries.with_attempt(self._marker.attempt):
                self._catalog.discard(entry.id)

    def _adopted(self, known: Iterable[Known]) -> Made:
        first, *others = (
            TrainingEntry(id=entry.id, type=models.KnowledgeBaseEntryType(entry.type), replica_uuid=self._replica_uuid)
            for entry in known
        )
        return Made(
            TrainingEntry(id=first.id, type=first.type, replica_uuid=self._replica_uuid, siblings=tuple(others))
        )
