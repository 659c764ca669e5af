"""Compares two documents: which operations they have, what changed of each, and what stands beside them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from scripts.changes._beside import compare_beside, compare_components
from scripts.changes._document import Document, Operation
from scripts.changes._messages import compare_messages
from scripts.changes._model import Change, Finding, Level, Spot
from scripts.changes._operations import HERE, added_operation, compare_facts, removed_operation
from scripts.changes._rules import Judge, Subject, today
from scripts.changes._shapes import path_shape
from scripts.changes._walk import Walk

Pair = tuple[Operation | None, Operation | None]


def compare(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    *,
    methods: Mapping[str, Sequence[str]] | None = None,
    ledger: Mapping[str, str] | None = None,
    hidden: bool = False,
    sunset_wanted: bool = False,
    on: date | None = None,
) -> list[Change]:
    """Return what changed from one document to another for the users of the API, the gravest first.

    Args:
        old: an OpenAPI document, 3.0 or 3.1.
        new: a later one, in the same or the other dialect.
        methods: the methods of the client that serve an operation, by operationId.
        ledger: the day on which something was first seen deprecated, by `ledger_key`; its removal is then no
            surprise, even if neither document tells.
        hidden: count operations, parameters and properties that are marked `x-hidden`, too.
        sunset_wanted: take a deprecation without a date as a broken promise.
        on: the day against which announced ends are held; by default today.

    Raises:
        PipelineError: one of them is not built like an OpenAPI document.
    """
    before, after = Document(old, hidden=hidden), Document(new, hidden=hidden)
    judge = Judge(ledger=ledger or {}, today=on or today())
    comparison = _Comparison(before, after, methods or {}, hidden=hidden, sunset_wanted=sunset_wanted)
    changes = [judge.judge(finding, subject) for finding, subject in comparison.findings()]
    changes += [judge.judge(finding, Subject()) for finding in _unmoved_version(before, after, changes)]
    return sorted(changes, key=_order)


def _order(change: Change) -> tuple[int, str, str, str, str, str]:
    return (
        -change.level,
        change.path or "",
        change.method or "",
        change.location,
        change.kind,
        f"{change.before}{change.after}",
    )


def _unmoved_version(old: Document, new: Document, changes: list[Change]) -> Iterator[Finding]:
    version = new.part("info").get("version")
    if version == old.part("info").get("version") and any(change.level is Level.BREAKING for change in changes):
        yield Finding(Spot("request", "document", "info.version"), "version-not-changed", version, version)


class _Comparison:
    """One comparison of two documents."""

    def __init__(
        self,
        old: Document,
        new: Document,
        methods: Mapping[str, Sequence[str]],
        *,
        hidden: bool,
        sunset_wanted: bool,
    ) -> None:
        self._old = old
        self._new = new
        self._methods = methods
        self._hidden = hidden
        self._sunset_wanted = sunset_wanted

    def findings(self) -> Iterator[tuple[Finding, Subject]]:
        walk = Walk(self._old.reader, self._new.reader)
        left = {path_shape(path) for (_, path), one in self._new.operations.items() if self._shown(one)}
        for old, new in self._pairs():
            subject = self._subject(old, new)
            for finding in self._operation(walk, old, new, left):
                yield finding, subject
        for finding in compare_beside(walk, self._old, self._new, hidden=self._hidden):
            yield finding, self._users(finding)
        for finding in compare_components(self._old, self._new, hidden=self._hidden):
            yield finding, Subject()

    def _shown(self, operation: Operation | None) -> bool:
        return operation is not None and (self._hidden or not operation.notes.hidden)

    def _pairs(self) -> Iterator[Pair]:
        """Yield the operations of both documents: by path, then by path shape where that is unique."""
        old, new = dict(self._old.operations), dict(self._new.operations)
        for key in sorted(old.keys() & new.keys()):
            yield old.pop(key), new.pop(key)
        shapes = _by_shape(new)
        for key in sorted(old):
            shape = (key[0], path_shape(key[1]))
            alike = shapes.get(shape, [])
            if len(alike) == 1 and len(_by_shape(old)[shape]) == 1:
                yield old.pop(key), new.pop(alike[0])
        yield from ((one, None) for _, one in sorted(old.items()))
        yield from ((None, one) for _, one in sorted(new.items()))

    def _operation(self, walk: Walk, old: Operation | None, new: Operation | None, left: set[str]) -> Iterator[Finding]:
        if old is not None and new is not None:
            if self._shown(old) and self._shown(new):
                yield from compare_facts(old, new, sunset_wanted=self._sunset_wanted)
                yield from self._client_name(old, new)
                yield from compare_messages(walk, old, new)
            elif self._shown(old) or self._shown(new):
                rule = "operation-hidden" if new.notes.hidden else "operation-unhidden"
                yield Finding(HERE, rule, old.notes.hidden, new.notes.hidden)
        elif old is not None and self._shown(old):
            yield removed_operation(old, whole_path=path_shape(old.path) not in left)
        elif new is not None and self._shown(new):
            yield from added_operation(new)

    def _client_name(self, old: Operation, new: Operation) -> Iterator[Finding]:
        before, after = self._old.client_name(old), self._new.client_name(new)
        if before != after:
            yield Finding(HERE, "client-name-changed", before, after)

    def _subject(self, old: Operation | None, new: Operation | None) -> Subject:
        """Name the operation as the client that is to be changed calls it, but show where it is to be found now."""
        operation = new or old
        if operation is None:
            return Subject()
        name = (old and self._old.client_name(old)) or (new and self._new.client_name(new)) or None
        return Subject(operation.method.upper(), operation.path, name, tuple(self._methods.get(name or "", ())))

    def _users(self, finding: Finding) -> Subject:
        """Return the methods that a change of a way to authenticate concerns; all other changes concern all alike."""
        names: set[str] = set()
        for operation in self._old.operations.values():
            schemes = {scheme for alternative in operation.security for scheme, _ in alternative}
            if finding.rule.startswith("security-scheme") and finding.keyword in schemes and self._shown(operation):
                names.update(self._methods.get(self._old.client_name(operation), ()))
        return Subject(affects=tuple(sorted(names)))


def _by_shape(operations: Mapping[tuple[str, str], Operation]) -> dict[tuple[str, str], list[tuple[str, str]]]:
    shapes: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for method, path in operations:
        shapes.setdefault((method, path_shape(path)), []).append((method, path))
    return shapes
