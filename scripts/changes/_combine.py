"""Combines schemas: all of several, any of several."""

import math
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from typing import Any

from scripts._errors import PipelineError
from scripts.changes._keywords import whole_bounds
from scripts.changes._schema import ANYTHING, NO_NOTES, ONLY_NULL, Limit, Raw, Schema

_MOST_COMBINATIONS = 400


def meet(left: Schema, right: Schema) -> Schema:
    """Return the schema of what both allow; the notes of `right` are the nearer ones.

    Raises:
        PipelineError: both are choices of so many alternatives that their combinations cannot be listed.
    """
    notes = left.notes.under(right.notes)
    if len(left.branches) * len(right.branches) > _MOST_COMBINATIONS:
        raise PipelineError("an allOf combines too many alternatives to compare", "no API description needs that")
    if left.unrestricted or right.unrestricted:
        kept = right if left.unrestricted else left
        return kept if kept.notes == notes else replace(kept, notes=notes)
    nullable = left.nullable and right.nullable
    for union, other in ((left, right), (right, left)):
        if union.branches:
            branches = [meet(branch, replace(other, notes=NO_NOTES)) for branch in union.branches]
            return replace(unite(branches, union.choice), nullable=nullable, notes=notes)
    enum = left.enum if right.enum is None else right.enum
    if left.enum is not None and right.enum is not None:
        enum = {text: value for text, value in left.enum.items() if text in right.enum}
    types = _common_types(left.types, right.types)
    bounds = _tighter(left, right)
    return Schema(
        types=types,
        nullable=nullable,
        formats=left.formats | right.formats,
        enum=enum,
        deprecated_values=left.deprecated_values | right.deprecated_values,
        bounds=whole_bounds(bounds) if types == frozenset({"integer"}) else bounds,
        patterns=left.patterns | right.patterns,
        properties=_both(left, right),
        required=left.required | right.required,
        closed=left.closed or right.closed,
        values=_all_of(left.values, right.values),
        items=_all_of(left.items, right.items),
        opaque=_both_opaque(left, right),
        choice=left.choice or right.choice,
        notes=notes,
    )


def _common_types(left: frozenset[str] | None, right: frozenset[str] | None) -> frozenset[str] | None:
    if left is None or right is None:
        return right if left is None else left
    common = left & right
    for one, other in ((left, right), (right, left)):
        if "integer" in one and "number" in other:
            common |= {"integer"}
    return common


def _tighter(left: Schema, right: Schema) -> dict[str, Limit]:
    bounds = dict(left.bounds)
    for name, limit in right.bounds.items():
        known = bounds.get(name, limit)
        if name == "multipleOf" and float(known[0]).is_integer() and float(limit[0]).is_integer():
            bounds[name] = (math.lcm(int(known[0]), int(limit[0])), False)
        elif name.startswith("max"):
            bounds[name] = min(known, limit, key=lambda one: (one[0], not one[1]))
        else:
            bounds[name] = max(known, limit)
    return bounds


def _both(left: Schema, right: Schema) -> dict[str, Raw]:
    both = dict(left.properties)
    for name, raw in right.properties.items():
        both[name] = _all_of(both.get(name, True), raw)
    return both


def _both_opaque(left: Schema, right: Schema) -> dict[str, Any]:
    both = dict(left.opaque)
    for name, value in right.opaque.items():
        both[name] = value if both.get(name, value) == value else {"allOf": [both[name], value]}
    return both


def _all_of(left: Raw, right: Raw) -> Raw:
    if left is True or left == right:
        return right
    return left if right is True else {"allOf": [left, right]}


def unite(branches: Iterable[Schema], choice: str) -> Schema:
    """Return the schema of what any of `branches` allows, as one schema without branches if that says the same."""
    branches = list(branches)
    nullable = any(branch.nullable for branch in branches if branch.types is not None)
    left: list[Schema] = []
    for branch in branches:
        if branch.only_null:
            continue
        nested = branch.branches if branch.choice == choice and branch.branches else (branch,)
        left += [_not_null(one) for one in nested]
    if choice == "anyOf" and any(branch.unrestricted for branch in left):
        return ANYTHING
    if not left:
        return ONLY_NULL
    if len(left) == 1:
        return replace(left[0], nullable=left[0].nullable or nullable)
    return replace(_one_enum(left) or _one_schema(left) or _union(left), nullable=nullable, choice=choice)


def _not_null(branch: Schema) -> Schema:
    return replace(branch, nullable=False) if branch.nullable and branch.types is not None else branch


def _types(branches: list[Schema]) -> frozenset[str] | None:
    types: set[str] = set()
    for branch in branches:
        if branch.types is None:
            return None
        types |= branch.types
    return frozenset(types)


def _union(branches: list[Schema]) -> Schema:
    return Schema(types=_types(branches), branches=tuple(branches))


def _one_enum(branches: list[Schema]) -> Schema | None:
    """Return branches that are nothing but enumerations as one; the values of deprecated ones are kept as such."""
    if any(branch.enum is None or replace(branch, enum=None).restricted for branch in branches):
        return None
    values: dict[str, Any] = {}
    current: set[str] = set()
    for branch in branches:
        values |= branch.enum or {}
        if not branch.notes.deprecated:
            current |= set(branch.enum or {}) - branch.deprecated_values
    return Schema(types=_types(branches), enum=values, deprecated_values=frozenset(values.keys() - current))


def _one_schema(branches: list[Schema]) -> Schema | None:
    """Return branches of different types as one schema of several types, since keywords belong to types."""
    plain = all(
        branch.types
        and branch.enum is None
        and branch.notes == NO_NOTES
        and not (branch.opaque or branch.branches or branch.conjuncts)
        for branch in branches
    )
    if not plain or sum(bool(branch.formats) for branch in branches) > 1:
        return None
    if not all(_disjoint(left, right) for left, right in combinations(branches, 2)):
        return None
    merged = branches[0]
    for branch in branches[1:]:
        types = (merged.types or frozenset()) | (branch.types or frozenset())
        merged = replace(meet(replace(merged, types=None), replace(branch, types=None)), types=types)
    return merged


def _disjoint(left: Schema, right: Schema) -> bool:
    one, other = ({"number" if kind == "integer" else kind for kind in schema.types or ()} for schema in (left, right))
    return not one & other
