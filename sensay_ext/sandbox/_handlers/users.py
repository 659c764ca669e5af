"""Users: the people an organisation acts for."""

import sqlite3
from typing import Any

from sensay_ext.sandbox._call import Call, Reply
from sensay_ext.sandbox._database import Database, Row
from sensay_ext.sandbox._errors import ApiError, not_found
from sensay_ext.sandbox._identity import find_user


def create_user(call: Call) -> Reply:
    """Create a user, under the caller's id for it or one made here."""
    uuid = call.state.identifiers.uuid()
    body = call.body
    try:
        call.database.execute(
            "INSERT INTO users (uuid, organization_id, id, email, name, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            uuid,
            call.identity.organization_id,
            body.get("id") or call.state.identifiers.uuid(),
            body.get("email"),
            body.get("name"),
            call.state.now(),
        )
        _link_accounts(call, uuid, body.get("linkedAccounts", []))
    except sqlite3.IntegrityError as error:
        raise ApiError(409, _conflict(error)) from error
    return 200, _view(call.database, uuid)


def get_user(call: Call) -> Reply:
    """Return a user by the organisation's id for it."""
    user = find_user(call.database, call.identity.organization_id, call.parameters["userID"])
    if user is None:
        raise not_found("User")
    return 200, _view(call.database, user["uuid"])


def get_user_me(call: Call) -> Reply:
    """Return the calling user."""
    return 200, _view(call.database, call.identity.actor_uuid)


def update_user_me(call: Call) -> Reply:
    """Replace what is known of the calling user; linked accounts stay when none are given."""
    uuid, body = call.identity.actor_uuid, call.body
    try:
        call.database.execute(
            "UPDATE users SET id = ?, email = ?, name = ? WHERE uuid = ?",
            body["id"],
            body.get("email"),
            body.get("name"),
            uuid,
        )
        if "linkedAccounts" in body:
            call.database.execute("DELETE FROM linked_accounts WHERE user_uuid = ?", uuid)
            _link_accounts(call, uuid, body["linkedAccounts"])
    except sqlite3.IntegrityError as error:
        raise ApiError(409, _conflict(error)) from error
    return 200, _view(call.database, uuid)


def delete_user_me(call: Call) -> Reply:
    """Delete the calling user together with its replicas."""
    call.database.execute("DELETE FROM users WHERE uuid = ?", call.identity.actor_uuid)
    return 204, None


def _link_accounts(call: Call, user_uuid: str, accounts: list[dict[str, str]]) -> None:
    distinct = dict.fromkeys((account["accountType"], account["accountID"]) for account in accounts)
    for account_type, account_id in distinct:
        call.database.execute(
            "INSERT INTO linked_accounts (organization_id, account_type, account_id, user_uuid) VALUES (?, ?, ?, ?)",
            call.identity.organization_id,
            account_type,
            account_id,
            user_uuid,
        )


def _conflict(error: sqlite3.IntegrityError) -> str:
    reason = str(error)
    if "linked_accounts" in reason:
        return "A user with this linked account already exists"
    if "users.email" in reason:
        return "A user with this email already exists"
    return "A user with this ID already exists"


def _view(database: Database, uuid: str) -> dict[str, Any]:
    user = database.row("SELECT * FROM users WHERE uuid = ?", uuid)
    if user is None:
        raise not_found("User")
    return {
        "success": True,
        "id": user["id"],
        "linkedAccounts": _linked_accounts(database, uuid),
        **{field: user[field] for field in ("email", "name") if user[field] is not None},
    }


def _linked_accounts(database: Database, uuid: str) -> list[dict[str, str]]:
    rows: list[Row] = database.rows(
        "SELECT account_id, account_type FROM linked_accounts WHERE user_uuid = ? ORDER BY rowid", uuid
    )
    return [{"accountID": row["account_id"], "accountType": row["account_type"]} for row in rows]
