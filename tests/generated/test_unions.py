"""Unions are read by the alternative that fits best."""

from typing import Any

import pytest

Json = dict[str, Any]


@pytest.mark.parametrize(
    ("event", "name"),
    [
        ({"type": "visit"}, "Visit"),
        ({"type": "purchase"}, "Purchase"),
        ({"type": "visit", "reason": "checkup"}, "Visit"),
        ({"type": "purchase", "price": 9.5}, "Purchase"),
        ({"error": "closed"}, "Refusal"),
        ({"type": "purchase", "price": 9.5, "new": 1}, "Purchase"),
        ({"type": "rental", "price": 9.5}, "Purchase"),
        ({"type": "rental", "reason": "holiday"}, "Visit"),
    ],
)
def test_the_alternative_that_understands_most_is_taken(models: Any, event: Json, name: str) -> None:
    history = models.History.from_dict({"events": [event]})

    assert type(history.events[0]) is getattr(models, name)
    assert history.to_dict() == {"events": [event]}


@pytest.mark.parametrize(("value", "kind"), [(5, int), ("5", str)])
def test_plain_alternatives_are_told_apart_by_type(models: Any, value: Any, kind: type) -> None:
    reference = models.History.from_dict({"events": [], "reference": value}).reference

    assert (reference, type(reference)) == (value, kind)


def test_a_value_that_fits_nothing_names_every_reason(models: Any, errors: Any) -> None:
    with pytest.raises(errors.ParseError) as caught:
        models.History.from_dict({"events": [{"type": "visit"}, {"reason": "checkup"}]})

    assert caught.value.path == "events[1]"
    assert caught.value.problem == "fits no alternative (type: is missing | type: is missing | error: is missing)"


def test_null_is_no_alternative_of_a_union_that_does_not_say_so(models: Any, errors: Any) -> None:
    with pytest.raises(errors.ParseError, match=r"^events\[0\]: "):
        models.History.from_dict({"events": [None]})
