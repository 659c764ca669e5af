"""Keys of the ledger of deprecations: what was ever announced to go, so that its removal can be told as such.

A part may be deprecated and removed between two looks at the document; only a record kept across all looks
knows. The record is a mapping from these keys to the day a deprecation was first seen.
"""

import json
from pathlib import Path
from typing import Any

from scripts._errors import PipelineError
from scripts.changes._shapes import path_shape

OPERATION = "operation"
"""The location of what concerns an operation as a whole."""


def ledger_key(method: str | None, path: str | None, location: str = OPERATION, value: Any = None) -> str:
    """Return the key of an operation, of a place in one, or of one value of an enumeration.

    Names of path parameters do not count, since they change without the operation changing.

    Args:
        method: in any case.
        path: as the document has it.
        location: as in a change: `operation`, `request.query.page`, `reply.200.items[].uuid`.
        value: the value of the enumeration that stands at `location`.
    """
    key = f"{(method or '').upper()} {path_shape(path or '')}"
    if location != OPERATION:
        key += f" {location}"
    return key if value is None else f"{key} = {json.dumps(value)}"


def load_ledger(path: Path) -> dict[str, str]:
    """Return the record in a file.

    Raises:
        PipelineError: it cannot be read, or is no such record.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {str(key): str(day) for key, day in data.items()}
    except (OSError, ValueError, AttributeError) as error:
        hint = "it must be a JSON object of places and the days on which they were first seen deprecated"
        raise PipelineError(f"the ledger {path} could not be read ({error})", hint) from error
