"""What a failed creation leaves open."""

import pytest

from sensay_ext import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    ConfigurationError,
    RateLimitError,
    ResponseParseError,
    SensayError,
    ServerError,
)
from sensay_ext._retry import RetryPolicy
from sensay_ext._uncertain import as_failed_attempt, is_uncertain, looks_after

OPEN = [
    APIConnectionError("reset", ambiguous=True),
    APITimeoutError("silence", ambiguous=True),
    ServerError("broken", status_code=500),
    ServerError("gateway", status_code=504),
    APIStatusError("conflict", status_code=400, ambiguous=True),
    ResponseParseError("html", status_code=200),
]
CERTAIN = [
    APIConnectionError("refused", ambiguous=False),
    APIStatusError("bad", status_code=400),
    RateLimitError("slow down", status_code=429),
    ConfigurationError("closed"),
]


@pytest.mark.parametrize("error", OPEN, ids=str)
def test_it_may_have_been_made(error: SensayError) -> None:
    assert is_uncertain(error)


@pytest.mark.parametrize("error", CERTAIN, ids=str)
def test_it_was_not_made(error: SensayError) -> None:
    assert not is_uncertain(error)


def test_a_time_out_is_given_the_time_that_the_api_gives_a_request() -> None:
    error = APITimeoutError("silence", ambiguous=True)

    assert sum(looks_after(error, 60)) + 60 == pytest.approx(95)
    assert looks_after(error, 200)[-1] == 0
    assert sum(looks_after(APIConnectionError("reset", ambiguous=True), 60)) < 10


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (OPEN[0], True),
        (OPEN[1], True),
        (OPEN[2], True),
        (OPEN[3], True),
        (OPEN[5], True),
        (CERTAIN[0], False),  # repeated below already
        (CERTAIN[1], False),
        (CERTAIN[2], True),
        (CERTAIN[3], False),
        (RateLimitError("quota", status_code=429, error_code="X_QUOTA_EXCEEDED"), False),
        (ServerError("not implemented", status_code=501), False),
    ],
)
def test_whether_it_is_asked_for_again(error: SensayError, *, again: bool) -> None:
    failed = as_failed_attempt(error, 1)

    assert (failed is not None and RetryPolicy().delay(failed) is not None) == again
