"""What lowers a level: error replies, and parts that are never in the message. And what hides."""

import pytest

from scripts.changes import compare
from tests.scripts.changes._documents import (
    Json,
    at,
    document,
    empty,
    header,
    only,
    parameter,
    plus,
    reply,
    told,
    wrapped,
)

OLD = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]}
NEW = {"type": "object", "properties": {"error": {"type": "object"}}, "required": ["error"]}
SECRET = document({"x-hidden": True}, path="/v1/secret")


@pytest.mark.parametrize("status", ["404", "4XX", "500"])
def test_changes_of_error_replies_are_info(status: str) -> None:
    found = compare(reply(OLD, status), reply(NEW, status))
    assert told(found) == ["response-property-type-changed info"]


@pytest.mark.parametrize("status", ["200", "2XX", "303", "default"])
def test_changes_of_success_replies_are_not(status: str) -> None:
    found = compare(reply(OLD, status), reply(NEW, status))
    assert told(found) == ["response-property-type-changed breaking S"]


def test_the_default_reply_is_an_error_where_success_has_a_status() -> None:
    documents = []
    for schema in (OLD, NEW):
        one = reply(schema, "default")
        one["paths"]["/v1/things/{thing}"]["post"]["responses"]["200"] = {"description": "done"}
        documents.append(one)
    assert told(compare(*documents)) == ["response-property-type-changed info"]


@pytest.mark.parametrize(("place", "keyword"), [("request-property", "readOnly"), ("response-property", "writeOnly")])
def test_changes_of_what_is_never_in_the_message_are_info(place: str, keyword: str) -> None:
    old, new = ({"type": kind, keyword: True} for kind in ("string", "boolean"))
    assert told(compare(at(place, old), at(place, new))) == [f"{place}-type-changed info S"]


def test_a_required_field_that_is_read_only_asks_nothing_of_callers() -> None:
    field = {"type": "object", "properties": {"id": {"type": "string", "readOnly": True}}, "required": ["id"]}
    found = compare(at("request-property", {"type": "object"}), at("request-property", field))
    assert told(found) == ["request-property-required-added info S"]


def test_types_of_headers_break_no_source_code() -> None:
    found = compare(header({"type": "string"}), header({"type": "array"}))
    assert told(found) == ["response-header-type-changed breaking"]


def test_a_field_that_is_hidden_is_no_longer_compared() -> None:
    old, new = wrapped({"type": "string"}), wrapped({"type": "boolean", "x-hidden": True})
    assert told(compare(at("request-body", old), at("request-body", new))) == ["request-property-hidden warning"]


def test_hidden_parts_are_compared_on_request() -> None:
    old, new = (plus(empty(), document({"x-hidden": True, "deprecated": flag})) for flag in (False, True))
    assert told(compare(old, new)) == []
    assert told(compare(old, new, hidden=True)) == ["operation-deprecated info"]


@pytest.mark.parametrize("build", [parameter, lambda schema: at("request-property", schema)])
def test_hidden_fields_and_parameters_are_compared_on_request(build: object) -> None:
    assert callable(build)
    old, new = (build({"type": kind, "x-hidden": True}) for kind in ("string", "boolean"))
    assert told(compare(old, new)) == []
    kinds = [change.kind.partition("-type-")[2] for change in compare(old, new, hidden=True)]
    assert kinds[0] == "changed"


def test_documents_of_different_variants_are_marked() -> None:
    change = only(compare(empty(), plus(empty(), SECRET)))
    assert (change.kind, change.before, change.after) == ("variant-changed", "public", "full")


def test_hidden_operations_of_one_variant_look_added_on_request_and_that_is_marked() -> None:
    found = compare(empty(), plus(empty(), SECRET), hidden=True)
    assert told(found) == ["variant-mixed warning", "operation-added info"]


def test_an_operation_whose_path_is_hidden_is_hidden() -> None:
    path: Json = {"/v1/secret": {"x-hidden": True, "get": {"responses": {}}}}
    secret = {**empty(), "paths": {**empty()["paths"], **path}}
    assert told(compare(secret, empty())) == ["variant-changed info"]


def test_models_that_only_hidden_operations_use_do_not_count() -> None:
    model, other = {"Secret": OLD, "Other": NEW}, {"Other": NEW}
    body = {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Secret"}}}}}
    secret = document({"x-hidden": True, **body}, path="/v1/secret")
    old, new = plus(empty(components={"schemas": model}), secret), plus(empty(components={"schemas": other}), SECRET)
    assert told(compare(old, new)) == []
    assert told(compare(old, new, hidden=True)) == [
        "request-body-removed breaking S",
        "component-schema-removed info S",
    ]
