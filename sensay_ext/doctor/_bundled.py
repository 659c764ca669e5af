"""The documents that this release was made from."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from sensay_ext._operations import METHODS
from sensay_ext.doctor._document import keys

__all__ = ["bundled", "methods_by_key"]

_PACKAGE = Path(__file__).parents[1]


@cache
def bundled(name: str) -> dict[str, Any]:
    """Return one of them.

    Args:
        name: `upstream.json`, which the provider publishes, or `client.json`, which the client is generated from.
    """
    # The wheel has them beside the sandbox, whose package cannot be imported without its extra; a checkout where the
    # pipeline writes them.
    packaged = _PACKAGE / "sandbox" / name
    path = packaged if packaged.is_file() else _PACKAGE.parent / "openapi" / name
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def methods_by_key() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the methods that serve each operation, by its method and the shape of its path."""
    operations = keys(bundled("client.json"))
    return {key: METHODS.get(one["operationId"], ()) for key, one in operations.items()}
