"""Chats and conversations with what they add up to: who may see them, how they are sorted and shown."""

from typing import Any

from sensay_ext.sandbox._access import uuid_of, visible_replica
from sensay_ext.sandbox._call import Call
from sensay_ext.sandbox._database import Row
from sensay_ext.sandbox._errors import not_found
from sensay_ext.sandbox._paging import page_of

_SUMS = """
    count(*) AS message_count,
    sum(role = 'assistant') AS reply_count,
    min(messages.created_at) AS first_at,
    max(messages.created_at) AS last_at,
    max(CASE WHEN role = 'assistant' THEN messages.created_at END) AS last_reply_at
"""
_VISIBLE = "replica_uuid = ? AND (? IS NULL OR chats.uuid IN (SELECT chat_uuid FROM messages WHERE user_uuid = ?))"
_CHATS = f"""
SELECT chats.*, {_SUMS} FROM chats JOIN messages ON messages.chat_uuid = chats.uuid WHERE chats.{_VISIBLE}
"""  # noqa: S608 - texts of ours
_CONVERSATIONS = f"""
SELECT conversations.uuid, conversations.chat_uuid, chats.source, chats.name, chats.type, {_SUMS}
FROM conversations JOIN chats ON chats.uuid = conversations.chat_uuid
JOIN messages ON messages.conversation_uuid = conversations.uuid
WHERE chats.{_VISIBLE}
"""  # noqa: S608 - texts of ours

_COLUMNS = {"replicaReplies": "reply_count", "firstMessageAt": "first_at", "lastReplicaReplyAt": "last_reply_at"}

Page = tuple[list[Row], int]


def list_chats(call: Call) -> Page:
    """Return a page of a replica's chats, and how many there are."""
    return _page(call, f"{_CHATS} GROUP BY chats.uuid", _visible(call), default_sort="replicaReplies")


def list_conversations(call: Call) -> Page:
    """Return a page of a replica's conversations, or of those of the chat in the path, and how many there are."""
    query, values = _CONVERSATIONS, _visible(call)
    if "chatUUID" in call.parameters:
        query, values = f"{query} AND chats.uuid = ?", [*values, find_chat(call)["uuid"]]
    return _page(call, f"{query} GROUP BY conversations.uuid", values, default_sort="lastReplicaReplyAt")


def find_chat(call: Call) -> Row:
    """Return the chat in the path.

    Raises:
        ApiError: 404 when the replica has no such chat, or the caller has no part in it.
    """
    uuid = uuid_of(call.parameters["chatUUID"], "chatUUID")
    chat = call.database.row(f"{_CHATS} AND chats.uuid = ? GROUP BY chats.uuid", *_visible(call), uuid)
    if chat is None:
        raise not_found("Chat")
    return chat


def find_conversation(call: Call) -> Row:
    """Return the conversation in the path; if there is a chat in it as well, the conversation is one of that chat.

    Raises:
        ApiError: 404 when there is no such conversation, or the caller has no part in its chat.
    """
    uuid = uuid_of(call.parameters["conversationUUID"], "conversationUUID")
    query = f"{_CONVERSATIONS} AND conversations.uuid = ? GROUP BY conversations.uuid"
    conversation = call.database.row(query, *_visible(call), uuid)
    if conversation is None or call.parameters.get("chatUUID", conversation["chat_uuid"]) != conversation["chat_uuid"]:
        raise not_found("Conversation")
    return conversation


def _visible(call: Call) -> list[Any]:
    replica = visible_replica(call)
    # The owner and the admin see all chats of a replica, anybody else those they took part in.
    own = None if call.identity.may_manage(replica["owner_uuid"]) else call.identity.actor_uuid
    return [replica["uuid"], own, own]


def _page(call: Call, query: str, values: list[Any], *, default_sort: str) -> Page:
    limit, offset = page_of(call.parameters)
    column = _COLUMNS[call.parameters.get("sortBy", default_sort)]
    direction = "ASC" if call.parameters.get("sortOrder") == "asc" else "DESC"
    rows = call.database.rows(f"{query} ORDER BY {column} {direction}, 1 LIMIT ? OFFSET ?", *values, limit, offset)
    total: int = call.database.value(f"SELECT count(*) FROM ({query})", *values)  # noqa: S608 - a query of ours
    return rows, total


def chat_view(row: Row) -> dict[str, Any]:
    """Return a chat in the API's shape."""
    return {"uuid": row["uuid"], "chatType": row["type"], **_named(row, "chatName"), **_sums(row)}


def conversation_view(row: Row) -> dict[str, Any]:
    """Return a conversation in the API's shape."""
    return {
        "uuid": row["uuid"],
        "chatUUID": row["chat_uuid"],
        "conversationType": row["type"],
        **_named(row, "conversationName"),
        **_sums(row),
    }


def _named(row: Row, name: str) -> dict[str, str]:
    return {} if row["name"] is None else {name: row["name"]}


def _sums(row: Row) -> dict[str, Any]:
    return {
        "source": row["source"],
        "messageCount": row["message_count"],
        "replicaReplyCount": row["reply_count"],
        "firstMessageAt": row["first_at"],
        "lastMessageAt": row["last_at"],
        **({} if row["last_reply_at"] is None else {"lastReplicaReplyAt": row["last_reply_at"]}),
    }
