"""Reading a change backwards gives the reverse change."""

import re
from collections import Counter
from typing import Any

from hypothesis import given

from scripts.changes import Change, compare
from tests.scripts.changes._documents import Json
from tests.scripts.changes._strategies import documents

_FAMILIES = {
    "there": "required-added optional-added required-removed optional-removed removed-and-refused "
    "removed-with-deprecation operation-added operation-removed operation-removed-with-deprecation path-removed request-body-added-required "
    "request-body-added-optional request-body-removed",
    "needed": "became-required became-optional",
    "null": "became-nullable became-not-nullable",
    "type": "type-changed type-narrowed type-widened type-compatible type-became-list wrapped-in-one-of "
    "unwrapped-from-one-of",
    "format": "format-added format-removed format-changed",
    "listed": "became-enum enum-dropped",
    "value": "enum-value-added enum-value-removed enum-value-removed-with-deprecation",
    "value deprecated": "enum-value-deprecated enum-value-reactivated",
    "pattern": "pattern-added pattern-removed pattern-changed pattern-generalized pattern-specialized",
    "closed": "closed opened",
    "default": "default-added default-changed default-removed",
    "deprecated": "deprecated reactivated",
    "hidden": "hidden unhidden",
}
"""Rules that say the same seen from the one side or the other."""

_FAMILY = {rule: family for family, rules in _FAMILIES.items() for rule in rules.split()}
_ENDS = re.compile(r"-(added|removed|set|unset|tightened|relaxed)$")


def _family(change: Change) -> str:
    for rule in sorted(_FAMILY, key=len, reverse=True):
        if change.kind == rule or change.kind.endswith(f"-{rule}"):
            return f"{change.kind.removesuffix(rule)}{_FAMILY[rule]}"
    return _ENDS.sub("", change.kind)


def _seen(changes: list[Change], *, backwards: bool) -> Counter[tuple[Any, ...]]:
    rows = []
    for change in changes:
        values = (repr(change.before), repr(change.after))
        born_deprecated = change.kind == "operation-deprecated" and change.before is None
        if change.kind not in ("version-not-changed", "variant-changed") and not born_deprecated:
            place = (change.method, change.path, change.location)
            rows.append((_family(change), *place, *(values[::-1] if backwards else values)))
    return Counter(rows)


@given(old=documents(), new=documents())
def test_a_comparison_read_backwards_is_the_reverse_comparison(old: Json, new: Json) -> None:
    forward, back = compare(old, new), compare(new, old)
    assert _seen(forward, backwards=False) == _seen(back, backwards=True)


@given(old=documents(), new=documents())
def test_two_documents_of_which_none_is_told_to_differ_have_the_same_operations(old: Json, new: Json) -> None:
    differ = {(change.method, change.path) for change in compare(old, new)}
    same = _operations(old).symmetric_difference(_operations(new))
    assert same <= differ


def _operations(document: Json) -> set[tuple[str, str]]:
    return {(method.upper(), path) for path, item in document["paths"].items() for method in item}
