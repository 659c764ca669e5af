"""Generates small documents."""

from typing import Any

from hypothesis import strategies as st

from tests.scripts.changes._documents import Json

PATHS = ("/v1/things", "/v1/things/{thing}", "/v1/other")
NAMES = ("a", "b", "c")
WORDS = ("red", "green", "blue")

_notes = st.fixed_dictionaries(
    {},
    optional={
        "description": st.sampled_from(WORDS),
        "deprecated": st.just(value=True),
        "x-beta": st.just(value=True),
        "x-hidden": st.just(value=True),
    },
)


@st.composite
def _leaves(draw: st.DrawFn) -> Json:
    kind = draw(st.sampled_from(["string", "number", "integer", "boolean"]))
    facts: dict[str, st.SearchStrategy[Any]] = {}
    if kind == "string":
        facts = {
            "maxLength": st.integers(1, 3),
            "format": st.sampled_from(["uuid", "uri"]),
            "pattern": st.sampled_from(["^a$", "^(a|b)$"]),
            "enum": st.lists(st.sampled_from(WORDS), min_size=1, unique=True),
            "default": st.sampled_from(WORDS),
        }
    elif kind != "boolean":
        facts = {"minimum": st.integers(0, 2), "exclusiveMaximum": st.integers(7, 9), "multipleOf": st.integers(1, 4)}
    chosen = draw(st.fixed_dictionaries({}, optional=facts)) | draw(_notes)
    types = draw(st.sampled_from([kind, [kind, "null"]]))
    return {"type": types, **chosen}


def _containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    objects = st.fixed_dictionaries(
        {
            "type": st.sampled_from(["object", ["object", "null"]]),
            "properties": st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
        },
        optional={
            "required": st.lists(st.sampled_from(NAMES), unique=True, max_size=2),
            "additionalProperties": st.one_of(st.booleans(), inner),
        },
    )
    lists = st.fixed_dictionaries({"type": st.just("array"), "items": inner}, optional={"maxItems": st.integers(1, 2)})
    choices = st.fixed_dictionaries({"anyOf": st.lists(inner, min_size=1, max_size=3)})
    exact = st.fixed_dictionaries({"oneOf": st.lists(inner, min_size=1, max_size=3)})
    together = st.fixed_dictionaries({"allOf": st.lists(inner, min_size=1, max_size=2)})
    return st.one_of(objects, objects, lists, choices, exact, together)


_plain = st.one_of(_leaves(), st.just({"type": ["string", "integer"]}), st.just({"const": "red"}), st.just({}))
schemas = st.recursive(_plain, _containers, max_leaves=6)
"""Schemas in the words of 3.1."""

_parameters = st.fixed_dictionaries(
    {"name": st.sampled_from(NAMES), "in": st.sampled_from(["query", "header"]), "schema": schemas},
    optional={"required": st.booleans(), "explode": st.booleans()},
)


def _content(schema: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    media = st.sampled_from(["application/json", "text/plain"])
    return st.dictionaries(media, st.fixed_dictionaries({"schema": schema}), min_size=1, max_size=2)


_replies = st.fixed_dictionaries(
    {"description": st.sampled_from(WORDS), "content": _content(schemas)},
    optional={
        "headers": st.dictionaries(st.sampled_from(NAMES), st.fixed_dictionaries({"schema": schemas}), max_size=1)
    },
)
_operations = st.fixed_dictionaries(
    {"responses": st.dictionaries(st.sampled_from(["200", "202", "404"]), _replies, max_size=2)},
    optional={
        "parameters": st.lists(_parameters, max_size=2, unique_by=lambda one: (one["in"], one["name"])),
        "requestBody": st.fixed_dictionaries({"content": _content(schemas)}, optional={"required": st.booleans()}),
        "tags": st.lists(st.sampled_from(WORDS), max_size=2, unique=True),
        "security": st.lists(st.just({"key": []}), max_size=1),
        "x-beta": st.booleans(),
        "deprecated": st.booleans(),
    },
)
_items = st.dictionaries(st.sampled_from(["get", "post"]), _operations, min_size=1, max_size=1)


@st.composite
def documents(draw: st.DrawFn) -> Json:
    """Generate a document of 3.1 without references."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": draw(st.sampled_from(["1", "2"]))},
        "paths": draw(st.dictionaries(st.sampled_from(PATHS), _items, min_size=1, max_size=2)),
    }
