"""Reports for people and machines."""

import json
from pathlib import Path

import pytest

from scripts._errors import PipelineError
from scripts.changes import Change, as_json, as_markdown, as_text, compare
from scripts.changes._methods import load_methods
from tests.scripts.changes._documents import Json, at, content, document, empty, wrapped

ERRORS = {status: {"description": "no", **content(wrapped({"type": "string"}))} for status in ("400", "404")}
FEWER = {status: {"description": "no", **content({"type": "object"})} for status in ("400", "404")}
BOX: Json = {"type": "object", "properties": {"kind": {"const": "a"}, "size": {"type": "integer"}}}
SMALL_BOX: Json = {**BOX, "properties": {**BOX["properties"], "size": {"type": "integer", "maximum": 9}}}
OTHER: Json = {"type": "object", "properties": {"kind": {"const": "z"}}}
TEXT = """\
2 breaking changes, 4 other changes; 2 of all [source]: changes names or types of the Python client.

BREAKING
  POST /v1/things/{thing} - things.create()
    - The request no longer takes `b`, `c` [source]

ANNOUNCED TO GO: STOP USING THESE
  POST /v1/things/{thing} - things.create()
    - The operation is deprecated: it can be removed at any time from now on

OTHER CHANGES
  The API as a whole
    - The document's version is still `1` although this report holds breaking changes
  POST /v1/things/{thing} - things.create()
    - Error reply field `x`, which could be absent so far, is gone (status 400, 404)"""
MARKDOWN = """\
2 breaking changes, 4 other changes; 2 of all [source]: changes names or types of the Python client.

### Breaking

- **POST /v1/things/{thing} - things.create()**
  - The request no longer takes `b`, `c` [source]

### Announced to go: stop using these

- **POST /v1/things/{thing} - things.create()**
  - The operation is deprecated: it can be removed at any time from now on

### Other changes

- **The API as a whole**
  - The document's version is still `1` although this report holds breaking changes
- **POST /v1/things/{thing} - things.create()**
  - Error reply field `x`, which could be absent so far, is gone (status 400, 404)"""


def _changes() -> list[Change]:
    body = {"requestBody": {"required": True, **content({"enum": ["a", "b", "c"]})}}
    less = {"requestBody": {"required": True, **content({"enum": ["a"]})}}
    old = document({"responses": {"200": {"description": "yes"}, **ERRORS}, **body})
    new = document({"responses": {"200": {"description": "yes"}, **FEWER}, **less, "deprecated": True})
    return compare(old, new, methods={"create_thing": ["things.create"]})


def test_the_text_groups_by_level_then_operation_and_tells_alike_changes_once() -> None:
    assert as_text(_changes()) == TEXT


def test_the_markdown_says_the_same() -> None:
    assert as_markdown(_changes()) == MARKDOWN


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ({"type": "array", "items": {"enum": ["a", "b"]}}, {"type": "array", "items": {"enum": ["a"]}}, "`x[]` no longer takes `b`"),
        (wrapped({"type": "string"}), wrapped({"type": "string", "maxLength": 9}), "`x.x` must keep to `maxLength` `9` now"),
        ({"anyOf": [BOX, wrapped({})]}, {"anyOf": [SMALL_BOX, wrapped({})]}, "`x(a).size` must keep to `maximum` `9` now"),
    ],
)  # fmt: skip
def test_a_place_within_a_parameter_is_named_with_it(old: Json, new: Json, message: str) -> None:
    (change,) = (one for one in compare(at("request-parameter", old), at("request-parameter", new)) if one.path)
    assert change.message == f"Query parameter {message}"


@pytest.mark.parametrize(("value", "label"), [("a", "(a)"), (True, "(kind=true)"), (7, "(kind=7)")])
def test_an_alternative_is_named_by_what_tells_it_apart(value: object, label: str) -> None:
    box, smaller = ({**one, "properties": {**one["properties"], "kind": {"const": value}}} for one in (BOX, SMALL_BOX))
    (change,) = compare(at("response-body", {"oneOf": [box, OTHER]}), at("response-body", {"oneOf": [smaller, OTHER]}))
    assert change.location == f"reply.200{label}.size"


def test_nothing_is_said_as_such() -> None:
    assert as_text([]) == as_markdown([]) == "No changes."
    assert json.loads(as_json([])) == []


def test_the_json_has_every_fact_of_every_change() -> None:
    row = json.loads(as_json(_changes()))[0]
    assert row == {
        "kind": "request-body-enum-value-removed",
        "level": "breaking",
        "source_breaking": True,
        "method": "POST",
        "path": "/v1/things/{thing}",
        "operation_id": "create_thing",
        "location": "request.body",
        "before": "b",
        "after": None,
        "message": "The request no longer takes `b`",
        "affects": ["things.create"],
    }


def test_changes_of_the_whole_document_have_no_operation() -> None:
    row = json.loads(as_json(compare(empty(), empty(servers=[{"url": "https://a.example"}]))))[0]
    assert (row["kind"], row["method"], row["path"], row["operation_id"]) == ("servers-changed", None, None, None)


def test_long_values_are_cut_in_messages_only() -> None:
    pattern = "a" * 500
    (change,) = compare(at("response-body", {}), at("response-body", {"pattern": pattern}))
    assert change.after == pattern
    assert len(change.message) < 200


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", 'from typing import Final\nX = f(1)\nMETHODS: Final = {"create_thing": ["a.b"], "list": "c"}\n'),
        ("b.py", 'METHODS = {"create_thing": ("a.b",), "list": ["c"]}\n'),
        ("c.json", '{"create_thing": ["a.b"], "list": ["c"]}'),
    ],
)
def test_methods_are_read_without_running_anything(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert load_methods(path) == {"create_thing": ["a.b"], "list": ["c"]}


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.py", "X = 1"), ("b.py", "METHODS = made()"), ("c.py", "METHODS ="), ("d.json", "[]"), ("e.json", "{")],
)
def test_a_file_without_methods_is_refused(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PipelineError, match=name):
        load_methods(path)


def test_a_missing_file_of_methods_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="missing"):
        load_methods(tmp_path / "missing.py")
