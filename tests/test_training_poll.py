"""Rounds of list requests that find all the entries waited for, and how many it takes."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensay_ext._errors import (
    APIConnectionError,
)
from sensay_ext._training_events import (
    PollFailed,
    StatusChanged,
)
from sensay_ext._training_watch import Watch
from tests.listed_entries import Item, KnowledgeBase, of_kind


def test_a_failed_round_changes_nothing() -> None:
    base = KnowledgeBase([Item(1)])
    watch = Watch(now=0.0)
    watch.add(1, "text", now=0.0)
    abandoned = watch.poll()
    events = watch.poll_failed(APIConnectionError("reset"), 5.0)

    assert abandoned.query is not None
    assert len(events) == 1
    assert isinstance(events[0], PollFailed)
    assert "reset" in str(events[0])
    assert watch.pending[0].status is None
    base.items[0].status = "READY"
    base.run(watch.poll(), 6.0)
    assert watch.finished


def test_a_round_ends_with_the_last_entry_that_was_looked_for() -> None:
    base = KnowledgeBase([Item(number) for number in range(1000)])
    watch = Watch(now=0.0)
    for number in range(995, 1000):
        watch.add(number, "text", now=0.0)
    base.run(watch.poll(), 1.0)

    assert base.queries == [{"page": 1, "pageSize": 100, "sortBy": "createdAt", "sortOrder": "desc", "type": ["text"]}]


def test_entries_far_down_the_list_are_found_again_with_one_request() -> None:
    base = KnowledgeBase([Item(number) for number in range(1000)])
    watch = Watch(now=0.0)
    watch.add(205, "text", now=0.0)
    base.run(watch.poll(), 1.0)
    first = base.pages()
    base.run(watch.poll(), 2.0)
    second = base.pages()
    base.items += [Item(number) for number in range(1000, 1010)]
    base.run(watch.poll(), 3.0)

    assert first == [1, 2, 3, 4, 5, 6, 7, 8]
    assert second == [8]
    assert base.pages() == [8, 9]


def test_types_narrow_the_list_only_when_there_is_one() -> None:
    base = KnowledgeBase([Item(1), Item(2, type_="file")])
    watch = Watch(now=0.0)
    watch.add(1, now=0.0)
    base.run(watch.poll(), 1.0)
    base.run(watch.poll(), 2.0)
    watch.add(2, "file", now=2.0)
    base.run(watch.poll(), 3.0)

    assert [query.get("type") for query in base.queries] == [None, ["text"], None]
    assert [entry.type for entry in watch.states] == ["text", "file"]


def test_a_round_that_was_cut_short_tells_nothing_of_what_it_did_not_reach() -> None:
    base = KnowledgeBase([Item(number) for number in range(4)])
    watch = Watch(now=0.0)
    for item in base.items:
        watch.add(item.id, "text", now=0.0)
    for now in (100.0, 101.0, 102.0, 103.0):
        poll = watch.poll(page_size=2)
        poll.take([base.items[3], base.items[2]], total=4)
        poll.finish(now)

    assert watch.failed == ()
    assert [entry.status for entry in watch.states] == [None, None, "RAW_TEXT", "RAW_TEXT"]


def test_a_page_that_nobody_asked_for_is_ignored() -> None:
    watch = Watch(now=0.0)
    poll = watch.poll()
    poll.take([Item(1)], total=1)

    assert poll.query is None
    assert of_kind(poll.finish(1.0), StatusChanged) == []


@given(
    count=st.integers(1, 40),
    wanted=st.sets(st.integers(0, 39), min_size=1),
    page_size=st.integers(1, 7),
    changes=st.lists(st.integers(-3, 4), max_size=6),
    tell_total=st.booleans(),
)
def test_every_listed_entry_is_found_and_no_page_asked_for_twice(
    *, count: int, wanted: set[int], page_size: int, changes: list[int], tell_total: bool
) -> None:
    base = KnowledgeBase([Item(number) for number in range(count)])
    watch = Watch(now=0.0)
    for number in wanted:
        watch.add(number, "text", now=0.0)
    for turn, step in enumerate([0, *changes]):
        created = [Item(100 + turn * 10 + extra) for extra in range(step)]
        base.items = base.items + created if step > 0 else base.items[-step:]
        base.run(watch.poll(page_size=page_size), 0.5, tell_total=tell_total)
        pages = base.pages()
        listed = {item.id for item in base.items}

        assert len(pages) == len(set(pages))
        assert {entry.id for entry in watch.states if entry.status} >= wanted & listed


def simulate(count: int, duration: float, seed: int) -> tuple[int, int, float]:
    """Wait for entries that become usable at random times; return rounds, requests, and how late the end was seen."""
    random = Random(seed)  # noqa: S311 - a simulation
    base = KnowledgeBase([Item(number) for number in range(count)])
    due = {item.id: random.uniform(0.2, 1.0) * duration for item in base.items}
    due[0] = duration
    watch = Watch(now=0.0)
    for item in base.items:
        watch.add(item.id, "text", now=0.0)
    now, rounds = 0.0, 0
    while not watch.finished:
        now += watch.next_delay(now, jitter=random.random())
        for item in base.items:
            item.status = "VECTOR_CREATED" if due[item.id] <= now else "RAW_TEXT"
        base.run(watch.poll(), now)
        rounds += 1
    return rounds, len(base.queries), now - duration


@pytest.mark.parametrize("duration", [10.0, 300.0, 3600.0])
def test_a_thousand_entries_cost_a_request_per_page_and_round_and_are_noticed_in_time(duration: float) -> None:
    rounds, requests, late = simulate(1000, duration, seed=1)

    assert requests <= rounds * 10
    assert requests * 20 <= rounds * 1000
    assert late <= max(duration * 0.1, 1.0)
