"""Tells what differs between two documents of the API, operation by operation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sensay_ext.doctor._shapes import Shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sensay_ext.doctor._shapes import Field

__all__ = ["Difference", "Key", "differences", "keys"]

_METHODS = ("get", "put", "post", "delete", "patch")

Key = tuple[str, str]
"""Method in upper case, and path with its parameters' names erased."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    Args:
        key: The operation.
        line: The operation as it is called.
        message: What is different.
        breaks: Whether calls that worked can fail now, or miss something in the answer.
    """

    key: Key
    line: str
    message: str
    breaks: bool


@dataclass(frozen=True, slots=True)
class _Operation:
    line: str
    deprecated: bool
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


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """Compare two documents; those that break something come first.

    Args:
        old: What was.
        new: What is.

    Raises:
        KeyError, TypeError, AttributeError: One of them is no OpenAPI document.
    """
    before, after = _operations(old), _operations(new)
    found = []
    for key in sorted(before.keys() | after.keys()):
        one, other = before.get(key), after.get(key)
        if one is None and other is not None:
            found.append(Difference(key, other.line, "is new", breaks=False))
        elif other is None and one is not None:
            found.append(Difference(key, one.line, "is gone", breaks=True))
        elif one is not None and other is not None:
            found += [Difference(key, other.line, *each) for each in _between(one, other)]
    return sorted(found, key=lambda each: not each.breaks)


def _operations(document: Mapping[str, Any]) -> dict[Key, _Operation]:
    shapes = Shapes(document)
    return {key: _operation(key, one, shapes) for key, one in keys(document).items()}


def _operation(key: Key, operation: Mapping[str, Any], shapes: Shapes) -> _Operation:
    found = _Operation(f"{key[0]} {operation['path']}", bool(operation.get("deprecated")))
    for parameter in map(shapes.follow, operation["parameters"]):
        if parameter["in"] != "path":
            label = f"{parameter['in']} parameter `{parameter['name']}`"
            for way, each in shapes.fields(parameter.get("schema", {}), required=parameter.get("required", False)):
                found.sent[label + way] = each
    body = shapes.follow(operation.get("requestBody", {}))
    for way, each in _json_fields(body, shapes):
        found.sent[f"request field `{way}`" if way else "the request's body"] = each
    for status, reply in operation.get("responses", {}).items():
        for way, each in _json_fields(shapes.follow(reply), shapes) if status.startswith("2") else ():
            found.received[f"reply field `{way}`" if way else f"the reply {status}"] = each
    return found


def _json_fields(message: Mapping[str, Any], shapes: Shapes) -> Iterator[tuple[str, Field]]:
    media = message.get("content", {}).get("application/json", {})
    if "schema" in media:
        yield from shapes.fields(media["schema"], required=message.get("required", False))


def _between(old: _Operation, new: _Operation) -> Iterator[tuple[str, bool]]:
    if old.deprecated != new.deprecated:
        yield ("is deprecated" if new.deprecated else "is no longer deprecated"), False
    for name in sorted(old.sent.keys() | new.sent.keys()):
        yield from _change(name, old.sent.get(name), new.sent.get(name), sent=True)
    for name in sorted(old.received.keys() | new.received.keys()):
        yield from _change(name, old.received.get(name), new.received.get(name), sent=False)


def _change(name: str, old: Field | None, new: Field | None, *, sent: bool) -> Iterator[tuple[str, bool]]:
    if old is None or new is None:
        if new is not None:
            yield f"{name} is new{' and required' if sent and new.required else ''}", sent and new.required
        else:
            yield f"{name} is gone", True
        return
    if old.required != new.required:
        yield f"{name} is {'required' if new.required else 'optional'} now", new.required == sent
    if old.types != new.types:
        yield f"{name} is {_words(new.types)} now, no longer {_words(old.types)}", True
    gone, come = (old.values or frozenset()) - (new.values or frozenset()), frozenset[str]()
    if old.values is not None and new.values is not None:
        come = new.values - old.values
        if gone:
            yield f"{name} has no longer the value {', '.join(sorted(gone))}", sent
        if come:
            yield f"{name} can have the value {', '.join(sorted(come))} now", False
    elif old.values != new.values:
        yield (
            f"{name} has {'a list of values' if new.values is not None else 'any value'} now",
            sent and bool(new.values),
        )


def _words(types: frozenset[str]) -> str:
    return " or ".join(sorted(types))
