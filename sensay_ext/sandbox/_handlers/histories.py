"""Chat histories: what a user and a replica said to each other, per channel."""

import json
from typing import Any

from sensay_ext.sandbox._access import visible_replica
from sensay_ext.sandbox._call import Call, Reply
from sensay_ext.sandbox._database import Database, Row
from sensay_ext.sandbox._messages import channel_of, store_messages


def get_replica_chat_history(call: Call) -> Reply:
    """Return the messages of all channels."""
    return _history(call, None)


def get_replica_chat_history_web(call: Call) -> Reply:
    """Return the messages of the web channel."""
    return _history(call, "web")


def get_replica_chat_history_embed(call: Call) -> Reply:
    """Return the messages of the embedded widget."""
    return _history(call, "embed")


def get_replica_chat_history_telegram(call: Call) -> Reply:
    """Return the messages from Telegram."""
    return _history(call, "telegram")


def get_replica_chat_history_discord(call: Call) -> Reply:
    """Return the messages from Discord."""
    return _history(call, "discord")


def create_replica_chat_history(call: Call) -> Reply:
    """Keep a message without answering it."""
    return _store(call)


def create_replica_chat_history_telegram(call: Call) -> Reply:
    """Keep a message from Telegram without answering it."""
    return _store(call)


def _store(call: Call) -> Reply:
    replica = visible_replica(call)
    store_messages(call, replica, channel_of(call), call.body["content"])
    return 200, {"success": True}


def _history(call: Call, source: str | None) -> Reply:
    replica = visible_replica(call)
    user = call.identity.user
    rows = call.database.rows(
        # Without a user the organisation's admin asks, who sees what everyone said.
        "SELECT * FROM messages WHERE replica_uuid = ? AND (? IS NULL OR user_uuid = ?) AND (? IS NULL OR source = ?)"
        " ORDER BY id",
        replica["uuid"],
        *((user and user["uuid"],) * 2),
        *((source,) * 2),
    )
    items = [_message_view(call.database, row) for row in rows]
    return 200, {"success": True, "type": "array", "items": items}


def _message_view(database: Database, row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "created_at": row["created_at"],
        "content": row["content"],
        "role": row["role"],
        "is_private": bool(row["is_private"]),
        "source": row["source"],
        "user_uuid": row["user_uuid"],
        "replica_uuid": row["replica_uuid"],
        "original_message_id": row["original_message_id"],
        "sources": [
            {**source, "name": _name(database, source["id"]), "created_at": row["created_at"]}
            for source in json.loads(row["sources"])
        ],
    }


def _name(database: Database, entry_id: int) -> str:
    entry = database.row("SELECT title, generated_title FROM entries WHERE id = ?", entry_id)
    return (entry and (entry["title"] or entry["generated_title"])) or f"Entry {entry_id}"
