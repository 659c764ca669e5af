"""Which methods serve which operation of the API.

The report on a change of the API names methods by this table, `sensay_ext.doctor` finds by it what a change means to a
program, and a test holds it against what the methods really ask for. It is read without being imported, too, so it stays
a literal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["METHODS"]

METHODS: Final[Mapping[str, tuple[str, ...]]] = {
    "create_experimental_replica_chat_completion": ("experimental.chat_completions",),
    "create_replica": ("replicas.create", "replicas.create_and_train", "replicas.ensure"),
    "create_replica_chat_completion": ("chat.complete", "chat.stream", "chat.verify"),
    "create_replica_chat_completion_telegram": ("integrations.telegram.complete",),
    "create_replica_chat_history": ("chat.add_to_history",),
    "create_replica_chat_history_telegram": ("integrations.telegram.add_to_history",),
    "create_replica_integration_telegram": ("integrations.telegram.connect",),
    "create_replica_knowledge_base": (
        "knowledge_base.add_text",
        "knowledge_base.add",
        "knowledge_base.add_file",
        "knowledge_base.add_url",
        "knowledge_base.retry_failed",
        "replicas.create_and_train",
        "training.apply",
        "training.train",
    ),
    "create_user": ("users.create", "users.ensure"),
    "delete_replica": ("replicas.delete",),
    "delete_replica_integration_telegram": ("integrations.telegram.disconnect",),
    "delete_replica_knowledge_base": (
        "knowledge_base.delete",
        "knowledge_base.add",
        "knowledge_base.add_file",
        "knowledge_base.retry_failed",
        "replicas.create_and_train",
        "training.apply",
        "training.train",
    ),
    "delete_user_me": ("users.delete_me",),
    "get_replica": ("replicas.get", "replicas.create_and_train", "replicas.ensure", "replicas.update"),
    "get_replica_analytics_conversation_historical": ("analytics.conversations_over_time",),
    "get_replica_chat": ("chats.get",),
    "get_replica_chat_conversation": ("conversations.get",),
    "get_replica_chat_history": ("chat.history",),
    "get_replica_chat_history_discord": ("integrations.discord.history", "chat.history"),
    "get_replica_chat_history_embed": ("chat.history",),
    "get_replica_chat_history_telegram": ("integrations.telegram.history", "chat.history"),
    "get_replica_chat_history_web": ("chat.history",),
    "get_replica_conversation": ("conversations.get",),
    "get_replica_knowledge_base": ("knowledge_base.get", "knowledge_base.retry_failed", "training.apply"),
    "get_user": ("users.get", "users.ensure"),
    "get_user_me": ("users.me", "users.update_me"),
    "get_user_me_usage": ("users.usage",),
    "list_knowledge_base_file_types": (
        "knowledge_base.file_types",
        "knowledge_base.add",
        "knowledge_base.add_file",
        "knowledge_base.upload",
        "knowledge_base.retry_failed",
        "replicas.create_and_train",
        "training.apply",
        "training.plan",
        "training.train",
    ),
    "list_replica_analytics_conversation_sources": ("analytics.conversations_by_source",),
    "list_replica_chat_conversation_messages": ("conversations.messages",),
    "list_replica_chat_conversations": ("conversations.list",),
    "list_replica_chat_messages": ("chats.messages",),
    "list_replica_chats": ("chats.list",),
    "list_replica_conversation_mentions": ("conversations.mentions",),
    "list_replica_conversation_messages": ("conversations.messages",),
    "list_replica_conversations": ("conversations.list",),
    "list_replica_knowledge_base": (
        "knowledge_base.list",
        "knowledge_base.add",
        "knowledge_base.add_file",
        "knowledge_base.wait_until_ready",
        "knowledge_base.retry_failed",
        "replicas.create_and_train",
        "training.apply",
        "training.plan",
        "training.train",
    ),
    "list_replicas": ("replicas.list", "replicas.create_and_train", "replicas.ensure"),
    "redeem_api_key_invite": ("api_keys.redeem_invite",),
    "update_replica": ("replicas.update",),
    "update_replica_conversation": ("conversations.update",),
    "update_replica_knowledge_base": ("knowledge_base.update", "knowledge_base.retry_failed"),
    "update_user_me": ("users.update_me",),
}
"""Methods as users write them, by operationId: first the one that is there for it, then those that need it, too."""
