"""What a reply that does not fit its model raises: the place, and never the value."""

import pickle
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Json = dict[str, Any]
SENTINEL = "zq-SENTINEL-7f3a"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"petID": 5}, "petID: expected a UUID, got a number"),
        ({"petID": SENTINEL}, "petID: expected a UUID, got a string of another form"),
        ({"name": None}, "name: expected a string, got null"),
        ({"name": 5}, "name: expected a string, got a number"),
        ({"kind": 5}, "kind: expected a string, got a number"),
        ({"age": True}, "age: expected a whole number, got a boolean"),
        ({"age": 4.5}, "age: expected a whole number, got a number"),
        ({"age": "4"}, "age: expected a whole number, got a string"),
        ({"weight": False}, "weight: expected a finite number, got a boolean"),
        ({"weight": float("nan")}, "weight: expected a finite number, got a number"),
        ({"tame": 1}, "tame: expected a boolean, got a number"),
        ({"tags": SENTINEL}, "tags: expected a list, got a string"),
        ({"tags": ["a", 5]}, "tags[1]: expected a string, got a number"),
        ({"keeper": []}, "keeper: expected an object, got a list"),
        ({"keeper": {}}, "keeper.name: is missing"),
        ({"bornAt": 5}, "bornAt: expected a date with time, got a number"),
        ({"bornAt": SENTINEL}, "bornAt: expected a date with time, got a string of another form"),
        ({"nickname": {}}, "nickname: expected a string, got an object"),
        ({"birthday": SENTINEL}, "birthday: expected a date, got a string of another form"),
        ({"formerKeeper": SENTINEL}, "formerKeeper: expected an object, got a string"),
        ({"scores": [1, None, "3"]}, "scores[2]: expected a whole number, got a string"),
    ],
)
def test_a_wrong_type_is_refused_by_the_name_of_the_field(
    models: Any, errors: Any, pet: Json, change: Json, message: str
) -> None:
    with pytest.raises(errors.ParseError) as caught:
        models.Pet.from_dict(pet | change)

    assert str(caught.value) == message
    assert caught.value.path == message.partition(":")[0]
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("name", ["petID", "name", "kind", "age", "weight", "tame", "tags", "keeper", "bornAt"])
def test_a_missing_field_is_named(models: Any, errors: Any, pet: Json, name: str) -> None:
    del pet[name]

    with pytest.raises(errors.ParseError, match=f"^{name}: is missing$"):
        models.Pet.from_dict(pet)


@pytest.mark.parametrize("body", [None, [], "text", 5, True])
def test_a_reply_that_is_no_object_is_refused(models: Any, errors: Any, body: Any) -> None:
    with pytest.raises(errors.ParseError, match=r"^expected an object, got "):
        models.Pet.from_dict(body)


def test_the_path_leads_through_lists_and_objects(models: Any, errors: Any) -> None:
    tree = {"name": "root", "children": [{"name": "a"}, {"name": "b", "children": [{"name": 5}]}]}

    with pytest.raises(errors.ParseError) as caught:
        models.Node.from_dict(tree)

    assert caught.value.path == "children[1].children[0].name"


@pytest.mark.parametrize("name", ["petID", "bornAt", "birthday"])
def test_no_exception_in_the_chain_shows_the_value(models: Any, errors: Any, pet: Json, name: str) -> None:
    with pytest.raises(errors.ParseError) as caught:
        models.Pet.from_dict(pet | {name: SENTINEL})

    error: BaseException | None = caught.value
    while error is not None:
        assert SENTINEL not in repr(error)
        error = error.__cause__ or error.__context__


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # the fixture is only read
@given(
    name=st.sampled_from(["petID", "kind", "age", "weight", "tags", "bornAt", "birthday", "formerKeeper", "scores"]),
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(10**400),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "a"]), inner),
    ),
)
def test_any_json_is_read_or_refused_in_the_same_way(
    models: Any, errors: Any, pet: Json, name: str, value: Any
) -> None:
    try:
        read = models.Pet.from_dict(pet | {name: value})
    except errors.ParseError as error:
        assert error.path.startswith(name)  # noqa: PT017 - a refusal is one of the two right outcomes
    else:
        assert models.Pet.from_dict(read.to_dict()) == read


def test_errors_survive_pickle(errors: Any) -> None:
    error = errors.ParseError("is missing", "name")
    error.put_under("[0]")

    for original in (error, errors.UnexpectedStatus(418)):
        twin = pickle.loads(pickle.dumps(original))  # noqa: S301 - our own bytes
        assert (str(twin), twin.args, vars(twin)) == (str(original), original.args, vars(original))
    assert str(error) == "[0].name: is missing"
