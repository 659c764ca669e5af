"""The assistant copes when something goes wrong."""

from pathlib import Path
from uuid import UUID

import pytest

from sensay_ext import PartialFailure, Sensay
from sensay_ext.testing import SandboxFaults
from shop_assistant import HANDED_OVER, hire, learn, reply

QUESTION = "Within how many days can goods be returned?"


def test_a_short_outage_is_not_noticed(sensay: Sensay, sensay_faults: SandboxFaults, replica: UUID) -> None:
    sensay_faults.fail_next(503, operation="users.get")

    assert "30 days" in reply(sensay, replica, "alice", QUESTION).text


def test_a_longer_one_is_handed_over(sensay: Sensay, sensay_faults: SandboxFaults, replica: UUID) -> None:
    sensay_faults.break_connection("before", operation="chat.complete", times=None)
    said = reply(sensay, replica, "alice", QUESTION)

    assert (said.text, said.for_staff) == (HANDED_OVER, "the API could not be reached in time")


def test_a_lost_answer_does_not_make_a_second_customer(
    sensay: Sensay, sensay_faults: SandboxFaults, replica: UUID
) -> None:
    sensay_faults.lose_reply(operation="users.create")

    assert "30 days" in reply(sensay, replica, "alice", QUESTION).text


def test_one_text_that_cannot_be_used_leaves_the_others(
    sensay: Sensay, sensay_faults: SandboxFaults, policies: Path
) -> None:
    sensay_faults.fail_training("No text found", kind="file")
    replica = hire(sensay)

    with pytest.raises(PartialFailure, match="No text found") as raised:
        learn(sensay, replica, policies)
    assert len(raised.value.entries) == 1
