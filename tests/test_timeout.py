"""Time limits."""

import math
import re
import socket

import pytest

from sensay_ext._deadline import Deadline
from sensay_ext._errors import ConfigurationError
from sensay_ext._timeout import DEFAULT_TIMEOUT, Timeout, as_timeout
from tests.clocks import FakeClock


def test_all_default_limits_are_finite() -> None:
    assert Timeout(connect=5.0, read=60.0, write=60.0, pool=5.0, total=600.0) == DEFAULT_TIMEOUT


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (30.0, Timeout(connect=5.0, read=30.0, write=30.0, pool=5.0, total=600.0)),
        (2, Timeout(connect=2, read=2, write=2, pool=2, total=600.0)),
        (900.0, Timeout(connect=5.0, read=900.0, write=900.0, pool=5.0, total=900.0)),
        (None, Timeout(connect=None, read=None, write=None, pool=None, total=None)),
        (Timeout(read=1.0), Timeout(read=1.0)),
    ],
)
def test_a_number_or_none_becomes_limits(value: float | Timeout | None, expected: Timeout) -> None:
    assert expected == as_timeout(value)


@pytest.mark.parametrize("name", ["connect", "read", "write", "pool", "total"])
@pytest.mark.parametrize("value", [0, -1.0, math.nan, math.inf, 24 * 86400 + 1])
def test_a_limit_that_cannot_be_kept_is_refused(name: str, value: float) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(f"timeout: {name} must be more than 0 seconds")):
        Timeout(**{name: value})


@pytest.mark.parametrize("value", [math.inf, 1e9])
def test_a_number_that_no_socket_can_wait_for_is_refused(value: float) -> None:
    with pytest.raises(ConfigurationError, match="at most 24 days, or None for no limit"):
        as_timeout(value)


def test_a_socket_can_wait_for_the_longest_limit() -> None:
    with socket.socket() as waiting:
        waiting.settimeout(Timeout(read=24 * 86400.0).read)


@pytest.mark.parametrize(
    ("remaining", "expected"),
    [
        (math.inf, {"connect": 5.0, "read": None, "write": 60.0, "pool": 5.0}),
        (1e9, {"connect": 5.0, "read": None, "write": 60.0, "pool": 5.0}),
        (None, {"connect": 5.0, "read": None, "write": 60.0, "pool": 5.0}),
        (10.0, {"connect": 5.0, "read": 10.0, "write": 10.0, "pool": 5.0}),
        (1.0, {"connect": 1.0, "read": 1.0, "write": 1.0, "pool": 1.0}),
    ],
)
def test_no_limit_of_an_attempt_exceeds_what_is_left_of_the_total(
    remaining: float | None, expected: dict[str, float | None]
) -> None:
    assert expected == Timeout(read=None).within(Deadline(FakeClock(), remaining))
