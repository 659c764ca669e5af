"""When training is over, when to look again, and how events read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensay_ext._errors import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    ConfigurationError,
    ResponseParseError,
    SensayError,
)
from sensay_ext._training import Outcome, Target, ends_wait, judge, poll_interval
from sensay_ext._training_events import (
    EntryDone,
    EntryFailed,
    EntryStalled,
    PollFailed,
    Progress,
    StatusChanged,
    TrainingEvent,
)


@pytest.mark.parametrize(
    ("status", "usable", "ready"),
    [
        ("NEW", "pending", "pending"),
        ("FILE_UPLOADED", "pending", "pending"),
        ("RAW_TEXT", "pending", "pending"),
        ("PROCESSED_TEXT", "pending", "pending"),
        ("VECTOR_CREATED", "done", "pending"),
        ("READY", "done", "done"),
        ("UNPROCESSABLE", "failed", "failed"),
        ("SYNC_ERROR", "pending", "pending"),
        ("A_STATUS_OF_TOMORROW", "pending", "pending"),
    ],
)
def test_a_status_is_judged_by_the_target(status: str, usable: Outcome, ready: Outcome) -> None:
    assert judge(status, "usable") == usable
    assert judge(status, "ready") == ready


types = st.sampled_from(["text", "file", "website", "youtube", "podcast", None])
ages = st.floats(min_value=0, max_value=200_000)


@given(types, ages, st.floats(min_value=0, max_value=1))
def test_the_end_is_noticed_a_tenth_late_at_most(entry_type: str | None, age: float, jitter: float) -> None:
    interval = poll_interval(entry_type, age, jitter=jitter)

    assert 0.8 <= interval <= max(age * 0.1, 5.0)
    assert interval <= 30.0


@given(types, ages, ages)
def test_the_interval_grows_with_age(entry_type: str | None, one: float, other: float) -> None:
    younger, older = sorted([one, other])

    assert poll_interval(entry_type, younger) <= poll_interval(entry_type, older)


def test_the_interval_depends_on_type_and_status() -> None:
    assert poll_interval("text", 0) < poll_interval("file", 0) < poll_interval("youtube", 0)
    assert poll_interval("text", 3600) == 15
    assert poll_interval("text", 86_400, status="VECTOR_CREATED") == 300
    assert poll_interval("text", 100, jitter=1.0) == pytest.approx(8.0)


@pytest.mark.parametrize(
    ("error", "final"),
    [
        (APIStatusError("no", status_code=401), True),
        (APIStatusError("no", status_code=404), True),
        (APIStatusError("later", status_code=429), False),
        (APIStatusError("later", status_code=408), False),
        (APIStatusError("broken", status_code=503), False),
        (APITimeoutError("slow"), False),
        (APIConnectionError("gone"), False),
        (ResponseParseError("odd", status_code=200), False),
        (ConfigurationError("closed"), True),
    ],
)
def test_only_a_refused_request_ends_a_wait(error: SensayError, final: bool) -> None:  # noqa: FBT001 - a parameter
    assert ends_wait(error) == final


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (StatusChanged(1.0, 7, "", "RAW_TEXT"), "entry 7: RAW_TEXT"),
        (
            StatusChanged(50.0, 7, "a.pdf", "VECTOR_CREATED", "RAW_TEXT", 48.04),
            "entry 7 (a.pdf): RAW_TEXT → VECTOR_CREATED after 48.0 s",
        ),
        (EntryStalled(9.0, 7, "", "RAW_TEXT", "busy"), "entry 7: stalled at RAW_TEXT: busy"),
        (EntryDone(300.4, 7, "", "READY"), "entry 7: done, READY after 5 min 0 s"),
        (EntryDone(86_400.0, 7, "", "READY"), "entry 7: done, READY after 24 h 0 min"),
        (EntryFailed(1.0, 7, "", "private video"), "entry 7: failed: private video"),
        (PollFailed(1.0, "503"), "could not ask for the state, will ask again: 503"),
        (Progress(2.0, 1, 0, 1, {"RAW_TEXT": 1, "READY": 1}), "1 of 2 done after 2.0 s (1 RAW_TEXT, 1 READY)"),
        (
            Progress(2.0, 1, 1, 0, {"READY": 1, "UNPROCESSABLE": 1}),
            "1 of 2 done, 1 failed after 2.0 s (1 READY, 1 UNPROCESSABLE)",
        ),
    ],
)
def test_events_read_well(event: TrainingEvent, words: str) -> None:
    assert str(event) == words


def test_targets_are_the_two_that_are_documented() -> None:
    targets: list[Target] = ["usable", "ready"]

    assert [judge("READY", target) for target in targets] == ["done", "done"]
