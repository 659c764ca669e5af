"""Knowledge base entries: how they are found and shown."""

import json
from typing import Any

from sensay_ext.sandbox._call import Call
from sensay_ext.sandbox._database import Row
from sensay_ext.sandbox._errors import not_found

_MAX_TEXT_SHOWN = 100_000
_LARGEST_ID = 2**63 - 1


def find_entry(call: Call, replica_uuid: str) -> Row:
    """Return the entry in the path.

    Raises:
        ApiError: 404 when the replica has no such entry, or it was deleted.
    """
    number = call.parameters["knowledgeBaseID"]
    entry = None
    if abs(number) <= _LARGEST_ID:
        entry = call.database.row(
            "SELECT * FROM entries WHERE id = ? AND replica_uuid = ? AND removed_at IS NULL", number, replica_uuid
        )
    if entry is None:
        raise not_found("Knowledge base entry")
    return entry


def entry_view(entry: Row) -> dict[str, Any]:
    """Return an entry the way lists show it."""
    optional = {
        "url": entry["url"],
        "title": entry["title"],
        "generatedTitle": entry["generated_title"],
        "summary": entry["summary"],
        "language": entry["language"],
        "error": _error_of(entry),
    }
    return {
        "id": entry["id"],
        "replicaUUID": entry["replica_uuid"],
        "type": entry["type"],
        "status": entry["status"],
        "createdAt": entry["created_at"],
        "updatedAt": entry["updated_at"],
        **{name: value for name, value in optional.items() if value is not None},
        **json.loads(entry["source"]),
    }


def full_view(entry: Row) -> dict[str, Any]:
    """Return an entry with its content, of which the API shows no more than a part when it is long."""
    optional = {
        "rawText": None if entry["raw_text"] is None else entry["raw_text"][:_MAX_TEXT_SHOWN],
        "generatedFacts": None if entry["facts"] is None else json.loads(entry["facts"]),
        "rawTextChunks": None if entry["chunks"] is None else json.loads(entry["chunks"]),
    }
    return {**entry_view(entry), **{name: value for name, value in optional.items() if value is not None}}


def _error_of(entry: Row) -> dict[str, str] | None:
    if entry["error_message"] is None:
        return None
    return {"message": entry["error_message"], "fingerprint": entry["error_fingerprint"]}
