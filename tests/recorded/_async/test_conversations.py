"""Chats, their conversations and messages, and figures about them, as recorded."""

from uuid import UUID

import pytest

from sensay_ext import AsyncSensay
from sensay_ext.models import Chat

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("sensay_vcr")]


@pytest.fixture
async def chat(owner: AsyncSensay, replica: UUID) -> Chat:
    """A chat in which something was said."""
    await owner.chat.complete(replica, "Good morning!")
    await owner.chat.complete(replica, "Is anybody there?")
    found = await owner.chats.list(replica).first()
    assert found is not None
    return found


async def test_chats_are_looked_up_and_read(owner: AsyncSensay, replica: UUID, chat: Chat) -> None:
    messages = [message async for message in owner.chats.messages(replica, chat, page_size=3)]

    assert await owner.chats.get(replica, chat) == chat
    assert await owner.chats.list(replica).total() == 1
    assert [message.content for message in messages][1::2] == ["Is anybody there?", "Good morning!"]


async def test_conversations_are_looked_up_and_read(owner: AsyncSensay, replica: UUID, chat: Chat) -> None:
    (listed,) = [item async for item in owner.conversations.list(replica, chat)]
    messages = [message async for message in owner.conversations.messages(replica, listed)]
    alone = [message async for message in owner.conversations.messages(replica, listed.uuid, page_size=2)]

    assert [item async for item in owner.conversations.list(replica)] == [listed]
    assert await owner.conversations.get(replica, listed) == await owner.conversations.get(replica, listed.uuid)
    assert messages == alone
    assert len(messages) == 4


async def test_a_conversation_is_annotated(owner: AsyncSensay, replica: UUID, chat: Chat) -> None:
    conversation = await owner.conversations.list(replica, chat).first()
    assert conversation is not None
    await owner.conversations.update(replica, conversation, summary="Greetings", common_topics=["Manners"])
    mentions = [part async for part in owner.conversations.mentions(replica, conversation)]

    assert mentions


async def test_conversations_are_counted(owner: AsyncSensay, replica: UUID, chat: Chat) -> None:
    counts = await owner.analytics.conversations_over_time(replica)
    sources = await owner.analytics.conversations_by_source(replica)

    assert counts[-1].cumulative_conversations == 1
    assert {count.source: count.conversations for count in sources if count.conversations} == {chat.source: 1}
