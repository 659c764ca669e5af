# Derived from tests/recorded/_async/test_conversations.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Chats, their conversations and messages, and figures about them, as recorded."""

from uuid import UUID

import pytest

from sensay_ext import Sensay
from sensay_ext.models import Chat

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("sensay_vcr")]


@pytest.fixture
def chat(owner: Sensay, replica: UUID) -> Chat:
    """A chat in which something was said."""
    owner.chat.complete(replica, "Good morning!")
    owner.chat.complete(replica, "Is anybody there?")
    found = owner.chats.list(replica).first()
    assert found is not None
    return found


def test_chats_are_looked_up_and_read(owner: Sensay, replica: UUID, chat: Chat) -> None:
    messages = [message for message in owner.chats.messages(replica, chat, page_size=3)]

    assert owner.chats.get(replica, chat) == chat
    assert owner.chats.list(replica).total() == 1
    assert [message.content for message in messages][1::2] == ["Is anybody there?", "Good morning!"]


def test_conversations_are_looked_up_and_read(owner: Sensay, replica: UUID, chat: Chat) -> None:
    (listed,) = [item for item in owner.conversations.list(replica, chat)]
    messages = [message for message in owner.conversations.messages(replica, listed)]
    alone = [message for message in owner.conversations.messages(replica, listed.uuid, page_size=2)]

    assert [item for item in owner.conversations.list(replica)] == [listed]
    assert owner.conversations.get(replica, listed) == owner.conversations.get(replica, listed.uuid)
    assert messages == alone
    assert len(messages) == 4


def test_a_conversation_is_annotated(owner: Sensay, replica: UUID, chat: Chat) -> None:
    conversation = owner.conversations.list(replica, chat).first()
    assert conversation is not None
    owner.conversations.update(replica, conversation, summary="Greetings", common_topics=["Manners"])
    mentions = [part for part in owner.conversations.mentions(replica, conversation)]

    assert mentions


def test_conversations_are_counted(owner: Sensay, replica: UUID, chat: Chat) -> None:
    counts = owner.analytics.conversations_over_time(replica)
    sources = owner.analytics.conversations_by_source(replica)

    assert counts[-1].cumulative_conversations == 1
    assert {count.source: count.conversations for count in sources if count.conversations} == {chat.source: 1}
