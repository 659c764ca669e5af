"""Whether a reading met anything that the schema does not know can be told without a look through its result."""

from collections.abc import Callable
from typing import Any

import pytest

Json = dict[str, Any]


@pytest.fixture(scope="session")
def latest(load: Callable[[str], Any]) -> Callable[[], object]:
    """Return the function that gives another object after each novelty."""
    novelty = load("types").Novelty
    return lambda: novelty.latest


@pytest.mark.parametrize(
    "new",
    [
        {"mood": "good"},
        {"mood": None},
        {"kind": "fish"},
        {"keeper": {"name": "Ann", "age": 40}},
        {"formerKeeper": {"name": "B", "x": 1}},
    ],
)
def test_an_unknown_field_or_value_at_any_depth_is_noted(
    models: Any, pet: Json, new: Json, latest: Callable[[], object]
) -> None:
    before = latest()
    models.Pet.from_dict(pet | new)
    first = latest()
    models.Pet.from_dict(pet | new)

    assert first is not before
    assert latest() is not first


def test_what_the_schema_knows_is_not_noted(models: Any, pet: Json, latest: Callable[[], object]) -> None:
    before = latest()
    models.Pet.from_dict(pet)
    models.PetKind("dog")

    assert latest() is before
