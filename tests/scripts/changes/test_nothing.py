"""What is written differently but says the same, and must not be told as a change."""

from typing import Any

import pytest

from scripts.changes import compare
from tests.scripts.changes._documents import (
    PLACES,
    Json,
    at,
    content,
    document,
    empty,
    parameter,
    plus,
    reply,
    request,
    without,
)

MODEL = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}, "required": ["a"]}
COMPONENTS = {"schemas": {"Model": MODEL, "Name": {"type": "string", "maxLength": 9}}}

SCHEMAS: dict[str, tuple[Any, Any]] = {
    "order of keys": ({"type": "string", "maxLength": 9}, {"maxLength": 9, "type": "string"}),
    "order of properties": (MODEL, {**MODEL, "properties": dict(reversed(MODEL["properties"].items()))}),  # type: ignore[attr-defined] # a literal
    "order of required": ({**MODEL, "required": ["a", "b"]}, {**MODEL, "required": ["b", "a"]}),
    "order of values": ({"enum": ["a", "b"]}, {"enum": ["b", "a"]}),
    "order of types": ({"type": ["string", "integer"]}, {"type": ["integer", "string"]}),
    "order of alternatives": ({"anyOf": [MODEL, {"type": "array"}]}, {"anyOf": [{"type": "array"}, MODEL]}),
    "prose": (
        {"type": "string"},
        {"type": "string", "title": "A", "description": "B", "example": "C", "examples": ["D"], "$comment": "E"},
    ),
    "value typed or not": ({"enum": ["a"]}, {"type": "string", "enum": ["a"]}),
    "constant": ({"const": "a"}, {"enum": ["a"]}),
    "all values of a boolean": ({"type": "boolean"}, {"type": "boolean", "enum": [False, True]}),
    "nullable": ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
    "nullable with values": (
        {"type": "string", "nullable": True, "enum": ["a"]},
        {"type": ["string", "null"], "enum": ["a", None]},
    ),
    "null as alternative": ({"oneOf": [MODEL, {"type": "null"}]}, {**MODEL, "nullable": True}),
    "null as alternative in 3.0": ({"anyOf": [MODEL, {"nullable": True}]}, {**MODEL, "type": ["object", "null"]}),
    "nullable without a type": ({"allOf": [MODEL, {"nullable": True}]}, MODEL),
    "reference beside nullable": ({"allOf": [{"$ref": "#/components/schemas/Model"}, {"nullable": True}]}, MODEL),
    "reference": ({"$ref": "#/components/schemas/Model"}, MODEL),
    "reference to a reference": ({"allOf": [{"$ref": "#/components/schemas/Model"}]}, MODEL),
    "nested reference": (
        {"type": "array", "items": {"$ref": "#/components/schemas/Name"}},
        {"type": "array", "items": {"type": "string", "maxLength": 9}},
    ),
    "reference in an alternative": (
        {"anyOf": [{"$ref": "#/components/schemas/Model"}, {"$ref": "#/components/schemas/Name"}]},
        {"anyOf": [MODEL, {"type": "string", "maxLength": 9}]},
    ),
    "reference in a condition": ({"not": {"$ref": "#/components/schemas/Model"}}, {"not": MODEL}),
    "one alternative": ({"anyOf": [{"type": "string"}], "description": "A"}, {"type": "string"}),
    "one alternative twice": ({"anyOf": [MODEL, MODEL]}, MODEL),
    "types as alternatives": ({"type": ["string", "integer"]}, {"anyOf": [{"type": "string"}, {"type": "integer"}]}),
    "types as alternatives with what belongs to them": (
        {"type": ["string", "integer"], "maxLength": 9, "minimum": 0},
        {"anyOf": [{"type": "string", "maxLength": 9}, {"type": "integer", "minimum": 0}]},
    ),
    "values as alternatives": ({"enum": ["a", "b"]}, {"anyOf": [{"enum": ["b"]}, {"type": "string", "enum": ["a"]}]}),
    "alternatives in alternatives": (
        {"anyOf": [MODEL, {"anyOf": [{"type": "array"}, {"type": "string", "minLength": 1}]}]},
        {"anyOf": [MODEL, {"type": "array"}, {"type": "string", "minLength": 1}]},
    ),
    "what alternatives share": (
        {"type": "object", "properties": {"a": {}}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {
            "anyOf": [
                {"type": "object", "properties": {"a": {}}, "required": ["a"]},
                {"type": "object", "properties": {"a": {}, "b": {}}, "required": ["b"]},
            ]
        },
    ),
    "parts merged": ({"allOf": [MODEL, {"required": ["b"]}]}, {**MODEL, "required": ["a", "b"]}),
    "above zero": ({"type": "integer", "exclusiveMinimum": 0}, {"type": "integer", "minimum": 1}),
    "above zero in 3.0": (
        {"type": "integer", "minimum": 0, "exclusiveMinimum": True},
        {"type": "integer", "minimum": 1},
    ),
    "below ten": ({"type": "integer", "exclusiveMaximum": 10}, {"type": "integer", "maximum": 9}),
    "exclusive in 3.0": (
        {"type": "number", "minimum": 0, "exclusiveMinimum": True, "maximum": 1, "exclusiveMaximum": False},
        {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
    ),
    "above zero, typed apart": (
        {"allOf": [{"type": "integer"}, {"exclusiveMinimum": 0}]},
        {"type": "integer", "minimum": 1},
    ),
    "bounds of nothing": ({"type": "string"}, {"type": "string", "minLength": 0}),
    "whole and fractional notation": ({"type": "number", "maximum": 5}, {"type": "number", "maximum": 5.0}),
    "open to unknown fields": (MODEL, {**MODEL, "additionalProperties": True}),
    "open to unknown fields of any kind": (MODEL, {**MODEL, "additionalProperties": {}}),
    "required without a schema": ({"type": "object", "required": ["a"]}, {"required": ["a"], "properties": {"a": {}}, "type": "object"}),
    "binary": ({"type": "string", "format": "binary"}, {"type": "string", "contentMediaType": "application/octet-stream"}),
    "base64": ({"type": "string", "format": "byte"}, {"type": "string", "contentEncoding": "base64"}),
    "anything": ({}, True),
    "hidden fields": (MODEL, {**MODEL, "properties": {**MODEL["properties"], "c": {"x-hidden": True}}}),  # type: ignore[dict-item] # a literal
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_that_say_the_same_are_no_change(name: str, place: str) -> None:
    before, after = ({**at(place, schema), "components": COMPONENTS} for schema in SCHEMAS[name])
    assert compare(before, after) == []
    assert compare(after, before) == []


def _in_two_places(where: str) -> Json:
    """Return a document with a parameter of the path, or of its operation."""
    facts = {"parameters": [{"name": "x", "in": "query", "schema": {"type": "string"}}]}
    one = document(facts if where == "operation" else None)
    if where == "path":
        one["paths"]["/v1/things/{thing}"] |= facts
    return one


def _named(kind: str, part: Json) -> Json:
    """Return components with one part of a kind."""
    return {"components": {kind: {"Part": part}}}


PARAMETER = {"name": "x", "in": "query", "schema": {"type": "string"}}
BODY = {"required": True, **content({"type": "string"})}
ANSWER = {"description": "done", **content({"type": "string"})}
TWO = [{"name": "x", "in": "query", "schema": {}}, {"name": "y", "in": "query", "schema": {}}]
KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}

DOCUMENTS: dict[str, tuple[Json, Json]] = {
    "prose of operations": (document(), document({"summary": "A", "description": "B", "externalDocs": {"url": "C"}})),
    "prose of the document": (empty(), empty(tags=[{"name": "A", "description": "B"}], externalDocs={"url": "C"})),
    "prose of parameters": (parameter({}), parameter({}, description="A", example="B", examples={})),
    "prose of replies": (reply({}), document({"responses": {"200": {"description": "other", **content({})}}})),
    "order of parameters": (document({"parameters": TWO}), document({"parameters": TWO[::-1]})),
    "parameter of the path": (_in_two_places("operation"), _in_two_places("path")),
    "order of operations": (plus(document(), empty()), plus(empty(), document())),
    "named parameter": (
        document({"parameters": [PARAMETER]}),
        document({"parameters": [{"$ref": "#/components/parameters/Part"}]}, **_named("parameters", PARAMETER)),
    ),
    "named body": (
        document({"requestBody": BODY}),
        document({"requestBody": {"$ref": "#/components/requestBodies/Part"}}, **_named("requestBodies", BODY)),
    ),
    "named reply": (
        document({"responses": {"200": ANSWER}}),
        document({"responses": {"200": {"$ref": "#/components/responses/Part"}}}, **_named("responses", ANSWER)),
    ),
    "named model": (
        request(MODEL),
        request({"$ref": "#/components/schemas/M"}) | {"components": {"schemas": {"M": MODEL}}},
    ),
    "renamed model": (
        request({"$ref": "#/components/schemas/M"}) | {"components": {"schemas": {"M": MODEL}}},
        request({"$ref": "#/components/schemas/N"}) | {"components": {"schemas": {"N": MODEL}}},
    ),
    "named model that an alternative melts": (
        request({"anyOf": [{"$ref": "#/components/schemas/M"}, {"enum": ["c"]}]})
        | {"components": {"schemas": {"M": {"enum": ["a", None]}}}},
        request({"anyOf": [{"enum": ["a", None]}, {"enum": ["c"]}]}),
    ),
    "version of OpenAPI": (empty(), empty(openapi="3.0.3")),
    "no webhooks": (empty(webhooks={}), without(empty(), "webhooks")),
    "prose of webhooks": (
        empty(webhooks={"made": {"post": {"responses": {}}}}),
        empty(webhooks={"made": {"post": {"summary": "A", "responses": {}}}}),
    ),
    "prose of a way to authenticate": (
        empty(components={"securitySchemes": {"key": KEY}}),
        empty(components={"securitySchemes": {"key": {**KEY, "description": "A"}}}),
    ),
    "order of ways to authenticate": (
        document({"security": [{"a": [], "b": []}, {"c": ["x", "y"]}]}),
        document({"security": [{"c": ["y", "x"]}, {"b": [], "a": []}]}),
    ),
    "security of the whole document": (document({"security": [{"a": []}]}), document(security=[{"a": []}])),
    "no security": (document({"security": []}), document()),
    "prose of servers": (
        empty(servers=[{"url": "https://a.example"}]),
        empty(servers=[{"url": "https://a.example/", "description": "A"}]),
    ),
    "charset of a media type": (request({}), request({}, "application/json; charset=utf-8")),
    "case of a header": (
        document({"parameters": [{"name": "X-Key", "in": "header", "schema": {}}]}),
        document({"parameters": [{"name": "x-key", "in": "header", "schema": {}}]}),
    ),
    "headers that OpenAPI ignores": (
        document({"parameters": [{"name": "Accept", "in": "header", "schema": {}}]}),
        document(),
    ),
    "style by default": (parameter({"type": "array"}), parameter({"type": "array"}, style="form", explode=True)),
    "repetition of single values": (parameter({"type": "string"}), parameter({"type": "string"}, explode=False)),
    "path parameters are always required": (
        document({"parameters": [{"name": "thing", "in": "path", "required": True, "schema": {}}]}),
        document({"parameters": [{"name": "thing", "in": "path", "required": False, "schema": {}}]}),
    ),
    "path parameter that was not declared": (
        document(),
        document({"parameters": [{"name": "thing", "in": "path", "required": True, "schema": {"type": "string"}}]}),
    ),
    "hidden operation": (
        plus(empty(), document({"x-hidden": True}, path="/v1/secret")),
        plus(empty(), document({"x-hidden": True, "deprecated": True}, path="/v1/other-secret")),
    ),
    "hidden parameter": (document(), parameter({}, **{"x-hidden": True})),
    "extensions": (empty(), empty(**{"x-generator": "A"})),
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_that_say_the_same_are_no_change(name: str) -> None:
    before, after = DOCUMENTS[name]
    assert compare(before, after) == []
    assert compare(after, before) == []
