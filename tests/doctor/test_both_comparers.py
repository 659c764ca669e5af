"""The doctor comes with the package and is small; the report on changes is the measure of what it must see."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from scripts.changes import Level, compare
from sensay_ext.doctor._differences import differences
from tests.scripts.changes._documents import PLACES, Json, at
from tests.scripts.changes._operation_pairs import DOCUMENT_PAIRS
from tests.scripts.changes._schema_pairs import PROPERTY_PAIRS, SCHEMA_PAIRS
from tests.scripts.changes.test_nothing import COMPONENTS, DOCUMENTS, SCHEMAS

UNSEEN = {
    r"response-header-.*": "methods return bodies, and no header that they do not know",
    r"security-.*": "the doctor uses the key, which shows more than a description of it",
    r"sunset-.*": "nothing fails before the end has come",
    r"webhook-removed": "the package receives none",
    r"(request|response)-\w+-pattern-(specialized|generalized)": "which of two patterns takes more is not looked into",
    r"request-\w+-wrapped-in-one-of": "what was sent so far is still one of the shapes",
}
"""What the report calls breaking and the doctor does not, and why."""

STRICTER = {
    r"operation-hidden": "the next release is made from what is public",
    r"(request|response)-property-hidden": "the same",
    r"request-\w+-all-of-removed": "its fields are gone, which the report tells as warnings where they stand alone",
}
"""What the doctor calls breaking and the report does not, nor breaking for source code, and why."""


class Pair(NamedTuple):
    """Two documents that differ in one thing."""

    name: str
    before: Json
    after: Json


def _pairs() -> Iterator[Pair]:
    yield from (Pair(pair.name, pair.before, pair.after) for pair in DOCUMENT_PAIRS)
    placed = [(pair, place) for pair in SCHEMA_PAIRS for place in PLACES if pair.expected(place)]
    placed += [(pair, place) for pair in PROPERTY_PAIRS for place in ("request-body", "response-body")]
    for pair, place in placed:
        yield Pair(f"{pair.name} in {place}", at(place, pair.before), at(place, pair.after))


PAIRS = [both for pair in _pairs() for both in (pair, Pair(f"{pair.name}, back", pair.after, pair.before))]


def _listed(kinds: list[str], reasons: dict[str, str]) -> bool:
    return any(re.fullmatch(pattern, kind) for pattern in reasons for kind in kinds)


def _verdicts() -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield pairs of which the verdicts differ: what the doctor did not see of it, and where it is stricter."""
    for name, before, after in PAIRS:
        changes = compare(before, after)
        breaking = [change.kind for change in changes if change.level is Level.BREAKING]
        seen = any(each.breaks for each in differences(before, after))
        if breaking and not seen:
            yield name, breaking, []
        if seen and not breaking and not any(change.source_breaking for change in changes):
            yield name, [], [change.kind for change in changes]


def test_what_breaks_is_seen_by_both_unless_there_is_a_reason() -> None:
    differing = list(_verdicts())

    assert [one for one in differing if not _listed(one[1], UNSEEN) and not _listed(one[2], STRICTER)] == []
    for reasons, place in ((UNSEEN, 1), (STRICTER, 2)):
        kinds = [kind for one in differing for kind in one[place]]
        assert [pattern for pattern in reasons if not _listed(kinds, {pattern: ""})] == []


def _same() -> Iterator[Pair]:
    for name, schemas in SCHEMAS.items():
        for place in PLACES:
            yield Pair(f"{name} in {place}", *({**at(place, schema), "components": COMPONENTS} for schema in schemas))
    yield from (Pair(name, *documents) for name, documents in DOCUMENTS.items())


def test_what_is_no_change_to_the_report_is_none_to_the_doctor() -> None:
    told = [(name, differences(before, after), differences(after, before)) for name, before, after in _same()]

    assert [one for one in told if one[1] or one[2]] == []
