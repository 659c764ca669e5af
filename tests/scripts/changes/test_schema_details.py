"""How schemas are compared where one rule is not enough to say it."""

from typing import Any

import pytest

from scripts._errors import PipelineError
from scripts.changes import compare
from tests.scripts.changes._documents import Json, at, document, only, reply, request, told, wrapped

MENTION = {"type": "object", "properties": {"type": {"const": "mention"}, "text": {"type": "string"}}}
PAUSE = {"type": "object", "properties": {"type": {"const": "pause"}, "count": {"type": "integer"}}}


def changed(old: Any, new: Any, place: str = "request-body", **top: Any) -> list[str]:
    """Return what is told of a change of a schema at a place."""
    return told(compare(at(place, old) | top, at(place, new) | top))


def test_a_change_says_where_it_is_and_what_was_before_and_after() -> None:
    old, new = (
        {"items": {"properties": {"size.max": {"type": kind}}, "type": "object"}} for kind in ("string", "array")
    )
    change = only(compare(reply({"type": "array", **old}), reply({"type": "array", **new})))
    assert (change.method, change.path, change.location) == ("POST", "/v1/things/{thing}", 'reply.200[]["size.max"]')
    assert (change.before, change.after) == ("a string", "a list")
    assert change.message == 'Reply field `[]["size.max"]` is `a list` now instead of `a string`'


def test_values_of_several_alternatives_are_one_set_of_values() -> None:
    old = {"type": "string", "enum": ["a", "b", "c"], "default": "a"}
    new = {"anyOf": [{"type": "string", "enum": ["a", "d"]}, {"type": "string", "enum": ["b"], "deprecated": True}]}
    assert changed(old, {**new, "default": "a"}) == [
        "request-body-enum-value-removed breaking S",
        "request-body-enum-value-added info",
        "request-body-enum-value-deprecated info",
    ]


def test_another_constant_is_another_value() -> None:
    assert changed({"const": "a"}, {"const": "b"}) == [
        "request-body-enum-value-removed breaking S",
        "request-body-enum-value-added info",
    ]


def test_a_change_inside_an_alternative_is_told_as_such_by_its_tag() -> None:
    new = {**MENTION, "properties": {**MENTION["properties"], "text": {"type": "object"}}}  # type: ignore[dict-item] # a literal
    old_items, new_items = ({"type": "array", "items": {"anyOf": [one, PAUSE]}} for one in (MENTION, new))
    change = only(compare(reply(old_items), reply(new_items)))
    assert (change.kind, change.location) == ("response-property-type-changed", "reply.200[](mention).text")


def test_alternatives_without_a_tag_are_matched_by_what_they_have_in_common() -> None:
    names: Json = {"a": {}, "b": {}, "c": {}}
    one = {"type": "object", "properties": names}
    other: Json = {"type": "object", "properties": {"z": {}}}
    grown = {"type": "object", "properties": {**names, "d": {}}}
    assert changed({"anyOf": [one, other]}, {"anyOf": [other, grown]}) == ["request-property-optional-added info"]


def test_alternatives_of_one_type_each_are_matched_by_it() -> None:
    one, other = {"type": "string", "enum": ["a"]}, {"type": "object", "properties": {"z": {}}}
    grown = {"type": "string", "enum": ["a", "b"]}
    assert changed({"anyOf": [one, other]}, {"anyOf": [other, grown]}) == ["request-body-enum-value-added info"]


def test_several_changes_of_an_all_of_are_told_by_their_effect() -> None:
    old: Json = {"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}
    new: Json = {"allOf": [{"properties": {"a": {}}}, {"properties": {"c": {}}}]}
    assert changed(old, new) == ["request-property-optional-removed warning S", "request-property-optional-added info"]


def test_all_of_is_what_all_its_parts_allow() -> None:
    old = {"type": "object", "properties": {"a": {"allOf": [{"type": "number"}, {"type": "integer", "minimum": 1}]}}}
    new = {
        "allOf": [
            {"properties": {"a": {"type": "integer", "exclusiveMinimum": 0, "maximum": 9}}},
            {"type": "object", "properties": {"a": {"minimum": 1, "maximum": 12}}},
        ]
    }
    assert changed(old, new) == ["request-property-maximum-set breaking"]


def test_parts_of_an_all_of_share_values_patterns_and_steps() -> None:
    old = {"allOf": [{"enum": [2, 4, 6]}, {"enum": [4, 6, 8]}, {"multipleOf": 4}, {"multipleOf": 6}]}
    assert changed(old, {"enum": [4, 6], "multipleOf": 12}) == []


def test_bounds_of_whole_numbers_are_compared_as_such_when_the_type_changes() -> None:
    old, new = {"type": "number", "exclusiveMinimum": 0}, {"type": "integer", "minimum": 1}
    assert changed(old, new) == ["request-body-type-narrowed breaking S"]


def test_a_list_parameter_that_replaces_a_single_value_shows_what_else_changed() -> None:
    old = {"type": "string", "enum": ["a", "b"], "default": "a"}
    new = {"type": ["array", "null"], "items": {"type": "string", "enum": ["a", "c"]}}
    assert changed(old, new, "request-parameter") == [
        "request-parameter-enum-value-removed breaking S",
        "request-parameter-became-nullable info",
        "request-parameter-default-removed info",
        "request-parameter-enum-value-added info",
        "request-parameter-type-became-list info S",
    ]


def test_what_unlisted_fields_hold_is_compared() -> None:
    old, new = ({"type": "object", "additionalProperties": {"type": kind}} for kind in ("integer", "number"))
    change = only(compare(reply(old), reply(new)))
    assert (change.kind, change.location) == ("response-property-type-widened", "reply.200.*")


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [("^(a|b)$", "^(a|b|c)$"), ("^a$", "^(?:b|a)$"), ("[0-9]", r"^[\s\S]*$")],
)
def test_a_pattern_is_wider_only_where_that_is_sure(narrow: str, wide: str) -> None:
    old, new = {"type": "string", "pattern": narrow}, {"type": "string", "pattern": wide}
    assert changed(old, new) == ["request-body-pattern-generalized info"]


@pytest.mark.parametrize(("one", "other"), [("^(a|b)$", "^(a|c)$"), ("^[a]$", "^([a]|b)$"), ("a", "^(a|b)$")])
def test_a_pattern_of_which_that_is_not_sure_has_changed(one: str, other: str) -> None:
    old, new = {"type": "string", "pattern": one}, {"type": "string", "pattern": other}
    assert changed(old, new) == ["request-body-pattern-changed warning"]


def tree(**facts: Any) -> Json:
    """Return components with a schema inside of itself."""
    node = {"type": "object", "properties": {"name": {"type": "string", **facts}, "children": {"type": "array"}}}
    node["properties"]["children"]["items"] = {"$ref": "#/components/schemas/Node"}  # type: ignore[index] # a literal
    return {
        "components": {
            "schemas": {"Node": node, "Forest": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}}}
        }
    }


def test_a_schema_inside_of_itself_is_compared_once() -> None:
    root = {"$ref": "#/components/schemas/Node"}
    change = only(compare(request(root) | tree(), request(root) | tree(maxLength=9)))
    assert change.location == "request.body.name"


def test_a_schema_inside_of_itself_is_compared_wherever_it_is_entered() -> None:
    parts = {
        "type": "object",
        "properties": {"a": {"$ref": "#/components/schemas/Node"}, "b": {"$ref": "#/components/schemas/Forest"}},
    }
    found = compare(request(parts) | tree(), request(parts) | tree(maxLength=9))
    places = [change.location for change in found if change.kind.endswith("-max-length-set")]
    assert places == ["request.body.a.name", "request.body.b[].name"]


def test_a_schema_that_is_nothing_but_itself_says_nothing() -> None:
    loop: Json = {
        "components": {
            "schemas": {"A": {"$ref": "#/components/schemas/B"}, "B": {"allOf": [{"$ref": "#/components/schemas/A"}]}}
        }
    }
    assert changed({"$ref": "#/components/schemas/A"}, {}, **loop) == []


def test_alternatives_inside_of_themselves_are_compared() -> None:
    def nested(kind: str) -> Json:
        leaf = {"type": "object", "properties": {"value": {"type": kind}}}
        branch = {"type": "object", "properties": {"not": {"$ref": "#/components/schemas/Rule"}}}
        return {"components": {"schemas": {"Rule": {"anyOf": [branch, leaf]}}}}

    root = {"$ref": "#/components/schemas/Rule"}
    change = only(compare(request(root) | nested("string"), request(root) | nested("boolean")))
    assert change.kind == "request-property-type-changed"


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/components/schemas/Missing"},
        {"$ref": "https://example.com/schema.json"},
        {"allOf": {"type": "string"}},
        {"type": 7},
        {"enum": "a"},
        {"maxLength": "9"},
        {"properties": ["a"]},
        {"required": "a"},
        "string",
    ],
)
def test_a_schema_that_is_none_stops_the_comparison(schema: Any) -> None:
    with pytest.raises(PipelineError):
        compare(at("request-property", wrapped(schema)), at("request-property", wrapped({})))


@pytest.mark.parametrize(
    "operation",
    [
        {"parameters": {"name": "x"}},
        {"parameters": [{"name": "x", "in": "cloud"}]},
        {"parameters": [{"$ref": "#/components/parameters/Missing"}]},
        {"requestBody": "string"},
        {"responses": []},
    ],
)
def test_an_operation_that_is_none_stops_the_comparison(operation: Json) -> None:
    with pytest.raises(PipelineError):
        compare(document(), document(operation))


def test_a_reference_that_leads_to_itself_stops_the_comparison() -> None:
    loop: Json = {"components": {"parameters": {"A": {"$ref": "#/components/parameters/A"}}}}
    with pytest.raises(PipelineError, match="itself"):
        compare(document(), document({"parameters": [{"$ref": "#/components/parameters/A"}]}, **loop))
