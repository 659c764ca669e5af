"""References are replaced by what they point to."""

from typing import Any

import pytest

from scripts._errors import PipelineError
from scripts._references import Resolver
from tests.scripts.small_documents import STRING, Json, client, document, listing, operation, ref, reply_of, thing


def resolver(**schemas: Any) -> Resolver:
    return Resolver({"components": {"schemas": schemas}})


def test_references_are_expanded_wherever_they_stand() -> None:
    found = resolver(Name=STRING, Person=thing(name=ref("Name"))).resolve({"a": [ref("Person"), 1], "b": ref("Name")})

    assert found == {"a": [thing(name=STRING), 1], "b": STRING}


def test_what_stands_beside_a_reference_annotates_the_place() -> None:
    assert resolver(Name=STRING).resolve({**ref("Name"), "description": "words"}) == {**STRING, "description": "words"}


def test_what_restricts_beside_a_reference_is_a_conjunction() -> None:
    found = resolver(Base=thing(a=STRING)).resolve({**ref("Base"), "required": ["a"]})

    assert found == {"allOf": [thing(a=STRING), {"required": ["a"]}]}


@pytest.mark.parametrize(
    ("pointer", "target"),
    [
        ("#/paths/~1v1~1things/get", {"x": 1}),
        ("#/paths/%7E1v1~1things/get/x", 1),
        ("#/tags/1", "b"),
        ("#/a~0b", "tilde"),
    ],
)
def test_a_pointer_leads_anywhere_in_the_document(pointer: str, target: Any) -> None:
    whole = {"paths": {"/v1/things": {"get": {"x": 1}}}, "tags": ["a", "b"], "a~b": "tilde"}

    assert Resolver(whole).look_up(pointer) == target


@pytest.mark.parametrize("pointer", ["#/components/schemas/Gone", "#/tags/7", "#/tags/x", "#/info/title/x"])
def test_a_pointer_that_leads_nowhere_is_named(pointer: str) -> None:
    with pytest.raises(PipelineError, match=r"the reference '#/.*' leads nowhere; "):
        Resolver({"tags": ["a"], "info": {"title": "t"}}).look_up(pointer)


@pytest.mark.parametrize("pointer", ["http://127.0.0.1/a.json", "file:///etc/passwd", "other.json#/a", "#anchor"])
def test_a_reference_out_of_the_document_is_refused(pointer: str) -> None:
    with pytest.raises(PipelineError, match="leads out of the document; bundle"):
        Resolver({"a": {"$ref": pointer}}).check()


def test_a_reference_that_nothing_uses_may_lead_nowhere() -> None:
    assert resolver(Used=STRING, Unused=ref("Gone")).resolve(ref("Used")) == STRING


def test_an_object_that_contains_itself_stays_a_reference_inside() -> None:
    node = thing(name=STRING, children=listing(ref("Node")))
    found = resolver(Node=node)

    assert found.resolve({"schema": ref("Node")}) == {"schema": node}
    assert found.recursive == {"#/components/schemas/Node": node}


def test_objects_that_contain_each_other_stay_references_inside() -> None:
    found = resolver(A=thing(b=ref("B")), B=thing(a=ref("A")), C=thing(a=ref("A")))

    assert found.resolve(ref("C")) == thing(a=ref("A"))
    assert set(found.recursive) == {"#/components/schemas/A", "#/components/schemas/B"}


def test_an_object_in_a_conjunction_is_expanded_though_it_contains_itself() -> None:
    animal = thing(friend=ref("Animal"))
    found = resolver(Animal=animal, Dog={"allOf": [ref("Animal"), thing(bark=STRING)]})

    assert found.resolve(ref("Dog")) == {"allOf": [animal, thing(bark=STRING)]}


@pytest.mark.parametrize(
    ("schemas", "form"),
    [
        ({"A": listing(ref("A"))}, {"type": "array", "items": {}}),
        ({"A": ref("B"), "B": ref("A")}, {}),
        ({"A": {"allOf": [ref("A"), STRING]}}, STRING),
        ({"A": {**thing(), "anyOf": [ref("A"), STRING]}}, {}),
    ],
)
def test_what_contains_itself_without_being_an_object_ends_in_anything(schemas: Json, form: Json) -> None:
    assert reply_of(document({"/a": {"get": operation(ref("A"))}}, schemas), "/a") == form


def test_references_between_path_items_that_lead_to_themselves_are_refused() -> None:
    with pytest.raises(PipelineError, match="leads to itself"):
        Resolver({"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}}).follow({"$ref": "#/a"})


def test_a_bomb_of_references_is_no_api(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scripts._references.MAX_NODES", 5_000)
    layers = {f"L{n}": thing(a=ref(f"L{n + 1}"), b=ref(f"L{n + 1}")) for n in range(40)}

    with pytest.raises(PipelineError, match="expands to more than 5,000 nodes"):
        resolver(**layers, L40=STRING).resolve(ref("L0"))


def test_a_conjunction_with_anything_is_what_is_left_of_it() -> None:
    tree = {"allOf": [True, thing(up={"allOf": [True, ref("Tree")], "nullable": True})]}
    found = client(document({"/trees/{id}": {"get": operation(ref("Tree"))}}, {"Tree": tree}, version="3.1.0"))

    assert found["components"]["schemas"]["Tree"]["properties"] == {"up": {"allOf": [ref("Tree")], "nullable": True}}


def test_an_object_nested_in_itself_without_a_name_is_no_api() -> None:
    odd = {"type": ["object", "array"], "items": ref("A"), "properties": {"a": ref("A")}}
    whole = document({"/a": {"get": operation(thing(q=ref("A")))}}, {"A": odd}, version="3.1.0")

    with pytest.raises(PipelineError, match="nested without end; it is no usable API description"):
        client(whole)


def test_a_long_chain_of_references_is_followed() -> None:
    chain = {f"L{n}": ref(f"L{n + 1}") for n in range(100)}

    assert resolver(**chain, L100=STRING).resolve(ref("L0")) == STRING


def test_hidden_marks_are_forgotten_on_request() -> None:
    hidden = thing(a={**STRING, "x-hidden": True})
    whole = {"components": {"schemas": {"A": hidden}}}

    assert Resolver(whole).resolve(ref("A")) == hidden
    assert Resolver(whole, reveal=True).resolve(ref("A")) == thing(a=STRING)
