"""How chat messages are kept: chats per channel, conversations within them."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sensay_ext.sandbox._answers import Answer
from sensay_ext.sandbox._call import Call
from sensay_ext.sandbox._clock import to_text
from sensay_ext.sandbox._database import Row
from sensay_ext.sandbox._quotas import check_quota

# The service does not say when a conversation ends; a day of silence is a clear enough end.
_SILENCE = timedelta(days=1)

_GROUP_CHATS = frozenset({"group", "supergroup", "channel"})


@dataclass(frozen=True)
class Channel:
    """Where a message comes from.

    Attributes:
        source: The API's word for the channel.
        key: What tells this chat from others in the channel.
        name: What the chat is called there.
        group: Whether several people are in it.
        sender: Who wrote.
        message_id: The message's id in the channel.
    """

    source: str
    key: str
    name: str | None = None
    group: bool = False
    sender: str | None = None
    message_id: str | None = None


def channel_of(call: Call) -> Channel:
    """Read the channel from a chat operation's body."""
    body = call.body
    if "telegram_data" in body:
        return _telegram_channel(body["telegram_data"])
    if "discord_data" in body:
        data = body["discord_data"]
        source = body.get("source", "discord")
        return Channel(source, data["channel_id"], data["channel_name"], True, data["author_name"], data["message_id"])
    user = call.identity.user
    name = None if user is None else user["name"]
    return Channel(body.get("source", "web"), call.identity.actor_uuid, name, sender=name)


def _telegram_channel(data: dict[str, Any]) -> Channel:
    thread = data.get("message_thread_id")
    return Channel(
        "telegram",
        str(data["chat_id"]) if thread is None else f"{data['chat_id']}/{thread}",
        data.get("chat_name"),
        data["chat_type"] in _GROUP_CHATS,
        data.get("username"),
        str(data["message_id"]),
    )


def store_messages(call: Call, replica: Row, channel: Channel, question: str, answer: Answer | None = None) -> None:
    """Keep a message and, if there is one, the replica's reply to it.

    Args:
        call: The request.
        replica: The replica that was talked to.
        channel: Where.
        question: The message.
        answer: The reply.

    Raises:
        ApiError: 429 when it would start a conversation more than the month has.
    """
    now = call.state.now()
    chat = _chat(call, replica["uuid"], channel)
    conversation = _conversation(call, replica["owner_uuid"], chat, now)
    common = {
        "conversation_uuid": conversation,
        "chat_uuid": chat,
        "replica_uuid": replica["uuid"],
        "user_uuid": call.identity.actor_uuid,
        "source": channel.source,
        "is_private": replica["private"],
        "answered": answer is not None,
        "original_message_id": channel.message_id,
        "created_at": now,
    }
    _insert(call, {**common, "role": "user", "content": question, "sender_name": channel.sender})
    if answer is not None:
        sources = json.dumps([_source(passage.entry_id, passage.content, passage.score) for passage in answer.passages])
        reply = {"role": "assistant", "content": answer.content, "sender_name": replica["name"], "sources": sources}
        _insert(call, {**common, **reply})


def _source(entry_id: int, content: str, score: float) -> dict[str, Any]:
    return {"id": entry_id, "content": content, "score": score, "status": "scored"}


def _insert(call: Call, message: dict[str, Any]) -> None:
    call.database.insert("messages", {"uuid": call.state.identifiers.uuid(), **message})


def _chat(call: Call, replica_uuid: str, channel: Channel) -> str:
    key = (replica_uuid, channel.source, channel.key)
    found = call.database.value("SELECT uuid FROM chats WHERE replica_uuid = ? AND source = ? AND key = ?", *key)
    if found is not None:
        return str(found)
    uuid = call.state.identifiers.uuid()
    call.database.execute(
        "INSERT INTO chats (uuid, replica_uuid, source, key, name, type) VALUES (?, ?, ?, ?, ?, ?)",
        *(uuid, *key, channel.name, "group" if channel.group else "individual"),
    )
    return uuid


def _conversation(call: Call, owner_uuid: str, chat_uuid: str, now: str) -> str:
    open_since = to_text(call.state.clock.now() - _SILENCE)
    found = call.database.value(
        "SELECT uuid FROM conversations WHERE chat_uuid = ? AND last_message_at > ? ORDER BY last_message_at DESC",
        chat_uuid,
        open_since,
    )
    if found is not None:
        call.database.execute("UPDATE conversations SET last_message_at = ? WHERE uuid = ?", now, found)
        return str(found)
    check_quota(call, "conversation", owner_uuid)
    uuid = call.state.identifiers.uuid()
    call.database.execute(
        "INSERT INTO conversations (uuid, chat_uuid, started_at, last_message_at) VALUES (?, ?, ?, ?)",
        *(uuid, chat_uuid, now, now),
    )
    return uuid
