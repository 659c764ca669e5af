"""Writes a report: for machines, for a terminal, and for a change log."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from scripts.changes._model import Change, Level, shown

_TITLES = {
    Level.BREAKING: "Breaking",
    Level.WARNING: "Warnings",
    Level.INFO: "Other changes",
}
_PLURALS = {
    Level.BREAKING: ("breaking change", "breaking changes"),
    Level.WARNING: ("warning", "warnings"),
    Level.INFO: ("other change", "other changes"),
}
_CLOCK = "Announced to go: stop using these"
_SOURCE = "changes names or types of the Python client"
_STATUS = re.compile(r"reply\.(\w+)")
_NONE = "No changes."


def as_json(changes: Sequence[Change]) -> str:
    """Return the changes as a JSON list of objects."""
    rows = [{**asdict(change), "level": change.level.label, "affects": list(change.affects)} for change in changes]
    return json.dumps(rows, indent=2, ensure_ascii=False)


def as_text(changes: Sequence[Change]) -> str:
    """Return the changes for a terminal, by level, then by operation."""
    lines = [_summary(changes)]
    for title, group in _sections(changes):
        lines += ["", title.upper()]
        for heading, rows in _by_operation(group):
            lines += [f"  {heading}", *(f"    - {row}" for row in rows)]
    return "\n".join(lines)


def as_markdown(changes: Sequence[Change]) -> str:
    """Return the changes as Markdown, to stand below a heading of the second level."""
    lines = [_summary(changes)]
    for title, group in _sections(changes):
        lines += ["", f"### {title}", ""]
        for heading, rows in _by_operation(group):
            lines += [f"- **{heading}**", *(f"  - {row}" for row in rows)]
    return "\n".join(lines)


def _summary(changes: Sequence[Change]) -> str:
    if not changes:
        return _NONE
    counts = []
    for level, (one, many) in _PLURALS.items():
        count = sum(change.level is level for change in changes)
        if count:
            counts.append(f"{count} {one if count == 1 else many}")
    source = sum(change.source_breaking for change in changes)
    note = f"; {source} of all [source]: {_SOURCE}" if source else ""
    return ", ".join(counts) + note + "."


def _sections(changes: Sequence[Change]) -> Iterator[tuple[str, list[Change]]]:
    """Yield what was announced to go apart from the rest of its level, since the time to leave it starts now."""
    for level, title in _TITLES.items():
        group = [change for change in changes if change.level is level]
        clock = [change for change in group if change.starts_removal_clock]
        rest = [change for change in group if not change.starts_removal_clock]
        if clock:
            yield _CLOCK, clock
        if rest:
            yield title, rest


def _by_operation(changes: Iterable[Change]) -> Iterator[tuple[str, list[str]]]:
    headings: dict[str, dict[str, list[Change]]] = {}
    for change in changes:
        rows = headings.setdefault(_heading(change), {})
        rows.setdefault(f"{change.source_breaking} {_template(change)}", []).append(change)
    for heading, groups in headings.items():
        yield heading, [_row(group) for group in groups.values()]


def _heading(change: Change) -> str:
    if change.path is None:
        return "The API as a whole"
    users = ", ".join(f"{name}()" for name in change.affects)
    return f"{change.method} {change.path}" + (f" - {users}" if users else "")


def _template(change: Change) -> str:
    """Return what rows have in common that are told as one: the same in several replies, or of several values."""
    return change.message.replace(_value(change), "…") if "-enum-value-" in change.kind else change.message


def _value(change: Change) -> str:
    return shown(change.after if change.before is None else change.before)


def _row(group: Sequence[Change]) -> str:
    first = group[0]
    message = first.message
    if "-enum-value-" in first.kind:
        values = dict.fromkeys(_value(change) for change in group)
        message = message.replace(_value(first), ", ".join(values))
    statuses = sorted({match[1] for change in group if (match := _STATUS.match(change.location))})
    if statuses and "-status-" not in first.kind:
        message += f" (status {', '.join(statuses)})"
    return message + (" [source]" if first.source_breaking else "")
