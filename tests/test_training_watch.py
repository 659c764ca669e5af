"""Waiting for many entries against a knowledge base and a clock that the test moves."""

import pickle
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sensay_ext._errors import (
    APIConnectionError,
    PartialFailure,
    TrainingError,
    TrainingFailed,
    TrainingTimeout,
)
from sensay_ext._training_events import (
    EntryDone,
    EntryFailed,
    EntryStalled,
    PollFailed,
    Progress,
    StatusChanged,
    TrainingEvent,
)
from sensay_ext._training_poll import Poll
from sensay_ext._training_watch import Watch


@dataclass
class Trouble:
    """The error of an entry."""

    message: str | None
    fingerprint: str | None = None


@dataclass
class Item:
    """An entry as the list shows it."""

    id: int
    status: str = "RAW_TEXT"
    type_: str = "text"
    error: Trouble | None = None


@dataclass
class KnowledgeBase:
    """A knowledge base that answers list requests, newest entries first."""

    items: list[Item] = field(default_factory=list)
    queries: list[dict[str, Any]] = field(default_factory=list)

    def run(self, poll: Poll, now: float = 0.0, *, tell_total: bool = True) -> list[TrainingEvent]:
        """Answer a whole round."""
        while (query := poll.query) is not None:
            self.queries.append(query)
            size, page = int(str(query["pageSize"])), int(str(query["page"]))
            types = query.get("type", [])
            listed = [item for item in reversed(self.items) if not types or [item.type_] == types]
            part = listed[(page - 1) * size : page * size]
            poll.take(part, total=len(listed) if tell_total else None)
        return poll.finish(now)

    def pages(self) -> list[int]:
        """The pages asked for since the last call."""
        pages = [query["page"] for query in self.queries]
        self.queries.clear()
        return pages


def of_kind(events: Iterable[TrainingEvent], *kinds: type[TrainingEvent]) -> list[TrainingEvent]:
    """The events of some kinds."""
    return [event for event in events if isinstance(event, kinds)]


def test_an_entry_is_followed_through_its_statuses_with_timings() -> None:
    base = KnowledgeBase([Item(7)])
    watch = Watch(now=100.0)
    watch.add(7, "text", now=100.0, label="hours")
    seen: list[TrainingEvent] = []
    for now, status in [(101.0, "RAW_TEXT"), (120.0, "RAW_TEXT"), (130.0, "PROCESSED_TEXT"), (148.0, "VECTOR_CREATED")]:
        base.items[0].status = status
        seen += base.run(watch.poll(), now)

    assert of_kind(seen, StatusChanged, EntryDone) == [
        StatusChanged(1.0, 7, "hours", "RAW_TEXT", None, 0.0),
        StatusChanged(30.0, 7, "hours", "PROCESSED_TEXT", "RAW_TEXT", 29.0),
        StatusChanged(48.0, 7, "hours", "VECTOR_CREATED", "PROCESSED_TEXT", 18.0),
        EntryDone(48.0, 7, "hours", "VECTOR_CREATED"),
    ]
    assert watch.finished
    assert watch.error(148.0) is None
    assert watch.done[0].timings == (("RAW_TEXT", 1.0), ("PROCESSED_TEXT", 30.0), ("VECTOR_CREATED", 48.0))
    watch.raise_for_failures(148.0)


def test_progress_is_given_only_when_it_has_changed() -> None:
    base = KnowledgeBase([Item(1), Item(2)])
    watch = Watch(now=0.0)
    for item in base.items:
        watch.add(item.id, "text", now=0.0)
    rounds = [base.run(watch.poll(), 1.0), base.run(watch.poll(), 2.0)]
    base.items[0].status = "READY"
    rounds.append(base.run(watch.poll(), 3.0))

    assert [of_kind(events, Progress) for events in rounds] == [
        [Progress(1.0, 0, 0, 2, {"RAW_TEXT": 2})],
        [],
        [Progress(3.0, 1, 0, 1, {"RAW_TEXT": 1, "READY": 1})],
    ]


def test_the_target_ready_waits_beyond_vector_created() -> None:
    base = KnowledgeBase([Item(1, "VECTOR_CREATED")])
    watch = Watch(now=0.0, until="ready")
    watch.add(1, "text", now=0.0)
    base.run(watch.poll(), 10.0)
    early, late = watch.next_delay(11.0), watch.next_delay(10.0 + 86_000.0)
    base.items[0].status = "READY"
    base.run(watch.poll(), 86_400.0)

    assert (early, late) == (5.0, 300.0)
    assert watch.finished


def test_an_error_without_a_new_status_is_a_stall_told_once() -> None:
    base = KnowledgeBase([Item(1, error=Trouble("model busy", "f1"))])
    watch = Watch(now=0.0)
    watch.add(1, "text", now=0.0)
    first, second = base.run(watch.poll(), 1.0), base.run(watch.poll(), 2.0)
    base.items[0].error = Trouble("disk full")
    third = base.run(watch.poll(), 3.0)
    base.items[0] = Item(1, "READY")
    base.run(watch.poll(), 4.0)

    assert of_kind(first, EntryStalled) == [EntryStalled(1.0, 1, "", "RAW_TEXT", "model busy", "f1")]
    assert of_kind(second, EntryStalled) == []
    assert of_kind(third, EntryStalled) == [EntryStalled(3.0, 1, "", "RAW_TEXT", "disk full")]
    assert watch.error(4.0) is None


def test_no_change_for_long_is_a_stall_as_well() -> None:
    base = KnowledgeBase([Item(1, "A_STATUS_OF_TOMORROW")])
    watch = Watch(now=0.0, stall_after=60.0)
    watch.add(1, now=0.0)
    events = [event for now in (1.0, 60.0, 61.0, 90.0) for event in base.run(watch.poll(), now)]

    assert of_kind(events, EntryStalled) == [EntryStalled(61.0, 1, "", "A_STATUS_OF_TOMORROW", "no change for 60 s")]
    assert not watch.finished


def test_unprocessable_is_a_failure_with_the_reason_of_the_api() -> None:
    base = KnowledgeBase([Item(1, "UNPROCESSABLE", error=Trouble("private video", "f1")), Item(2, "UNPROCESSABLE")])
    watch = Watch(now=0.0)
    for item in base.items:
        watch.add(item.id, "text", now=0.0)
    events = base.run(watch.poll(), 5.0)

    assert of_kind(events, EntryFailed) == [
        EntryFailed(5.0, 1, "", "private video", "f1"),
        EntryFailed(5.0, 2, "", "the API cannot process it"),
    ]
    with pytest.raises(TrainingFailed, match="2 of 2 entries failed: 1: private video; 2: UNPROCESSABLE") as caught:
        watch.raise_for_failures(5.0)
    assert [entry.id for entry in caught.value.entries] == [1, 2]
    assert pickle.loads(pickle.dumps(caught.value)).entries == caught.value.entries  # noqa: S301 - our own bytes


def test_one_failure_among_several_is_partial_and_pending_ones_are_a_timeout() -> None:
    base = KnowledgeBase([Item(number) for number in range(9)])
    watch = Watch(now=0.0, max_wait=60.0)
    for item in base.items:
        watch.add(item.id, "text", now=0.0, label=f"source {item.id}")
    base.items[0].status = "UNPROCESSABLE"
    base.run(watch.poll(), 60.0)
    timeout = watch.error(60.0)
    for item in base.items[1:]:
        item.status = "READY"
    base.run(watch.poll(), 61.0)

    assert isinstance(timeout, TrainingTimeout)
    assert "8 of 9 entries were not usable after 60 s: source 1: RAW_TEXT; " in str(timeout)
    assert str(timeout).endswith("; and 3 more")
    assert (len(timeout.entries), timeout.elapsed) == (9, 60.0)
    with pytest.raises(PartialFailure, match="1 of 9 entries failed: source 0: UNPROCESSABLE"):
        watch.raise_for_failures(61.0)


def test_the_wait_ends_on_time_and_sleeps_no_longer() -> None:
    watch = Watch(now=0.0, max_wait=100.0)
    watch.add(1, "text", now=0.0)

    assert watch.next_delay(50.0) == 5.0
    assert watch.next_delay(99.0) == 1.0
    assert watch.next_delay(101.0) == 0.0
    assert [watch.expired(now) for now in (99.9, 100.0)] == [False, True]
    assert not Watch(now=0.0, max_wait=1.0).expired(2.0)
    assert Watch(now=0.0).next_delay(1.0) == 0.0


def test_the_youngest_entry_sets_the_pace() -> None:
    watch = Watch(now=0.0)
    watch.add(1, "text", now=0.0)
    watch.add(2, "youtube", now=80.0)

    assert watch.next_delay(100.0) == 5.0
    assert watch.next_delay(100.0, jitter=1.0) == pytest.approx(4.0)


def test_the_pace_can_be_given() -> None:
    fixed, by_age = Watch(now=0.0, pace=3.0), Watch(now=0.0, pace=lambda age: age / 2)
    for watch in (fixed, by_age):
        watch.add(1, "text", now=0.0)

    assert (fixed.next_delay(40.0), by_age.next_delay(40.0)) == (3.0, 20.0)


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


def test_an_entry_that_disappears_has_failed_after_three_rounds() -> None:
    base = KnowledgeBase([Item(1), Item(2)])
    watch = Watch(now=0.0)
    watch.add(1, "text", now=0.0)
    base.run(watch.poll(), 1.0)
    gone = base.items.pop(0)
    base.run(watch.poll(), 2.0)
    base.run(watch.poll(), 3.0)
    base.items.append(gone)
    base.run(watch.poll(), 4.0)
    base.items.remove(gone)
    events = [base.run(watch.poll(), now) for now in (5.0, 6.0, 7.0)]

    assert [len(of_kind(round_, EntryFailed)) for round_ in events] == [0, 0, 1]
    assert watch.failed[0].message == "it is no longer in the knowledge base"


def test_an_entry_may_take_a_while_to_be_listed() -> None:
    base = KnowledgeBase([])
    watch = Watch(now=0.0)
    watch.add(1, "text", now=0.0)
    early = [event for now in range(1, 60, 10) for event in base.run(watch.poll(), float(now))]

    assert of_kind(early, EntryFailed) == []
    assert of_kind(early, Progress) == [Progress(1.0, 0, 0, 1, {"not listed yet": 1})]
    assert len(of_kind(base.run(watch.poll(), 60.0), EntryFailed)) == 1


def test_what_an_entry_was_before_its_training_began_again_does_not_count() -> None:
    base = KnowledgeBase([Item(1, "UNPROCESSABLE")])
    watch = Watch(now=0.0)
    watch.add(1, "text", now=0.0, before="UNPROCESSABLE")
    base.run(watch.poll(), 1.0)
    pending = watch.pending
    base.items[0].status = "RAW_TEXT"
    base.run(watch.poll(), 2.0)
    base.items[0].status = "UNPROCESSABLE"
    base.run(watch.poll(), 3.0)

    assert len(pending) == 1
    assert len(watch.failed) == 1


def test_the_same_failure_counts_once_the_lists_have_had_time_to_catch_up() -> None:
    base = KnowledgeBase([Item(1, "UNPROCESSABLE")])
    watch = Watch(now=0.0)
    watch.add(1, "text", now=0.0, before="UNPROCESSABLE")
    base.run(watch.poll(), 31.0)

    assert len(watch.failed) == 1


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


@settings(deadline=None)
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


def test_the_error_of_a_wait_is_a_training_error() -> None:
    watch = Watch(now=0.0, until="ready")
    watch.add(1, now=0.0)

    with pytest.raises(TrainingError, match="1 of 1 entries were not ready after 3 s: 1: not listed"):
        watch.raise_for_failures(3.0)
