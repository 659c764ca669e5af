"""Who is asking: an organisation's admin, or one of its users."""

from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers

from sensay_ext.sandbox._clock import Clock, to_text
from sensay_ext.sandbox._database import Database, Row
from sensay_ext.sandbox._document import Operation
from sensay_ext.sandbox._errors import ApiError
from sensay_ext.sandbox._organizations import find_organization

_ACCOUNT_TYPES = ("discord", "telegram", "embed")

# The one operation for people who have no secret yet.
_OPEN = frozenset({"redeem_api_key_invite"})

# These look after users on the organisation's behalf, often before the user in the header exists.
_ORGANIZATION_ONLY = frozenset({"create_user", "get_user"})


@dataclass(frozen=True)
class Identity:
    """The caller of an operation.

    Attributes:
        organization: The organisation's row.
        user: The user's row; None for the organisation's admin.
    """

    organization: Row
    user: Row | None

    @property
    def organization_id(self) -> str:
        """The organisation's id."""
        return str(self.organization["id"])

    @property
    def actor_uuid(self) -> str:
        """The internal uuid that messages are stored under: the user's, or the admin's own."""
        return str(self.user["uuid"] if self.user is not None else self.organization["admin_uuid"])

    def may_manage(self, owner_uuid: str) -> bool:
        """Tell whether the caller is the admin or that owner."""
        return self.user is None or self.user["uuid"] == owner_uuid


def authenticate(database: Database, clock: Clock, operation: Operation, headers: Headers) -> Identity | None:
    """Read the caller from the request's headers.

    Args:
        database: Knows organisations and users.
        clock: Tells whether a secret has ended.
        operation: What is asked for; it says whether a user is needed.
        headers: The request's headers.

    Returns:
        The caller; None for an operation that is open to everyone.

    Raises:
        ApiError: 401 when the secret is missing, wrong or disabled, or the user is missing or unknown.
    """
    if operation.id in _OPEN:
        return None
    organization = _organization(database, clock, headers.get("x-organization-secret"))
    user_id = headers.get("x-user-id") if operation.id not in _ORGANIZATION_ONLY else None
    if user_id is None:
        if operation.security and all("UserID" in alternative for alternative in operation.security):
            raise ApiError(401, "This operation needs a user: send the X-USER-ID header")
        return Identity(organization, None)
    user = _user(database, organization["id"], user_id, headers.get("x-user-id-type"))
    if user is None:
        raise ApiError(401, "The user in X-USER-ID does not exist in this organization")
    return Identity(organization, user)


def _organization(database: Database, clock: Clock, secret: str | None) -> Row:
    if not secret:
        raise ApiError(401, "The X-ORGANIZATION-SECRET header is missing")
    organization = find_organization(database, secret)
    if organization is None:
        raise ApiError(401, "The organization secret is not valid")
    ended = organization["valid_until"] is not None and organization["valid_until"] <= to_text(clock.now())
    if ended or not organization["enabled"]:
        raise ApiError(401, "The organization is disabled")
    return organization


def _user(database: Database, organization_id: str, user_id: str, id_type: str | None) -> Row | None:
    if not id_type:
        return find_user(database, organization_id, user_id)
    if id_type not in _ACCOUNT_TYPES:
        raise ApiError(401, f"X-USER-ID-TYPE must be one of {', '.join(_ACCOUNT_TYPES)}, or absent for your own ids")
    return database.row(
        "SELECT users.* FROM users JOIN linked_accounts ON user_uuid = uuid"
        " WHERE linked_accounts.organization_id = ? AND account_type = ? AND account_id = ?",
        organization_id,
        id_type,
        user_id,
    )


def find_user(database: Database, organization_id: str, user_id: Any) -> Row | None:
    """Return a user of an organisation by the organisation's own id for it."""
    return database.row("SELECT * FROM users WHERE organization_id = ? AND id = ?", organization_id, user_id)
