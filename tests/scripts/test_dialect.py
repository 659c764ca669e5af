"""One form for every schema."""

import json
from typing import Any

import pytest
from hypothesis import given

from scripts._dialect import canonical
from scripts._shapes import shape
from tests.scripts.small_documents import INTEGER, STRING, Json, listing, ref, schemas, thing
from tests.scripts.twins import in_3_1, map_schema

ANYTHING: Json = {}
EITHER: Json = {"anyOf": [INTEGER, STRING]}

SAME = {
    "a type or null": ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
    "a reference or null": (
        {"allOf": [thing(a=STRING)], "nullable": True},
        {"oneOf": [thing(a=STRING), {"type": "null"}]},
    ),
    "a union or null": (
        {"oneOf": [STRING, INTEGER], "nullable": True},
        {"anyOf": [STRING, INTEGER, {"type": "null"}]},
    ),
    "null spelt as a bare nullable": ({"type": "string", "nullable": True}, {"anyOf": [STRING, {"nullable": True}]}),
    "null among the values": (
        {"type": "string", "nullable": True, "enum": ["a", "b"]},
        {"type": ["string", "null"], "enum": ["a", "b", None]},
    ),
    "nullable without a type says nothing": (thing(a=STRING), {"allOf": [thing(a=STRING), {"nullable": True}]}),
    "not nullable": (STRING, {"type": "string", "nullable": False}),
    "one value": ({"type": "string", "enum": ["a"]}, {"const": "a"}),
    "an exclusive bound": (
        {"type": "number", "minimum": 0, "exclusiveMinimum": True},
        {"type": "number", "exclusiveMinimum": 0},
    ),
    "an exclusive bound of whole numbers": (
        {"type": "integer", "minimum": 1},
        {"type": "integer", "exclusiveMinimum": 0},
    ),
    "an exclusive upper bound of whole numbers": (
        {"type": "integer", "maximum": 9},
        {"type": "integer", "maximum": 10, "exclusiveMaximum": True},
    ),
    "the tighter of two bounds": (
        {"type": "integer", "minimum": 5},
        {"type": "integer", "minimum": 5, "exclusiveMinimum": 0},
    ),
    "bytes": ({"type": "string", "format": "byte"}, {"type": "string", "contentEncoding": "base64"}),
    "a file": (
        {"type": "string", "format": "binary"},
        {"type": "string", "contentMediaType": "application/octet-stream"},
    ),
    "several types": (
        {"anyOf": [STRING, listing(INTEGER)]},
        {"type": ["array", "string"], "items": INTEGER},
    ),
    "several types with values": (
        {"anyOf": [{"type": "string", "enum": ["a", "b"]}, {"type": "integer", "enum": [1]}]},
        {"type": ["integer", "string"], "enum": ["b", 1, "a"]},
    ),
    "a tuple": (listing(EITHER), {"type": "array", "prefixItems": [STRING, INTEGER], "items": False}),
    "closed in the newer way": (
        {**thing(a=STRING), "additionalProperties": False},
        {**thing(a=STRING), "unevaluatedProperties": False},
    ),
    "open, said aloud": (thing(a=STRING), {**thing(a=STRING), "additionalProperties": True}),
    "an object without saying so": (thing(a=STRING), {"properties": {"a": STRING}}),
    "a list without saying so": (listing(STRING), {"items": STRING}),
    "a conjunction of one": (thing(a=STRING), {"allOf": [thing(a=STRING)]}),
    "a conjunction of parts": (thing(a=STRING, b=INTEGER), {"allOf": [thing(a=STRING), thing(b=INTEGER)]}),
    "what a conjunction requires of another part": (
        {**thing(a=STRING), "required": ["a"]},
        {"allOf": [thing(a=STRING), {"required": ["a"]}]},
    ),
    "the tighter limit of a conjunction": (
        {"type": "string", "minLength": 2, "maxLength": 3},
        {
            "allOf": [
                {"type": "string", "minLength": 2, "maxLength": 9},
                {"type": "string", "minLength": 1, "maxLength": 3},
            ]
        },
    ),
    "the common values of a conjunction": (
        {"type": "string", "enum": ["a", "b"]},
        {"allOf": [{"enum": ["a", "b", "c"]}, {"enum": ["b", "a", "d"]}]},
    ),
    "the common value of a conjunction": (
        {"const": "a"},
        {"allOf": [{"enum": ["a", "b"]}, {"type": "string", "enum": ["a"]}]},
    ),
    "the values of a conjunction that are of its type": (
        {"type": "string", "enum": ["a", "b"]},
        {"allOf": [{"enum": ["a", "b", 1]}, STRING]},
    ),
    "whole numbers among numbers": (INTEGER, {"allOf": [{"type": "number"}, INTEGER]}),
    "a union of one": (STRING, {"oneOf": [STRING]}),
    "a union in a union": (
        {"anyOf": [STRING, INTEGER, listing(STRING)]},
        {"oneOf": [{"anyOf": [STRING, INTEGER]}, listing(STRING)]},
    ),
    "a union that repeats itself": (EITHER, {"anyOf": [STRING, INTEGER, {"type": "string", "description": "words"}]}),
    "a union in another order": (EITHER, {"anyOf": [STRING, INTEGER]}),
    "a union with anything": (ANYTHING, {"anyOf": [STRING, {}]}),
    "a union of enumerations": (
        {"type": "string", "enum": ["a", "b", "c"]},
        {"anyOf": [{"enum": ["c", "a"]}, {"type": "string", "enum": ["b"]}]},
    ),
    "a type beside the alternatives": (
        {"oneOf": [thing(a=STRING), thing(b=STRING)]},
        {"type": "object", "oneOf": [{"properties": {"a": STRING}}, {"properties": {"b": STRING}}]},
    ),
    "properties beside the alternatives": (
        {"oneOf": [thing(a=STRING, id=STRING), thing(b=STRING, id=STRING)]},
        {**thing(id=STRING), "oneOf": [thing(a=STRING), thing(b=STRING)]},
    ),
    "one of some properties is required": (
        thing(a=STRING, b=STRING),
        {**thing(a=STRING, b=STRING), "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
    ),
    "objects with the same properties": (
        {**thing(a=EITHER), "required": ["a"]},
        {"oneOf": [{**thing(a=STRING), "required": ["a"]}, {**thing(a=INTEGER), "required": ["a"]}]},
    ),
    "a value beside any text": (STRING, {"anyOf": [{"const": "auto"}, STRING]}),
    "only null": (ANYTHING, {"type": "null"}),
    "null as the only value": (ANYTHING, {"enum": [None]}),
    "null as the only alternative": (ANYTHING, {"anyOf": [{"type": "null"}]}),
    "true": (ANYTHING, True),
    "prose": (STRING, {**STRING, "title": "t", "example": "e", "examples": ["e"], "$comment": "c", "x-foo": 1}),
    "keywords of another type": (STRING, {**STRING, "items": INTEGER, "minimum": 1, "properties": {"a": STRING}}),
    "what is required but not there": (thing(a=STRING), {**thing(a=STRING), "required": ["b"]}),
    "a hidden property": (thing(a=STRING), {**thing(a=STRING, b={**STRING, "x-hidden": True}), "required": ["b"]}),
    "the order of keys, values and requirements": (
        {"required": ["a", "b"], **thing(b={"enum": ["x", "y"]}, a=STRING)},
        {**thing(a=STRING, b={"enum": ["y", "x"]}), "required": ["b", "a"]},
    ),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_two_ways_to_say_the_same_give_one_form(one: Json, other: Any) -> None:
    assert json.dumps(canonical(one)) == json.dumps(canonical(other))


FORMS = {
    "a default is not for the generator": ({**STRING, "default": "a"}, {**STRING, "x-default": "a"}),
    "one value is no class": ({"const": "a"}, {**STRING, "x-values": ["a"]}),
    "numbers are no class": ({"enum": [3, 1]}, {**INTEGER, "x-values": [1, 3]}),
    "booleans are no class": ({"enum": [True]}, {"type": "boolean", "x-values": [True]}),
    "values of several types": ({"enum": ["a", 1]}, {"x-values": [1, "a"]}),
    "values of another type than is said": ({"type": "string", "enum": ["a", 1, "b"]}, {**STRING, "enum": ["a", "b"]}),
    "an old alternative of a union of enumerations": (
        {"anyOf": [{"enum": ["a", "b"]}, {"enum": ["c"], "deprecated": True}]},
        {**STRING, "enum": ["a", "b", "c"], "x-deprecated-values": ["c"]},
    ),
    "an enumeration beside any text stays": (
        {"anyOf": [STRING, {"enum": ["a", "b"]}]},
        {"anyOf": [{**STRING, "enum": ["a", "b"]}, STRING]},
    ),
    "a union keeps what is said of it": (
        {"oneOf": [STRING, INTEGER], "description": "words", "deprecated": True},
        {**EITHER, "description": "words", "deprecated": True},
    ),
    "alternatives with constants stay apart": (
        {"oneOf": [thing(kind={"const": "a"}), thing(kind={"const": "b"})]},
        {"anyOf": [thing(kind={**STRING, "x-values": [value]}) for value in "ab"]},
    ),
    "a contradiction stays, for the generator to name": (
        {"allOf": [thing(a=STRING), STRING]},
        {"allOf": [thing(a=STRING), STRING]},
    ),
    "an impossible alternative goes": ({"type": "string", "anyOf": [STRING, INTEGER]}, STRING),
    "a reference keeps what is said of its place": (
        {**ref("Node"), "nullable": True, "deprecated": False, "description": "words"},
        {**ref("Node"), "nullable": True},
    ),
    "values of a map": (
        {"type": "object", "additionalProperties": {"const": 1}},
        {"type": "object", "additionalProperties": {**INTEGER, "x-values": [1]}},
    ),
    "named patterns of an otherwise closed map": (
        {"type": "object", "patternProperties": {"^x": STRING}, "additionalProperties": False},
        {"type": "object", "additionalProperties": STRING},
    ),
}


@pytest.mark.parametrize(("given", "form"), FORMS.values(), ids=FORMS)
def test_a_schema_gets_its_form(given: Json, form: Json) -> None:
    assert canonical(given) == form


@given(schemas())
def test_the_form_of_a_form_is_the_form(schema: Any) -> None:
    form = canonical(schema)

    assert canonical(form) == form


@given(schemas(new=False))
def test_both_dialects_give_one_form(schema: Any) -> None:
    newer = map_schema(schema, in_3_1)

    assert canonical(newer) == canonical(schema)


def test_a_shape_is_what_decides_the_type() -> None:
    bare = thing(
        a=listing(STRING), b={"anyOf": [STRING, INTEGER]}, c={"type": "object", "additionalProperties": STRING}
    )
    annotated = thing(
        a={**listing({**STRING, "description": "words"}), "deprecated": True},
        b={"anyOf": [{**STRING, "default": "x"}, INTEGER]},
        c={"type": "object", "additionalProperties": {**STRING, "x-beta": True}},
    )

    assert shape(canonical(annotated)) == shape(canonical(bare))
    assert shape(canonical(thing(a=STRING))) != shape(canonical(thing(a=INTEGER)))
