"""Chat completions."""

from sensay_ext.sandbox._access import visible_replica
from sensay_ext.sandbox._answers import answer
from sensay_ext.sandbox._call import Call, Reply
from sensay_ext.sandbox._messages import channel_of, store_messages


def create_replica_chat_completion(call: Call) -> Reply:
    """Answer a message."""
    return _complete(call)


def create_replica_chat_completion_telegram(call: Call) -> Reply:
    """Answer a message from Telegram."""
    return _complete(call)


def _complete(call: Call) -> Reply:
    replica = visible_replica(call)
    question = call.body["content"]
    found = answer(call.database, replica["uuid"], question)
    if not call.body.get("skip_chat_history"):
        store_messages(call, replica, channel_of(call), question, found)
    return 200, {"success": True, "content": found.content}
