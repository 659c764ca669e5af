"""Every rule of schemas, by pairs that differ in one thing."""

import pytest

from scripts.changes import compare
from tests.scripts.changes._documents import PLACES, at, told
from tests.scripts.changes._schema_pairs import PROPERTY_PAIRS, SCHEMA_PAIRS
from tests.scripts.changes._value_pairs import SchemaPair

_AT_A_PLACE = [
    pytest.param(pair, place, id=f"{pair.name} in {place}")
    for pair in SCHEMA_PAIRS
    for place in PLACES
    if pair.expected(place)
]
_OF_PROPERTIES = [
    pytest.param(pair, body, place, id=f"{pair.name} in {body}")
    for pair in PROPERTY_PAIRS
    for body, place in (("request-body", "request-property"), ("response-body", "response-property"))
]


@pytest.mark.parametrize(("pair", "place"), _AT_A_PLACE)
def test_one_difference_of_schemas_is_one_change_both_ways(pair: SchemaPair, place: str) -> None:
    before, after = at(place, pair.before), at(place, pair.after)
    assert (told(compare(before, after)), told(compare(after, before))) == _lists(pair, place)


@pytest.mark.parametrize(("pair", "body", "place"), _OF_PROPERTIES)
def test_one_difference_of_a_property_is_one_change_both_ways(pair: SchemaPair, body: str, place: str) -> None:
    before, after = at(body, pair.before), at(body, pair.after)
    assert (told(compare(before, after)), told(compare(after, before))) == _lists(pair, place)


def _lists(pair: SchemaPair, place: str) -> tuple[list[str], list[str]]:
    expected = pair.expected(place)
    assert expected is not None
    return [expected[0]], [expected[1]]
