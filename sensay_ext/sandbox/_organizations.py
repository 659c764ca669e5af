"""Organisations and the secrets that name them."""

import hashlib

from sensay_ext.sandbox._clock import Clock, to_text
from sensay_ext.sandbox._database import Database, Row
from sensay_ext.sandbox._identifiers import Identifiers


def hash_secret(secret: str) -> str:
    """Return what is stored of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_organization(database: Database, secret: str) -> Row | None:
    """Return the organisation that a secret belongs to, None if there is none."""
    return database.row("SELECT * FROM organizations WHERE secret_hash = ?", hash_secret(secret))


def add_organization(
    database: Database,
    clock: Clock,
    identifiers: Identifiers,
    *,
    secret: str,
    name: str,
    valid_until: str | None = None,
    quotas: tuple[int | None, int | None, int | None] = (None, None, None),
) -> str:
    """Store a new organisation.

    Args:
        database: Where to.
        clock: Tells the moment of creation.
        identifiers: Names it.
        secret: The secret it authenticates with.
        name: What it is called.
        valid_until: The moment its secret ends, as stored text.
        quotas: Conversations per month, knowledge base entries, replicas.

    Returns:
        The organisation's id.
    """
    organization = identifiers.uuid()
    database.execute(
        "INSERT INTO organizations (id, name, secret_hash, admin_uuid, valid_until,"
        " conversation_quota, entry_quota, replica_quota, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        organization,
        name,
        hash_secret(secret),
        identifiers.uuid(),
        valid_until,
        *quotas,
        to_text(clock.now()),
    )
    return organization
