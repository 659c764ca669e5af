"""Shared models: which come and go, and which are only written in another way."""

from scripts.changes import compare
from tests.scripts.changes._documents import Json, only, request, told, without

MODEL = {"type": "object", "properties": {"a": {"type": "string"}}}
OTHER = {"type": "object", "properties": {"b": {"type": "integer"}}}
REFERENCE = {"$ref": "#/components/schemas/Model"}


def _with(body: Json, **models: Json) -> Json:
    return {**request(body), "components": {"schemas": models}}


def test_a_model_that_nobody_uses_is_told_when_it_goes() -> None:
    change = only(compare(_with({}, Model=MODEL), _with({})))
    assert (change.kind, change.location, change.before) == (
        "component-schema-removed",
        "components.schemas.Model",
        "Model",
    )


def test_a_model_that_goes_with_its_last_use_is_told_beside_it() -> None:
    found = compare(_with(REFERENCE, Model=MODEL, Other=OTHER), _with(OTHER, Other=OTHER))
    assert told(found) == [
        "request-property-optional-removed warning S",
        "component-schema-removed info S",
        "request-property-optional-added info",
    ]


def test_models_that_nobody_uses_are_lost_where_references_are_written_out() -> None:
    inline = without(request(MODEL), "components")
    assert compare(_with(REFERENCE, Model=MODEL, Other=OTHER), inline) == []
    assert compare(inline, _with(REFERENCE, Model=MODEL, Other=OTHER)) == []


def test_a_model_whose_shape_stands_somewhere_else_is_not_gone() -> None:
    nested = {"type": "array", "items": {"type": "object", "additionalProperties": MODEL}}
    assert compare(_with(nested, Model=MODEL, Other=OTHER), _with(nested, Other=OTHER)) == []


def test_one_of_several_types_may_be_given_a_name() -> None:
    types = {"type": ["string", "integer"]}
    named = {"anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/Whole"}]}
    assert compare(_with(types, Other=OTHER), _with(named, Other=OTHER, Whole={"type": "integer"})) == []
