"""Lists what a document says to be deprecated, for the ledger."""

from collections.abc import Iterator, Mapping
from typing import Any

from scripts.changes._document import Document, Operation
from scripts.changes._ledger import ledger_key
from scripts.changes._messages import parameter_spot
from scripts.changes._visit import places


def deprecations(raw: Mapping[str, Any], *, hidden: bool = False) -> list[str]:
    """Return the ledger's keys of all operations, parameters, properties and values that are deprecated.

    Args:
        raw: an OpenAPI document.
        hidden: count what is marked `x-hidden`, too.

    Raises:
        PipelineError: it is not built like an OpenAPI document.
    """
    document = Document(raw, hidden=hidden)
    keys: set[str] = set()
    for operation in document.operations.values():
        if hidden or not operation.notes.hidden:
            keys |= set(_keys(document, operation))
    return sorted(keys)


def _keys(document: Document, operation: Operation) -> Iterator[str]:
    if operation.notes.deprecated:
        yield ledger_key(operation.method, operation.path)
    for parameter in operation.parameters.values():
        if parameter.notes.deprecated:
            yield ledger_key(operation.method, operation.path, parameter_spot(parameter.place, parameter).location)
    for spot, schema in places(document, operation):
        if schema.notes.deprecated:
            yield ledger_key(operation.method, operation.path, spot.location)
        for text in schema.deprecated_values:
            value = (schema.enum or {})[text]
            yield ledger_key(operation.method, operation.path, spot.location, value)
