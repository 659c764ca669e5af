"""Repairs by rule."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts._dialect import canonical
from scripts._repairs import member_names, one_error, success_flag, whole_numbers
from tests.scripts.small_documents import INTEGER, STRING, Json, listing, thing

NUMBER: Json = {"type": "number"}


@pytest.mark.parametrize("name", ["id", "knowledgeBaseID", "total", "page_size", "messageCount", "chunkIndex", "page"])
def test_what_counts_or_identifies_is_a_whole_number(name: str) -> None:
    assert whole_numbers(NUMBER, name) == INTEGER


@pytest.mark.parametrize("name", ["score", "temperature", "idle", "discount", "amount", ""])
def test_what_measures_stays_a_number(name: str) -> None:
    assert whole_numbers(NUMBER, name) == NUMBER


@pytest.mark.parametrize(
    ("given", "repaired"),
    [
        (thing(total=NUMBER, score=NUMBER), thing(total=INTEGER, score=NUMBER)),
        (thing(items=listing(thing(id=NUMBER))), thing(items=listing(thing(id=INTEGER)))),
        (thing(id=listing(NUMBER)), thing(id=listing(INTEGER))),
        (thing(id={"type": ["number", "null"]}), thing(id={"type": ["integer", "null"]})),
        (thing(id={"anyOf": [NUMBER, STRING]}), thing(id={"anyOf": [INTEGER, STRING]})),
        (thing(id={"type": "number", "format": "double", "minimum": 1}), thing(id={"type": "integer", "minimum": 1})),
        (
            thing(count={"type": "object", "additionalProperties": NUMBER}),
            thing(count={"type": "object", "additionalProperties": NUMBER}),
        ),
        (True, True),
    ],
)
def test_whole_numbers_are_found_at_any_depth(given: Any, repaired: Any) -> None:
    assert whole_numbers(given) == repaired


def test_the_success_flag_of_a_reply_is_neither_required_nor_constant() -> None:
    reply = canonical({**thing(success={"enum": [True]}, id=STRING), "required": ["id", "success"]})

    assert success_flag(reply) == {**thing(success={"type": "boolean"}, id=STRING), "required": ["id"]}


def test_a_reply_that_requires_the_flag_alone_requires_nothing() -> None:
    reply = canonical({**thing(success={"type": "boolean"}), "required": ["success"]})

    assert success_flag(reply) == thing(success={"type": "boolean"})


@pytest.mark.parametrize("reply", [STRING, thing(id=STRING), {**thing(success=STRING), "required": ["success"]}])
def test_a_reply_without_such_a_flag_stays_as_it_is(reply: Json) -> None:
    assert success_flag(reply) == reply


def test_errors_become_one_that_requires_what_all_require() -> None:
    short = {**thing(success={"enum": [False]}, error=STRING), "required": ["success", "error"]}
    long = {**thing(error=STRING, request_id=STRING, inner=thing(name=STRING)), "required": ["error", "request_id"]}
    other = {**thing(error=STRING, inner=thing(stack=STRING)), "required": ["error"]}

    assert one_error([canonical(error) for error in (short, long, other, STRING)]) == {
        "type": "object",
        "properties": {
            "error": STRING,
            "inner": thing(name=STRING, stack=STRING),
            "request_id": STRING,
            "success": {"type": "boolean", "x-values": [False]},
        },
        "required": ["error"],
    }


MEMBERS = {
    "names that do": (["a", "bC", "d-e"], None),
    "twins in case": (["Blockchain", "blockchain"], ["BLOCKCHAIN", "BLOCKCHAIN_LOWERCASE"]),
    "twins in capitals": (["b", "B"], ["B", "B_UPPERCASE"]),
    "twins in mixed case": (["x", "X y", "x-Y", "x_y"], ["X", "X_Y", "X_Y_MIXED_CASE", "X_Y_LOWERCASE"]),
    "numbers": (["1", "2.5", "a"], ["VALUE_1", "VALUE_2_5", "A"]),
    "nothing": (["", "a"], ["EMPTY", "A"]),
    "signs": (["-a", "a"], ["A", "A_LOWERCASE"]),
}


@pytest.mark.parametrize(("values", "names"), MEMBERS.values(), ids=MEMBERS)
def test_values_that_the_generator_could_not_name_get_names(values: list[str], names: list[str] | None) -> None:
    assert member_names(values) == names


@given(st.lists(st.text(alphabet="aAbB1-_ é", max_size=4), unique=True, min_size=1))
def test_every_value_has_a_name_of_its_own_that_python_takes(values: list[str]) -> None:
    names = member_names(values) or values

    assert len(set(names)) == len(values)
    if names is not values:
        assert all(name.isidentifier() and name.isupper() for name in names)
