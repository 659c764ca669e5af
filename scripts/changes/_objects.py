"""Compares objects: their properties, which of them must be there, and what else may be."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from scripts.changes._model import Finding, Spot
from scripts.changes._schema import Notes, Schema
from scripts.changes._types import describe

if TYPE_CHECKING:
    from scripts.changes._walk import Walk


def guarded(spot: Spot, old: Notes | None, new: Notes | None) -> Spot:
    """Return the spot of a part with what its annotations mean for changes of it and inside it."""
    latest = new or old
    unused = latest is not None and (latest.read_only if spot.side == "request" else latest.write_only)
    return replace(spot, beta=spot.beta or (old is not None and old.beta), unused=spot.unused or unused)


def added(what: str, notes: Notes, spot: Spot, *, required: bool) -> Finding:
    """Return the finding that a part is new."""
    return Finding(guarded(spot, None, notes), "required-added" if required else "optional-added", None, what)


def removed(what: str, notes: Notes, spot: Spot, *, required: bool) -> Finding:
    """Return the finding that a part is gone."""
    rule = "required-removed" if required else "optional-removed"
    return Finding(guarded(spot, notes, None), rule, what, None, lifecycle=notes.lifecycle)


def requiredness(spot: Spot, *, before: bool, after: bool) -> Iterator[Finding]:
    """Yield whether a part became required or ceased to be."""
    if before != after:
        yield Finding(spot, "became-required" if after else "became-optional", before, after)


def hidden(spot: Spot, *, before: bool, after: bool) -> Iterator[Finding]:
    """Yield whether a part left the public document or came into it."""
    if before != after:
        yield Finding(spot, "hidden" if after else "unhidden", before, after)


def compare_object(walk: "Walk", old: Schema, new: Schema, spot: Spot) -> Iterator[Finding]:
    """Yield what changed of an object."""
    before, after = walk.old.properties(old), walk.new.properties(new)
    for name in sorted(before.keys() | after.keys()):
        pair = (before.get(name), after.get(name))
        required = (name in old.required, name in new.required)
        for finding in compare_property(walk, pair, required, spot.property(name)):
            refused = new.closed and spot.side == "request" and name not in after
            yield replace(finding, rule="removed-and-refused") if refused else finding
    if old.closed != new.closed:
        yield Finding(spot, "closed" if new.closed else "opened", old.closed, new.closed)
    elif not old.closed:
        yield from walk.compare(walk.old.read(old.values), walk.new.read(new.values), spot.values())


def compare_property(
    walk: "Walk", pair: tuple[Schema | None, Schema | None], required: tuple[bool, bool], spot: Spot
) -> Iterator[Finding]:
    """Yield what changed of a property that at least one of two objects has."""
    old, new = pair
    was, is_now = walk.old.shown(old), walk.new.shown(new)
    if old is not None and new is not None:
        spot = guarded(spot, old.notes, new.notes)
        yield from hidden(spot, before=old.notes.hidden, after=new.notes.hidden)
        if was and is_now:
            yield from requiredness(spot, before=required[0], after=required[1])
            yield from walk.compare(old, new, spot)
    elif old is not None and was:
        yield removed(describe(old, walk.old), old.notes, spot, required=required[0])
    elif new is not None and is_now:
        yield added(describe(new, walk.new), new.notes, spot, required=required[1])
