"""Messages by cursor, the way the message lists share."""

from typing import Any

from sensay_ext.sandbox._access import uuid_of
from sensay_ext.sandbox._call import Call
from sensay_ext.sandbox._database import Row
from sensay_ext.sandbox._errors import not_found

_LIMIT = 20
_MAX_ID = 2**62
_ALL = -1


def messages_between(call: Call, scope: str, uuid: str, *, limit: int = _ALL, latest: bool = True) -> list[Row]:
    """Return messages of a chat or conversation between the cursors, oldest first.

    Args:
        call: The request, with `beforeUUID` and `afterUUID`; if both are given, the first one counts.
        scope: `chat_uuid` or `conversation_uuid`.
        uuid: Which chat or conversation.
        limit: How many messages at most.
        latest: Which ones if there are more: the latest, or else the oldest.

    Raises:
        ApiError: 404 when a cursor names no message there.
    """
    before, after = _MAX_ID, 0
    if "beforeUUID" in call.parameters:
        before = _cursor(call, "beforeUUID", scope, uuid)
    elif "afterUUID" in call.parameters:
        after = _cursor(call, "afterUUID", scope, uuid)
    direction = "DESC" if latest else "ASC"
    found = call.database.rows(
        f"SELECT * FROM messages WHERE {scope} = ? AND id > ? AND id < ? ORDER BY id {direction} LIMIT ?",  # noqa: S608 - a column of ours
        *(uuid, after, before, limit),
    )
    return found[::-1] if latest else found


def message_page(call: Call, scope: str, uuid: str) -> list[dict[str, Any]]:
    """Return a page of messages, oldest first.

    After a cursor it is the oldest ones that follow it; otherwise the latest ones, before the cursor if there is one.

    Args:
        call: The request.
        scope: `chat_uuid` or `conversation_uuid`.
        uuid: Which chat or conversation.

    Returns:
        The messages in the API's shape.
    """
    latest = "beforeUUID" in call.parameters or "afterUUID" not in call.parameters
    page = messages_between(call, scope, uuid, limit=call.parameters.get("limit", _LIMIT), latest=latest)
    return [message_view(message) for message in page]


def _cursor(call: Call, name: str, scope: str, uuid: str) -> int:
    found = call.database.value(
        f"SELECT id FROM messages WHERE uuid = ? AND {scope} = ?",  # noqa: S608 - a column of ours
        uuid_of(call.parameters[name], name),
        uuid,
    )
    if found is None:
        raise not_found(f"The message in {name}")
    return int(found)


def message_view(row: Row) -> dict[str, Any]:
    """Return a message in the API's shape."""
    return {
        "uuid": row["uuid"],
        "createdAt": row["created_at"],
        "content": row["content"],
        "role": row["role"],
        "source": row["source"],
        "replicaUUID": row["replica_uuid"],
        **({} if row["sender_name"] is None else {"senderName": row["sender_name"]}),
    }
