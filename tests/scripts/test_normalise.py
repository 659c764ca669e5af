"""Operations in their normal form, and documents by chance."""

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from openapi_spec_validator import OpenAPIV30SpecValidator

from scripts._errors import PipelineError
from scripts._normalise import operations
from scripts._validate import validate
from tests.scripts.small_documents import (
    INTEGER,
    STRING,
    Json,
    client,
    content,
    document,
    documents,
    listing,
    operation,
    parameter,
    ref,
    reply_of,
    thing,
)


def form(method: str = "get", path: str = "/pets", item: Json | None = None, **given: Any) -> Json:
    """Return the normal form of an operation."""
    one: Json = client(document({path: {method: operation(**given), **(item or {})}}))["paths"][path][method]
    return one


def check(whole: Json) -> None:
    """Bring a document into its normal form, which has to be OpenAPI again, or have it refused."""
    with contextlib.suppress(PipelineError):
        validate(whole)
        assert list(OpenAPIV30SpecValidator(client(whole)).iter_errors()) == []


@settings(max_examples=40)
@given(documents())
def test_any_newer_document_gives_valid_openapi(whole: Json) -> None:
    check(whole)


@settings(max_examples=40)
@given(documents(new=False))
def test_any_older_document_gives_valid_openapi(whole: Json) -> None:
    check(whole)


@pytest.mark.parametrize("name", ["X-API-Version", "content-encoding", "Accept"])
def test_headers_of_the_transport_are_no_arguments(name: str) -> None:
    kept = parameter("X-Mine", where="header")

    assert form(parameters=[parameter(name, where="header"), kept])["parameters"] == [kept]


def test_parameters_are_sorted_and_those_of_the_operation_replace_those_of_the_path() -> None:
    item = {"parameters": [parameter("b", INTEGER), parameter("X-a", where="header"), parameter("a", INTEGER)]}
    own = [parameter("b", STRING, required=True), parameter("x-A", INTEGER, where="header")]

    assert form(item=item, parameters=own)["parameters"] == [
        parameter("x-A", INTEGER, where="header"),
        parameter("a", INTEGER),
        parameter("b", STRING, required=True),
    ]


def test_a_parameter_of_a_path_is_required_whatever_it_says() -> None:
    loose = {**parameter("id", where="path"), "required": False}

    assert form(path="/pets/{id}", parameters=[loose])["parameters"] == [parameter("id", where="path")]


def test_a_parameter_written_as_json_has_the_schema_of_its_content() -> None:
    given = {"name": "filter", "in": "query", **content(thing(a=STRING))}

    assert form(parameters=[given])["parameters"] == [parameter("filter", ref("PetFilter"))]


def test_an_argument_that_is_none_is_not_sent() -> None:
    assert form(parameters=[parameter("q", {**STRING, "nullable": True})])["parameters"] == [parameter("q")]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"style": "form", "explode": True}, {}),
        ({"explode": False}, {"explode": False}),
        ({"style": "pipeDelimited"}, {"style": "pipeDelimited"}),
        ({"style": "pipeDelimited", "explode": False}, {"style": "pipeDelimited"}),
        ({"style": "deepObject", "explode": True}, {"style": "deepObject", "explode": True}),
    ],
)
def test_the_style_of_a_parameter_is_told_where_it_is_unusual(given: Json, kept: Json) -> None:
    whole = parameter("q", listing(STRING), **given)

    assert form(parameters=[whole])["parameters"] == [parameter("q", listing(STRING), **kept)]


def test_a_stream_of_events_beside_json_is_left_out() -> None:
    both = {"application/json": {"schema": STRING}, "text/event-stream": {"schema": STRING}}
    found = form(
        responses={
            "200": {"description": "", "content": both},
            "201": {"description": "", "content": {"text/event-stream": {}}},
        }
    )

    assert found["responses"] == {"200": {"description": "", **content(STRING)}, "201": {"description": ""}}


def test_json_is_taken_before_other_media_and_told_by_its_bare_name() -> None:
    media = {"text/plain": {"schema": INTEGER}, "Application/JSON; charset=utf-8": {"schema": STRING}}

    assert form("post", requestBody={"content": media})["requestBody"] == {"required": False, **content(STRING)}


def test_a_body_with_a_required_field_is_required() -> None:
    body = {**thing(a=STRING), "required": ["a"]}

    assert form("post", body=body)["requestBody"] == {"required": True, **content(ref("CreatePetRequest"))}


def test_failures_at_large_are_left_out_where_successes_are_told() -> None:
    wrong = {"description": "wrong", **content(thing(error=STRING))}
    replies = {"200": {"description": "done"}, "4XX": wrong, "default": wrong}

    assert form(responses=replies)["responses"] == {"200": {"description": "done"}}
    assert client(document({"/pets": {"get": {"responses": replies}}}))["components"]["schemas"]["ErrorResponse"] == {
        **thing(error=STRING),
        "x-direction": "reply",
    }


def test_an_operation_without_security_of_its_own_has_that_of_the_document() -> None:
    schemes = {
        "Key": {"type": "apiKey", "in": "header", "name": "X", "description": "words"},
        "Same": {"$ref": "#/components/securitySchemes/Key"},
    }
    whole = document(
        {
            "/a": {"get": operation()},
            "/b": {"get": operation(security=[])},
            "/c": {"get": operation(security=[{"Key": []}, {"Same": [], "Key": []}])},
        }
    )
    found = client({**whole, "security": [{"Key": []}], "components": {"securitySchemes": schemes}})

    assert [found["paths"][path]["get"]["security"] for path in ("/a", "/b", "/c")] == [
        [{"Key": []}],
        [],
        [{"Same": [], "Key": []}, {"Key": []}],
    ]
    bare = {"type": "apiKey", "in": "header", "name": "X"}
    assert found["components"]["securitySchemes"] == {"Key": bare, "Same": bare}


def test_a_path_has_to_declare_what_it_names() -> None:
    whole = {
        **document({}),
        "paths": {"/pets/{id}/{kind}": {"get": operation(parameters=[parameter("ID", where="path")])}},
    }

    with pytest.raises(PipelineError, match=r"^GET /pets/\{id\}/\{kind\} does not declare .* \(ID, id, kind\); repair"):
        client(whole)


def test_what_stands_around_paths_is_kept_short() -> None:
    whole = {
        **document({"/a": {"get": operation(summary="Words", tags=["Pets"])}}),
        "servers": [{"url": "https://example.test", "description": "words"}],
    }
    found = client({**whole, "tags": [{"name": "Pets"}], "externalDocs": {"url": "https://example.test"}})

    assert found.keys() == {"openapi", "info", "servers", "paths", "components"}
    assert found["servers"] == [{"url": "https://example.test"}]
    assert found["paths"]["/a"]["get"]["summary"] == "Words"
    assert found["paths"]["/a"]["get"]["tags"] == ["Pets"]


def test_hidden_operations_are_counted_on_request() -> None:
    whole = document(
        {
            "/a": {"get": operation(), "post": {**operation(), "x-hidden": True}},
            "/b": {"x-hidden": True, "get": operation()},
        }
    )

    assert list(operations(whole)) == [("get", "/a")]
    assert list(operations(whole, hidden=True)) == [("get", "/a"), ("post", "/a"), ("get", "/b")]


def test_a_resource_and_its_list_share_a_class_where_they_are_alike() -> None:
    pet = thing(id=STRING)
    whole = document({"/pets": {"get": operation(thing(items=listing(pet)))}, "/pets/{id}": {"get": operation(pet)}})

    assert reply_of(whole, "/pets/{id}") == ref("Pet")
    assert reply_of(whole, "/pets") == ref("ListPetsResponse")
