"""Compares schemas that are one of several (`anyOf`, `oneOf`) or several at once (`allOf`)."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from scripts.changes._model import Finding, Spot
from scripts.changes._reader import Reader
from scripts.changes._schema import NO_NOTES, Schema
from scripts.changes._types import describe

if TYPE_CHECKING:
    from scripts.changes._walk import Walk

_ALIKE = 0.5
"""Two objects are taken as one that changed if they have more than this share of their properties in common."""

Pair = tuple[Schema, Schema]
Step = Callable[["Walk", list[Schema], list[Schema]], Iterator[Pair]]


def compare_conjuncts(walk: "Walk", old: Schema, new: Schema, spot: Spot) -> Iterator[Finding]:
    """Yield the parts of an `allOf` that were added, or removed, where nothing else changed of it."""
    if not (old.conjuncts or new.conjuncts) or walk.old.key(old) == walk.new.key(new):
        return
    before = {walk.old.key(one): describe(one, walk.old) for one in old.conjuncts or (old,)}
    after = {walk.new.key(one): describe(one, walk.new) for one in new.conjuncts or (new,)}
    gone, come = before.keys() - after.keys(), after.keys() - before.keys()
    if gone and come:
        return
    for key in sorted(gone):
        yield Finding(spot, "all-of-removed", before[key], None)
    for key in sorted(come):
        yield Finding(spot, "all-of-added", None, after[key])


def compare_branches(walk: "Walk", old: Schema, new: Schema, spot: Spot) -> Iterator[Finding]:
    """Yield what changed where at least one side is a choice of several schemas."""
    gone, come = _branches(old, walk.old), _branches(new, walk.new)
    pairs = list(_pairs(walk, gone, come))
    wrapped = not old.branches and new.choice == "oneOf"
    unwrapped = not new.branches and old.choice == "oneOf"
    words = (describe(old, walk.old), describe(new, walk.new))
    if wrapped:
        yield Finding(spot, "wrapped-in-one-of", *words)
    elif unwrapped:
        yield Finding(spot, "unwrapped-from-one-of", *words)
    elif old.branches and new.branches and old.choice != new.choice:
        yield Finding(spot, "choice-changed", _how_many(old), _how_many(new))
    for before, after in pairs:
        yield from walk.compare(before, after, spot.branch(_label(walk, before, after)))
    choice = "one-of" if "oneOf" in (old.choice, new.choice) else "any-of"
    for branch in [] if unwrapped else gone:
        yield Finding(spot, "branch-removed", _words(branch, walk.old), None, name=f"{choice}-removed")
    for branch in [] if wrapped else come:
        yield Finding(spot, "branch-added", None, _words(branch, walk.new), name=f"{choice}-added")


def _branches(schema: Schema, reader: Reader) -> list[Schema]:
    """Return the alternatives, or the one schema there is, in an order that the document has no part in."""
    branches = schema.branches or (replace(schema, nullable=False, notes=NO_NOTES),)
    return sorted(branches, key=lambda one: (reader.key(one), repr(one.notes)))


def _how_many(schema: Schema) -> str:
    return "exactly one" if schema.choice == "oneOf" else "at least one"


def _pairs(walk: "Walk", gone: list[Schema], come: list[Schema]) -> Iterator[Pair]:
    """Take from both lists, and yield, the branches that are the same one before and after."""
    steps: tuple[Step, ...] = (_same, _tagged, _similar, _of_one_type)
    for step in steps:
        for before, after in list(step(walk, gone, come)):
            gone.remove(before)
            come.remove(after)
            yield before, after


def _same(walk: "Walk", gone: list[Schema], come: list[Schema]) -> Iterator[Pair]:
    left = list(come)
    for branch in gone:
        twin = next((one for one in left if walk.new.key(one) == walk.old.key(branch)), None)
        if twin is not None:
            left.remove(twin)
            yield branch, twin


def _tagged(walk: "Walk", gone: list[Schema], come: list[Schema]) -> Iterator[Pair]:
    """Yield objects told apart by a property that has one value in each (`type: mention`)."""
    before = {branch: _tags(branch, walk.old) for branch in gone}
    after = {branch: _tags(branch, walk.new) for branch in come}
    count = Counter(tag for tags in (*before.values(), *after.values()) for tag in tags)
    for branch, tags in before.items():
        twins = [one for one, others in after.items() if any(count[tag] == 2 for tag in tags & others)]  # noqa: PLR2004 - one on each side
        if len(twins) == 1:
            del after[twins[0]]
            yield branch, twins[0]


def _tags(branch: Schema, reader: Reader) -> set[tuple[str, str]]:
    parts = reader.properties(branch)
    return {(name, next(iter(part.enum))) for name, part in parts.items() if part.enum and len(part.enum) == 1}


def _similar(walk: "Walk", gone: list[Schema], come: list[Schema]) -> Iterator[Pair]:
    ranked = [(_likeness(before, after), before, after) for before in gone for after in come]
    ranked.sort(key=lambda one: (-one[0], sorted((walk.old.key(one[1]), walk.new.key(one[2])))))
    taken: set[Schema] = set()
    for likeness, before, after in ranked:
        if likeness > _ALIKE and not taken & {before, after}:
            taken |= {before, after}
            yield before, after


def _likeness(before: Schema, after: Schema) -> float:
    every = before.properties.keys() | after.properties.keys()
    return len(before.properties.keys() & after.properties.keys()) / len(every) if every else 0.0


def _of_one_type(_walk: "Walk", gone: list[Schema], come: list[Schema]) -> Iterator[Pair]:
    """Yield the branches that are the only ones of their types on both sides."""
    before, after = (Counter(branch.types for branch in side) for side in (gone, come))
    for branch in gone:
        twins = [one for one in come if one.types == branch.types]
        if branch.types is not None and before[branch.types] == after[branch.types] == 1:
            yield branch, twins[0]


def _label(walk: "Walk", before: Schema, after: Schema) -> str:
    tags = sorted(_tags(before, walk.old) & _tags(after, walk.new))
    common = (before.types or frozenset()) & (after.types or frozenset())
    if not tags:
        return "|".join(sorted(common)) or "any"
    name, value = tags[0]
    return value.strip('"') if value.startswith('"') else f"{name}={value}"


def _words(branch: Schema, reader: Reader) -> str:
    tags = sorted(_tags(branch, reader))
    text = describe(branch, reader)
    return f"{text} with {tags[0][0]} {tags[0][1]}" if tags else text
