"""Changes to a knowledge base entry."""

import json
from typing import Any

from sensay_ext.sandbox._call import Call
from sensay_ext.sandbox._clock import later
from sensay_ext.sandbox._database import Row
from sensay_ext.sandbox._errors import fingerprint
from sensay_ext.sandbox._training import machine
from sensay_ext.sandbox._training.steps import forget_passages

_TEXTS = {"title": "title", "generatedTitle": "generated_title", "summary": "summary", "language": "language"}
_LISTS = {"generatedFacts": "facts", "rawTextChunks": "chunks"}

# A picture can be sent, but nothing in a reply shows it.
_UNSHOWN = frozenset({"screenshot"})


def revise_entry(call: Call, entry: Row) -> None:
    """Change what the body says; a new text sends the entry back to be processed from the start.

    Args:
        call: The request.
        entry: The entry as it is.
    """
    body = call.body
    columns: dict[str, Any] = {column: body[name] for name, column in _TEXTS.items() if name in body}
    columns.update({column: json.dumps(body[name]) for name, column in _LISTS.items() if name in body})
    columns.update(_source(body, entry))
    if "error" in body:
        message = body["error"]["message"]
        columns["error_message"] = message
        columns["error_fingerprint"] = body["error"].get("fingerprint", fingerprint(message))
    if "rawText" in body:
        columns.update(_process_again(call, body["rawText"]))
        forget_passages(call.database, entry["id"])
    columns["updated_at"] = call.state.now()
    assignments = ", ".join(f"{column} = ?" for column in columns)
    call.database.execute(
        f"UPDATE entries SET {assignments}, revision = revision + 1 WHERE id = ?",  # noqa: S608 - columns of ours
        *columns.values(),
        entry["id"],
    )
    call.state.trainer.wake()


def _process_again(call: Call, text: str) -> dict[str, Any]:
    stay = machine.time_in("text", machine.RAW_TEXT, call.state.settings.timings)
    return {
        "raw_text": text,
        "status": machine.RAW_TEXT,
        "due_at": later(call.state.clock, stay or 0),
        "tries": 0,
        "error_message": None,
        "error_fingerprint": None,
    }


def _source(body: dict[str, Any], entry: Row) -> dict[str, Any]:
    kind = entry["type"]
    if kind not in body:
        return {}
    source = json.loads(entry["source"])
    given = {name: value for name, value in body[kind].items() if name not in _UNSHOWN and value is not None}
    source[kind] = {**source[kind], **given}
    columns: dict[str, Any] = {"source": json.dumps(source)}
    if "url" in given:
        columns["url"] = given["url"]
    if "autoRefresh" in given:
        columns["auto_refresh"] = given["autoRefresh"]
    return columns
