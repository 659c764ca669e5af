# Derived from tests/_async/test_chats.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Chats and conversations, and their messages."""

import json
from typing import Any
from uuid import UUID

import pytest

from sensay_ext import InvalidArgumentError, NotFoundError, Sensay
from sensay_ext.models import Chat, ConversationListItem, Mention, MentionPlaceholder
from sensay_ext.sandbox import Sandbox
from tests._sync.making import make_client
from tests.fault_server import FaultServer, Instruction, reply
from tests.requests_to_send import REPLICA_UUID

OTHER_UUID = UUID("210bb355-193d-4ed0-8223-5802710438c9")
SAID = [f"Message {number}" for number in range(5)]


@pytest.fixture
def chat(alice: Sensay, replica: UUID) -> Chat:
    """A chat in which something was said."""
    for text in SAID:
        alice.chat.add_to_history(replica, text)
    found = alice.chats.list(replica).first()
    assert found is not None
    return found


@pytest.fixture
def conversation(alice: Sensay, replica: UUID, chat: Chat) -> ConversationListItem:
    """The conversation in which it was said."""
    found = alice.conversations.list(replica, chat).first()
    assert found is not None
    return found


def called(sandbox: Sandbox) -> str | None:
    return sandbox.requests[-1].operation


class TestChats:
    def test_are_listed_and_looked_up(self, alice: Sensay, replica: UUID, chat: Chat) -> None:
        assert alice.chats.list(replica, sort_by="firstMessageAt", sort_order="asc").total() == 1
        assert alice.chats.get(replica, chat) == chat
        assert (chat.message_count, chat.source) == (len(SAID), "web")

    def test_hand_their_messages_out_newest_first(self, alice: Sensay, replica: UUID, chat: Chat) -> None:
        messages = alice.chats.messages(replica, chat, page_size=2)

        assert [message.content for message in messages] == SAID[::-1]
        assert not hasattr(messages, "total")

    def test_hand_their_messages_out_from_any_of_them(self, alice: Sensay, replica: UUID, chat: Chat) -> None:
        middle = [message for message in alice.chats.messages(replica, chat)][2]
        earlier = alice.chats.messages(replica, chat, before=middle, page_size=1)
        later = alice.chats.messages(replica, str(chat.uuid), after=str(middle.uuid), page_size=1, prefetch=True)

        assert [message.content for message in earlier] == ["Message 1", "Message 0"]
        assert [message.content for message in later] == ["Message 3", "Message 4"]
        assert [message.content for message in alice.chats.messages(replica, chat, max_items=2)] == SAID[:2:-1]

    def test_cannot_be_read_both_ways_at_once(self, alice: Sensay, replica: UUID) -> None:
        with pytest.raises(InvalidArgumentError, match="give before or after, not both"):
            alice.chats.messages(replica, OTHER_UUID, before=OTHER_UUID, after=OTHER_UUID)
        with pytest.raises(InvalidArgumentError, match="before is no uuid"):
            alice.chats.messages(replica, OTHER_UUID, before="yesterday")

    def test_that_are_not_there_are_missed(self, alice: Sensay, replica: UUID) -> None:
        with pytest.raises(NotFoundError):
            alice.chats.get(replica, OTHER_UUID)


class TestConversations:
    def test_are_listed_by_chat_or_all_together(
        self, alice: Sensay, replica: UUID, chat: Chat, sandbox: Sandbox
    ) -> None:
        within = [item for item in alice.conversations.list(replica, chat)]
        assert called(sandbox) == "list_replica_chat_conversations"
        everywhere = [item for item in alice.conversations.list(replica, sort_by="lastReplicaReplyAt")]
        assert called(sandbox) == "list_replica_conversations"

        assert within == everywhere
        assert within[0].chat_uuid == chat.uuid

    def test_are_looked_up_through_their_chat_when_it_is_known(
        self, alice: Sensay, replica: UUID, conversation: ConversationListItem, sandbox: Sandbox
    ) -> None:
        from_object = alice.conversations.get(replica, conversation)
        assert called(sandbox) == "get_replica_chat_conversation"
        from_uuids = alice.conversations.get(replica, conversation.uuid, chat=conversation.chat_uuid)
        assert called(sandbox) == "get_replica_chat_conversation"
        without_chat = alice.conversations.get(replica, conversation.uuid)
        assert called(sandbox) == "get_replica_conversation"

        assert from_object == from_uuids == without_chat

    def test_hand_their_messages_out_through_their_chat_when_it_is_known(
        self, alice: Sensay, replica: UUID, conversation: ConversationListItem, sandbox: Sandbox
    ) -> None:
        through_chat = [item for item in alice.conversations.messages(replica, conversation)]
        assert called(sandbox) == "list_replica_chat_conversation_messages"
        without_chat = [item for item in alice.conversations.messages(replica, conversation.uuid, page_size=3)]
        assert called(sandbox) == "list_replica_conversation_messages"

        assert through_chat == without_chat
        assert [message.content for message in through_chat] == SAID[::-1]

    def test_can_be_annotated(self) -> None:
        with FaultServer(reply(200, {"success": True}), reply(200, {"success": True})) as server:
            with make_client(server.url) as client:
                client.conversations.update(REPLICA_UUID, OTHER_UUID, summary=None, common_topics=["Hours"])
                client.conversations.update(REPLICA_UUID, OTHER_UUID, common_questions=["When?"])

        assert [json.loads(request.body) for request in server.requests] == [
            {"summary": None, "commonTopics": ["Hours"]},
            {"commonQuestions": ["When?"]},
        ]

    def test_take_annotations(self, sensay: Sensay, replica: UUID, conversation: ConversationListItem) -> None:
        sensay.conversations.update(replica, conversation, summary="About hours")
        with pytest.raises(InvalidArgumentError, match="summary has 701 characters"):
            sensay.conversations.update(replica, conversation, summary="x" * 701)


def message(number: int) -> dict[str, Any]:
    return {
        "uuid": str(UUID(int=number)),
        "replicaUUID": str(REPLICA_UUID),
        "content": f"Message {number}",
        "role": "user",
        "source": "telegram",
        "createdAt": f"2025-11-06T09:36:{number:02}+00:00",
    }


def mention(*numbers: int) -> dict[str, Any]:
    return {"type": "mention", "messages": [message(number) for number in numbers]}


PLACEHOLDER = {"type": "placeholder", "count": 7}


def mentions(*items: dict[str, Any], has_more: bool = False) -> Instruction:
    return reply(200, {"success": True, "items": list(items), "hasMore": has_more})


class TestMentions:
    def test_are_handed_out_newest_first(self) -> None:
        with FaultServer(
            mentions(mention(21, 20, 22), PLACEHOLDER, mention(11, 10), has_more=True),
            mentions(PLACEHOLDER, mention(1)),
        ) as server:
            with make_client(server.url) as client:
                found = client.conversations.mentions(REPLICA_UUID, OTHER_UUID, minimum_messages_in_placeholder=5)
                items = [item for item in found]
        queries = [request.target.partition("?")[2] for request in server.requests]

        assert [type(item) for item in items] == [Mention, MentionPlaceholder, Mention, MentionPlaceholder, Mention]
        # The walk goes on before the oldest message, wherever it stands in its group.
        assert queries == [
            "minimumMessagesInPlaceholder=5&limit=100",
            f"minimumMessagesInPlaceholder=5&limit=100&beforeUUID={UUID(int=10)}",
        ]

    def test_are_handed_out_oldest_first_after_a_message(self) -> None:
        with FaultServer(
            mentions(mention(5, 4), PLACEHOLDER, mention(2), has_more=True), mentions(mention(9))
        ) as server:
            with make_client(server.url) as client:
                found = client.conversations.mentions(REPLICA_UUID, OTHER_UUID, after=UUID(int=1))
                items = [item for item in found]

        assert [len(item.messages) if isinstance(item, Mention) else None for item in items] == [1, None, 2, 1]
        assert server.requests[1].target.endswith(f"limit=100&afterUUID={UUID(int=5)}")

    def test_without_messages_say_nothing_about_where_to_go_on(self) -> None:
        with FaultServer(mentions(mention(3), mention(), has_more=True), mentions(mention(), mention(2))) as server:
            with make_client(server.url) as client:
                found = [item for item in client.conversations.mentions(REPLICA_UUID, OTHER_UUID)]

        assert len(found) == 3
        assert server.requests[1].target.endswith(f"beforeUUID={UUID(int=3)}")

    def test_need_not_lead_anywhere_where_they_are_enough(self) -> None:
        with FaultServer(always=mentions(PLACEHOLDER, has_more=True)) as server:
            with make_client(server.url) as client:
                found = client.conversations.mentions(REPLICA_UUID, OTHER_UUID, max_items=1)
                items = [found.first(), *[item for item in found]]

        assert [type(item) for item in items] == [MentionPlaceholder] * 2
        assert len(server.requests) == 2

    def test_are_asked_for_again_where_there_are_only_placeholders(self) -> None:
        with FaultServer(
            mentions(PLACEHOLDER, has_more=True), mentions(PLACEHOLDER, mention(5), has_more=True), mentions()
        ) as server:
            with make_client(server.url) as client:
                found = client.conversations.mentions(REPLICA_UUID, OTHER_UUID, page_size=1)
                items = [item for item in found]

        assert [type(item) for item in items] == [MentionPlaceholder, Mention]
        assert [request.target.partition("?")[2] for request in server.requests] == [
            "limit=1",
            "limit=2",
            f"limit=2&beforeUUID={UUID(int=5)}",
        ]

    def test_are_the_first_of_all_however_few_are_wanted(
        self, alice: Sensay, replica: UUID, conversation: ConversationListItem
    ) -> None:
        alice.chat.complete(replica, "And you?")
        for number in range(6):
            alice.chat.add_to_history(replica, f"Message {number}")
        everything = [type(item) for item in alice.conversations.mentions(replica, conversation)]
        first = alice.conversations.mentions(replica, conversation).first()
        one = [type(item) for item in alice.conversations.mentions(replica, conversation, max_items=1)]
        two = [type(item) for item in alice.conversations.mentions(replica, conversation, max_items=2)]

        assert everything == [MentionPlaceholder, Mention, MentionPlaceholder]
        assert (type(first), one, two) == (MentionPlaceholder, everything[:1], everything[:2])

    def test_are_found_in_a_conversation(
        self, alice: Sensay, replica: UUID, conversation: ConversationListItem
    ) -> None:
        alice.chat.complete(replica, "And you?")
        found = [item for item in alice.conversations.mentions(replica, conversation)]

        assert "And you?" in [said.content for item in found if isinstance(item, Mention) for said in item.messages]
