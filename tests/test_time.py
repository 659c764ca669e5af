"""The clocks, and the time a call may take."""

import asyncio  # noqa: TID251 - event loops are the subject
import os
import time  # noqa: TID251 - compared with the clock
from typing import Any

import anyio  # noqa: TID251 - the sleep of tasks is replaced
import pytest

from sensay_ext._concurrency import AsyncClock, AsyncHome, Clock, Home
from sensay_ext._deadline import Deadline
from tests.clocks import FakeClock


@pytest.mark.parametrize("clock", [Clock(), AsyncClock()])
def test_the_clocks_tell_the_time(clock: Clock | AsyncClock) -> None:
    assert time.monotonic() - 5 < clock.now() <= time.monotonic()
    assert time.time() - 5 < clock.wall() <= time.time()


def test_a_thread_sleeps_by_the_clock_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    Clock().sleep(1.5)

    assert slept == [1.5]


@pytest.mark.anyio
async def test_a_task_sleeps_by_its_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(anyio, "sleep", sleep)
    await AsyncClock().sleep(1.5)

    assert slept == [1.5]


class TestHome:
    def test_threads_are_at_home_in_their_process(self) -> None:
        assert Home.current() == os.getpid()
        assert not Home.is_gone(Home.current())

    def test_tasks_are_at_home_in_their_event_loop(self) -> None:
        async def home() -> Any:
            return AsyncHome.current()

        with asyncio.Runner() as runner:
            first, again = runner.run(home()), runner.run(home())
            assert first == again
            assert not AsyncHome.is_gone(first)
        second = asyncio.run(home())

        assert first != second
        assert AsyncHome.is_gone(first)

    def test_the_event_loop_of_another_process_is_not_ours_to_judge(self) -> None:
        with asyncio.Runner() as runner:
            loop = runner.get_loop()

        assert AsyncHome.is_gone((os.getpid(), loop))
        assert not AsyncHome.is_gone((-1, loop))

    def test_another_kind_of_event_loop_is_one_home(self) -> None:
        assert AsyncHome.current() == (os.getpid(), None)
        assert not AsyncHome.is_gone(AsyncHome.current())


class TestDeadline:
    def test_it_counts_down_from_the_beginning_of_the_call(self) -> None:
        clock = FakeClock()
        deadline = Deadline(clock, 10.0)
        clock.advance(4.0)

        assert (deadline.elapsed, deadline.remaining(), deadline.is_over()) == (4.0, 6.0, False)

        clock.advance(6.0)
        assert (deadline.elapsed, deadline.remaining(), deadline.is_over()) == (10.0, 0.0, True)

        clock.advance(5.0)
        assert deadline.remaining() == 0.0

    @pytest.mark.parametrize(("delay", "expected"), [(9.9, True), (10.0, False), (10.1, False)])
    def test_a_wait_must_leave_time(self, delay: float, expected: bool) -> None:  # noqa: FBT001 - a parameter of the test
        assert Deadline(FakeClock(), 10.0).allows(delay) is expected

    def test_without_an_end_there_is_always_time(self) -> None:
        clock = FakeClock()
        deadline = Deadline(clock, None)
        clock.advance(1e9)

        assert (deadline.remaining(), deadline.is_over(), deadline.allows(1e9)) == (None, False, True)
        assert deadline.elapsed == 1e9
