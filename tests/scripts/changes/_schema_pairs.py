"""One-change pairs of schemas, with what each means in requests and replies, forward and back."""

from tests.scripts.changes._value_pairs import EVERYWHERE, STRING, VALUE_PAIRS, SchemaPair

OBJECT = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "required": ["a"]}
OTHER = {"type": "object", "properties": {"c": {"type": "integer"}}, "required": ["c"]}
NAMED = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
BODIES = frozenset({"request-body", "request-property", "response-body", "response-property"})


def flag(keyword: str, rule: str) -> SchemaPair:
    """Return the pair of an annotation that is set, or not."""
    pair = (f"{rule}-set info", f"{rule}-unset info")
    return SchemaPair(keyword, STRING, {**STRING, keyword: True}, pair, pair)


TYPES = [
    SchemaPair(
        "type changed",
        {"type": "boolean"},
        {"type": "object"},
        ("type-changed breaking S", "type-changed breaking S"),
        ("type-changed breaking S", "type-changed breaking S"),
    ),
    SchemaPair(
        "root list became an envelope",
        {"type": "array", "items": OBJECT},
        {"type": "object", "properties": {"items": {"type": "array", "items": OBJECT}}},
        ("type-changed breaking S", "type-changed breaking S"),
        ("type-changed breaking S", "type-changed breaking S"),
    ),
    SchemaPair(
        "integer became number",
        {"type": "integer"},
        {"type": "number"},
        ("type-widened info S", "type-narrowed breaking S"),
        ("type-widened breaking S", "type-narrowed info S"),
    ),
    SchemaPair(
        "number became anything",
        {"type": "number"},
        {},
        ("type-widened info S", "type-narrowed breaking S"),
        ("type-widened breaking S", "type-narrowed info S"),
    ),
    SchemaPair(
        "another type taken",
        STRING,
        {"type": ["string", "integer"]},
        ("type-widened info S", "type-narrowed breaking S"),
        ("type-widened breaking S", "type-narrowed info S"),
    ),
    SchemaPair(
        "number in text became any text",
        {"type": "integer"},
        STRING,
        ("type-compatible info S", "type-changed breaking S"),
        None,
        frozenset({"request-parameter"}),
    ),
    SchemaPair(
        "number in JSON became text",
        {"type": "integer"},
        STRING,
        ("type-changed breaking S", "type-changed breaking S"),
        ("type-changed breaking S", "type-changed breaking S"),
        BODIES,
    ),
    SchemaPair(
        "one query value became a list of such values, its enumeration with it",
        {"type": "string", "enum": ["a", "b"]},
        {"type": "array", "items": {"type": "string", "enum": ["b", "a"]}},
        ("type-became-list info S", "type-changed breaking S"),
        None,
        frozenset({"request-parameter"}),
    ),
    SchemaPair(
        "one JSON value became a list",
        STRING,
        {"type": "array", "items": STRING},
        ("type-changed breaking S", "type-changed breaking S"),
        ("type-changed breaking S", "type-changed breaking S"),
        BODIES,
    ),
    SchemaPair(
        "null taken",
        STRING,
        {"type": ["string", "null"]},
        ("became-nullable info", "became-not-nullable breaking"),
        ("became-nullable breaking S", "became-not-nullable info S"),
    ),
    SchemaPair(
        "format with a Python type",
        STRING,
        {"type": "string", "format": "date-time"},
        ("format-added breaking S", "format-removed info S"),
        ("format-added info S", "format-removed breaking S"),
    ),
    SchemaPair(
        "format without a Python type",
        STRING,
        {"type": "string", "format": "uri"},
        ("format-added breaking", "format-removed info"),
        ("format-added info", "format-removed breaking"),
    ),
    SchemaPair(
        "format changed",
        {"type": "string", "format": "date"},
        {"type": "string", "format": "date-time"},
        ("format-changed breaking S", "format-changed breaking S"),
        ("format-changed breaking S", "format-changed breaking S"),
    ),
]

SHAPES = [
    SchemaPair(
        "closed to unknown fields",
        OBJECT,
        {**OBJECT, "additionalProperties": False},
        ("closed breaking", "opened info"),
        ("closed info", "opened info"),
    ),
    SchemaPair(
        "another alternative of several",
        {"anyOf": [OBJECT, OTHER]},
        {"anyOf": [OTHER, NAMED, OBJECT]},
        ("any-of-added info S", "any-of-removed breaking S"),
        ("any-of-added breaking S", "any-of-removed info S"),
    ),
    SchemaPair(
        "another alternative of exactly one",
        {"oneOf": [OBJECT, OTHER]},
        {"oneOf": [OTHER, NAMED, OBJECT]},
        ("one-of-added info S", "one-of-removed breaking S"),
        ("one-of-added breaking S", "one-of-removed info S"),
    ),
    SchemaPair(
        "a second alternative",
        OBJECT,
        {"anyOf": [OTHER, OBJECT]},
        ("any-of-added info S", "any-of-removed breaking S"),
        ("any-of-added breaking S", "any-of-removed info S"),
    ),
    SchemaPair(
        "wrapped in oneOf",
        OBJECT,
        {"oneOf": [OBJECT, OTHER]},
        ("wrapped-in-one-of breaking S", "unwrapped-from-one-of breaking S"),
        ("wrapped-in-one-of breaking S", "unwrapped-from-one-of info S"),
    ),
    SchemaPair(
        "wrapped in oneOf of plain types",
        STRING,
        {"oneOf": [{"type": "integer"}, STRING]},
        ("wrapped-in-one-of breaking S", "unwrapped-from-one-of breaking S"),
        ("wrapped-in-one-of breaking S", "unwrapped-from-one-of info S"),
    ),
    SchemaPair(
        "exactly one instead of at least one",
        {"anyOf": [OBJECT, OTHER]},
        {"oneOf": [OBJECT, OTHER]},
        ("choice-changed warning", "choice-changed warning"),
        ("choice-changed warning", "choice-changed warning"),
    ),
    SchemaPair(
        "another part of allOf",
        {"allOf": [OBJECT]},
        {"allOf": [OBJECT, OTHER]},
        ("all-of-added breaking", "all-of-removed info"),
        ("all-of-added info", "all-of-removed breaking"),
    ),
    SchemaPair(
        "another part of allOf that only remarks",
        {"allOf": [OBJECT]},
        {"allOf": [OBJECT, {"default": {"a": "b"}}]},
        ("default-added info", "default-removed info"),
        ("default-added info", "default-removed info"),
    ),
]

REMARKS = [
    SchemaPair(
        "default set",
        STRING,
        {"type": "string", "default": None},
        ("default-added info", "default-removed info"),
        ("default-added info", "default-removed info"),
    ),
    SchemaPair(
        "default changed",
        {"type": "string", "default": "a"},
        {"type": "string", "default": "b"},
        ("default-changed info", "default-changed info"),
        ("default-changed info", "default-changed info"),
    ),
    SchemaPair(
        "deprecated",
        STRING,
        {"type": "string", "deprecated": True},
        ("deprecated info", "reactivated info"),
        ("deprecated info", "reactivated info"),
    ),
    flag("readOnly", "read-only"),
    flag("writeOnly", "write-only"),
    SchemaPair(
        "beta",
        STRING,
        {"type": "string", "x-beta": True},
        ("beta-set warning", "beta-unset info"),
        ("beta-set warning", "beta-unset info"),
    ),
    SchemaPair(
        "hidden",
        STRING,
        {"type": "string", "x-hidden": True},
        ("hidden warning", "unhidden info"),
        ("hidden warning", "unhidden info"),
        EVERYWHERE - {"request-body", "response-body"},
    ),
]

SCHEMA_PAIRS = [*TYPES, *VALUE_PAIRS, *SHAPES, *REMARKS]

_WITH_X = {"type": "object", "properties": {"x": STRING}}
PROPERTY_PAIRS = [
    SchemaPair(
        "required property added",
        {"type": "object"},
        {**_WITH_X, "required": ["x"]},
        ("required-added breaking S", "required-removed warning S"),
        ("required-added info", "required-removed breaking S"),
    ),
    SchemaPair(
        "required property with a default added",
        {"type": "object"},
        {"type": "object", "properties": {"x": {"type": "string", "default": "a"}}, "required": ["x"]},
        ("required-added breaking S", "required-removed warning S"),
        ("required-added info", "required-removed breaking S"),
    ),
    SchemaPair(
        "optional property added",
        {"type": "object"},
        _WITH_X,
        ("optional-added info", "optional-removed warning S"),
        ("optional-added info", "optional-removed warning S"),
    ),
    SchemaPair(
        "property of a closed object removed",
        {**_WITH_X, "additionalProperties": False},
        {"type": "object", "additionalProperties": False},
        ("removed-and-refused breaking S", "optional-added info"),
        ("optional-removed warning S", "optional-added info"),
    ),
    SchemaPair(
        "deprecated property removed",
        {"type": "object", "properties": {"x": {"type": "string", "deprecated": True}}, "required": ["x"]},
        {"type": "object"},
        ("removed-with-deprecation info S", "required-added breaking S"),
        ("removed-with-deprecation info S", "required-added info"),
    ),
    SchemaPair(
        "property became required",
        _WITH_X,
        {**_WITH_X, "required": ["x"]},
        ("became-required breaking S", "became-optional info"),
        ("became-required info", "became-optional breaking S"),
    ),
]
"""Pairs of objects that differ in their property `x`."""
