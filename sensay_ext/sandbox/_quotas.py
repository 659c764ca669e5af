"""What an organisation lets each owner use of the service."""

from sensay_ext.sandbox._call import Call
from sensay_ext.sandbox._errors import ApiError

_CODES = {
    "conversation": "CONVERSATION_QUOTA_EXCEEDED",
    "entry": "KNOWLEDGE_BASE_CUSTOM_QUOTA_EXCEEDED",
    "replica": "REPLICA_QUOTA_EXCEEDED",
}

_USED = {
    "conversation": "SELECT count(*) FROM conversations JOIN chats ON chats.uuid = chat_uuid"
    " JOIN replicas ON replicas.uuid = replica_uuid WHERE owner_uuid = ? AND substr(started_at, 1, 7) = ?",
    "entry": "SELECT count(*) FROM entries JOIN replicas ON uuid = replica_uuid"
    " WHERE owner_uuid = ? AND ? IS NOT NULL AND removed_at IS NULL",
    "replica": "SELECT count(*) FROM replicas WHERE owner_uuid = ? AND ? IS NOT NULL",
}

_REASONS = {
    "conversation": "The {quota} conversations of this month are used up; wait until the next month",
    "entry": "The {quota} knowledge base entries are used up",
    "replica": "The {quota} replicas are used up",
}


def check_quota(call: Call, kind: str, owner_uuid: str, *, adding: int = 1) -> None:
    """Refuse what would be more than the owner may use.

    Args:
        call: The request.
        kind: `conversation`, `entry` or `replica`.
        owner_uuid: Whose use counts: the owner of the replica.
        adding: How many are to be added.

    Raises:
        ApiError: 429 with the code of that quota.
    """
    quota = call.identity.organization[f"{kind}_quota"]
    if quota is None:
        return
    month = call.state.now()[: len("2025-11")]
    if call.database.value(_USED[kind], owner_uuid, month) + adding > quota:
        raise ApiError(429, _REASONS[kind].format(quota=quota), code=_CODES[kind])
