"""Compares two operations: what is said about them, and which parts they have."""

from collections.abc import Iterator

from scripts.changes._document import Alternative, Operation
from scripts.changes._model import Finding, Spot
from scripts.changes._rules import sunset_day
from scripts.changes._schema import Notes
from scripts.changes._shapes import path_names

HERE = Spot(side="request", place="operation", location="operation")


def at(part: str, *, beta: bool = False) -> Spot:
    """Return the spot of a part of an operation that is neither parameter, body nor reply."""
    return Spot(side="request", place="operation", location=f"operation.{part}", beta=beta)


def removed_operation(operation: Operation, *, whole_path: bool) -> Finding:
    """Return the finding that an operation is gone."""
    spot = Spot(side="request", place="operation", location="operation", beta=operation.notes.beta)
    rule = "path-removed" if whole_path else "operation-removed"
    return Finding(spot, rule, _line(operation), None, lifecycle=operation.notes.lifecycle)


def added_operation(operation: Operation) -> Iterator[Finding]:
    """Yield that an operation is new, and that it is already deprecated, if so."""
    yield Finding(HERE, "operation-added", None, _line(operation))
    if operation.notes.deprecated:
        yield Finding(HERE, "operation-deprecated", None, operation.notes.deprecated)


def _line(operation: Operation) -> str:
    return f"{operation.method.upper()} {operation.path}"


def compare_facts(old: Operation, new: Operation, *, sunset_wanted: bool) -> Iterator[Finding]:
    """Yield what changed of an operation besides parameters, body and replies."""
    yield from _lifecycle(old.notes, new.notes, sunset_wanted=sunset_wanted)
    for before, after in zip(path_names(old.path), path_names(new.path), strict=False):
        if before != after:
            yield Finding(at("path"), "path-parameter-renamed", before, after)
    yield from _own_id(old.own_id, new.own_id)
    yield from _tags(old.tags, new.tags)
    yield from _security(old, new)
    if old.servers != new.servers:
        spot = at("servers", beta=old.notes.beta)
        yield Finding(spot, "operation-servers-changed", list(old.servers), list(new.servers))


def _lifecycle(old: Notes, new: Notes, *, sunset_wanted: bool) -> Iterator[Finding]:
    if old.hidden != new.hidden:
        yield Finding(HERE, "operation-hidden" if new.hidden else "operation-unhidden", old.hidden, new.hidden)
    if old.beta != new.beta:
        yield Finding(HERE, "operation-beta-set" if new.beta else "operation-beta-unset", old.beta, new.beta)
    if old.deprecated and not new.deprecated:
        yield Finding(HERE, "operation-reactivated", old.deprecated, new.deprecated)
    if new.deprecated and not old.deprecated:
        silent = sunset_wanted and sunset_day(new.sunset) is None
        rule = "operation-deprecated-without-sunset" if silent else "operation-deprecated"
        yield Finding(HERE, rule, old.deprecated, new.deprecated)
    yield from _sunset(old.sunset, new.sunset)


def _sunset(before: str | None, after: str | None) -> Iterator[Finding]:
    spot, old, new = at("x-sunset"), sunset_day(before), sunset_day(after)
    if before is not None and before != after and new is None:
        yield Finding(spot, "sunset-deleted", before, after)
    elif old is None and new is not None:
        yield Finding(spot, "sunset-set", before, after)
    elif old is not None and new is not None and old != new:
        yield Finding(spot, "sunset-moved-earlier" if new < old else "sunset-moved-later", before, after)


def _own_id(before: str | None, after: str | None) -> Iterator[Finding]:
    if before == after:
        return
    rule = "operation-id-changed" if before and after else "operation-id-added"
    yield Finding(at("operationId"), rule if after else "operation-id-removed", before, after)


def _tags(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Finding]:
    """Yield tags that came and went; in what order they stand matters for the first only, which names a module."""
    for tag in sorted(set(before) - set(after)):
        yield Finding(at("tags"), "tag-removed", tag, None)
    for tag in sorted(set(after) - set(before)):
        yield Finding(at("tags"), "tag-added", None, tag)
    if set(before) == set(after) and before[:1] != after[:1]:
        yield Finding(at("tags"), "main-tag-changed", before[0], after[0])


def _security(old: Operation, new: Operation) -> Iterator[Finding]:
    spot = at("security", beta=old.notes.beta)
    gone, come = _by_schemes(old.security - new.security), _by_schemes(new.security - old.security)
    for schemes in sorted(gone.keys() | come.keys()):
        before, after = gone.get(schemes), come.get(schemes)
        if before is not None and after is not None:
            yield from _scopes(before, after, spot)
        elif before is not None:
            yield Finding(spot, "security-alternative-removed", _needs(before), None)
        elif after is not None:
            yield Finding(spot, "security-alternative-added", None, _needs(after))


def _by_schemes(alternatives: frozenset[Alternative]) -> dict[tuple[str, ...], Alternative]:
    ordered = sorted(alternatives, key=_needs)
    return {tuple(sorted(scheme for scheme, _ in alternative)): alternative for alternative in ordered}


def _scopes(before: Alternative, after: Alternative, spot: Spot) -> Iterator[Finding]:
    old, new = dict(before), dict(after)
    for scheme in sorted(old):
        for scope in sorted(old[scheme] - new[scheme]):
            yield Finding(spot, "security-scope-removed", f"{scheme}: {scope}", None)
        for scope in sorted(new[scheme] - old[scheme]):
            yield Finding(spot, "security-scope-added", None, f"{scheme}: {scope}")


def _needs(alternative: Alternative) -> str:
    words = []
    for scheme, scopes in sorted((scheme, sorted(scopes)) for scheme, scopes in alternative):
        words.append(f"{scheme} ({', '.join(scopes)})" if scopes else scheme)
    return " + ".join(words) or "nothing"
