"""Conversations: stretches of a chat without a long silence."""

import json

from sensay_ext.sandbox._access import managed_replica
from sensay_ext.sandbox._call import Call, Reply
from sensay_ext.sandbox._cursors import message_page, messages_between
from sensay_ext.sandbox._mentions import group_mentions
from sensay_ext.sandbox._threads import conversation_view, find_conversation, list_conversations

_MENTIONS = 20
_MIN_PLACEHOLDER = 3


def list_replica_conversations(call: Call) -> Reply:
    """List a replica's conversations."""
    rows, total = list_conversations(call)
    return 200, {"success": True, "items": [conversation_view(row) for row in rows], "total": total}


def get_replica_conversation(call: Call) -> Reply:
    """Return one conversation."""
    return 200, {"success": True, **conversation_view(find_conversation(call))}


def update_replica_conversation(call: Call) -> Reply:
    """Keep what somebody found out about a conversation."""
    managed_replica(call)
    conversation = find_conversation(call)
    body = call.body
    if "summary" in body:
        call.database.execute(
            "UPDATE conversations SET summary = ? WHERE uuid = ?", body["summary"], conversation["uuid"]
        )
    for field, column in (("commonQuestions", "common_questions"), ("commonTopics", "common_topics")):
        if field in body:
            call.database.execute(
                f"UPDATE conversations SET {column} = ? WHERE uuid = ?",  # noqa: S608 - a column of ours
                json.dumps(body[field]),
                conversation["uuid"],
            )
    return 200, {"success": True}


def list_replica_conversation_messages(call: Call) -> Reply:
    """List the messages of a conversation."""
    return 200, {"success": True, "items": message_page(call, "conversation_uuid", find_conversation(call)["uuid"])}


def list_replica_conversation_mentions(call: Call) -> Reply:
    """List the places of a conversation where the replica was addressed, the latest first."""
    conversation = find_conversation(call)
    messages = messages_between(call, "conversation_uuid", conversation["uuid"])
    items = group_mentions(messages, call.parameters.get("minimumMessagesInPlaceholder", _MIN_PLACEHOLDER))
    limit = call.parameters.get("limit", _MENTIONS)
    return 200, {"success": True, "items": items[:limit], "hasMore": len(items) > limit}
