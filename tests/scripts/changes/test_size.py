"""Large documents, and small ones that are large inside."""

import json
import time  # noqa: TID251 - how long a comparison takes is what is tested
from pathlib import Path

import pytest

from scripts._errors import PipelineError
from scripts.changes import compare
from scripts.schema_diff import main
from tests.scripts.changes._documents import Json, document, plus, request


def _reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _with(models: Json) -> Json:
    return {**request(_reference("N0")), "components": {"schemas": models}}


def _object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties}


def _tower(height: int, ground: Json) -> Json:
    """Return models each of which holds the next one twice."""
    floors = {f"N{i}": _object(a=_reference(f"N{i + 1}"), b=_reference(f"N{i + 1}")) for i in range(height)}
    return _with({**floors, f"N{height}": ground})


def _circle(size: int, **last: Json) -> Json:
    """Return models each of which holds all of them."""
    every = {f"p{i}": _reference(f"N{i}") for i in range(size)}
    models = {f"N{i}": _object(**every) for i in range(size)}
    return _with({**models, f"N{size - 1}": _object(**every, **last)})


def _big(kind: str) -> Json:
    """Return a document of some 500 KB, written out like the provider's."""
    words = "what this field is for, in a sentence or two. " * 2
    fields = {f"field{i}": {"type": ["string", "null"], "maxLength": 99, "description": words} for i in range(25)}
    body = _object(**fields, last={"type": kind})
    content = {"application/json": {"schema": {"type": "array", "items": body}}}
    replies = {status: {"description": "A", "content": content} for status in ("200", "400", "404", "500")}
    facts = {"responses": replies, "requestBody": {"content": content}}
    shared = plus(*(document(facts, path=f"/v1/things{i}") for i in range(24)))
    written_out: Json = json.loads(json.dumps(shared))
    return written_out


def test_large_documents_are_compared_at_once() -> None:
    old, new = _big("string"), _big("boolean")
    assert len(json.dumps(old)) > 500_000
    start = time.process_time()  # whatever else the machine does meanwhile
    found = compare(old, new)
    assert time.process_time() - start < 3  # a tenth of a second is usual
    assert sum(change.location.endswith("[].last") for change in found) == 120


@pytest.mark.timeout(20)
def test_what_is_alike_is_compared_once_however_often_it_is_referred_to() -> None:
    assert compare(_tower(60, {"type": "string"}), _tower(60, {"type": "string"})) == []


@pytest.mark.timeout(20)
def test_models_that_all_hold_each_other_are_compared_once_if_alike() -> None:
    assert compare(_circle(14), _circle(14)) == []


def test_a_difference_of_such_a_model_is_told_on_every_way_to_it() -> None:
    found = compare(_circle(4), _circle(4, extra={"type": "string"}))
    assert sorted(change.location for change in found) == [
        "request.body.p1.p2.p3.extra",
        "request.body.p1.p3.extra",
        "request.body.p2.p1.p3.extra",
        "request.body.p2.p3.extra",
        "request.body.p3.extra",
    ]


def test_one_difference_of_a_model_held_twice_is_told_twice() -> None:
    assert len(compare(_tower(1, {"type": "string"}), _tower(1, {"type": "boolean"}))) == 3


@pytest.mark.timeout(60)
def test_differences_that_multiply_without_end_stop_the_comparison() -> None:
    with pytest.raises(PipelineError, match="differ in more than"):
        compare(_tower(40, {"type": "string"}), _tower(40, {"type": "boolean"}))


def test_alternatives_that_multiply_without_end_stop_the_comparison() -> None:
    one = {"anyOf": [_object(**{f"a{i}": {"type": "string"}}) for i in range(9)]}
    with pytest.raises(PipelineError, match="alternatives"):
        compare(request({"allOf": [one] * 4}), request({}))


def test_a_document_nested_too_deeply_is_no_verdict(tmp_path: Path) -> None:
    schema: Json = {"type": "string"}
    for _ in range(300):
        schema = _object(a=schema)
    path = tmp_path / "deep.json"
    path.write_text(json.dumps(request(schema)), encoding="utf-8")
    assert main([str(path), str(path)]) == 2
