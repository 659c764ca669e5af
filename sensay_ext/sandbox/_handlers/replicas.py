"""Replicas: create, read, list, replace, delete."""

import hashlib
import json
import sqlite3
from typing import Any

from sensay_ext.sandbox._access import managed_replica, visible_replica
from sensay_ext.sandbox._call import Call, Reply
from sensay_ext.sandbox._database import Row
from sensay_ext.sandbox._errors import ApiError, not_found
from sensay_ext.sandbox._identity import find_user
from sensay_ext.sandbox._paging import page_of
from sensay_ext.sandbox._quotas import check_quota

_LISTED = """
SELECT replicas.*, users.id AS owner_id,
    (SELECT count(*) FROM messages WHERE messages.replica_uuid = replicas.uuid) AS message_count,
    (SELECT token FROM integrations WHERE replica_uuid = replicas.uuid AND kind = 'telegram') AS telegram_token,
    (SELECT service_name FROM integrations WHERE replica_uuid = replicas.uuid AND kind = 'telegram') AS telegram_name
FROM replicas JOIN users ON users.uuid = owner_uuid WHERE """
_COUNTED = "SELECT count(*) FROM replicas JOIN users ON users.uuid = owner_uuid WHERE "


def create_replica(call: Call) -> Reply:
    """Create a replica for a user of the organisation."""
    uuid = call.state.identifiers.uuid()
    owner = _owner(call)
    check_quota(call, "replica", owner["uuid"])
    try:
        call.database.execute(
            "INSERT INTO replicas (uuid, organization_id, owner_uuid, slug, name, private, document, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            uuid,
            call.identity.organization_id,
            owner["uuid"],
            call.body["slug"],
            call.body["name"],
            call.body.get("private", False),
            _document(call),
            call.state.now(),
        )
    except sqlite3.IntegrityError as error:
        raise ApiError(409, "A replica with this slug already exists") from error
    return 201, {"success": True, "uuid": uuid}


def get_replica(call: Call) -> Reply:
    """Return one replica."""
    return 200, {"success": True, **_view(visible_replica(call))}


def list_replicas(call: Call) -> Reply:
    """List the replicas that the caller may see, filtered, sorted and paged."""
    condition, values = _filters(call)
    limit, offset = page_of(call.parameters, size_name="page_size")
    order = "message_count DESC, uuid" if call.parameters.get("sort") == "popularity" else "name, uuid"
    rows = call.database.rows(f"{_LISTED}{condition} ORDER BY {order} LIMIT ? OFFSET ?", *values, limit, offset)
    total = call.database.value(f"{_COUNTED}{condition}", *values)
    return 200, {"success": True, "type": "array", "items": [_list_view(row) for row in rows], "total": total}


def update_replica(call: Call) -> Reply:
    """Replace a replica; what the body leaves out falls back to its default."""
    replica = managed_replica(call)
    owner = _owner(call)
    try:
        call.database.execute(
            "UPDATE replicas SET owner_uuid = ?, slug = ?, name = ?, private = ?, document = ? WHERE uuid = ?",
            owner["uuid"],
            call.body["slug"],
            call.body["name"],
            call.body.get("private", False),
            _document(call),
            replica["uuid"],
        )
    except sqlite3.IntegrityError as error:
        raise ApiError(409, "A replica with this slug already exists") from error
    return 200, {"success": True}


def delete_replica(call: Call) -> Reply:
    """Delete a replica with its knowledge base and its chats."""
    call.database.execute("DELETE FROM replicas WHERE uuid = ?", managed_replica(call)["uuid"])
    return 200, {"success": True}


def _owner(call: Call) -> Row:
    owner = find_user(call.database, call.identity.organization_id, call.body["ownerID"])
    if owner is None:
        raise not_found("Owner")
    if not call.identity.may_manage(owner["uuid"]):
        raise ApiError(403, "A replica can only be given to another user by the organization itself")
    return owner


def _document(call: Call) -> str:
    document = call.state.document.with_defaults(call.operation.body or {}, call.body)
    # The owner may change its id later, so the reply looks it up.
    document.pop("ownerID", None)
    if "profileImage" in call.body:
        document["profileImage"] = _stored_image(call.body["profileImage"])
    return json.dumps(document)


def _stored_image(url: str) -> str:
    # The service keeps its own optimised copy, so the address read back is never the one that was sent.
    if url.startswith("https://replica-images.sandbox.invalid/"):
        return url
    return f"https://replica-images.sandbox.invalid/{hashlib.sha256(url.encode()).hexdigest()[:32]}.webp"


def _filters(call: Call) -> tuple[str, list[Any]]:
    conditions, values = ["replicas.organization_id = ?"], [call.identity.organization_id]

    def keep(condition: str, *of: Any) -> None:
        conditions.append(condition)
        values.extend(of)

    user = call.identity.user
    if user is not None:
        whitelisted = "EXISTS (SELECT 1 FROM json_each(document, '$.whitelistEmails') WHERE value = ?)"
        keep(f"(NOT private OR owner_uuid = ? OR {whitelisted})", user["uuid"], user["email"])
    given = call.parameters
    if "ownerID" in given:
        keep("users.id = ?", given["ownerID"])
    if "owner_uuid" in given:
        keep("owner_uuid = ?", given["owner_uuid"])
    if "slug" in given:
        keep("slug = ?", given["slug"])
    if given.get("search"):
        keep("instr(lower(replicas.name || ' ' || slug), lower(?))", given["search"])
    if given.get("tags"):
        keep(
            "EXISTS (SELECT 1 FROM json_each(document, '$.tags') AS tag, json_each(?) AS wanted"
            " WHERE tag.value = wanted.value)",
            json.dumps(given["tags"]),
        )
    if "integration" in given:
        keep(
            "EXISTS (SELECT 1 FROM integrations WHERE replica_uuid = replicas.uuid AND kind = ?)", given["integration"]
        )
    return " AND ".join(conditions), values


def _view(row: Row) -> dict[str, Any]:
    return {**json.loads(row["document"]), "ownerID": row["owner_id"], "uuid": row["uuid"]}


def _list_view(row: Row) -> dict[str, Any]:
    view = _view(row)
    telegram = {"token": row["telegram_token"], "service_name": row["telegram_name"]}
    return {
        **view,
        "profile_image": view["profileImage"],
        "short_description": view["shortDescription"],
        "introduction": view["greeting"],
        "created_at": row["created_at"],
        "owner_uuid": row["owner_uuid"],
        "voice_enabled": False,
        "video_enabled": False,
        "chat_history_count": row["message_count"],
        "system_message": view["llm"].get("systemMessage", ""),
        "telegram_integration": None if row["telegram_token"] is None else telegram,
        "discord_integration": None,
    }
