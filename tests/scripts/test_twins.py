"""However a document is written, the client is the same."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts._normalise import normalise
from scripts._overlay import Overlay
from scripts._paths import OVERLAY
from scripts._validate import validate
from tests.scripts.changes._rewrites import shuffled
from tests.scripts.small_documents import STRING, Json, client, document, listing, operation, parameter, ref, thing
from tests.scripts.twins import (
    document_in_3_0,
    document_in_3_1,
    hoisted,
    inlined,
    prose_dropped,
    schema_holders,
    unexplained,
)

Twin = Callable[[Json], Json]

TWINS: dict[str, Twin] = {
    "in 3.1": document_in_3_1,
    "in 3.1 and back": lambda whole: document_in_3_0(document_in_3_1(whole)),
    "without references": inlined,
    "with references everywhere": hoisted,
    "in 3.1 with references everywhere": lambda whole: hoisted(document_in_3_1(whole)),
    "in 3.1 without references": lambda whole: inlined(document_in_3_1(whole)),
    "in another order": lambda whole: shuffled(whole, Random(7)),  # noqa: S311 - no secret
    "without prose": unexplained,
}


def meaning(whole: Json) -> Json:
    """Return the normal form of a document of ours, apart from prose."""
    overlay = Overlay.load(OVERLAY)
    form: Json = prose_dropped(normalise(overlay.apply(whole), overlay.naming))
    return form


@pytest.mark.parametrize("twin", TWINS.values(), ids=TWINS)
def test_twins_of_the_committed_document_give_the_same_client(twin: Twin, upstream: Json) -> None:
    other = twin(upstream)
    validate(other)

    assert meaning(other) == meaning(upstream)


LETTERS: Json = {"type": "string", "enum": ["a", "b"]}
SMALL = {
    "nullable parts": document(
        {"/v1/pets/{id}": {"get": operation(ref("Pet")), "put": operation(ref("Pet"), ref("Change"))}},
        {
            "Pet": thing(id=STRING, kind={**LETTERS, "nullable": True}, home={"allOf": [ref("Home")], "nullable": True}),
            "Home": thing(city=STRING, size={"type": "number", "minimum": 0, "exclusiveMinimum": True}),
            "Change": {**thing(home=ref("Home"), kind=LETTERS, sure={"type": "boolean", "enum": [True]}), "required": ["home"]},
        },
    ),
    "unions": document(
        {"/v1/events": {"get": operation(listing(ref("Event")), parameters=[parameter("kinds", listing(LETTERS))])}},
        {
            "Event": {"oneOf": [ref("Born"), ref("Moved"), {"type": "string"}], "nullable": True},
            "Born": thing(kind={"type": "string", "enum": ["born"]}, weight={"type": "number", "example": 3}),
            "Moved": {"allOf": [ref("Base"), thing(kind={"type": "string", "enum": ["moved"]}, file={"type": "string", "format": "binary"})]},
            "Base": {**thing(at={"type": "string", "format": "date-time"}), "required": ["at"]},
        },
    ),
    "a tree": document(
        {"/v1/nodes/{id}": {"get": operation(ref("Node"), error=thing(error=STRING))}},
        {"Node": {**thing(name=STRING, children=listing(ref("Node")), up={"allOf": [ref("Node")], "nullable": True}), "required": ["name"]}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("twin", TWINS.values(), ids=TWINS)
@pytest.mark.parametrize("whole", SMALL.values(), ids=SMALL)
def test_twins_of_small_documents_give_the_same_client(whole: Json, twin: Twin) -> None:
    assert prose_dropped(client(twin(whole))) == prose_dropped(client(whole))


@pytest.mark.parametrize("whole", SMALL.values(), ids=SMALL)
def test_the_normal_form_of_a_normal_form_is_the_same(whole: Json) -> None:
    form = client(whole)

    assert client(form) == form


def objects(schema: Any) -> list[Json]:
    """Return every schema inside one that has properties, itself included."""
    if not isinstance(schema, dict):
        return []
    parts = [*schema.get("properties", {}).values(), schema.get("items"), schema.get("additionalProperties")]
    parts += [branch for key in ("anyOf", "oneOf", "allOf") for branch in schema.get(key, [])]
    return [schema] * ("properties" in schema) + [found for part in parts for found in objects(part)]


@pytest.fixture(scope="session")
def inline(repaired: Json) -> Json:
    """The committed document without references, which makes every place one of its own."""
    return inlined({**repaired, "components": {**repaired["components"]}})


@pytest.fixture(scope="session")
def fields(inline: Json) -> dict[str, set[str]]:
    """The properties and values of each class of the committed document."""
    return fields_of(inline)


def fields_of(whole: Json) -> dict[str, set[str]]:
    form = normalise(whole, Overlay.load(OVERLAY).naming)
    schemas = form["components"]["schemas"].items()
    return {name: {*schema.get("properties", {}), *schema.get("enum", ())} for name, schema in schemas}


@settings(max_examples=20)
@given(
    place=st.integers(0, 10_000),
    name=st.sampled_from(["aaaNew", "zzzNew"]),
    schema=st.sampled_from([STRING, thing(inner=STRING), LETTERS]),
    required=st.sampled_from([[], ["aaaNew", "zzzNew"]]),
)
def test_a_new_field_renames_no_class(
    *, inline: Json, fields: dict[str, set[str]], place: int, name: str, schema: Json, required: list[str]
) -> None:
    places = [found for holder in schema_holders(inline) for found in objects(holder["schema"])]
    chosen = places[place % len(places)]
    before = dict(chosen)
    chosen["properties"] = {**chosen["properties"], name: schema}
    chosen["required"] = [*chosen.get("required", []), *required]
    try:
        after = fields_of(inline)
    finally:
        chosen.clear()
        chosen.update(before)

    assert {known for known, held in fields.items() if not held <= after.get(known, set())} == set()
    assert not [new for new in after.keys() - fields.keys() if new[-1].isdigit() or "ItemItem" in new]


def test_no_name_of_the_committed_client_is_one_that_a_machine_would_choose(fields: dict[str, set[str]]) -> None:
    assert {"Replica", "KnowledgeBaseEntry", "ErrorResponse", "ChatMessage", "User"} <= fields.keys()
    assert not [
        name for name in fields if name[-1].isdigit() or "ItemItem" in name or "Other" in name or len(name) > 60
    ]
