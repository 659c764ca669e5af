"""The knowledge base: what a replica is trained on."""

import json
from typing import Any

from sensay_ext.sandbox._access import managed_replica
from sensay_ext.sandbox._call import Call, Reply
from sensay_ext.sandbox._clock import later
from sensay_ext.sandbox._entries import entry_view, find_entry, full_view
from sensay_ext.sandbox._file_types import list_file_types
from sensay_ext.sandbox._new_entries import draft_entries, store_entries
from sensay_ext.sandbox._paging import page_of
from sensay_ext.sandbox._revisions import revise_entry
from sensay_ext.sandbox._training import machine
from sensay_ext.sandbox._training.steps import forget_passages


def list_knowledge_base_file_types(call: Call) -> Reply:  # noqa: ARG001 - the list is the same for everyone
    """List the files that can be uploaded."""
    return 200, {"success": True, "mediaGroups": list_file_types()}


async def create_replica_knowledge_base(call: Call) -> Reply:
    """Add text, a file to be uploaded, a website or a video; every result says for itself how it went."""
    managed_replica(call)
    drafts = await draft_entries(call)
    with call.database.transaction():
        # Looking at a playlist took its time; the replica may be gone by now.
        return 207, {"success": True, "results": store_entries(call, managed_replica(call), drafts)}


def list_replica_knowledge_base(call: Call) -> Reply:
    """List a replica's entries, filtered, newest first, paged."""
    condition, values = _filters(call, managed_replica(call)["uuid"])
    limit, offset = page_of(call.parameters)
    direction = "ASC" if call.parameters.get("sortOrder") == "asc" else "DESC"
    rows = call.database.rows(
        f"SELECT * FROM entries WHERE {condition} ORDER BY created_at {direction}, id {direction} LIMIT ? OFFSET ?",  # noqa: S608 - conditions of ours, values bound
        *values,
        limit,
        offset,
    )
    total = call.database.value(f"SELECT count(*) FROM entries WHERE {condition}", *values)  # noqa: S608 - as above
    return 200, {"success": True, "items": [entry_view(row) for row in rows], "total": total}


def get_replica_knowledge_base(call: Call) -> Reply:
    """Return one entry with its content."""
    entry = find_entry(call, managed_replica(call)["uuid"])
    return 200, {"success": True, **full_view(entry)}


def update_replica_knowledge_base(call: Call) -> Reply:
    """Change an entry; a new text is processed from the start."""
    revise_entry(call, find_entry(call, managed_replica(call)["uuid"]))
    return 200, {"success": True}


def delete_replica_knowledge_base(call: Call) -> Reply:
    """Delete an entry: at once, or by and by when it has been optimised for good."""
    entry = find_entry(call, managed_replica(call)["uuid"])
    if entry["status"] != machine.READY:
        call.database.execute("DELETE FROM entries WHERE id = ?", entry["id"])
        return 200, {"success": True}
    # What was learnt is out of the answers now; lists lag behind until the last trace is removed.
    forget_passages(call.database, entry["id"])
    call.database.execute(
        "UPDATE entries SET removed_at = ?, due_at = ?, revision = revision + 1 WHERE id = ?",
        call.state.now(),
        later(call.state.clock, call.state.settings.timings.removal),
        entry["id"],
    )
    call.state.trainer.wake()
    return 202, {"success": True, "message": "The entry is no longer used; all of it is removed within 24 hours"}


def _filters(call: Call, replica_uuid: str) -> tuple[str, list[Any]]:
    conditions, values = ["replica_uuid = ?"], [replica_uuid]
    given = call.parameters
    for column in ("status", "type"):
        if given.get(column):
            conditions.append(f"{column} IN (SELECT value FROM json_each(?))")  # noqa: S608 - a column of ours
            values.append(json.dumps(given[column]))
    if "search" in given:
        searched = "coalesce(title, '') || ' ' || coalesce(generated_title, '') || ' ' || coalesce(url, '')"
        conditions.append(f"instr(lower({searched} || ' ' || coalesce(raw_text, '') || ' ' || source), lower(?))")
        values.append(given["search"])
    if "hasError" in given:
        conditions.append(f"error_message IS {'NOT ' if given['hasError'] == 'true' else ''}NULL")
    return " AND ".join(conditions), values
