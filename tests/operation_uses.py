"""The method that is there for each operation of the API, in use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

import anyio  # noqa: TID251 - runs what the client for tasks does

from sensay_ext import AsyncPager, AsyncSensay, Pager, Sensay
from sensay_ext.params import TelegramDataParams

Client: TypeAlias = Sensay | AsyncSensay

TELEGRAM: TelegramDataParams = {"chat_id": 42, "chat_type": "private", "message_id": 7}


@dataclass(frozen=True, kw_only=True)
class Things:
    """What the methods are asked about."""

    replica: UUID
    entry: int
    chat: UUID
    conversation: UUID
    invite: str = "an-invite"


Use: TypeAlias = Callable[[Client, Things], Any]

USES: Mapping[str, Use] = {
    "create_experimental_replica_chat_completion": lambda sensay, the: sensay.experimental.chat_completions(
        the.replica, [{"role": "user", "content": "Hi"}]
    ),
    "create_replica": lambda sensay, _: sensay.replicas.create(
        name="Other", short_description="Guides", greeting="Hi!", owner_id="alice", slug="another", llm={}
    ),
    "create_replica_chat_completion": lambda sensay, the: sensay.chat.complete(the.replica, "Hi"),
    "create_replica_chat_completion_telegram": lambda sensay, the: sensay.integrations.telegram.complete(
        the.replica, "Hi", telegram_data=TELEGRAM
    ),
    "create_replica_chat_history": lambda sensay, the: sensay.chat.add_to_history(the.replica, "Hi"),
    "create_replica_chat_history_telegram": lambda sensay, the: sensay.integrations.telegram.add_to_history(
        the.replica, "Hi", telegram_data=TELEGRAM
    ),
    "create_replica_integration_telegram": lambda sensay, the: sensay.integrations.telegram.connect(
        the.replica, telegram_token="1:x", mention="@guide"
    ),
    "create_replica_knowledge_base": lambda sensay, the: sensay.knowledge_base.add_text(the.replica, "More"),
    "create_user": lambda sensay, _: sensay.users.create(),
    "delete_replica": lambda sensay, the: sensay.replicas.delete(the.replica),
    "delete_replica_integration_telegram": lambda sensay, the: sensay.integrations.telegram.disconnect(the.replica),
    "delete_replica_knowledge_base": lambda sensay, the: sensay.knowledge_base.delete(the.replica, the.entry),
    "delete_user_me": lambda sensay, _: sensay.users.delete_me(),
    "get_replica": lambda sensay, the: sensay.replicas.get(the.replica),
    "get_replica_analytics_conversation_historical": lambda sensay, the: sensay.analytics.conversations_over_time(
        the.replica
    ),
    "get_replica_chat": lambda sensay, the: sensay.chats.get(the.replica, the.chat),
    "get_replica_chat_conversation": lambda sensay, the: sensay.conversations.get(
        the.replica, the.conversation, chat=the.chat
    ),
    "get_replica_chat_history": lambda sensay, the: sensay.chat.history(the.replica),
    "get_replica_chat_history_discord": lambda sensay, the: sensay.integrations.discord.history(the.replica),
    "get_replica_chat_history_embed": lambda sensay, the: sensay.chat.history(the.replica, "embed"),
    "get_replica_chat_history_telegram": lambda sensay, the: sensay.integrations.telegram.history(the.replica),
    "get_replica_chat_history_web": lambda sensay, the: sensay.chat.history(the.replica, "web"),
    "get_replica_conversation": lambda sensay, the: sensay.conversations.get(the.replica, the.conversation),
    "get_replica_knowledge_base": lambda sensay, the: sensay.knowledge_base.get(the.replica, the.entry),
    "get_user": lambda sensay, _: sensay.users.get("alice"),
    "get_user_me": lambda sensay, _: sensay.users.me(),
    "get_user_me_usage": lambda sensay, _: sensay.users.usage(),
    "list_knowledge_base_file_types": lambda sensay, _: sensay.knowledge_base.file_types(),
    "list_replica_analytics_conversation_sources": lambda sensay, the: sensay.analytics.conversations_by_source(
        the.replica
    ),
    "list_replica_chat_conversation_messages": lambda sensay, the: sensay.conversations.messages(
        the.replica, the.conversation, chat=the.chat
    ),
    "list_replica_chat_conversations": lambda sensay, the: sensay.conversations.list(the.replica, the.chat),
    "list_replica_chat_messages": lambda sensay, the: sensay.chats.messages(the.replica, the.chat),
    "list_replica_chats": lambda sensay, the: sensay.chats.list(the.replica),
    "list_replica_conversation_mentions": lambda sensay, the: sensay.conversations.mentions(
        the.replica, the.conversation
    ),
    "list_replica_conversation_messages": lambda sensay, the: sensay.conversations.messages(
        the.replica, the.conversation
    ),
    "list_replica_conversations": lambda sensay, the: sensay.conversations.list(the.replica),
    "list_replica_knowledge_base": lambda sensay, the: sensay.knowledge_base.list(the.replica),
    "list_replicas": lambda sensay, _: sensay.replicas.list(),
    "redeem_api_key_invite": lambda sensay, the: sensay.api_keys.redeem_invite(
        the.invite, organization_name="Example Inc.", name="Bob", email="bob@example.com"
    ),
    "update_replica": lambda sensay, the: sensay.replicas.update(the.replica, name="Another name"),
    "update_replica_conversation": lambda sensay, the: sensay.conversations.update(
        the.replica, the.conversation, summary="Greetings"
    ),
    "update_replica_knowledge_base": lambda sensay, the: sensay.knowledge_base.update(
        the.replica, the.entry, title="Hours"
    ),
    "update_user_me": lambda sensay, _: sensay.users.update_me(name="Alice"),
}


def outcome(use: Use, client: Client, things: Things) -> Any:
    """What comes of a use, whichever the client: the result, or the items of a list. The client is closed."""
    if isinstance(client, Sensay):
        with client:
            made = use(client, things)
            return list(made) if isinstance(made, Pager) else made

    async def awaited() -> Any:
        async with client:
            made = use(client, things)
            return [item async for item in made] if isinstance(made, AsyncPager) else await made

    return anyio.run(awaited)
