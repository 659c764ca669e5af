"""The time for a training holds for each of its steps, however often they could be tried again."""

from pathlib import Path
from uuid import UUID

import pytest

from sensay_ext import AsyncSensay, File, ServerError, Text
from sensay_ext.sandbox import Fault, Sandbox
from tests._async.knowledge import CREATE, GET, LIST, PROSE, TYPES
from tests.clocks import FakeAsyncClock

pytestmark = pytest.mark.anyio

MAX_WAIT = 20
LAST_CALL = 5
"""Seconds that a step is given although the time is over."""


@pytest.fixture
def stubborn(sensay: AsyncSensay) -> AsyncSensay:
    """A client that tries again for minutes."""
    return sensay.with_options(max_retries=30)


@pytest.fixture
def began(clock: FakeAsyncClock) -> float:
    """When the test began."""
    return clock.now()


async def test_reading_what_is_there(
    stubborn: AsyncSensay, replica: UUID, sandbox: Sandbox, clock: FakeAsyncClock, began: float
) -> None:
    sandbox.fail_next(503, operation=LIST, times=100)

    with pytest.raises(ServerError):
        await stubborn.training.train(replica, [Text("Open.")], max_wait=MAX_WAIT)
    assert clock.now() - began <= MAX_WAIT


async def test_creating(
    stubborn: AsyncSensay, replica: UUID, sandbox: Sandbox, clock: FakeAsyncClock, began: float
) -> None:
    sandbox.fail_next(503, operation=CREATE, times=100)
    report = await stubborn.training.train(replica, [Text("Open.")], max_wait=MAX_WAIT)

    assert [outcome.state for outcome in report.outcomes] == ["failed"]
    assert clock.now() - began <= MAX_WAIT


async def test_uploading(
    stubborn: AsyncSensay, replica: UUID, sandbox: Sandbox, clock: FakeAsyncClock, began: float
) -> None:
    sandbox.fail_next(503, operation="upload", times=100)
    report = await stubborn.training.train(replica, [File(PROSE, name="a.txt")], max_wait=MAX_WAIT)

    assert [outcome.state for outcome in report.outcomes] == ["failed"]
    assert clock.now() - began <= MAX_WAIT


async def test_asking_for_the_file_types(
    stubborn: AsyncSensay, replica: UUID, sandbox: Sandbox, clock: FakeAsyncClock, began: float
) -> None:
    sandbox.fail_next(503, operation=TYPES, times=100)
    report = await stubborn.training.train(replica, [File(PROSE, name="a.txt")], max_wait=MAX_WAIT)

    assert [outcome.state for outcome in report.outcomes] == ["pending"]  # the list that comes with the package will do
    assert clock.now() - began <= MAX_WAIT + LAST_CALL


async def test_looking_at_the_entries(
    stubborn: AsyncSensay, replica: UUID, sandbox: Sandbox, clock: FakeAsyncClock, began: float
) -> None:
    sandbox.add_fault(Fault(status=503), operation=LIST, skip=1, times=100)
    report = await stubborn.training.train(replica, [Text("Open.")], max_wait=MAX_WAIT)

    assert [outcome.state for outcome in report.outcomes] == ["pending"]
    assert clock.now() - began <= MAX_WAIT + LAST_CALL


async def test_looking_for_what_a_lost_answer_may_have_left(
    sensay: AsyncSensay, replica: UUID, sandbox: Sandbox, clock: FakeAsyncClock
) -> None:
    sandbox.add_fault(Fault(connection="before"), operation=CREATE)
    report = await sensay.training.train(replica, [Text("Open.")], max_wait=1)

    assert [outcome.state for outcome in report.outcomes] == ["failed"]
    assert clock.slept == [0]


async def test_looking_for_what_a_lost_upload_may_have_left(
    sensay: AsyncSensay, replica: UUID, sandbox: Sandbox, clock: FakeAsyncClock
) -> None:
    sandbox.add_fault(Fault(connection="before"), operation="upload")
    report = await sensay.training.train(replica, [File(PROSE, name="a.txt")], max_wait=1, max_retries=0)

    assert [outcome.state for outcome in report.outcomes] == ["failed"]
    assert clock.slept == [0]


async def test_reading_what_is_there_of_a_folder(
    stubborn: AsyncSensay, replica: UUID, folder: Path, sandbox: Sandbox, clock: FakeAsyncClock
) -> None:
    plan = await stubborn.training.plan(replica, folder)
    sandbox.fail_next(503, operation=LIST, times=100)
    began = clock.now()

    with pytest.raises(ServerError):
        await stubborn.training.apply(plan, max_wait=MAX_WAIT)
    assert clock.now() - began <= MAX_WAIT


async def test_confirming_what_is_there(
    stubborn: AsyncSensay, replica: UUID, sandbox: Sandbox, clock: FakeAsyncClock
) -> None:
    await stubborn.training.train(replica, [Text("Open.")])
    sandbox.fail_next(503, operation=GET, times=100)
    began = clock.now()
    report = await stubborn.training.train(replica, [Text("Open.")], max_wait=MAX_WAIT)

    assert [outcome.state for outcome in report.outcomes] == ["failed"]
    assert clock.now() - began <= MAX_WAIT + LAST_CALL
