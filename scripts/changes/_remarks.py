"""Compares what schemas, parameters and operations say without allowing or forbidding anything."""

from collections.abc import Iterator

from scripts.changes._model import Finding, Spot
from scripts.changes._schema import Notes

_FLAGS = (
    ("deprecated", "deprecated", "reactivated"),
    ("read_only", "read-only-set", "read-only-unset"),
    ("write_only", "write-only-set", "write-only-unset"),
    ("beta", "beta-set", "beta-unset"),
)


def compare_notes(old: Notes, new: Notes, spot: Spot) -> Iterator[Finding]:
    """Yield what changed of the annotations of a schema."""
    for name, rule_set, rule_unset in _FLAGS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Finding(spot, rule_set if after else rule_unset, before, after)
    if old.default != new.default:
        rule = "default-changed" if old.default and new.default else "default-added"
        rule = rule if new.default else "default-removed"
        before, after = (next(iter(one), None) for one in (old.default, new.default))
        yield Finding(spot, rule, before, after)
