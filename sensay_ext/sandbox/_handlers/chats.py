"""Chats: everything a user, or a group, and a replica said to each other in one channel."""

from sensay_ext.sandbox._call import Call, Reply
from sensay_ext.sandbox._cursors import message_page
from sensay_ext.sandbox._handlers.conversations import get_replica_conversation, list_replica_conversation_messages
from sensay_ext.sandbox._threads import chat_view, conversation_view, find_chat, list_chats, list_conversations


def list_replica_chats(call: Call) -> Reply:
    """List a replica's chats."""
    rows, total = list_chats(call)
    return 200, {"success": True, "items": [chat_view(row) for row in rows], "total": total}


def get_replica_chat(call: Call) -> Reply:
    """Return one chat."""
    return 200, {"success": True, "chat": chat_view(find_chat(call))}


def list_replica_chat_messages(call: Call) -> Reply:
    """List the messages of a chat."""
    return 200, {"success": True, "items": message_page(call, "chat_uuid", find_chat(call)["uuid"])}


def list_replica_chat_conversations(call: Call) -> Reply:
    """List the conversations of a chat."""
    rows, total = list_conversations(call)
    return 200, {"success": True, "items": [conversation_view(row) for row in rows], "total": total}


def get_replica_chat_conversation(call: Call) -> Reply:
    """Return one conversation of a chat."""
    return get_replica_conversation(call)


def list_replica_chat_conversation_messages(call: Call) -> Reply:
    """List the messages of a conversation of a chat."""
    return list_replica_conversation_messages(call)
