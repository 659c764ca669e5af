"""Documents are told apart by what they mean to callers, not by how they are written."""

import copy
import json
from typing import Any

import pytest

from scripts._paths import HOME, Tree
from sensay_ext.doctor._differences import differences

Json = dict[str, Any]

BASE: Json = {
    "openapi": "3.0.3",
    "info": {"title": "A", "version": "1"},
    "paths": {
        "/things/{id}": {
            "post": {
                "parameters": [{"name": "page", "in": "query", "schema": {"type": "integer"}}],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
                },
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                    "404": {"content": {"application/json": {"schema": {"type": "object"}}}},
                },
            },
        }
    },
    "components": {
        "schemas": {
            "Thing": {
                "type": "object",
                "properties": {
                    "kind": {"type": "string", "enum": ["a", "b"]},
                    "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
                    "at": {"type": "string", "format": "date-time", "nullable": True},
                },
                "required": ["kind"],
            }
        }
    },
}


def changed(change: str) -> Json:
    """The document after a statement on it (`d`), on its operation (`o`) and on its schema (`s`)."""
    document = copy.deepcopy(BASE)
    names = {
        "d": document,
        "o": document["paths"]["/things/{id}"]["post"],
        "s": document["components"]["schemas"]["Thing"],
    }
    exec(change, names)  # noqa: S102 - written below
    return document


SAME = [
    "d['openapi'] = '3.1.0'; s['properties']['at'] = {'type': ['string', 'null'], 'format': 'date-time'}",
    "s['properties']['at'] = {'anyOf': [{'type': 'string', 'format': 'date-time'}, {'type': 'null'}]}",
    "s['properties']['kind'] = {'oneOf': [{'const': 'b'}, {'enum': ['a']}]}",
    "s['properties']['kind']['description'] = 'Words'",
    "s['properties'] = dict(reversed(s['properties'].items())); s['properties']['kind']['enum'].reverse()",
    "s['allOf'] = [{'required': s.pop('required')}, {'properties': s.pop('properties')}]",
    "s['allOf'] = [{'allOf': [{key: s.pop(key)}]} for key in ('required', 'properties')]",
    "d['components']['schemas']['Other'] = s; o['requestBody']['content']['application/json']['schema'] = s",
    "d['paths']['/things/{thing}'] = d['paths'].pop('/things/{id}')",
    "d['paths']['/things/{id}']['parameters'] = o.pop('parameters')",
    "d['paths']['/secret'] = {'get': {'x-hidden': True, 'responses': {}}}",
    "s['properties']['secret'] = {'type': 'string', 'x-hidden': True}",
    "o['responses']['404'] = {}",
    "s['properties']['parts']['minItems'] = 0",
    "o['parameters'].append({'name': 'id', 'in': 'path', 'schema': {'type': 'string'}})",
    "s['properties']['kind'] = {'allOf': [s['properties']['kind'], 7, True]}",
    "s['properties']['other'] = False",
]


@pytest.mark.parametrize("change", SAME)
def test_the_same_in_other_words_is_no_difference(change: str) -> None:
    assert changed(change) != BASE
    assert differences(BASE, changed(change)) == []
    assert differences(changed(change), BASE) == []


DIFFERENT = [
    ("d['paths']['/new'] = {'get': {'responses': {}}}", [("is new", False)], [("is gone", True)]),
    ("o['deprecated'] = True", [("is deprecated", False)], [("is no longer deprecated", False)]),
    (
        "o['parameters'][0]['required'] = True",
        [("query parameter `page` is required now", True)],
        [("query parameter `page` is optional now", False)],
    ),
    (
        "o['parameters'].append({'name': 'q', 'in': 'query', 'required': True, 'schema': {'type': 'string'}})",
        [("query parameter `q` is new and required", True)],
        [("query parameter `q` is gone", True)],
    ),
    (
        "o['parameters'][0]['schema']['type'] = 'string'",
        [("query parameter `page` is string now, no longer integer", True)],
        [("query parameter `page` is integer now, no longer string", True)],
    ),
    (
        "s['required'].append('at')",
        [("request field `at` is required now", True), ("reply field `at` is required now", False)],
        [("reply field `at` is optional now", True), ("request field `at` is optional now", False)],
    ),
    (
        "s['properties']['kind']['enum'].append('c')",
        [
            ('request field `kind` can have the value "c" now', False),
            ('reply field `kind` can have the value "c" now', False),
        ],
        [
            ('request field `kind` has no longer the value "c"', True),
            ('reply field `kind` has no longer the value "c"', False),
        ],
    ),
    (
        "del s['properties']['kind']['enum']",
        [("request field `kind` has any value now", False), ("reply field `kind` has any value now", False)],
        [
            ("request field `kind` has a list of values now", True),
            ("reply field `kind` has a list of values now", False),
        ],
    ),
    (
        "o['parameters'][0]['schema'] = {'type': 'integer', 'minimum': 0, 'exclusiveMinimum': True}",
        [("query parameter `page` has minimum 1 now", True)],
        [("query parameter `page` has no longer minimum 1", False)],
    ),
    (
        "o['parameters'][0]['schema'] = {'type': 'number', 'exclusiveMaximum': 9, 'maximum': 9, 'multipleOf': 3}",
        [
            ("query parameter `page` is number now, no longer integer", False),
            ("query parameter `page` has maximum 9 (itself excluded) now", True),
            ("query parameter `page` has multipleOf 3 now", True),
        ],
        [
            ("query parameter `page` is integer now, no longer number", True),
            ("query parameter `page` has no longer maximum 9 (itself excluded)", False),
            ("query parameter `page` has no longer multipleOf 3", False),
        ],
    ),
    (
        "s['properties']['kind'] |= {'maxLength': 0, 'pattern': '^a'}",
        [
            ("request field `kind` has maxLength 0 now", True),
            ("reply field `kind` has maxLength 0 now", False),
            ("request field `kind` has pattern ^a now", True),
            ("reply field `kind` has pattern ^a now", False),
        ],
        [
            ("request field `kind` has no longer maxLength 0", False),
            ("reply field `kind` has no longer maxLength 0", True),
            ("request field `kind` has no longer pattern ^a", False),
            ("reply field `kind` has no longer pattern ^a", True),
        ],
    ),
    (
        "s['additionalProperties'] = False",
        [
            ("the request's body has no fields but those that are listed now", True),
            ("the reply's body has no fields but those that are listed now", False),
        ],
        [
            ("the request's body can have fields that are not listed now", False),
            ("the reply's body can have fields that are not listed now", False),
        ],
    ),
    (
        "s['properties']['at'].pop('nullable')",
        [("request field `at` is never null any more", True), ("reply field `at` is never null any more", False)],
        [("request field `at` can be null now", False), ("reply field `at` can be null now", True)],
    ),
    (
        "o['responses']['202'] = o['responses'].pop('200')",
        [
            ("replies of 200 are gone", True),
            ("replies of 200 application/json are gone", True),
            ("replies of 202 are new", False),
            ("replies of 202 application/json are new", False),
        ],
        [
            ("replies of 202 are gone", True),
            ("replies of 202 application/json are gone", True),
            ("replies of 200 are new", False),
            ("replies of 200 application/json are new", False),
        ],
    ),
    (
        "s['properties']['name'] = {'type': 'string'}",
        [("request field `name` is new", False), ("reply field `name` is new", False)],
        [("request field `name` is gone", True), ("reply field `name` is gone", True)],
    ),
]


@pytest.mark.parametrize(("change", "there", "back"), DIFFERENT)
def test_a_difference_is_told_in_both_directions(
    change: str, there: list[tuple[str, bool]], back: list[tuple[str, bool]]
) -> None:
    def told(old: Json, new: Json) -> set[tuple[str, bool]]:
        # A thing is made of things: what is said of the inner ones is the same again.
        found = [(each.message, each.breaks) for each in differences(old, new)]
        return {(message, breaks) for message, breaks in found if "parts" not in message}

    assert told(BASE, changed(change)) == set(there)
    assert told(changed(change), BASE) == set(back)


def test_what_can_be_anything_can_be_null() -> None:
    anything, also_null = (changed(f"s['properties']['any'] = {schema}") for schema in ("{}", "{'nullable': True}"))

    assert differences(anything, also_null) == differences(also_null, anything) == []


def test_items_that_were_different_need_not_be() -> None:
    unique = changed("s['properties']['parts']['uniqueItems'] = True")
    told, untold = ({each.message for each in differences(*pair)} for pair in ((BASE, unique), (unique, BASE)))

    assert {f"{message} field `parts` has no item twice now" for message in ("request", "reply")} <= told
    assert {f"{message} field `parts` can have an item twice now" for message in ("request", "reply")} <= untold


def test_models_within_each_other_end() -> None:
    many = {f"m{number}": {"$ref": "#/components/schemas/Thing"} for number in range(8)}

    with pytest.raises(OverflowError):
        differences(BASE, changed(f"s['properties'] |= {many}"))


def test_what_breaks_comes_first() -> None:
    both = changed("o['deprecated'] = True; o['parameters'][0]['required'] = True")

    assert [each.breaks for each in differences(BASE, both)] == [True, False]


def test_the_published_document_is_itself() -> None:
    document = json.loads(Tree(HOME).upstream.read_text(encoding="utf-8"))

    assert differences(document, document) == []
