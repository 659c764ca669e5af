"""The assistant knows what the policies say: on a sandbox, where training takes no time."""

import shutil
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sensay_ext import Sensay
from sensay_ext.sandbox import Sandbox
from sensay_ext.testing import VirtualClock
from shop_assistant import hire, learn, reply


def test_it_knows_the_policies(sensay: Sensay, replica: UUID) -> None:
    facts = {
        "When is the shop open on Saturday?": "9:30 to 18:00",
        "What does delivery cost?": "5 euros",
        "Within how many days can goods be returned?": "30 days",
    }

    for question, fact in facts.items():
        assert fact in reply(sensay, replica, "alice", question).text


def test_there_is_one_assistant_however_often_it_is_hired(sensay: Sensay, replica: UUID) -> None:
    assert hire(sensay) == replica
    assert sensay.replicas.list().total() == 1


def test_what_has_not_changed_is_not_sent_again(
    sensay: Sensay, sensay_sandbox: Sandbox, replica: UUID, policies: Path
) -> None:
    before = len(sensay_sandbox.requests)
    report = learn(sensay, replica, policies)

    assert report.outcomes == ()
    assert {request.method for request in sensay_sandbox.requests[before:]} == {"GET"}


def test_a_policy_that_changes_is_known_within_the_hour(
    sensay: Sensay, sensay_clock: VirtualClock, replica: UUID, policies: Path, tmp_path: Path
) -> None:
    shutil.copytree(policies, tmp_path, dirs_exist_ok=True)
    returns = tmp_path / "returns.txt"
    returns.write_text(returns.read_text().replace("30 days", "60 days"))
    begun = sensay_clock.now()
    learn(sensay, replica, tmp_path)
    said = reply(sensay, replica, "alice", "Within how many days can goods be returned?").text

    assert "60 days" in said
    assert "30 days" not in said
    assert timedelta(minutes=1) < sensay_clock.now() - begun < timedelta(hours=1)


def test_a_policy_that_is_gone_is_forgotten(sensay: Sensay, replica: UUID, policies: Path, tmp_path: Path) -> None:
    shutil.copytree(policies, tmp_path, dirs_exist_ok=True)
    (tmp_path / "delivery.txt").unlink()

    assert len(learn(sensay, replica, tmp_path).removed) == 1
    assert "5 euros" not in reply(sensay, replica, "alice", "What does delivery cost?").text
