"""The rule table itself: complete, and every rule of it shown by a pair."""

import pytest

from scripts.changes import compare
from scripts.changes._rules import table, whole_kinds
from tests.scripts.changes._documents import Json, document, empty, plus
from tests.scripts.changes._operation_pairs import DOCUMENT_PAIRS
from tests.scripts.changes._schema_pairs import PROPERTY_PAIRS, SCHEMA_PAIRS

SECRET = document({"x-hidden": True}, path="/v1/secret")
BY_OPTIONS: dict[str, tuple[Json, Json, Json]] = {
    "operation-removed-with-deprecation": (plus(empty(), document({"deprecated": True})), empty(), {}),
    "operation-removed-before-sunset": (plus(empty(), document({"x-sunset": "2099-01-01"})), empty(), {}),
    "operation-deprecated-without-sunset": (document(), document({"deprecated": True}), {"sunset_wanted": True}),
    "client-name-changed": (document(path="/v1/things/:thing"), document(), {}),
    "version-not-changed": (plus(empty(), document()), empty(), {}),
    "variant-mixed": (empty(), plus(empty(), SECRET), {"hidden": True}),
}
"""What shows rules that have no way back, are asked for, or say something about another change."""

_NAMED = {"any-of": "branch", "one-of": "branch"}


def _rules(side: int) -> set[str]:
    """Return the rules of schemas that the pairs show on one side."""
    found: set[str] = set()
    for pair in [*SCHEMA_PAIRS, *PROPERTY_PAIRS]:
        expected = (pair.request, pair.reply)[side]
        found |= {line.split()[0] for line in expected or ()}
    place = ("request-parameter-", "response-header-")[side]
    found |= {kind.removeprefix(place) for kind in _of_documents() if kind.startswith(place)}
    return {_rule(kind) for kind in found}


def _of_documents() -> set[str]:
    return {line.split()[0] for pair in DOCUMENT_PAIRS for line in (pair.forward, pair.back)}


def _rule(kind: str) -> str:
    known = {key for key, _ in table()}
    if kind in known:
        return kind
    *_, last = kind.split("-")
    branch = any(kind.startswith(start) for start in _NAMED)
    return f"branch-{last}" if branch else f"bound-{last}"


@pytest.mark.parametrize("side", ["request", "response"])
def test_every_rule_of_schemas_is_shown_on_each_side_that_has_it(side: str) -> None:
    rules = {key for key, where in table() if where == side} - whole_kinds()
    assert _rules(("request", "response").index(side)) == rules


def test_every_rule_of_operations_and_documents_is_shown() -> None:
    assert _of_documents() & whole_kinds() == whole_kinds() - BY_OPTIONS.keys()


@pytest.mark.parametrize("rule", BY_OPTIONS)
def test_every_rule_that_no_pair_shows_is_shown_by_its_options(rule: str) -> None:
    old, new, options = BY_OPTIONS[rule]
    assert rule in {change.kind for change in compare(old, new, **options)}


def test_the_rules_that_hold_instead_of_others_exist() -> None:
    instead = {
        (name, side) for (_, side), rule in table().items() for name in (rule.after_deprecation, rule.before_sunset)
    }
    assert {key for key in instead if key[0]} <= table().keys()


@pytest.mark.parametrize("key", sorted(table()), ids="-".join)
def test_every_rule_has_a_message_that_can_be_filled(key: tuple[str, str]) -> None:
    rule = table()[key]
    message = rule.says.format(what="the reply", before="`1`", after="`2`", name="`x`", sunset="2025-10-08")
    assert message[0].islower()
    assert "{" not in message
