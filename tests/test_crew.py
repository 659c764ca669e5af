"""Doing many things, several at a time, in threads and in tasks."""

import _thread
import threading
from collections.abc import Iterator

import anyio.lowlevel  # noqa: TID251 - tasks are the subject
import pytest

from sensay_ext._concurrency import AsyncCrew, Clock, Crew, CrewStopped, Shield

NUMBERS = list(range(20))


class Gauge:
    """Counts how many are within at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now = 0
        self.most = 0
        self.seen: list[int] = []

    def enter(self, number: int) -> None:
        """One more is within."""
        with self._lock:
            self.seen.append(number)
            self._now += 1
            self.most = max(self.most, self._now)

    def leave(self) -> None:
        """One less is within."""
        with self._lock:
            self._now -= 1


class TestThreads:
    def test_every_item_is_done_and_never_more_than_so_many_at_once(self) -> None:
        gauge, all_within = Gauge(), threading.Barrier(4)

        def job(number: int) -> None:
            gauge.enter(number)
            all_within.wait(5)
            gauge.leave()

        Crew.each(job, NUMBERS, at_once=4)

        assert sorted(gauge.seen) == NUMBERS
        assert gauge.most == 4

    def test_items_are_taken_as_there_is_room(self) -> None:
        taken: list[int] = []

        def items() -> Iterator[int]:
            for number in NUMBERS:
                taken.append(number)
                yield number

        def job(number: int) -> None:
            assert len(taken) <= number + 2

        Crew.each(job, items(), at_once=1)
        assert taken == NUMBERS

    def test_the_first_failure_ends_it(self) -> None:
        started = threading.Barrier(2)
        clock = Clock()
        seen: list[int] = []

        def job(number: int) -> None:
            seen.append(number)
            started.wait(5)
            if number == 0:
                raise ZeroDivisionError
            clock.sleep(60)

        with pytest.raises(ZeroDivisionError):
            Crew.each(job, NUMBERS, at_once=2)
        assert sorted(seen) == [0, 1]

    def test_an_interrupt_ends_it_and_what_tidies_up_goes_on(self) -> None:
        tidied: list[int] = []

        def job(number: int) -> None:
            try:
                _thread.interrupt_main()
                Clock().sleep(60)
            finally:
                with Shield.raised():
                    Clock().sleep(0)
                    tidied.append(number)

        with pytest.raises(KeyboardInterrupt):
            Crew.each(job, [1], at_once=1)
        assert tidied == [1]

    def test_a_job_can_ask_whether_it_is_wanted(self) -> None:
        started = threading.Barrier(2)
        stopped: list[int] = []

        def job(number: int) -> None:
            started.wait(5)
            if number == 0:
                raise ZeroDivisionError
            try:
                while True:
                    Crew.check()
            except CrewStopped:
                stopped.append(number)
                raise

        with pytest.raises(ZeroDivisionError):
            Crew.each(job, [0, 1], at_once=2)
        assert stopped == [1]

    def test_a_job_goes_on_after_a_wait(self) -> None:
        done: list[int] = []

        def job(number: int) -> None:
            Clock().sleep(0)
            done.append(number)

        Crew.each(job, NUMBERS, at_once=1)
        assert done == NUMBERS

    def test_outside_of_a_crew_everything_is_wanted(self) -> None:
        Crew.check()
        Clock().sleep(0)
        with Shield.raised():
            Crew.check()


@pytest.mark.anyio
class TestTasks:
    async def test_every_item_is_done_and_never_more_than_so_many_at_once(self) -> None:
        gauge = Gauge()

        async def job(number: int) -> None:
            gauge.enter(number)
            await anyio.lowlevel.checkpoint()
            gauge.leave()

        await AsyncCrew.each(job, NUMBERS, at_once=4)

        assert gauge.seen == NUMBERS
        assert gauge.most == 4

    async def test_the_first_failure_ends_it_and_is_raised_as_it_is(self) -> None:
        seen: list[int] = []

        async def job(number: int) -> None:
            seen.append(number)
            if number == 1:
                raise ZeroDivisionError
            await anyio.sleep(60)

        with pytest.raises(ZeroDivisionError):
            await AsyncCrew.each(job, NUMBERS, at_once=2)
        assert seen == [0, 1]

    async def test_asking_whether_it_is_wanted_does_no_harm(self) -> None:
        async def job(_: int) -> None:
            AsyncCrew.check()

        await AsyncCrew.each(job, NUMBERS, at_once=2)
