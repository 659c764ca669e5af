"""Tells the client's own document from the provider's, and our repairs of it from changes.

`client.json` is made from the provider's document by rules that change what it says, each on purpose. Whoever
compares the two wants to know what else differs: that would be a fault of those rules.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from scripts._normalise import operations
from scripts._operation_ids import operation_ids
from scripts._repairs import TRANSPORT_HEADERS
from scripts.changes._model import Change

_HEADERS = "|".join(re.escape(name) for name in sorted(TRANSPORT_HEADERS))
_REPAIRS = (
    # the transport sends these
    (r"request-parameter-(required|optional)-(added|removed)", rf"request\.header\.({_HEADERS})"),
    # all error replies share one model
    (r"response-.*", r"reply\.([45]|default)"),
    # the status tells success
    (r"response-property-(became-.*|enum-.*)", r"reply\..*\bsuccess$"),
    # of several media types one is generated; the client reads streams by itself
    (r"(request|response)-media-type-.*", ""),
    # the client reads no other headers than those that its transport knows
    (r"response-header-.*", ""),
    # without a body, a field that it requires would be missing
    (r"request-body-became-(required|optional)", ""),
    # an argument that is None is not sent
    (r"request-parameter-became-(not-)?nullable", ""),
    # models are the client's: cut by what an operation does, named by its table
    (r"component-schema-.*", ""),
    # about the documents, which are meant to differ in this
    (r"version-not-changed|variant-.*", ""),
)
"""Kinds and locations of differences that are repairs; an empty location is any."""


def is_client_document(document: Mapping[str, Any]) -> bool:
    """Return whether all operations have the operationIds that this project derives; the provider gives none."""
    found = operations(document, hidden=True)
    ids = operation_ids(found)
    return bool(found) and all(one.get("operationId") == ids[key] for key, one in found.items())


def without_repairs(changes: Iterable[Change]) -> list[Change]:
    """Return the changes between the provider's document and the client's that are none of our repairs."""
    return [change for change in changes if not _is_repair(change)]


def _is_repair(change: Change) -> bool:
    for kind, location in _REPAIRS:
        if re.fullmatch(kind, change.kind) and re.match(location, change.location, re.IGNORECASE):
            return True
    return change.kind.endswith(("-type-narrowed", "-type-widened")) and _whole(change.before) == _whole(change.after)


def _whole(words: str) -> str:
    """Return a description of types in which all numbers are whole; those that count or identify things are."""
    return words.replace("a number", "an integer").replace("numbers", "integers")
