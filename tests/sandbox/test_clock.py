"""Clocks, identifiers and faults, as rules."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensay_ext.sandbox import Fault, Rule
from sensay_ext.sandbox._clock import RealClock, VirtualClock, from_text, later, to_text
from sensay_ext.sandbox._faults import Faults
from sensay_ext.sandbox._identifiers import Identifiers

_MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive


@given(_MOMENTS, _MOMENTS)
def test_stored_moments_sort_like_moments_and_come_back(one: datetime, other: datetime) -> None:
    assert (to_text(one) < to_text(other)) == (one < other)
    assert from_text(to_text(one)) == one


@given(_MOMENTS, st.lists(st.floats(0, 1e6), max_size=10))
def test_a_virtual_clock_stands_where_it_was_moved_to(start: datetime, moves: list[float]) -> None:
    clock = VirtualClock(start)
    expected = start
    for seconds in moves:
        expected += timedelta(seconds=seconds)
        assert clock.advance(seconds) == clock.now() == expected


@pytest.mark.parametrize("seconds", [-1.0, float("nan")])
def test_a_virtual_clock_never_goes_back(seconds: float) -> None:
    with pytest.raises(ValueError, match="forward"):
        VirtualClock().advance(seconds)


@given(st.floats(0.001, 1e6), st.floats(0, 1e6))
def test_a_fast_clock_shortens_what_takes_the_real_service_a_while(speed: float, seconds: float) -> None:
    since = to_text(datetime(2025, 1, 1, tzinfo=UTC))

    taken = from_text(later(RealClock(speed), seconds, since=since)) - from_text(since)

    assert abs(taken.total_seconds() - seconds / speed) < 1e-5


@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 15))
def test_a_rule_strikes_as_often_as_it_says_after_as_many_as_it_skips(skip: int, times: int, requests: int) -> None:
    faults = Faults(Identifiers("seed"))
    rule = Rule(fault=Fault(status=500), operation="get_user", skip=skip, times=times)
    faults.requests.append(rule)

    struck = [faults.of_request("get_user", None, "GET") is rule for _ in range(requests)]

    assert struck == [skip <= at < skip + times for at in range(requests)]
    assert rule.hits == sum(struck)
    assert faults.of_request("get_replica", None, "GET") is None


def test_identifiers_are_repeated_by_a_seed_and_by_nothing_else() -> None:
    def made(seed: str | None) -> list[str]:
        identifiers = Identifiers(seed)
        return [identifiers.uuid(), identifiers.token(), identifiers.request_id()]

    assert made("a") == made("a")
    assert not set(made("a")) & set(made("b"))
    assert not set(made(None)) & set(made(None))


def test_a_fault_with_a_name_that_none_has_is_refused() -> None:
    assert Fault.from_json({"status": 500, "late": True}) == Fault(status=500, late=True)
    with pytest.raises(ValueError, match="statsu"):
        Fault.from_json({"statsu": 500})
