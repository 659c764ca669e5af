"""Usage and analytics, counted from what really happened."""

from datetime import timedelta
from typing import Any

from sensay_ext.sandbox._access import managed_replica
from sensay_ext.sandbox._call import Call, Reply

_DAYS = 30

_CONVERSATIONS = """
SELECT replica_uuid, count(*) AS used FROM conversations
JOIN chats ON chats.uuid = chat_uuid JOIN replicas ON replicas.uuid = replica_uuid
WHERE owner_uuid = ? AND substr(started_at, 1, 7) = ? GROUP BY replica_uuid
"""
_ENTRIES = """
SELECT replica_uuid, count(*) AS used FROM entries JOIN replicas ON replicas.uuid = replica_uuid
WHERE owner_uuid = ? AND removed_at IS NULL GROUP BY replica_uuid
"""


def get_user_me_usage(call: Call) -> Reply:
    """Return what the calling user's replicas have used."""
    month = call.state.now()[: len("2025-11")]
    conversations = _by_replica(call, _CONVERSATIONS, month)
    entries = _by_replica(call, _ENTRIES)
    return 200, {
        "success": True,
        "conversations": {
            "currentMonthTotal": sum(conversations.values()),
            "currentMonthByReplica": conversations,
        },
        "knowledgeBaseEntries": {"total": sum(entries.values()), "byReplica": entries},
    }


def get_replica_analytics_conversation_historical(call: Call) -> Reply:
    """Return, for each of the last 30 days, how many conversations there had been by its end."""
    replica = managed_replica(call)
    today = call.state.clock.now().date()
    days = [(today - timedelta(days=_DAYS - 1 - back)).isoformat() for back in range(_DAYS)]
    counts = dict.fromkeys(days, 0)
    total = 0
    started = call.database.rows(
        "SELECT substr(started_at, 1, 10) AS day, count(*) AS conversations FROM conversations"
        " JOIN chats ON chats.uuid = chat_uuid WHERE replica_uuid = ? GROUP BY day",
        replica["uuid"],
    )
    for row in started:
        if row["day"] in counts:
            counts[row["day"]] = row["conversations"]
        else:
            total += row["conversations"]
    items: list[dict[str, Any]] = []
    for day in days:
        total += counts[day]
        items.append({"date": day, "cumulativeConversations": total})
    return 200, {"success": True, "items": items}


def list_replica_analytics_conversation_sources(call: Call) -> Reply:
    """Return how many conversations each channel has had."""
    rows = call.database.rows(
        "SELECT source, count(*) AS conversations FROM conversations JOIN chats ON chats.uuid = chat_uuid"
        " WHERE replica_uuid = ? GROUP BY source ORDER BY conversations DESC, source",
        managed_replica(call)["uuid"],
    )
    return 200, {"success": True, "items": [dict(row) for row in rows]}


def _by_replica(call: Call, query: str, *values: Any) -> dict[str, int]:
    rows = call.database.rows(query, call.identity.actor_uuid, *values)
    return {row["replica_uuid"]: row["used"] for row in rows}
