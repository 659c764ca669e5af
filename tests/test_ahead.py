"""Work that begins before its result is needed."""

import threading

import pytest

from sensay_ext._concurrency import Ahead, AsyncAhead, Clock, CrewStopped
from tests.fault_server import PATIENCE


def test_a_thread_begins_at_once_and_hands_its_result_over() -> None:
    begun = threading.Event()

    def work() -> str:
        begun.set()
        return "done"

    ahead = Ahead(work)

    assert begun.wait(PATIENCE)
    assert ahead.result() == "done"


def test_a_thread_hands_its_error_over_unless_nobody_asks() -> None:
    def work() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        Ahead(work).result()
    Ahead(work).cancel()


def test_a_thread_is_not_waited_for_by_whoever_does_not_need_it_nor_by_the_interpreter() -> None:
    begun, release = threading.Event(), threading.Event()
    threads: list[threading.Thread] = []

    def work() -> None:
        threads.append(threading.current_thread())
        begun.set()
        assert release.wait(PATIENCE)

    ahead = Ahead(work)
    assert begun.wait(PATIENCE)
    ahead.cancel()
    was_alive = threads[0].is_alive()
    release.set()
    threads[0].join(PATIENCE)

    assert was_alive
    assert threads[0].daemon
    assert not threads[0].is_alive()


def test_a_thread_that_nobody_needs_any_more_ends_where_it_waits() -> None:
    asleep, ended = threading.Event(), threading.Event()

    def work() -> None:
        try:
            asleep.set()
            Clock().sleep(6 * PATIENCE)
        finally:
            ended.set()

    ahead = Ahead(work)
    assert asleep.wait(PATIENCE)
    ahead.cancel()

    assert ended.wait(PATIENCE)
    with pytest.raises(CrewStopped):
        ahead.result()


def test_a_thread_may_be_the_one_that_calls_itself_off() -> None:
    begin = threading.Event()
    all_of_it: list[Ahead[None]] = []

    def work() -> None:
        assert begin.wait(PATIENCE)
        all_of_it[0].cancel()

    all_of_it.append(Ahead(work))
    begin.set()

    all_of_it[0].result()


@pytest.mark.anyio
async def test_a_task_hands_its_result_or_error_over() -> None:
    async def work(result: str) -> str:
        if not result:
            raise ValueError("no")
        return result

    assert await AsyncAhead(lambda: work("done")).result() == "done"
    with pytest.raises(ValueError, match="no"):
        await AsyncAhead(lambda: work("")).result()


@pytest.mark.anyio
async def test_a_task_can_be_called_off_before_and_after_its_end() -> None:
    events: list[str] = []

    async def work() -> None:
        events.append("begun")

    early, late = AsyncAhead(work), AsyncAhead(work)
    await early.cancel()
    await late.result()
    await late.cancel()

    assert events == ["begun"]


def test_without_an_event_loop_of_ours_the_work_waits_until_it_is_asked_for() -> None:
    events: list[str] = []

    async def work() -> str:
        events.append("begun")
        return "done"

    ahead, unused = AsyncAhead(work), AsyncAhead(work)
    assert events == []

    with pytest.raises(StopIteration) as caught:
        ahead.result().send(None)
    assert caught.value.value == "done"
    with pytest.raises(StopIteration):
        unused.cancel().send(None)
    assert events == ["begun"]
