"""Tells what differs between two documents of the API, operation by operation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sensay_ext.doctor._document import operations
from sensay_ext.doctor._limits import CLOSED, moved, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sensay_ext.doctor._document import Key, Operation
    from sensay_ext.doctor._shapes import Field

__all__ = ["Difference", "differences"]


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


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """Compare two documents; those that break something come first.

    Args:
        old: What was.
        new: What is.

    Raises:
        KeyError, TypeError, AttributeError: One of them is no OpenAPI document.
    """
    before, after = operations(old), operations(new)
    found = [Difference(key, before[key].line, "is gone", breaks=True) for key in before.keys() - after.keys()]
    found += [Difference(key, after[key].line, "is new", breaks=False) for key in after.keys() - before.keys()]
    for key in before.keys() & after.keys():
        found += [Difference(key, after[key].line, *each) for each in _between(before[key], after[key])]
    return sorted(found, key=lambda each: (not each.breaks, each.key))


def _between(old: Operation, new: Operation) -> Iterator[tuple[str, bool]]:
    if old.deprecated != new.deprecated:
        yield ("is deprecated" if new.deprecated else "is no longer deprecated"), False
    yield from _media("requests of type", old.takes, new.takes)
    yield from _media("replies of", old.gives, new.gives)
    for name in sorted(old.sent.keys() | new.sent.keys()):
        yield from _change(name, old.sent.get(name), new.sent.get(name), sent=True)
    for name in sorted(old.received.keys() | new.received.keys()):
        yield from _change(name, old.received.get(name), new.received.get(name), sent=False)


def _media(what: str, old: set[str], new: set[str]) -> Iterator[tuple[str, bool]]:
    yield from ((f"{what} {media} are gone", True) for media in sorted(old - new))
    yield from ((f"{what} {media} are new", False) for media in sorted(new - old))


def _change(name: str, old: Field | None, new: Field | None, *, sent: bool) -> Iterator[tuple[str, bool]]:
    if old is not None and new is not None:
        yield from _of_field(name, old, new, sent=sent)
        yield from _of_values(name, old, new, sent=sent)
        yield from _of_limits(name, old, new, sent=sent)
    elif name.startswith("path parameter"):
        return  # a path has the same parameters, declared or not
    elif new is not None:
        yield f"{name} is new{' and required' if sent and new.required else ''}", sent and new.required
    else:
        yield f"{name} is gone", True


def _of_field(name: str, old: Field, new: Field, *, sent: bool) -> Iterator[tuple[str, bool]]:
    """Yield what a change of its type, and of when it is there, means: less may be sent, or more be received."""
    if old.required != new.required:
        yield f"{name} is {'required' if new.required else 'optional'} now", new.required == sent
    if old.null != new.null and "any" not in old.types | new.types:
        yield f"{name} {'can be null now' if new.null else 'is never null any more'}", new.null != sent
    if old.types != new.types:
        fits = _include(new.types, old.types) if sent else _include(old.types, new.types)
        yield f"{name} is {_words(new.types)} now, no longer {_words(old.types)}", not fits
    elif old.shapes != new.shapes:
        yield (
            f"{name} has {'more' if new.shapes > old.shapes else 'fewer'} shapes now",
            (new.shapes < old.shapes) == sent,
        )


def _include(wide: frozenset[str], narrow: frozenset[str]) -> bool:
    more = {"integer": "number"}
    return "any" in wide or all(one in wide or more.get(one, one.partition(" ")[0]) in wide for one in narrow)


def _words(types: frozenset[str]) -> str:
    return " or ".join(sorted(types))


def _of_values(name: str, old: Field, new: Field, *, sent: bool) -> Iterator[tuple[str, bool]]:
    if old.values is not None and new.values is not None:
        gone, come = old.values - new.values, new.values - old.values
        if gone:
            yield f"{name} has no longer the value {', '.join(sorted(gone))}", sent
        if come:
            yield f"{name} can have the value {', '.join(sorted(come))} now", False
    elif old.values != new.values:
        listed = new.values is not None
        yield f"{name} has {'a list of values' if listed else 'any value'} now", sent and listed


def _of_limits(name: str, old: Field, new: Field, *, sent: bool) -> Iterator[tuple[str, bool]]:
    for key in sorted(old.limits.keys() | new.limits.keys()):
        before, after = old.limits.get(key), new.limits.get(key)
        if before == after:
            continue
        less, more = moved(key, before, after)
        yield f"{name} {told(key, before, after)}", less if sent else more and key != CLOSED
