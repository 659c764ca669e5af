"""Waiting for many entries against a knowledge base and a clock that the test moves."""

import pickle

import pytest

from sensay_ext._errors import (
    PartialFailure,
    TrainingError,
    TrainingFailed,
    TrainingTimeout,
)
from sensay_ext._training_events import (
    EntryDone,
    EntryFailed,
    EntryStalled,
    Progress,
    StatusChanged,
    TrainingEvent,
)
from sensay_ext._training_watch import Watch
from tests.listed_entries import Item, KnowledgeBase, Trouble, of_kind


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


def test_the_error_of_a_wait_is_a_training_error() -> None:
    watch = Watch(now=0.0, until="ready")
    watch.add(1, now=0.0)

    with pytest.raises(TrainingError, match="1 of 1 entries were not ready after 3 s: 1: not listed"):
        watch.raise_for_failures(3.0)
