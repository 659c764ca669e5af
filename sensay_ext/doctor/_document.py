"""Reads what callers of the API send and receive, operation by operation, out of its document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sensay_ext.doctor._shapes import Shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sensay_ext.doctor._shapes import Field

__all__ = ["Key", "Operation", "keys", "operations"]

_METHODS = ("get", "put", "post", "delete", "patch")
_NO_PARAMETERS = frozenset({"accept", "content-type", "authorization"})
"""Headers that OpenAPI describes by other means."""

_JSON = "application/json"
_STYLES = {"query": "form", "cookie": "form"}

Key = tuple[str, str]
"""Method in upper case, and path with its parameters' names erased."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What matters of an operation to those who call it.

    Args:
        line: The operation as it is called.
        deprecated: Whether it is announced to go.
        takes: The media types of its bodies.
        gives: The statuses of success, each with a media type of its bodies, or none.
        sent: What callers send, by words that say what it is.
        received: What they get, in the same way.
    """

    line: str
    deprecated: bool
    takes: set[str] = field(default_factory=set)
    gives: set[str] = field(default_factory=set)
    sent: dict[str, Field] = field(default_factory=dict)
    received: dict[str, Field] = field(default_factory=dict)


def keys(document: Mapping[str, Any]) -> dict[Key, dict[str, Any]]:
    """Return the operations of a document, without those that are hidden.

    Args:
        document: An OpenAPI document.

    Raises:
        TypeError, AttributeError: It is none.
    """
    found = {}
    for path, item in document["paths"].items():
        for method in _METHODS:
            operation = item.get(method)
            if operation is not None and not operation.get("x-hidden") and not item.get("x-hidden"):
                parameters = [*item.get("parameters", ()), *operation.get("parameters", ())]
                whole = {**operation, "parameters": parameters, "path": path}
                found[method.upper(), re.sub(r"\{[^{}]*\}", "{}", path)] = whole
    return found


def operations(document: Mapping[str, Any]) -> dict[Key, Operation]:
    """Return what matters of all operations.

    Args:
        document: An OpenAPI document.

    Raises:
        TypeError, AttributeError: It is none.
    """
    shapes = Shapes(document)
    return {key: _operation(key, one, shapes) for key, one in keys(document).items()}


def _operation(key: Key, operation: Mapping[str, Any], shapes: Shapes) -> Operation:
    found = Operation(f"{key[0]} {operation['path']}", bool(operation.get("deprecated")))
    for parameter in map(shapes.follow, operation["parameters"]):
        found.sent.update(_parameter(parameter, operation["path"], shapes))
    body = shapes.follow(operation.get("requestBody", {}))
    found.takes.update(_contents(body))
    for way, each in _fields(body, shapes):
        found.sent[f"request field `{way}`" if way else "the request's body"] = each
    for status, reply in operation.get("responses", {}).items():
        whole = shapes.follow(reply)
        if status.startswith(("2", "3")):
            found.gives.update(f"{status} {media}".strip() for media in ("", *_contents(whole)))
            for way, each in _fields(whole, shapes):
                found.received[f"reply field `{way}`" if way else "the reply's body"] = each
    return found


def _parameter(parameter: Mapping[str, Any], path: str, shapes: Shapes) -> Iterator[tuple[str, Field]]:
    place, name = parameter["in"], parameter["name"]
    if parameter.get("x-hidden") or (place == "header" and name.lower() in _NO_PARAMETERS):
        return
    # Those of a path are told by their positions: their names are nobody's business but ours.
    words = f"{place} parameter `{name.lower() if place == 'header' else name}`"
    if place == "path":
        words = f"path parameter {len(re.findall(r'[{]', path.partition('{' + name + '}')[0])) + 1}"
    for way, each in shapes.fields(parameter.get("schema", {}), required=bool(parameter.get("required"))):
        yield (f"{words}, field `{way}`" if way else words), each if way else _written(each, parameter)


def _written(whole: Field, parameter: Mapping[str, Any]) -> Field:
    """Return a parameter with the way in which its lists and objects are written."""
    if parameter["in"] == "path":
        whole = replace(whole, required=True)
    if not whole.types & {"array", "object"}:
        return whole
    style = parameter.get("style", _STYLES.get(parameter["in"], "simple"))
    words = f"{style}, {'exploded' if parameter.get('explode', style == 'form') else 'in one'}"
    return replace(whole, limits={**whole.limits, "style": words})


def _contents(message: Mapping[str, Any]) -> dict[str, Any]:
    content = message.get("content", {})
    return {media.partition(";")[0].strip().lower(): one for media, one in content.items()}


def _fields(message: Mapping[str, Any], shapes: Shapes) -> Iterator[tuple[str, Field]]:
    contents = _contents(message)
    if contents:
        media = contents.get(_JSON) or next(iter(contents.values()))
        yield from shapes.fields(media.get("schema", {}), required=message.get("required", False))
