"""Chats: all that a user and a replica say to each other in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generated_client.api.chats import get_replica_chat, list_replica_chats
from generated_client.api.conversations import list_replica_chat_messages
from sensay_ext._async._pager import AsyncCountedPager, AsyncPager, async_cursor_pager
from sensay_ext._async._resource import AsyncResource
from sensay_ext._building import build
from sensay_ext._ids import uuid_of
from sensay_ext._paging import CAMEL
from sensay_ext._params import split

if TYPE_CHECKING:
    from typing import Unpack
    from uuid import UUID

    from generated_client import models
    from sensay_ext._ids import UuidLike
    from sensay_ext._options import CallOptions
    from sensay_ext._params import CursorPages, NumberedPages

__all__ = ["AsyncChats"]


class AsyncChats(AsyncResource):
    """The chats of a replica: one for each user, or group of users, and place such as the web or Telegram.

    A chat is made of conversations, which `conversations` reads.
    """

    def list(
        self,
        replica: UuidLike,
        *,
        sort_by: models.ChatSortBy | str | None = None,
        sort_order: models.SortOrder | str | None = None,
        **options: Unpack[NumberedPages],
    ) -> AsyncCountedPager[models.Chat]:
        """List the chats of a replica.

        Args:
            replica: The replica, or its uuid.
            sort_by: What to sort by: `replicaReplies`, `firstMessageAt` or `lastReplicaReplyAt`.
            sort_order: `asc` or `desc`.
            **options: Paging, and what the calls change.

        Returns:
            The list, to be iterated over.

        Raises:
            InvalidArgumentError: A value is outside of its limit.
        """
        paging, call = split(options)
        request = build(
            self._transport.config,
            call,
            list_replica_chats.build_request,
            uuid_of(replica, "replica"),
            sort_by=sort_by,
            sort_order=sort_order,
        )
        return AsyncCountedPager(self._transport, call, request, style=CAMEL, key=_uuid, **paging)

    async def get(self, replica: UuidLike, chat: UuidLike, **options: Unpack[CallOptions]) -> models.Chat:
        """Look a chat up.

        Args:
            replica: The replica, or its uuid.
            chat: The chat, or its uuid.
            **options: What this call changes.

        Returns:
            The chat.

        Raises:
            NotFoundError: The replica has no such chat, or not for this user.
            SensayError: Any other of the tree.
        """
        uuids = uuid_of(replica, "replica"), uuid_of(chat, "chat")
        return (await self._call(options, get_replica_chat.build_request, *uuids)).chat

    def messages(
        self, replica: UuidLike, chat: UuidLike, **options: Unpack[CursorPages]
    ) -> AsyncPager[models.ChatMessage]:
        """List the messages of a chat, of all of its conversations: the newest first, or those `after` a message.

        Args:
            replica: The replica, or its uuid.
            chat: The chat, or its uuid.
            **options: Paging, and what the calls change.

        Returns:
            The list, to be iterated over. With `after` it begins with the oldest message.

        Raises:
            InvalidArgumentError: A value is outside of its limit.
        """
        paging, call = split(options)
        uuids = uuid_of(replica, "replica"), uuid_of(chat, "chat")
        request = build(self._transport.config, call, list_replica_chat_messages.build_request, *uuids)
        return async_cursor_pager(self._transport, call, request, key=message_uuid, **paging)


def _uuid(item: models.Chat) -> UUID:
    return item.uuid


def message_uuid(message: models.ChatMessage, _forwards: bool) -> UUID:  # noqa: FBT001 - the same for all cursors
    """The uuid of a message, for paging."""
    return message.uuid
