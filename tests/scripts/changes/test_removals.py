"""Removals: announced, too early, under beta, and as the ledger remembers."""

from datetime import date

import pytest

from scripts.changes import Change, compare, deprecations, ledger_key
from tests.scripts.changes._documents import Json, at, document, empty, only, parameter, plus, told

DAY = date(2025, 10, 8)
GONE = empty()


def removed(facts: Json, ledger: dict[str, str] | None = None) -> Change:
    """Return the change that an operation with these facts is gone."""
    return only(compare(plus(GONE, document(facts)), GONE, on=DAY, ledger=ledger))


@pytest.mark.parametrize("sunset", [{}, {"x-sunset": "2025-10-08"}, {"x-sunset": "2025-10-01T12:00:00Z"}])
def test_a_deprecated_operation_may_go_once_its_end_has_come(sunset: Json) -> None:
    assert told([removed({"deprecated": True, **sunset})]) == ["operation-removed-with-deprecation info S"]


@pytest.mark.parametrize("sunset", ["2025-10-09", "2026-01-01T00:00:00+00:00", "in a while"])
@pytest.mark.parametrize("deprecated", [True, False])
def test_an_operation_that_goes_before_its_announced_end_is_breaking(sunset: str, *, deprecated: bool) -> None:
    change = removed({"deprecated": deprecated, "x-sunset": sunset})
    assert told([change]) == ["operation-removed-before-sunset breaking S"]
    assert sunset in change.message


def test_the_ledger_knows_a_deprecation_that_neither_document_shows() -> None:
    ledger = {ledger_key("post", "/v1/things/{id}"): "2025-09-04"}
    assert told([removed({}, ledger)]) == ["operation-removed-with-deprecation info S"]


def test_the_ledger_of_another_operation_excuses_nothing() -> None:
    ledger = {ledger_key("get", "/v1/things/{id}"): "2025-09-04"}
    assert told([removed({}, ledger)]) == ["path-removed breaking S"]


@pytest.mark.parametrize(
    ("place", "location"),
    [
        ("request-property", "request.body.x"),
        ("response-property", "reply.200.x"),
        ("request-parameter", "request.query.x"),
    ],
)
def test_the_ledger_knows_deprecated_parts_too(place: str, location: str) -> None:
    old, new = at(place, {"type": "string"}), document()
    if place == "request-property":
        new = at("request-body", {"type": "object"})
    if place == "response-property":
        new = at("response-body", {"type": "object"})
    ledger = {ledger_key("POST", "/v1/things/{thing}", location): "2025-09-04"}
    assert told(compare(old, new, ledger=ledger)) == [f"{place}-removed-with-deprecation info S"]


def test_the_ledger_knows_deprecated_values_too() -> None:
    old, new = (at("request-body", {"enum": values}) for values in (["a", "b", "c"], ["a"]))
    ledger = {ledger_key("post", "/v1/things/{thing}", "request.body", "b"): "2025-09-04"}
    assert told(compare(old, new, ledger=ledger)) == [
        "request-body-enum-value-removed breaking S",
        "request-body-enum-value-removed-with-deprecation info S",
    ]


def test_all_that_a_document_deprecates_is_listed_by_the_keys_of_the_ledger() -> None:
    old = {"type": "string", "deprecated": True}
    values = {"anyOf": [{"enum": ["a"]}, {"enum": ["b"], "deprecated": True}]}
    body = {
        "type": "object",
        "properties": {"list": {"type": "array", "items": {"properties": {"v": values}}}, "o": old},
    }
    operation = {
        "deprecated": True,
        "parameters": [{"name": "q", "in": "query", "deprecated": True, "schema": {"type": "string"}}],
        "requestBody": {"content": {"application/json": {"schema": body}}},
        "responses": {"200": {"description": "done", "content": {"application/json": {"schema": old}}}},
    }
    assert deprecations(plus(document(operation), document({"x-hidden": True, "deprecated": True}, method="get"))) == [
        "POST /v1/things/{}",
        "POST /v1/things/{} reply.200",
        'POST /v1/things/{} request.body.list[].v = "b"',
        "POST /v1/things/{} request.body.o",
        "POST /v1/things/{} request.query.q",
    ]


def test_what_was_listed_as_deprecated_is_found_again_when_it_is_gone() -> None:
    shown = parameter({"type": "string", "deprecated": True})
    silent = parameter({"type": "string"})
    ledger = dict.fromkeys(deprecations(shown), "2025-09-04")
    assert told(compare(silent, document(), ledger=ledger)) == ["request-parameter-removed-with-deprecation info S"]


def test_a_deprecation_without_an_end_is_breaking_where_one_is_wanted() -> None:
    found = compare(document(), document({"deprecated": True}), sunset_wanted=True)
    assert told(found) == ["operation-deprecated-without-sunset breaking"]
    dated = document({"deprecated": True, "x-sunset": "2099-01-01"})
    assert told(compare(document(), dated, sunset_wanted=True)) == ["operation-deprecated info", "sunset-set info"]


def test_an_operation_that_is_new_and_deprecated_starts_the_clock_at_once() -> None:
    found = compare(GONE, plus(GONE, document({"deprecated": True})))
    assert told(found) == ["operation-added info", "operation-deprecated info"]


def test_under_beta_a_broken_operation_is_a_warning_that_still_breaks_source_code() -> None:
    change = removed({"x-beta": True})
    assert told([change]) == ["path-removed warning S"]
    assert "beta" in change.message


def test_what_is_inside_of_a_beta_part_is_beta_too() -> None:
    old = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "x-beta": True}
    new = {"type": "object", "x-beta": True}
    found = compare(at("response-property", old), at("response-property", new))
    assert told(found) == ["response-property-required-removed warning S"]


def test_what_becomes_beta_was_no_beta_when_it_broke() -> None:
    found = compare(
        plus(GONE, document({"tags": ["A"]})), plus(GONE, document({"x-beta": True, "requestBody": {"required": True}}))
    )
    assert "request-body-added-required breaking S" in told(found)
