"""Compares types, formats and whether null is valid."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from scripts.changes._model import Finding, Spot
from scripts.changes._reader import Reader
from scripts.changes._schema import SCALARS, Schema

if TYPE_CHECKING:
    from scripts.changes._walk import Walk

_TYPED_FORMATS = frozenset({"date-time", "date", "uuid", "binary"})
"""The formats that have a Python type of their own; the others stay `str`."""
_ARTICLED = {"integer": "an integer", "array": "a list", "object": "an object", "boolean": "true or false"}
_LISTED = {"integer": "integers", "array": "lists", "object": "objects", "boolean": "booleans"}


def describe(schema: Schema, reader: Reader) -> str:
    """Return in a few words what a schema takes: `a string (date-time) or null`."""
    if schema.branches:
        words = sorted({describe(branch, reader) for branch in schema.branches})
    else:
        words = [_word(kind, schema, reader) for kind in sorted(schema.types or ())]
    if schema.types is None and not schema.branches:
        return "any value"
    if schema.nullable:
        words.append("null")
    return " or ".join(words) or "no value"


def _word(kind: str, schema: Schema, reader: Reader) -> str:
    if kind == "array":
        items = reader.read(schema.items)
        single = items.types is not None and len(items.types) == 1 and not items.branches
        inner = next(iter(items.types)) if single and items.types else ""
        return f"a list of {_LISTED.get(inner, inner + 's')}" if inner else "a list"
    if kind == "string" and schema.formats:
        return f"a string ({', '.join(sorted(schema.formats))})"
    return _ARTICLED.get(kind, f"a {kind}")


def compare_null(old: Schema, new: Schema, spot: Spot) -> Iterator[Finding]:
    """Yield whether null became valid or ceased to be, where that is said at all."""
    if old.types is None or new.types is None or old.nullable == new.nullable:
        return
    rule = "became-nullable" if new.nullable else "became-not-nullable"
    yield Finding(spot, rule, old.nullable, new.nullable)


def list_items(walk: "Walk", old: Schema, new: Schema, spot: Spot) -> tuple[Schema, Schema] | None:
    """Return what to compare where a query parameter of one value became a list of such values, or the reverse."""
    if not spot.exploded:
        return None
    if _scalar(old) and new.only("array"):
        items = walk.new.read(new.items)
        return replace(old, nullable=items.nullable, notes=items.notes), items
    if old.only("array") and _scalar(new):
        items = walk.old.read(old.items)
        return items, replace(new, nullable=items.nullable, notes=items.notes)
    return None


def _scalar(schema: Schema) -> bool:
    return bool(schema.types) and (schema.types or frozenset()) <= SCALARS and not schema.branches


def compare_types(walk: "Walk", old: Schema, new: Schema, spot: Spot, *, listed: bool) -> tuple[list[Finding], bool]:
    """Return what changed of the types, and whether the two still have values in common to compare further.

    `listed` tells that one of them is a list of what the other is a single one of, both being sent alike.
    """
    before, after = _spread(old), _spread(new)
    if before == after:
        return [], True
    known = before is not None and after is not None
    common = known and bool((before or frozenset()) & (after or frozenset()))
    if common and (old.branches or new.branches):
        return [], True  # the branches tell
    rule = _listed_rule(new) if listed else _rule(old, new, spot)
    words = (describe(replace(old, nullable=False), walk.old), describe(replace(new, nullable=False), walk.new))
    return [Finding(spot, rule, *words)], common


def _listed_rule(new: Schema) -> str:
    return "type-became-list" if new.only("array") else "type-changed"


def _rule(old: Schema, new: Schema, spot: Spot) -> str:
    before, after = _spread(old), _spread(new)
    if before is not None and new.choice == "oneOf" and not old.choice:
        return "wrapped-in-one-of"
    if after is not None and old.choice == "oneOf" and not new.choice:
        return "unwrapped-from-one-of"
    if after is None or (before is not None and before < after):
        return "type-widened"
    if before is None or after < before:
        return "type-narrowed"
    if spot.text and spot.side == "request" and _scalar(old) and new.only("string") and not new.restricted:
        return "type-compatible"
    return "type-changed"


def _spread(schema: Schema) -> frozenset[str] | None:
    """Return the types with all that they include."""
    types = schema.types
    return types | {"integer"} if types is not None and "number" in types else types


def compare_formats(old: Schema, new: Schema, spot: Spot) -> Iterator[Finding]:
    """Yield what changed of the formats."""
    gone, come = sorted(old.formats - new.formats), sorted(new.formats - old.formats)
    typed = bool(_TYPED_FORMATS & {*gone, *come})
    if gone and come:
        yield Finding(spot, "format-changed", ", ".join(gone), ", ".join(come), typed=typed)
    elif gone:
        yield Finding(spot, "format-removed", ", ".join(gone), None, typed=typed)
    elif come:
        yield Finding(spot, "format-added", None, ", ".join(come), typed=typed)
