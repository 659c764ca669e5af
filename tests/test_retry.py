"""Which attempts are repeated, and when; the tables are those that other clients publish."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from sensay_ext._retry import FailedAttempt, RetryPolicy, is_quota

FIXED = RetryPolicy(random=lambda: 1.0)
LOST = FailedAttempt(attempt=1, repeatable=True)
RETRIED = {408, 429, 500, 502, 503, 504}


@pytest.mark.parametrize(
    "status_code", [*range(100, 104), *range(200, 209), *range(300, 309), *range(400, 431), *range(500, 512)]
)
def test_only_passing_errors_are_repeated(status_code: int) -> None:
    delay = FIXED.delay(replace(LOST, status_code=status_code))

    assert (delay is not None) == (status_code in RETRIED)


@pytest.mark.parametrize("status_code", [None, *sorted(RETRIED)])
def test_what_may_have_created_something_is_not_repeated(status_code: int | None) -> None:
    assert FIXED.delay(replace(LOST, repeatable=False, status_code=status_code)) is None


@pytest.mark.parametrize("repeatable", [True, False])
def test_what_was_never_sent_is_repeated_for_any_method(repeatable: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert FIXED.delay(replace(LOST, repeatable=repeatable, sent=False)) == 0.5


def test_a_lost_answer_is_repeated_where_twice_does_no_harm() -> None:
    assert FIXED.delay(LOST) == 0.5


@pytest.mark.parametrize("sent", [True, False])
def test_what_would_happen_again_is_not_repeated(sent: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert FIXED.delay(replace(LOST, transient=False, sent=sent)) is None


@pytest.mark.parametrize("code", ["CONVERSATION_QUOTA_EXCEEDED", "KNOWLEDGE_BASE_CUSTOM_QUOTA_EXCEEDED"])
def test_a_used_up_quota_is_not_asked_again(code: str) -> None:
    assert is_quota(code)
    assert FIXED.delay(replace(LOST, status_code=429, error_code=code, retry_after=1.0)) is None


@pytest.mark.parametrize("code", [None, "", "RATE_LIMITED"])
def test_a_rate_limit_is_waited_for(code: str | None) -> None:
    assert FIXED.delay(replace(LOST, status_code=429, error_code=code, retry_after=3.0)) == 3.0


@pytest.mark.parametrize(
    ("limit", "retry_after", "expected"),
    [
        (60, 0.001, 0.001),
        (60, 60.0, 60.0),
        (60, 60.001, None),
        (60, 3600.0, None),
        (120, 120.0, 120.0),
        (120, 121.0, None),
        (120, 120.001, None),
    ],
)
def test_the_wish_of_the_server_is_honoured_up_to_a_limit(
    limit: float, retry_after: float, expected: float | None
) -> None:
    policy = RetryPolicy(max_retry_after=limit, random=lambda: 1.0)

    assert expected == policy.delay(replace(LOST, status_code=503, retry_after=retry_after))


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (FIXED, [0.5, 1.0, 2.0, 4.0, 8.0, 8.0]),
        (RetryPolicy(random=lambda: 0.0), [0.25, 0.5, 1.0, 2.0, 4.0, 4.0]),
        (RetryPolicy(max_delay=5.0, random=lambda: 1.0), [0.5, 1, 2, 4, 5, 5, 5]),
        (
            RetryPolicy(initial_delay=0.05, max_delay=20.0, random=lambda: 1.0),
            [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 20, 20],
        ),
    ],
)
def test_the_delay_doubles_up_to_its_limit(policy: RetryPolicy, expected: list[float]) -> None:
    assert expected == pytest.approx([policy.backoff(attempt) for attempt in range(1, len(expected) + 1)])


def test_a_thousand_attempts_do_not_overflow() -> None:
    assert FIXED.backoff(1101) == 8.0


def test_the_jitter_is_spread_evenly_over_half_of_the_delay() -> None:
    policy = RetryPolicy(initial_delay=1.0, random=Random(7).random)  # noqa: S311 - the same numbers every time
    bins = Counter(int((policy.backoff(1) - 0.5) * 20) for _ in range(10_000))

    assert set(bins) == set(range(10))
    assert all(800 <= count <= 1200 for count in bins.values())


def test_delays_differ_by_default() -> None:
    policy = RetryPolicy()

    assert len({policy.backoff(1) for _ in range(100)}) > 1
