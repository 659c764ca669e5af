"""How generated models read replies and write requests."""

import copy
import pickle
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

Json = dict[str, Any]


def test_fields_are_read_with_their_types(models: Any, pet: Json) -> None:
    read = models.Pet.from_dict(pet | {"birthday": "2021-11-05", "scores": [1, None]})

    assert read.pet_id == UUID(pet["petID"])
    assert read.kind is models.PetKind.CAT
    assert (read.name, read.age, read.weight, read.tame, read.tags) == ("Mimi", 4, 3.5, True, ["soft"])
    assert read.keeper == models.Keeper(name="Ann")
    assert read.born_at == datetime(2021, 11, 5, 10, 11, 12, tzinfo=UTC)
    assert (read.birthday, read.scores) == (date(2021, 11, 5), [1, None])


def test_a_reply_survives_the_round_trip(models: Any, pet: Json) -> None:
    full = pet | {"nickname": "M", "note": "shy", "birthday": "2021-11-05", "formerKeeper": {"name": "Bo"}}

    assert models.Pet.from_dict(full).to_dict() == full


@pytest.mark.parametrize("given", [{}, dict.fromkeys(["nickname", "note", "birthday", "formerKeeper", "scores"])])
def test_an_optional_field_that_is_absent_or_null_reads_as_none(models: Any, pet: Json, given: Json) -> None:
    read = models.Pet.from_dict(pet | given)

    assert (read.nickname, read.note, read.birthday, read.former_keeper, read.scores) == (None,) * 5
    assert read.to_dict() == pet


def test_a_required_field_that_may_be_null_may_be_absent_and_is_always_sent(models: Any, pet: Json) -> None:
    absent = {name: value for name, value in pet.items() if name != "chip"}

    assert models.Pet.from_dict(absent) == models.Pet.from_dict(pet | {"chip": None})
    assert models.Pet.from_dict(absent).to_dict()["chip"] is None


def test_only_given_fields_of_a_request_are_sent(models: Any) -> None:
    assert models.PetCreate(name="Mimi").to_dict() == {"name": "Mimi"}
    assert models.PetCreate(name="Mimi", nickname=None).to_dict() == {"name": "Mimi"}


def test_an_explicit_null_is_sent_in_a_request(models: Any) -> None:
    request = models.PetCreate(name="Mimi", note=None, former_keeper=None)

    assert request.to_dict() == {"name": "Mimi", "note": None, "formerKeeper": None}


@pytest.mark.parametrize("data", [{"name": "Mimi"}, {"name": "Mimi", "note": None}, {"name": "Mimi", "note": "shy"}])
def test_a_request_read_back_keeps_absent_and_null_apart(models: Any, data: Json) -> None:
    assert models.PetCreate.from_dict(data).to_dict() == data


def test_null_is_left_out_where_a_model_is_also_a_reply(models: Any) -> None:
    assert models.PetUpdate(name="Mimi", note=None).to_dict() == {"name": "Mimi"}


def test_unset_stays_one_object_through_copy_and_pickle(models: Any, types: Any) -> None:
    request = models.PetCreate(name="Mimi")

    for twin in (copy.copy(request), copy.deepcopy(request), pickle.loads(pickle.dumps(request))):  # noqa: S301 - our own bytes
        assert twin.note is types.UNSET
        assert twin.to_dict() == {"name": "Mimi"}
    assert repr(types.UNSET) == "UNSET"
    assert not types.UNSET


def test_unknown_fields_are_kept_even_where_the_schema_forbids_them(models: Any, pet: Json) -> None:
    read = models.Pet.from_dict(pet | {"colour": {"name": "grey"}})

    assert read.additional_properties == {"colour": {"name": "grey"}}
    assert read.to_dict() == pet | {"colour": {"name": "grey"}}


def test_reading_leaves_the_source_as_it_is(models: Any, pet: Json) -> None:
    before = copy.deepcopy(pet)

    models.Pet.from_dict(pet).tags.append("old")

    assert pet == before


def test_described_additional_fields_are_read_and_checked(models: Any, errors: Any) -> None:
    counts = models.Counts.from_dict({"cats": 2, "dogs": 3.0})

    assert counts.additional_properties == {"cats": 2, "dogs": 3}
    assert counts.to_dict() == {"cats": 2, "dogs": 3}
    with pytest.raises(errors.ParseError, match=r"^cats: expected a whole number, got a string$"):
        models.Counts.from_dict({"cats": "two"})


def test_a_model_may_contain_itself(models: Any) -> None:
    tree = {"name": "root", "children": [{"name": "left"}, {"name": "right", "children": []}]}

    assert models.Node.from_dict(tree).to_dict() == tree


def test_whole_numbers_become_int(models: Any, pet: Json) -> None:
    age = models.Pet.from_dict(pet | {"age": 5.0}).age

    assert (age, type(age)) == (5, int)


def test_fields_are_keyword_only(models: Any) -> None:
    with pytest.raises(TypeError):
        models.PetCreate("Mimi")


def test_texts_serve_as_enumerations_in_a_request(models: Any) -> None:
    assert models.PetCreate(name="Mimi", kind="cat").to_dict() == {"name": "Mimi", "kind": "cat"}


def test_a_value_without_json_form_is_refused(models: Any) -> None:
    with pytest.raises(TypeError, match="bytes has no JSON form"):
        models.PetCreate(name=b"Mimi").to_dict()
