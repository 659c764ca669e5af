"""Which replicas a caller may see, and which it may change."""

from uuid import UUID

from sensay_ext.sandbox._call import Call
from sensay_ext.sandbox._database import Row
from sensay_ext.sandbox._errors import ApiError, not_found

_VISIBLE = """
SELECT replicas.*, users.id AS owner_id FROM replicas JOIN users ON users.uuid = owner_uuid
WHERE replicas.organization_id = ? AND replicas.uuid = ?
"""


def uuid_of(text: str, name: str) -> str:
    """Return a UUID in the form it is stored in.

    Args:
        text: What was sent.
        name: The parameter, for the error.

    Raises:
        ApiError: 400 when it is no UUID.
    """
    try:
        return str(UUID(text))
    except ValueError as error:
        raise ApiError(400, f"{name} must be a UUID") from error


def visible_replica(call: Call) -> Row:
    """Return the replica in the path, if the caller may know of it.

    Raises:
        ApiError: 404 when it does not exist, belongs to another organisation, or is private to someone else.
    """
    uuid = uuid_of(call.parameters["replicaUUID"], "replicaUUID")
    replica = call.database.row(_VISIBLE, call.identity.organization_id, uuid)
    if replica is None or not _may_see(call, replica):
        raise not_found("Replica")
    return replica


def managed_replica(call: Call) -> Row:
    """Return the replica in the path, if the caller may change it.

    Raises:
        ApiError: 404 when the caller may not know of it, 403 when it belongs to another user.
    """
    replica = visible_replica(call)
    if not call.identity.may_manage(replica["owner_uuid"]):
        raise ApiError(403, "Only the owner of the replica may do this")
    return replica


def _may_see(call: Call, replica: Row) -> bool:
    if not replica["private"] or call.identity.may_manage(replica["owner_uuid"]):
        return True
    user = call.identity.user
    return user is not None and user["email"] is not None and is_whitelisted(call, replica["uuid"], user["email"])


def is_whitelisted(call: Call, replica_uuid: str, email: str) -> bool:
    """Tell whether a private replica is open to the person with this email address."""
    found = call.database.value(
        "SELECT 1 FROM replicas, json_each(document, '$.whitelistEmails') WHERE uuid = ? AND value = ?",
        replica_uuid,
        email,
    )
    return found is not None
