"""Another try for entries that failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generated_client import models
from generated_client.api.knowledge_base import get_replica_knowledge_base, update_replica_knowledge_base
from sensay_ext._async._resource import AsyncResource
from sensay_ext._building import for_reading
from sensay_ext._errors import FileRejected, TrainingFailed
from sensay_ext._failed_entry import whole_text
from sensay_ext._training_entry import TrainingEntry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from sensay_ext._async._catalog import AsyncCatalog
    from sensay_ext._async._submission import AsyncSubmission
    from sensay_ext._async._transport import AsyncTransport
    from sensay_ext._failed_entry import FailedEntry
    from sensay_ext._options import CallOptions
    from sensay_ext._sources import File

__all__ = ["AsyncRetrial"]


class AsyncRetrial(AsyncResource):
    """Starts the training of failed entries again.

    What the API has the text of is processed again from there. An address is read again, which takes a new entry. A
    file has to be sent again.

    Args:
        transport: What to send with.
        replica_uuid: Whose knowledge base it is.
        options: What the calls change.
        submission: Makes entries of sources.
        catalog: What is in the knowledge base.
        files: Files that can be sent again, by their names.
    """

    def __init__(
        self,
        transport: AsyncTransport,
        replica_uuid: UUID,
        options: CallOptions,
        *,
        submission: AsyncSubmission,
        catalog: AsyncCatalog,
        files: Mapping[str, File],
    ) -> None:
        super().__init__(transport)
        self._replica_uuid = replica_uuid
        self._options = options
        self._submission = submission
        self._catalog = catalog
        self._files = files

    async def submit(self, failed: FailedEntry) -> TrainingEntry:
        """Start the training of an entry again.

        Raises:
            FileRejected: Its file is needed.
            TrainingFailed: Its text is needed.
            SensayError: Any other of the tree.
        """
        file = self._files.get(failed.filename)
        if file is not None:
            return await self._replaced(failed, file)
        builder = get_replica_knowledge_base.build_request
        entry = await self._call(for_reading(self._options), builder, self._replica_uuid, failed.id)
        text = whole_text(entry)
        if text is not None:
            return await self._processed_again(failed, text)
        if failed.link is not None:
            # The API takes no address twice, so the old entry has to go first.
            await self._catalog.discard(failed.id)
            return await self._submission.submit(failed.link)
        if failed.type == "file":
            raise FileRejected("the API has no text of it; give the file again", filename=failed.filename)
        raise TrainingFailed("the API does not show all of its text; train on it again")

    async def _processed_again(self, failed: FailedEntry, text: str) -> TrainingEntry:
        # Twice does no harm: the same text is processed again.
        options: CallOptions = {**self._options, "retry_unsafe": True}
        body = models.UpdateKnowledgeBaseEntryRequest(raw_text=text)
        builder = update_replica_knowledge_base.build_request
        await self._call(options, builder, self._replica_uuid, failed.id, body=body)
        kind = models.KnowledgeBaseEntryType(failed.type)
        return TrainingEntry(id=failed.id, type=kind, replica_uuid=self._replica_uuid)

    async def _replaced(self, failed: FailedEntry, file: File) -> TrainingEntry:
        entry = await self._submission.submit(file)
        await self._catalog.discard(failed.id)
        return entry
