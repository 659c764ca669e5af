"""Compares which values are valid: enumerations, bounds, patterns, and conditions that are not analysed."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from scripts.changes._keywords import whole_bounds
from scripts.changes._model import Finding, Lifecycle, Spot
from scripts.changes._schema import Limit, Schema

if TYPE_CHECKING:
    from scripts.changes._walk import Walk

_EVERYTHING = frozenset({"", ".*", "^.*$", "^", "$", r"[\s\S]*", r"^[\s\S]*$"})


def compare_enum(old: Schema, new: Schema, spot: Spot) -> Iterator[Finding]:
    """Yield what changed of the values; enumerations are open in the client, so their names alone matter there."""
    if old.enum is None and new.enum is None:
        return
    if old.enum is None:
        yield Finding(spot, "became-enum", None, _listed(new.enum or {}))
    elif new.enum is None:
        yield Finding(spot, "enum-dropped", _listed(old.enum), None)
    else:
        yield from _changed_values(old, new, old.enum, new.enum, spot)


def _listed(values: Mapping[str, Any]) -> list[Any]:
    return [values[text] for text in sorted(values)]


def _changed_values(
    old: Schema, new: Schema, before: Mapping[str, Any], after: Mapping[str, Any], spot: Spot
) -> Iterator[Finding]:
    for text in sorted(before.keys() - after.keys()):
        lifecycle = Lifecycle(deprecated=text in old.deprecated_values)
        yield Finding(spot, "enum-value-removed", before[text], None, lifecycle=lifecycle, value=before[text])
    for text in sorted(after.keys() - before.keys()):
        yield Finding(spot, "enum-value-added", None, after[text], value=after[text])
    for text in sorted(before.keys() & after.keys()):
        if (text in old.deprecated_values) != (text in new.deprecated_values):
            deprecated = text in new.deprecated_values
            if deprecated:
                yield Finding(spot, "enum-value-deprecated", None, after[text], value=after[text])
            else:
                yield Finding(spot, "enum-value-reactivated", before[text], None, value=after[text])


def compare_bounds(old: Schema, new: Schema, spot: Spot) -> Iterator[Finding]:
    """Yield what changed of the bounds; where one side takes whole numbers only, both are held to those."""
    before, after = old.bounds, new.bounds
    if old.only("integer") or new.only("integer"):
        before, after = whole_bounds(before), whole_bounds(after)
    for key in sorted(before.keys() | after.keys()):
        name = re.sub(r"(?=[A-Z])", "-", key).lower()
        left, right = before.get(key), after.get(key)
        if left == right:
            continue
        if left is None:
            change = "set"
        elif right is None:
            change = "removed"
        else:
            change = _moved(key, left, right)
        yield Finding(spot, f"bound-{change}", _shown(left), _shown(right), name=f"{name}-{change}", keyword=key)


def _moved(key: str, before: Limit, after: Limit) -> str:
    if key == "multipleOf":
        if _divides(before[0], after[0]):
            return "tightened"
        return "relaxed" if _divides(after[0], before[0]) else "changed"
    return "tightened" if _strictness(key, after) > _strictness(key, before) else "relaxed"


def _strictness(key: str, limit: Limit) -> Limit:
    return (limit[0] if key.startswith("min") else -limit[0]), limit[1]


def _divides(divisor: float, value: float) -> bool:
    quotient = value / divisor
    return abs(quotient - round(quotient)) < 1e-9  # noqa: PLR2004 - decimal fractions have no exact binary form


def _shown(limit: Limit | None) -> Any:
    if limit is None:
        return None
    value = int(limit[0]) if float(limit[0]).is_integer() else limit[0]
    return f"{value} (itself excluded)" if limit[1] else value


def compare_patterns(old: Schema, new: Schema, spot: Spot) -> Iterator[Finding]:
    """Yield what changed of the patterns; which takes more is told only where it can be proved."""
    gone, come = sorted(old.patterns - new.patterns), sorted(new.patterns - old.patterns)
    if len(gone) == 1 and len(come) == 1:
        rule = "pattern-changed"
        if _includes(come[0], gone[0]):
            rule = "pattern-generalized"
        elif _includes(gone[0], come[0]):
            rule = "pattern-specialized"
        yield Finding(spot, rule, gone[0], come[0])
        return
    for pattern in gone:
        yield Finding(spot, "pattern-removed", pattern, None)
    for pattern in come:
        yield Finding(spot, "pattern-added", None, pattern)


def _includes(wide: str, narrow: str) -> bool:
    """Return whether all that `narrow` matches is surely matched by `wide`: it matches all, or lists it."""
    if wide in _EVERYTHING:
        return True
    whole = re.fullmatch(r"\^\((?:\?:)?([^()\[\]\\]*)\)\$", wide)
    if whole is None:
        return False
    one = re.fullmatch(r"\^(?:\((?:\?:)?([^()\[\]\\]*)\)|([^()\[\]\\|]*))\$", narrow)
    if one is None:
        return False
    return set((one[1] or one[2] or "").split("|")) <= set(whole[1].split("|"))


def compare_opaque(walk: "Walk", old: Schema, new: Schema, spot: Spot) -> Iterator[Finding]:
    """Yield the keywords that say something else now, without saying whether more or less is valid."""
    for name in sorted(old.opaque.keys() | new.opaque.keys()):
        before, after = old.opaque.get(name), new.opaque.get(name)
        left = None if name not in old.opaque else walk.old.opaque_key(name, before)
        right = None if name not in new.opaque else walk.new.opaque_key(name, after)
        if left != right:
            yield Finding(spot, "constraint-changed", before, after, keyword=name)
