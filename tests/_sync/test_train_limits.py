# Derived from tests/_async/test_train_limits.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""The time for a training holds for each of its steps, however often they could be tried again."""

from pathlib import Path
from uuid import UUID

import pytest

from sensay_ext import File, Sensay, ServerError, Text
from sensay_ext.sandbox import Fault, Sandbox
from tests._sync.knowledge import CREATE, GET, LIST, PROSE, TYPES
from tests.clocks import FakeClock

MAX_WAIT = 20
LAST_CALL = 5
"""Seconds that a step is given although the time is over."""


@pytest.fixture
def stubborn(sensay: Sensay) -> Sensay:
    """A client that tries again for minutes."""
    return sensay.with_options(max_retries=30)


@pytest.fixture
def began(clock: FakeClock) -> float:
    """When the test began."""
    return clock.now()


def test_reading_what_is_there(
    stubborn: Sensay, replica: UUID, sandbox: Sandbox, clock: FakeClock, began: float
) -> None:
    sandbox.fail_next(503, operation=LIST, times=100)

    with pytest.raises(ServerError):
        stubborn.training.train(replica, [Text("Open.")], max_wait=MAX_WAIT)
    assert clock.now() - began <= MAX_WAIT


def test_creating(stubborn: Sensay, replica: UUID, sandbox: Sandbox, clock: FakeClock, began: float) -> None:
    sandbox.fail_next(503, operation=CREATE, times=100)
    report = stubborn.training.train(replica, [Text("Open.")], max_wait=MAX_WAIT)

    assert [outcome.state for outcome in report.outcomes] == ["failed"]
    assert clock.now() - began <= MAX_WAIT


def test_uploading(stubborn: Sensay, replica: UUID, sandbox: Sandbox, clock: FakeClock, began: float) -> None:
    sandbox.fail_next(503, operation="upload", times=100)
    report = stubborn.training.train(replica, [File(PROSE, name="a.txt")], max_wait=MAX_WAIT)

    assert [outcome.state for outcome in report.outcomes] == ["failed"]
    assert clock.now() - began <= MAX_WAIT


def test_asking_for_the_file_types(
    stubborn: Sensay, replica: UUID, sandbox: Sandbox, clock: FakeClock, began: float
) -> None:
    sandbox.fail_next(503, operation=TYPES, times=100)
    report = stubborn.training.train(replica, [File(PROSE, name="a.txt")], max_wait=MAX_WAIT)

    assert [outcome.state for outcome in report.outcomes] == ["pending"]  # the list that comes with the package will do
    assert clock.now() - began <= MAX_WAIT + LAST_CALL


def test_looking_at_the_entries(
    stubborn: Sensay, replica: UUID, sandbox: Sandbox, clock: FakeClock, began: float
) -> None:
    sandbox.add_fault(Fault(status=503), operation=LIST, skip=1, times=100)
    report = stubborn.training.train(replica, [Text("Open.")], max_wait=MAX_WAIT)

    assert [outcome.state for outcome in report.outcomes] == ["pending"]
    assert clock.now() - began <= MAX_WAIT + LAST_CALL


def test_looking_for_what_a_lost_answer_may_have_left(
    sensay: Sensay, replica: UUID, sandbox: Sandbox, clock: FakeClock
) -> None:
    sandbox.add_fault(Fault(connection="before"), operation=CREATE)
    report = sensay.training.train(replica, [Text("Open.")], max_wait=1)

    assert [outcome.state for outcome in report.outcomes] == ["failed"]
    assert clock.slept == [0]


def test_looking_for_what_a_lost_upload_may_have_left(
    sensay: Sensay, replica: UUID, sandbox: Sandbox, clock: FakeClock
) -> None:
    sandbox.add_fault(Fault(connection="before"), operation="upload")
    report = sensay.training.train(replica, [File(PROSE, name="a.txt")], max_wait=1, max_retries=0)

    assert [outcome.state for outcome in report.outcomes] == ["failed"]
    assert clock.slept == [0]


def test_reading_what_is_there_of_a_folder(
    stubborn: Sensay, replica: UUID, folder: Path, sandbox: Sandbox, clock: FakeClock
) -> None:
    plan = stubborn.training.plan(replica, folder)
    sandbox.fail_next(503, operation=LIST, times=100)
    began = clock.now()

    with pytest.raises(ServerError):
        stubborn.training.apply(plan, max_wait=MAX_WAIT)
    assert clock.now() - began <= MAX_WAIT


def test_confirming_what_is_there(stubborn: Sensay, replica: UUID, sandbox: Sandbox, clock: FakeClock) -> None:
    stubborn.training.train(replica, [Text("Open.")])
    sandbox.fail_next(503, operation=GET, times=100)
    began = clock.now()
    report = stubborn.training.train(replica, [Text("Open.")], max_wait=MAX_WAIT)

    assert [outcome.state for outcome in report.outcomes] == ["failed"]
    assert clock.now() - began <= MAX_WAIT + LAST_CALL
