"""What tells the alternatives of a union apart."""

import pytest

from scripts._dialect import canonical
from scripts._unions import told_apart, united
from tests.scripts.small_documents import INTEGER, STRING, Json, thing

LETTERS: Json = {"type": "string", "enum": ["x", "y"]}
MAP: Json = {"type": "object", "additionalProperties": STRING}

WORDS = {
    "one object needs no word": ([thing(a=STRING), STRING], ["", ""]),
    "a constant text": ([thing(kind={"const": "cat"}), thing(kind={"const": "oldDog"})], ["cat", "old_dog"]),
    "a constant yes or no": ([thing(ok={"const": True}), thing(ok={"const": False})], ["ok", "not_ok"]),
    "the first constant that differs": (
        [thing(a={"const": 1}, b={"const": "x"}), thing(a={"const": 1}, b={"const": "y"})],
        ["x", "y"],
    ),
    "a property of its own": ([thing(a=STRING, b=STRING), thing(a=STRING, c=STRING)], ["with_b", "with_c"]),
    "a required property before others": (
        [{**thing(a=STRING, z=STRING), "required": ["z"]}, thing(q=STRING)],
        ["with_z", "with_q"],
    ),
    "a property that it lacks": ([thing(a=STRING), thing(a=STRING, b=STRING)], ["without_b", "with_b"]),
    "nothing but the whole": (
        [thing(a=STRING), thing(b=STRING), thing(a=STRING, b=STRING)],
        ["without_b", "without_a", "with_a_and_b"],
    ),
    "a map and an enumeration": ([MAP, LETTERS, thing(a=STRING)], ["map", "plain", "with_a"]),
}


@pytest.mark.parametrize(("branches", "words"), WORDS.values(), ids=WORDS)
def test_alternatives_get_words_that_tell_them_apart(branches: list[Json], words: list[str]) -> None:
    assert told_apart([canonical(branch) for branch in branches]) == words


def test_the_words_do_not_depend_on_the_order() -> None:
    branches = [canonical(branch) for branch in (thing(a=STRING), thing(b=STRING), thing(a=STRING, b=STRING), MAP)]
    words = told_apart(branches)

    assert told_apart(branches[::-1]) == words[::-1]


def test_united_objects_require_what_all_require_and_have_what_one_has() -> None:
    one = {**thing(a=STRING, b=STRING, c={**thing(x=STRING), "nullable": True}), "required": ["a", "b"]}
    other = {**thing(a=INTEGER, b=STRING, c=thing(y=STRING)), "required": ["b"], "additionalProperties": False}

    assert canonical(united([one, other], deep=True)) == {
        "type": "object",
        "properties": {
            "a": {"anyOf": [INTEGER, STRING]},
            "b": STRING,
            "c": {**thing(x=STRING, y=STRING), "nullable": True},
        },
        "required": ["b"],
    }


def test_nothing_united_is_an_object_of_which_nothing_is_known() -> None:
    assert canonical(united([])) == {"type": "object", "properties": {}}
