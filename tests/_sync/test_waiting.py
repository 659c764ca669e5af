# Derived from tests/_async/test_waiting.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Waiting for entries: what is asked, what comes back, and what is raised."""

from typing import Any
from uuid import UUID

import pytest

from sensay_ext import (
    EntryStalled,
    NotFoundError,
    PartialFailure,
    PollFailed,
    Sensay,
    TrainingFailed,
    TrainingTimeout,
)
from sensay_ext.sandbox import Fault, Sandbox
from tests.clocks import FakeClock
from tests.requests_seen import RequestsSince

LIST = "list_replica_knowledge_base"


def add(sensay: Sensay, replica: UUID, count: int) -> list[int]:
    """Add texts."""
    return [(sensay.knowledge_base.add_text(replica, f"This is text {n}.")).id for n in range(count)]


def test_one_entry_is_waited_for(sensay: Sensay, replica: UUID) -> None:
    added = sensay.knowledge_base.add_text(replica, "We are open.")
    (state,) = sensay.knowledge_base.wait_until_ready(replica, added)

    assert (state.id, state.type, state.outcome, state.status) == (added.id, "text", "done", "VECTOR_CREATED")
    assert [status for status, _ in state.timings] == ["RAW_TEXT", "PROCESSED_TEXT", "VECTOR_CREATED"]
    assert 48 <= state.timings[-1][1] <= 48 * 1.1 + 1


def test_entries_are_known_by_their_numbers_alone(sensay: Sensay, replica: UUID) -> None:
    numbers = add(sensay, replica, 3)
    item = sensay.knowledge_base.get(replica, numbers[0])
    entries: list[Any] = [item, *numbers[1:]]
    states = sensay.knowledge_base.wait_until_ready(replica, iter(entries))

    assert [state.id for state in states] == numbers


def test_a_wait_is_gone_on_with_by_another_client(
    sensay: Sensay, replica: UUID, sandbox: Sandbox, secret: str, clock: FakeClock
) -> None:
    numbers = add(sensay, replica, 2)
    with pytest.raises(TrainingTimeout) as caught:
        sensay.knowledge_base.wait_until_ready(replica, numbers, max_wait=10)
    left = [entry.id for entry in caught.value.entries]
    with Sensay(secret, base_url=sandbox.base_url, _clock=clock) as other:
        states = other.knowledge_base.wait_until_ready(replica, left)

    assert {state.id for state in states} == set(numbers)


def test_many_entries_cost_one_list_for_each_page_and_look(
    sensay: Sensay, replica: UUID, sandbox: Sandbox, clock: FakeClock
) -> None:
    numbers = add(sensay, replica, 230)
    seen = RequestsSince(sandbox)
    sensay.knowledge_base.wait_until_ready(replica, numbers, poll_interval=10)

    looks = len(clock.slept) + 1
    assert seen.operations == {LIST: 3 * looks}
    assert looks == 6


def test_a_reason_that_holds_the_secret_is_given_without_it(
    sensay: Sensay, replica: UUID, sandbox: Sandbox, secret: str
) -> None:
    sandbox.fail_training(f"cannot be read with {secret}", operation="text")
    (number,) = add(sensay, replica, 1)

    with pytest.raises(TrainingFailed, match=r"cannot be read with \[redacted\]$") as caught:
        sensay.knowledge_base.wait_until_ready(replica, [number])
    assert caught.value.entries[0].message == "cannot be read with [redacted]"


def test_nothing_to_wait_for_costs_nothing(sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    seen = RequestsSince(sandbox)

    assert sensay.knowledge_base.wait_until_ready(replica, []) == ()
    assert seen.all == []


def test_a_failed_entry_is_an_error_that_has_it(sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    sandbox.fail_training("cannot be read", operation="text")
    numbers = add(sensay, replica, 2)
    with pytest.raises(PartialFailure, match=r"1 of 2 entries failed: \d+: cannot be read") as caught:
        sensay.knowledge_base.wait_until_ready(replica, numbers)
    (failed,) = caught.value.entries
    assert (failed.message, failed.status) == ("cannot be read", "UNPROCESSABLE")

    with pytest.raises(TrainingFailed):
        sensay.knowledge_base.wait_until_ready(replica, failed.id)


def test_an_error_that_may_pass_is_waited_out(sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    told: list[Any] = []
    sandbox.stall_training("busy", operation="text", times=2)
    added = sensay.knowledge_base.add_text(replica, "We are open.")
    (state,) = sensay.knowledge_base.wait_until_ready(replica, added, on_progress=told.append)

    assert state.outcome == "done"
    assert [event.reason for event in told if isinstance(event, EntryStalled)] == ["busy"]


@pytest.mark.parametrize(
    "fault", [Fault(status=503), Fault(connection="before"), Fault(status=200, body="<html>")], ids=str
)
def test_a_look_that_fails_does_not_end_the_wait(fault: Fault, sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    told: list[Any] = []
    added = sensay.knowledge_base.add_text(replica, "We are open.")
    sandbox.add_fault(fault, operation=LIST, times=9)
    (state,) = sensay.knowledge_base.wait_until_ready(replica, added, on_progress=told.append)

    assert state.outcome == "done"
    assert any(isinstance(event, PollFailed) for event in told)


def test_a_wait_that_never_gets_an_answer_ends_in_time(
    sensay: Sensay, replica: UUID, sandbox: Sandbox, clock: FakeClock
) -> None:
    added = sensay.knowledge_base.add_text(replica, "We are open.")
    sandbox.add_fault(Fault(connection="before"), operation=LIST, times=None)
    began = clock.now()
    with pytest.raises(TrainingTimeout, match="not listed"):
        sensay.knowledge_base.wait_until_ready(replica, added, max_wait=100)

    assert clock.now() - began == pytest.approx(100, abs=2)


def test_a_wait_for_a_replica_that_is_gone_ends(sensay: Sensay, replica: UUID) -> None:
    added = sensay.knowledge_base.add_text(replica, "We are open.")
    sensay.replicas.delete(replica)

    with pytest.raises(NotFoundError):
        sensay.knowledge_base.wait_until_ready(replica, added)


def test_an_entry_that_is_deleted_meanwhile_fails(sensay: Sensay, replica: UUID, clock: FakeClock) -> None:
    added = sensay.knowledge_base.add_text(replica, "We are open.")
    sensay.knowledge_base.delete(replica, added)
    with pytest.raises(TrainingFailed, match="no longer in the knowledge base"):
        sensay.knowledge_base.wait_until_ready(replica, added)

    assert 60 <= sum(clock.slept) < 120


def test_a_list_that_lags_behind_is_waited_for(sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    sandbox.stale_reads(operation=LIST, times=3)
    added = sensay.knowledge_base.add_text(replica, "We are open.")
    (state,) = sensay.knowledge_base.wait_until_ready(replica, added)

    assert state.outcome == "done"


def test_a_function_can_set_the_pace(sensay: Sensay, replica: UUID, clock: FakeClock) -> None:
    added = sensay.knowledge_base.add_text(replica, "We are open.")
    sensay.knowledge_base.wait_until_ready(replica, added, poll_interval=lambda age: 5 + age)

    assert clock.slept == pytest.approx([5, 10, 20, 40])
