"""Class names come from the place of a schema."""

import contextlib
import re
from typing import Any

import pytest
from hypothesis import given, settings

from scripts._errors import PipelineError
from scripts._normalise import normalise
from scripts._operation_ids import LONGEST, snake
from scripts._overlay import NamingTable
from tests.scripts.small_documents import (
    INTEGER,
    STRING,
    Json,
    classes,
    client,
    document,
    documents,
    listing,
    operation,
    parameter,
    ref,
    reply_of,
    thing,
)

PET = thing(id=STRING, name=STRING)
LETTERS: Json = {"type": "string", "enum": ["a", "b"]}


def paths(**items: Json) -> dict[str, Json]:
    """Return paths named `pets`, `pet` (one of them), and so on."""
    known = {"pets": "/v1/pets", "pet": "/v1/pets/{id}", "stats": "/v1/stats", "owner": "/v1/pets/{id}/owner"}
    return {known[name]: item for name, item in items.items()}


NAMES: dict[str, tuple[dict[str, Json], set[str]]] = {
    "a resource": (paths(pet={"get": operation(PET)}), {"Pet"}),
    "a resource under its own name": (
        paths(pet={"get": operation(thing(success={"type": "boolean"}, pet=PET))}),
        {"Pet", "GetPetResponse"},
    ),
    "a resource under a word for any": (paths(pet={"get": operation(thing(data=PET))}), {"Pet", "GetPetResponse"}),
    "a list": (paths(pets={"get": operation(thing(items=listing(PET)))}), {"Pet", "ListPetsResponse"}),
    "a bare list": (paths(pets={"get": operation(listing(PET))}), {"Pet"}),
    "a list of less than the resource": (
        paths(pets={"get": operation(listing(thing(id=STRING)))}, pet={"get": operation(PET)}),
        {"Pet", "PetListItem"},
    ),
    "a request": (paths(pets={"post": operation(thing(id=STRING), PET)}), {"CreatePetRequest", "CreatePetResponse"}),
    "a bare list for a reply": (paths(pets={"post": operation(listing(PET))}), {"CreatePetItem"}),
    "a reading": (paths(owner={"get": operation(thing(total=INTEGER))}), {"Owner"}),
    "a reading of many": (paths(stats={"get": operation(thing(total=INTEGER))}), {"ListStatsResponse"}),
    "an enumeration of a parameter": (
        paths(pets={"get": operation(parameters=[parameter("sortBy", LETTERS), parameter("kinds", listing({"enum": ["x", "y"]}))])}),
        {"PetSortBy", "PetKind"},
    ),
    "parts": (
        paths(pet={"get": operation(thing(kind=LETTERS, home=thing(city=STRING), toys=listing(thing(size=STRING))))}),
        {"Pet", "PetKind", "PetHome", "PetToy"},
    ),
    "a part that repeats the name": (paths(pet={"get": operation(thing(pet_kind=LETTERS))}), {"Pet", "PetKind"}),
    "a part of a request and another of a reply": (
        paths(pets={"post": operation(None, thing(home=thing(zip=STRING)))}, pet={"get": operation(thing(home=thing(city=STRING)))}),
        {"Pet", "PetHome", "CreatePetRequest", "CreatePetHome"},
    ),
    "the same part at two places": (
        paths(pets={"post": operation(None, thing(home=PET))}, pet={"get": operation(thing(id=STRING, home=PET))}),
        {"Pet", "PetHome", "CreatePetRequest"},
    ),
    "values of a map": (
        paths(pet={"get": operation(thing(toys={"type": "object", "additionalProperties": thing(size=STRING)}))}),
        {"Pet", "PetToys", "PetToysValue"},
    ),
    "alternatives": (
        paths(pet={"get": operation({"oneOf": [thing(kind={"const": "cat"}), thing(kind={"const": "dog"})]})}),
        {"PetCat", "PetDog"},
    ),
    "a second success": (
        paths(pets={"post": {"responses": {status: {"description": "d", "content": {"application/json": {"schema": body}}} for status, body in (("201", PET), ("202", thing(job=STRING)))}}}),
        {"CreatePetResponse", "CreatePetAcceptedResponse"},
    ),
    "nouns that differ only around them": (
        {"/pets/{id}/notes/{note}": {"get": operation(thing(a=STRING))}, "/owners/{id}/notes/{note}": {"get": operation(thing(b=STRING))}},
        {"Note", "PetNote"},
    ),
    "names that the generated code uses itself": (
        {"/files/{id}": {"get": operation(PET)}, "/requests/{id}": {"get": operation(thing(a=STRING))}},
        {"GetFileResponse", "GetRequestResponse"},
    ),
    "spellings of one word": (
        paths(pet={"get": operation(thing(fooBar=thing(a=STRING), foo_bar=thing(b=STRING)))}),
        {"Pet", "PetFooBar", "OtherPetFooBar"},
    ),
    "nothing to be named for": ({"/": {"get": operation(PET), "post": operation(None, thing(a=STRING))}}, {"Root", "CreateRootRequest"}),
    "a number first": ({"/2fa/{id}": {"get": operation(PET)}}, {"Model2fa"}),
}  # fmt: skip


@pytest.mark.parametrize(("given", "names"), NAMES.values(), ids=NAMES)
def test_schemas_are_named_for_their_place(given: dict[str, Json], names: set[str]) -> None:
    assert set(classes(document(given))) == names


def test_an_object_that_contains_itself_is_a_class_that_does() -> None:
    node = thing(children=listing(ref("X")), parent={"oneOf": [ref("X"), {"type": "null"}]})
    whole = document({"/nodes/{id}": {"get": operation(ref("X"))}}, {"X": node}, version="3.1.0")

    assert classes(whole) == {
        "Node": {
            **thing(children=listing(ref("Node")), parent={"allOf": [ref("Node")], "nullable": True}),
            "x-direction": "reply",
        }
    }


def test_what_annotates_a_place_does_not_stay_with_the_class() -> None:
    whole = document(
        paths(pet={"get": operation(thing(new=thing(a=STRING), old={**thing(a=STRING), "deprecated": True}))})
    )
    found = classes(whole)

    assert found["PetNew"] == {**thing(a=STRING), "x-direction": "reply"}
    assert found["Pet"]["properties"] == {"new": ref("PetNew"), "old": {"allOf": [ref("PetNew")], "deprecated": True}}


def test_a_class_knows_whether_it_is_sent_or_received() -> None:
    body = thing(home=thing(city=STRING), toy=thing(size=STRING))
    found = classes(document(paths(pets={"post": operation(thing(home=thing(city=STRING)), body)})))

    assert {name: schema["x-direction"] for name, schema in found.items()} == {
        "CreatePetRequest": "request",
        "CreatePetResponse": "reply",
        "PetHome": "both",
        "PetToy": "request",
    }


def test_every_error_is_the_same_class() -> None:
    whole = document(paths(pets={"get": operation(STRING, error=thing(error=STRING)), "post": operation(error=PET)}))

    assert (
        reply_of(whole, "/v1/pets", "get", "400") == reply_of(whole, "/v1/pets", "post", "400") == ref("ErrorResponse")
    )


def test_the_table_gives_better_names_and_what_is_inside_follows() -> None:
    table = NamingTable([{"nouns": {"pet": "animal friend"}, "classes": {"AnimalFriendHome": "Nest"}}])
    home = thing(city=STRING, place=thing(x=STRING))
    found = normalise(document(paths(pet={"get": operation(thing(home=home))})), table)["components"]["schemas"]

    assert set(found) == {"AnimalFriend", "ErrorResponse", "Nest", "NestPlace"}
    assert table.unused() == set()


def test_the_table_tells_which_entries_nothing_asked_for() -> None:
    table = NamingTable([{"nouns": {"pet": "animal", "cow": "cattle"}, "classes": {"Animal": "Beast", "Gone": "Here"}}])
    normalise(document(paths(pet={"get": operation(PET)})), table)

    assert table.unused() == {"the name of 'cow'", "the name of 'Gone'"}


def test_the_table_cannot_give_a_name_that_is_taken() -> None:
    table = NamingTable([{"classes": {"PetHome": "Pet"}}])

    with pytest.raises(PipelineError, match=r"the naming table gives the name Pet, which is taken; choose"):
        normalise(document(paths(pet={"get": operation(thing(home=thing(city=STRING)))})), table)


def test_a_long_path_loses_words_instead_of_growing() -> None:
    deep: Json = thing(end=STRING)
    for letter in "abcdefgh":
        deep = thing(**{f"quite_a_long_name_{letter}": deep})
    names = classes(document(paths(pet={"get": operation(deep)})))

    assert len(names) == 9
    assert max(len(snake(name)) for name in names) <= LONGEST


@settings(max_examples=40)
@given(documents())
def test_every_name_is_one_that_python_and_people_take(whole: Any) -> None:
    names = set()
    with contextlib.suppress(PipelineError):  # nested without end
        names = set(client(whole)["components"]["schemas"])
    for name in names:
        assert re.fullmatch(r"[A-Z][A-Za-z0-9]*", name)
        assert len(snake(name)) <= LONGEST
    assert len({name.lower() for name in names}) == len(names)
