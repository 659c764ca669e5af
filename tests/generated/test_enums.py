"""Open enumerations: what the schema knows is a member, what it does not know is kept."""

import copy
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

KNOWN = ["cat", "dog", "guinea pig"]


def test_known_values_are_members(models: Any) -> None:
    assert list(models.PetKind) == KNOWN
    assert models.PetKind("guinea pig") is models.PetKind.GUINEA_PIG
    assert models.PetKind.CAT.is_known


@given(text=st.text())
def test_any_text_survives_every_round_trip(models: Any, text: str) -> None:
    kind = models.PetKind(text)

    assert type(kind) is models.PetKind
    assert (kind, kind.value, str(kind), f"{kind}", hash(kind)) == (text, text, text, text, hash(text))
    assert {text: 1}[kind] == 1
    for twin in (pickle.loads(pickle.dumps(kind)), copy.copy(kind), copy.deepcopy(kind)):  # noqa: S301 - our own bytes
        assert (type(twin), twin) == (models.PetKind, text)
    assert models.PetCreate.from_dict({"name": "Mimi", "kind": text}).to_dict() == {"name": "Mimi", "kind": text}
    assert kind.is_known is (text in KNOWN)


@given(text=st.text().filter(lambda text: text not in KNOWN))
def test_an_unknown_value_does_not_become_a_member(models: Any, text: str) -> None:
    models.PetKind(text)

    assert list(models.PetKind) == KNOWN
    assert len(models.PetKind.__members__) == len(KNOWN)
    assert text not in models.PetKind.__members__.values()


def test_unknown_values_are_told_apart(models: Any) -> None:
    assert models.PetKind("fish") == models.PetKind("fish")
    assert models.PetKind("fish") != models.PetKind("bird")
    assert repr(models.PetKind("fish")) == "<PetKind.fish: 'fish'>"


@pytest.mark.parametrize("value", [5, None, True, ["cat"]])
def test_what_is_no_text_is_refused(models: Any, errors: Any, value: Any) -> None:
    with pytest.raises(ValueError, match="is not a valid PetKind"):
        models.PetKind(value)
    with pytest.raises(errors.ParseError, match="expected a string"):
        models.PetKind.from_json(value)
