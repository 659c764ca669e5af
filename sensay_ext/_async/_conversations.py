"""Conversations: what is said in a chat without a long pause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generated_client import models
from generated_client.api.chats import (
    get_replica_chat_conversation,
    list_replica_chat_conversation_messages,
    list_replica_chat_conversations,
)
from generated_client.api.conversations import (
    get_replica_conversation,
    list_replica_conversation_mentions,
    list_replica_conversation_messages,
    list_replica_conversations,
    update_replica_conversation,
)
from sensay_ext._async._chats import message_uuid
from sensay_ext._async._pager import AsyncCountedPager, AsyncPager, async_cursor_pager
from sensay_ext._async._resource import AsyncResource
from sensay_ext._bodies import strict
from sensay_ext._building import build
from sensay_ext._ids import uuid_of
from sensay_ext._paging import CAMEL
from sensay_ext._params import split

if TYPE_CHECKING:
    from typing import Unpack
    from uuid import UUID

    from sensay_ext._ids import UuidLike
    from sensay_ext._options import CallOptions
    from sensay_ext._params import ConversationChanges, CursorPages, NumberedPages

__all__ = ["AsyncConversations"]


class AsyncConversations(AsyncResource):
    """The conversations of a replica.

    The API finds a conversation through its chat, and has deprecated the way without it. Where a method takes both, it
    goes through the chat when that is given, or known from the conversation.
    """

    def list(
        self,
        replica: UuidLike,
        chat: UuidLike | None = None,
        *,
        sort_by: models.ChatSortBy | str | None = None,
        sort_order: models.SortOrder | str | None = None,
        **options: Unpack[NumberedPages],
    ) -> AsyncCountedPager[models.ConversationListItem]:
        """List the conversations of a chat, or of all chats.

        Args:
            replica: The replica, or its uuid.
            chat: The chat, or its uuid; None for all, which the API has deprecated.
            sort_by: What to sort by: `replicaReplies`, `firstMessageAt` or `lastReplicaReplyAt`.
            sort_order: `asc` or `desc`.
            **options: Paging, and what the calls change.

        Returns:
            The list, to be iterated over.

        Raises:
            InvalidArgumentError: A value is outside of its limit.
        """
        paging, call = split(options)
        config, uuid = self._transport.config, uuid_of(replica, "replica")
        if chat is None:
            everywhere = list_replica_conversations.build_request
            request = build(config, call, everywhere, uuid, sort_by=sort_by, sort_order=sort_order)
        else:
            within = list_replica_chat_conversations.build_request
            chat_uuid = uuid_of(chat, "chat")
            request = build(config, call, within, uuid, chat_uuid, sort_by=sort_by, sort_order=sort_order)
        return AsyncCountedPager(self._transport, call, request, style=CAMEL, key=_uuid, **paging)

    async def get(
        self,
        replica: UuidLike,
        conversation: UuidLike,
        *,
        chat: UuidLike | None = None,
        **options: Unpack[CallOptions],
    ) -> models.Conversation:
        """Look a conversation up.

        Args:
            replica: The replica, or its uuid.
            conversation: The conversation, or its uuid.
            chat: Its chat, or the chat's uuid.
            **options: What this call changes.

        Returns:
            The conversation.

        Raises:
            NotFoundError: There is no such conversation, or not for this user.
            SensayError: Any other of the tree.
        """
        uuid, of_conversation = uuid_of(replica, "replica"), uuid_of(conversation, "conversation")
        of_chat = _chat_of(conversation, chat)
        if of_chat is None:
            return await self._call(options, get_replica_conversation.build_request, uuid, of_conversation)
        builder = get_replica_chat_conversation.build_request
        return await self._call(options, builder, uuid, of_chat, of_conversation)

    def messages(
        self,
        replica: UuidLike,
        conversation: UuidLike,
        *,
        chat: UuidLike | None = None,
        **options: Unpack[CursorPages],
    ) -> AsyncPager[models.ChatMessage]:
        """List the messages of a conversation: the newest first, or those `after` a message.

        Args:
            replica: The replica, or its uuid.
            conversation: The conversation, or its uuid.
            chat: Its chat, or the chat's uuid.
            **options: Paging, and what the calls change.

        Returns:
            The list, to be iterated over. With `after` it begins with the oldest message.

        Raises:
            InvalidArgumentError: A value is outside of its limit.
        """
        paging, call = split(options)
        config, uuid = self._transport.config, uuid_of(replica, "replica")
        of_conversation, of_chat = uuid_of(conversation, "conversation"), _chat_of(conversation, chat)
        if of_chat is None:
            request = build(config, call, list_replica_conversation_messages.build_request, uuid, of_conversation)
        else:
            within = list_replica_chat_conversation_messages.build_request
            request = build(config, call, within, uuid, of_chat, of_conversation)
        return async_cursor_pager(self._transport, call, request, key=message_uuid, **paging)

    def mentions(
        self,
        replica: UuidLike,
        conversation: UuidLike,
        *,
        minimum_messages_in_placeholder: int | None = None,
        **options: Unpack[CursorPages],
    ) -> AsyncPager[models.Mention | models.MentionPlaceholder]:
        """List where in a conversation a replica was addressed, with what was said around it, the newest first.

        Args:
            replica: The replica, or its uuid.
            conversation: The conversation, or its uuid.
            minimum_messages_in_placeholder: How many messages in between are left out and counted; fewer are listed.
            **options: Paging, and what the calls change.

        Returns:
            The list, to be iterated over: groups of messages, and placeholders for what was said in between. With
            `after` it begins with the oldest group.

        Raises:
            InvalidArgumentError: A value is outside of its limit.
        """
        paging, call = split(options)
        request = build(
            self._transport.config,
            call,
            list_replica_conversation_mentions.build_request,
            uuid_of(replica, "replica"),
            uuid_of(conversation, "conversation"),
            minimum_messages_in_placeholder=minimum_messages_in_placeholder,
        )
        return async_cursor_pager(self._transport, call, request, key=_nearest, newest_first=True, **paging)

    async def update(self, replica: UuidLike, conversation: UuidLike, **changes: Unpack[ConversationChanges]) -> None:
        """Change what is noted about a conversation.

        Args:
            replica: The replica, or its uuid.
            conversation: The conversation, or its uuid.
            **changes: What is to be changed, and options of the call.

        Raises:
            NotFoundError: There is no such conversation, or not for this user.
            InvalidArgumentError: A value is outside of its limit.
            SensayError: Any other of the tree.
        """
        fields, options = split(changes)
        body = strict(models.UpdateConversationRequest, fields)
        uuids = uuid_of(replica, "replica"), uuid_of(conversation, "conversation")
        await self._call(options, update_replica_conversation.build_request, *uuids, body=body)


def _uuid(item: models.ConversationListItem) -> UUID:
    return item.uuid


def _chat_of(conversation: object, chat: UuidLike | None) -> UUID | None:
    known = getattr(conversation, "chat_uuid", None) if chat is None else chat
    return None if known is None else uuid_of(known, "chat")


def _nearest(item: models.Mention | models.MentionPlaceholder, forwards: bool) -> UUID | None:  # noqa: FBT001 - see above
    """The message of a group that is nearest to where the walk goes on; a placeholder names none."""
    if not isinstance(item, models.Mention) or not item.messages:
        return None
    in_time = sorted(item.messages, key=lambda message: message.created_at)
    return in_time[-1 if forwards else 0].uuid
