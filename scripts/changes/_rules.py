"""The rule table, read from `rules.toml`, and how a finding is judged by it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from scripts.changes._ledger import ledger_key
from scripts.changes._model import Change, Finding, Level, shown

_TABLE = Path(__file__).with_name("rules.toml")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table; see the head of `rules.toml`."""

    level: Level
    says: str
    source: bool = False
    after_deprecation: str = ""
    before_sunset: str = ""


@cache
def table() -> Mapping[tuple[str, str], Rule]:
    """Return the rules by key and side; rules of operations and documents hold for both sides alike."""
    data = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    rules = {(key, side): _rule(row) for key, sides in data["schema_rules"].items() for side, row in sides.items()}
    for key, row in data["rules"].items():
        rules[key, "request"] = rules[key, "response"] = _rule(row)
    return rules


@cache
def whole_kinds() -> frozenset[str]:
    """Return the rules whose key is the kind itself, without the place before it."""
    return frozenset(tomllib.loads(_TABLE.read_text(encoding="utf-8"))["rules"])


def _rule(row: Mapping[str, Any]) -> Rule:
    return Rule(**{**row, "level": Level.named(row["level"])})


@dataclass(frozen=True, slots=True)
class Subject:
    """The operation that a finding is about, or the document where all is None."""

    method: str | None = None
    path: str | None = None
    operation_id: str | None = None
    affects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judge:
    """Turns findings into changes.

    Args:
        ledger: when something was first seen deprecated, by `ledger_key`.
        today: the day against which announced ends are held.
    """

    ledger: Mapping[str, str]
    today: date

    def judge(self, finding: Finding, subject: Subject) -> Change:
        """Return the change that a finding is, by the table and its exceptions."""
        rule, row = self._sanctioned(finding, subject)
        spot = finding.spot
        level, source, note = row.level, row.source and finding.typed and spot.typed, ""
        if spot.error:
            level, source = Level.INFO, False
        elif spot.unused:
            level = Level.INFO
        elif spot.beta and level is Level.BREAKING:
            level, note = Level.WARNING, " (beta: the provider made no promise)"
        message = row.says.format(
            what=spot.what,
            before=shown(finding.before),
            after=shown(finding.after),
            name=f"`{finding.keyword}`",
            sunset=finding.lifecycle.sunset,
        )
        return Change(
            kind=self._kind(finding, rule),
            level=level,
            source_breaking=source,
            method=subject.method,
            path=subject.path,
            operation_id=subject.operation_id,
            location=spot.location,
            before=finding.before,
            after=finding.after,
            message=message[:1].upper() + message[1:] + note,
            affects=subject.affects,
        )

    def _sanctioned(self, finding: Finding, subject: Subject) -> tuple[str, Rule]:
        """Return the rule that holds: a removal that was announced, or that came too early, has its own."""
        rule, side = finding.rule, finding.spot.side
        row = table()[rule, side]
        sunset = finding.lifecycle.sunset
        early = sunset is not None and not passed(sunset, self.today)
        if early and row.before_sunset:
            rule = row.before_sunset
        elif row.after_deprecation and not early and self._deprecated(finding, subject):
            rule = row.after_deprecation
        return rule, table()[rule, side]

    def _deprecated(self, finding: Finding, subject: Subject) -> bool:
        key = ledger_key(subject.method, subject.path, finding.spot.location, finding.value)
        return finding.lifecycle.deprecated or key in self.ledger

    @staticmethod
    def _kind(finding: Finding, rule: str) -> str:
        if rule in whole_kinds():
            return rule
        name = finding.name if finding.name and rule == finding.rule else rule
        return f"{finding.spot.place}-{name}"


def passed(sunset: str, today: date) -> bool:
    """Return whether an announced end has passed; a date that cannot be read has not."""
    day = sunset_day(sunset)
    return day is not None and day <= today


def sunset_day(sunset: str | None) -> date | None:
    """Return the day of an `x-sunset` (RFC 3339 date or date-time), or None if it is not one."""
    try:
        return datetime.fromisoformat(sunset).date() if sunset else None
    except ValueError:
        return None


def today() -> date:
    """Return the current day in UTC, in which announced ends are given."""
    return datetime.now(tz=UTC).date()
