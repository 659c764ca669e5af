# Derived from sensay_ext/_async/_catalog.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""What is in a knowledge base already."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from generated_client.api.knowledge_base import (
    delete_replica_knowledge_base,
    get_replica_knowledge_base,
    list_replica_knowledge_base,
)
from sensay_ext._building import build, for_reading
from sensay_ext._deadline import Deadline
from sensay_ext._errors import NotFoundError, SensayError
from sensay_ext._known import KnownEntries
from sensay_ext._paging import CAMEL
from sensay_ext._sync._pager import CountedPager
from sensay_ext._training import UNPROCESSABLE
from sensay_ext._training_options import in_time

if TYPE_CHECKING:
    from uuid import UUID

    from generated_client.models import KnowledgeBaseEntryListItem
    from sensay_ext._options import CallOptions
    from sensay_ext._sync._transport import Transport

__all__ = ["Catalog"]

_logger = logging.getLogger("sensay_ext")

_WALKS = 4
"""Times that a list is walked through at most: when it moves meanwhile, entries may be missed."""


class Catalog:
    """The entries of one knowledge base, read as far as needed.

    The first reading walks through the whole list. Later ones begin with the newest entries and end at the first page
    that holds nothing new, so to look for an entry that was just made costs one request.

    Args:
        transport: What to ask with.
        replica_uuid: Whose knowledge base it is.
        options: What the calls change.
        deadline: When reading has to end.
        is_new: Whether the knowledge base was just made, and so is known to be empty.
    """

    def __init__(
        self,
        transport: Transport,
        replica_uuid: UUID,
        options: CallOptions,
        *,
        deadline: Deadline | None = None,
        is_new: bool = False,
    ) -> None:
        self._transport = transport
        self._replica_uuid = replica_uuid
        self._options = for_reading(options)
        self._deadline = deadline or Deadline(transport.clock, None)
        self._list = build(
            transport.config,
            self._options,
            list_replica_knowledge_base.build_request,
            replica_uuid,
            sort_by="createdAt",
            sort_order="desc",
        )
        self._is_complete = is_new
        self.entries = KnownEntries()
        self.left_over: set[int] = set()
        """Entries that should be gone, and could not be deleted."""

    def read(self) -> None:
        """Take in what has been added since the last reading, or everything the first time.

        Raises:
            SensayError: Any of the tree.
        """
        for _ in range(1 if self._is_complete else _WALKS):
            pager = self._pager()
            for page in pager.pages():
                has_news = self.entries.take(page)
                if self._is_complete and not has_news:
                    return
            if not pager.shifted:
                break
        self._is_complete = True

    def failed(self) -> list[KnowledgeBaseEntryListItem]:
        """List the entries of which nothing will come.

        Raises:
            SensayError: Any of the tree.
        """
        return [item for item in self._pager() if str(item.status) == UNPROCESSABLE]

    def confirm(self, entry_id: int) -> bool:
        """Ask whether an entry is there, and how far it is: lists lag behind what was made, changed and deleted.

        Raises:
            SensayError: Any of the tree.
        """
        try:
            request = get_replica_knowledge_base.build_request(self._replica_uuid, entry_id)
            entry = self._transport.send(request, self._reading())
        except NotFoundError:
            self.entries.forget(entry_id)
            return False
        self.entries.take([entry])
        return True

    def discard(self, entry_id: int) -> bool:
        """Delete an entry that nobody needs; if that fails, it stays.

        What comes before a discarding, or after it, is what the caller has to know of.

        Returns:
            Whether it is gone.
        """
        try:
            request = delete_replica_knowledge_base.build_request(self._replica_uuid, entry_id)
            self._transport.delete(request, self._options)
        except NotFoundError:
            pass  # somebody else was faster
        except SensayError as problem:
            _logger.info("entry %d could not be removed: %s", entry_id, problem)
            self.left_over.add(entry_id)
            return False
        self.left_over.discard(entry_id)
        self.entries.forget(entry_id)
        return True

    def _pager(self) -> CountedPager[KnowledgeBaseEntryListItem]:
        return CountedPager(self._transport, self._reading(), self._list, style=CAMEL, key=_id)

    def _reading(self) -> CallOptions:
        return in_time(self._options, self._transport.config, self._deadline)


def _id(item: KnowledgeBaseEntryListItem) -> int:
    return item.id
