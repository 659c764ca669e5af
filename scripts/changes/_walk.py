"""Walks two schemas side by side and finds what differs."""

from collections.abc import Iterator
from dataclasses import replace

from scripts._errors import PipelineError
from scripts.changes._alternatives import compare_branches, compare_conjuncts
from scripts.changes._model import Finding, Spot
from scripts.changes._objects import compare_object
from scripts.changes._reader import Reader
from scripts.changes._remarks import compare_notes
from scripts.changes._schema import Schema
from scripts.changes._types import compare_formats, compare_null, compare_types, list_items
from scripts.changes._values import compare_bounds, compare_enum, compare_opaque, compare_patterns

MAX_FINDINGS = 200_000
"""Above this, nested references multiply differences without end; each level of nesting counts a difference again."""

Pair = tuple[Schema, Schema]


class Walk:
    """Compares schemas of an old and a new document, wherever they stand."""

    def __init__(self, old: Reader, new: Reader) -> None:
        self.old = old
        self.new = new
        self._alike: set[Pair] = set()
        self._open: dict[Pair, int] = {}
        self._pending: dict[Pair, int] = {}
        self._reach = 0
        self._count = 0

    def compare(self, old: Schema, new: Schema, spot: Spot) -> Iterator[Finding]:
        """Yield what differs between two schemas and inside them.

        A pair that is being compared further out already is taken as alike: its differences stand there. A pair
        without any is not walked twice. If that verdict leaned on a pair further out, it holds while that one is
        being compared, and for good if that one turns out alike.

        Raises:
            PipelineError: there are more differences than two versions of one API can have.
        """
        pair = (old, new)
        if pair in self._alike:
            return
        if pair in self._open or pair in self._pending:
            self._reach = min(self._reach, self._open.get(pair, self._pending.get(pair, 0)))
            return
        depth = self._open[pair] = len(self._open)
        outer, self._reach = self._reach, depth
        before, found = len(self._pending), False
        for finding in self._differences(old, new, spot):
            found = True
            self._check()
            yield finding
        del self._open[pair]
        inside = list(self._pending)[before:]
        if found or self._reach >= depth:
            for one in inside:
                del self._pending[one]
        if not found and self._reach >= depth:
            self._alike |= {pair, *inside}
        elif not found:
            self._pending[pair] = self._reach
        self._reach = min(outer, self._reach)

    def _check(self) -> None:
        self._count += 1
        if self._count > MAX_FINDINGS:
            raise PipelineError(
                f"the documents differ in more than {MAX_FINDINGS:,} places", "compare two versions of one API"
            )

    def _differences(self, old: Schema, new: Schema, spot: Spot) -> Iterator[Finding]:
        yield from compare_notes(old.notes, new.notes, spot)
        yield from compare_null(old, new, spot)
        added_or_removed = list(compare_conjuncts(self, old, new, spot))
        if added_or_removed:
            yield from added_or_removed
            return
        items = list_items(self, old, new, spot)
        findings, comparable = compare_types(self, old, new, spot, listed=items is not None)
        yield from findings
        if items is not None:
            yield from self.compare(*items, replace(spot, exploded=False))
        elif comparable and (old.branches or new.branches):
            yield from compare_branches(self, old, new, spot)
        elif comparable:
            yield from self._keywords(old, new, spot)

    def _keywords(self, old: Schema, new: Schema, spot: Spot) -> Iterator[Finding]:
        yield from compare_formats(old, new, spot)
        yield from compare_enum(old, new, spot)
        yield from compare_bounds(old, new, spot)
        yield from compare_patterns(old, new, spot)
        yield from compare_opaque(self, old, new, spot)
        yield from compare_object(self, old, new, spot)
        yield from self.compare(self.old.read(old.items), self.new.read(new.items), spot.items())
