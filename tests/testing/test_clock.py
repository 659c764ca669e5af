"""The time of a test."""

import threading
import time  # noqa: TID251 - that real time goes on afterwards is what is tested
from datetime import UTC, datetime, timedelta

import anyio  # noqa: TID251 - a test has several tasks
import pytest

from sensay_ext._concurrency import AsyncClock, Clock, Crew
from sensay_ext._deadline import Deadline
from sensay_ext.sandbox import serve
from sensay_ext.testing import VirtualClock


def test_time_stands_still_until_it_is_moved() -> None:
    clock = VirtualClock()
    begun = clock.now()

    assert clock.now() == begun
    assert begun.tzinfo is UTC
    clock.advance(90)
    assert clock.now() - begun == timedelta(seconds=90)
    assert clock.slept == []


@pytest.mark.parametrize("seconds", [-1, float("nan")])
def test_it_moves_forward_only(seconds: float) -> None:
    with pytest.raises(ValueError, match="forward only"):
        VirtualClock().advance(seconds)


def test_clients_for_threads_are_told() -> None:
    clock, theirs = VirtualClock(), Clock()
    with clock.told_to_clients():
        before, begun = theirs.now(), clock.now()
        theirs.sleep(3600)

        assert theirs.now() - before == pytest.approx(3600)
        assert theirs.wall() == clock.now().timestamp()
        assert clock.now() - begun == timedelta(hours=1)
        assert clock.slept == [3600]


@pytest.mark.anyio
async def test_clients_for_tasks_are_told() -> None:
    clock, theirs = VirtualClock(), AsyncClock()
    with clock.told_to_clients():
        before = theirs.now()
        await theirs.sleep(3600)

        assert theirs.now() - before == pytest.approx(3600)
        assert clock.slept == [3600]


def test_real_time_goes_on_afterwards() -> None:
    clock, theirs = VirtualClock(), Clock()
    with clock.told_to_clients():
        clock.advance(1e6)

    assert theirs.now() == pytest.approx(time.monotonic(), abs=60)
    assert theirs.wall() == pytest.approx(datetime.now(UTC).timestamp(), abs=60)


def test_what_is_measured_across_the_beginning_stays_sensible() -> None:
    deadline = Deadline(Clock(), 60)
    with VirtualClock().told_to_clients():
        assert 0 < (deadline.remaining() or 0) <= 60


def test_a_wait_too_short_to_tell_comes_to_an_end() -> None:
    clock = VirtualClock()
    with clock.told_to_clients():
        deadline = Deadline(Clock(), 1800)
        while remaining := deadline.remaining():
            Clock().sleep(min(remaining, 1799.9999996))

    assert len(clock.slept) < 10


@pytest.mark.anyio
async def test_other_tasks_run_while_one_waits() -> None:
    order: list[str] = []

    async def work(name: str) -> None:
        for _ in range(3):
            await AsyncClock().sleep(1)
            order.append(name)

    with VirtualClock().told_to_clients():
        async with anyio.create_task_group() as group:
            group.start_soon(work, "a")
            group.start_soon(work, "b")

    assert order == ["a", "b"] * 3


def test_a_wait_that_is_not_wanted_any_more_ends_at_once() -> None:
    clock = VirtualClock()
    is_waiting = threading.Event()

    def work(item: str) -> None:
        if item == "fails":
            is_waiting.wait()
            raise RuntimeError(item)
        is_waiting.set()
        while True:
            Clock().sleep(1)

    with clock.told_to_clients(), pytest.raises(RuntimeError, match="fails"):
        Crew.each(work, ["waits", "fails"], at_once=2)


def test_threads_that_wait_at_once_each_move_it() -> None:
    clock = VirtualClock()
    begun = clock.now()
    with clock.told_to_clients():
        Crew.each(lambda _: Clock().sleep(1), range(200), at_once=8)

    assert clock.now() - begun == timedelta(seconds=200)


def test_it_goes_on_from_where_a_sandbox_left_it() -> None:
    clock = VirtualClock()
    clock.advance(3600)
    early = clock.now()
    with serve(virtual_time=True, allow_network=False) as sandbox, clock.shared_with(sandbox):
        assert clock.now() == sandbox.now() >= early
        clock.advance(60)
        assert clock.now() == sandbox.now()
        late = clock.now()

    assert clock.now() == late
