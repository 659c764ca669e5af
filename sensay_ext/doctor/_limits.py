"""What a schema demands of a value besides its type, in either dialect of OpenAPI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CLOSED", "concerns", "limits", "moved", "told"]

CLOSED = "additionalProperties"
"""Fields that are not listed are refused."""

_COUNTS = ("minLength", "minItems", "minProperties", "maxLength", "maxItems", "maxProperties")
_BOUNDS = (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum"))
_TYPED = frozenset({"date", "date-time", "uuid"})
_OTHER_NAMES = frozenset({"binary", "byte"})
"""Formats that 3.1 spells as keywords of their own, which say how text is encoded rather than which text it is."""


_CONCERNED = {
    "Length": {"string"},
    "pattern": {"string"},
    "format": {"string", "integer", "number"},
    "imum": {"integer", "number"},
    "Of": {"integer", "number"},
    "Items": {"array"},
    "Properties": {"object"},
}
"""Types of the values that a demand is made of, by the end of its keyword."""


def concerns(key: str, types: frozenset[str]) -> bool:
    """Return whether a demand says anything about values of some types.

    Args:
        key: The keyword.
        types: The types; those of text may have a format behind them.
    """
    known = next(names for end, names in _CONCERNED.items() if key.endswith(end))
    return "any" in types or bool(known & {name.partition(" ")[0] for name in types})


def limits(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return what there is, by keyword; bounds are pairs of the number and whether it is excluded itself.

    Args:
        form: A schema in one piece.
    """
    found: dict[str, Any] = {}
    for key in _COUNTS:
        if form.get(key) or (key.startswith("max") and form.get(key) == 0):
            found[key] = (form[key], False)
    for key, exclusive in _BOUNDS:
        bound = _bound(form, key, exclusive)
        if bound is not None:
            found[key] = bound
    found |= {key: form[key] for key in ("multipleOf", "pattern", "uniqueItems") if form.get(key)}
    if form.get("format") and form["format"] not in _TYPED | _OTHER_NAMES:
        found["format"] = form["format"]
    if form.get(CLOSED) is False:
        found[CLOSED] = False
    return found


def _bound(form: Mapping[str, Any], key: str, exclusive: str) -> tuple[float, bool] | None:
    given, excluded = form.get(key), form.get(exclusive)
    both = [] if given is None else [(given, excluded is True)]
    if excluded is not None and not isinstance(excluded, bool):
        both.append((excluded, True))
    if form.get("type") == "integer":
        step = 1 if key == "minimum" else -1
        both = [(number + step, False) if out else (number, False) for number, out in both]
    return max(both, key=lambda one: _strictness(key, one), default=None)


def _strictness(key: str, bound: tuple[float, bool]) -> tuple[float, bool]:
    return (bound[0] if key.startswith("min") else -bound[0]), bound[1]


def moved(key: str, old: Any, new: Any) -> tuple[bool, bool]:
    """Return whether fewer values are valid now, and whether more are; neither where that is not known.

    Args:
        key: The keyword.
        old: What was demanded; None for nothing.
        new: What is.
    """
    if old is None or new is None:
        return old is None, new is None
    if key == "pattern":
        return False, False
    if isinstance(old, tuple):
        stricter = _strictness(key, new) > _strictness(key, old)
        return stricter, not stricter
    if key == "multipleOf":
        return old % new != 0 or new % old == 0, new % old != 0 or old % new == 0
    return True, True


def told(key: str, old: Any, new: Any) -> str:
    """Return the end of a sentence about what changed.

    Args:
        key: The keyword.
        old: What was demanded; None for nothing.
        new: What is.
    """
    if key == CLOSED:
        return (
            "can have fields that are not listed now" if new is None else "has no fields but those that are listed now"
        )
    if key == "uniqueItems":
        return "can have an item twice now" if new is None else "has no item twice now"
    return f"has no longer {_words(key, old)}" if new is None else f"has {_words(key, new)} now"


def _words(key: str, value: Any) -> str:
    number, excluded = value if isinstance(value, tuple) else (value, False)
    return f"{key} {number}{' (itself excluded)' if excluded else ''}"
