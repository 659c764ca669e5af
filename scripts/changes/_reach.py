"""Finds every schema that parts of a document lead to, each as it is written there."""

from collections.abc import Iterable, Iterator
from typing import Any

from scripts.changes._document import Document, Operation
from scripts.changes._schema import Raw

_ONE = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames")
_SEVERAL = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED = ("properties", "patternProperties", "dependentSchemas")


def schemas_of(operation: Operation) -> Iterator[Raw]:
    """Yield the outermost schemas of an operation."""
    for parameter in operation.parameters.values():
        yield parameter.schema
    if operation.body is not None:
        yield from operation.body.content.values()
    for reply in operation.replies.values():
        yield from reply.content.values()
        yield from (header.schema for header in reply.headers.values())


def reached(document: Document, roots: Iterable[Raw]) -> dict[int, dict[str, Any]]:
    """Return these schemas and all that they lead to, by identity."""
    found: dict[int, dict[str, Any]] = {}
    left = list(roots)
    while left:
        raw = left.pop()
        if isinstance(raw, dict) and id(raw) not in found:
            found[id(raw)] = raw
            left += _next(document, raw)
    return found


def _next(document: Document, raw: dict[str, Any]) -> Iterator[Raw]:
    if isinstance(raw.get("$ref"), str):
        yield document.reader.follow(raw)
    yield from (raw[key] for key in _ONE if key in raw)
    for key in _SEVERAL:
        yield from raw.get(key, [])
    for key in _NAMED:
        yield from raw.get(key, {}).values()
