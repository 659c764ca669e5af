# Derived from tests/_async/test_folder_resuming.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Runs over a folder that were broken off, and runs at the same time."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from sensay_ext import (
    Sensay,
    TrainingError,
)
from sensay_ext._journal import Journal, journal_path
from sensay_ext._known import Known
from sensay_ext._marker import Marker
from sensay_ext.sandbox import Fault, Sandbox
from tests._sync.folders import empty, sync, write
from tests._sync.knowledge import CREATE, DELETE, LIST, listed, titles
from tests.clocks import FakeClock

MARKER = replace(Marker.at("", "hours.md", "0" * 32), attempt="0000000a")


def note(journal: Path, known: list[Known]) -> None:
    """Write into the journal that entries were made and uploaded, long ago."""
    with Journal(journal) as opened:
        for each in known:
            assert each.marker is not None
            opened.began(each.marker, 1.0)
            opened.made(each.marker, each.id)
            opened.uploaded(each.marker)


class TestResuming:
    @pytest.fixture
    def journal(self, replica: UUID) -> Path:
        """Where the journal is."""
        return journal_path(replica, "")

    def test_an_entry_without_its_file_is_made_anew(
        self, sensay: Sensay, replica: UUID, folder: Path, sandbox: Sandbox
    ) -> None:
        """As if the process had ended between the creation and the upload."""
        sandbox.add_fault(Fault(status=403), operation="upload")
        sandbox.add_fault(Fault(status=403), operation=DELETE)
        report = sensay.training.apply(sensay.training.plan(replica, folder))
        left = [known.id for known in listed(sensay, replica) if known.status == "NEW"]
        assert list(report.not_removed) == left
        assert len(left) == 1
        plan = sync(sensay, replica, folder)

        assert [(action.kind, len(action.old)) for action in plan.changes] == [("add", 1)]
        assert len(titles(sensay, replica)) == 3

    def test_what_lists_do_not_show_yet_is_not_sent_again(
        self, sensay: Sensay, replica: UUID, folder: Path, sandbox: Sandbox, journal: Path
    ) -> None:
        sensay.training.apply(sensay.training.plan(replica, folder), max_wait=1)
        note(journal, listed(sensay, replica))
        sandbox.add_fault(Fault(status=200, body={"success": True, "items": [], "total": 0}), operation=LIST, times=2)
        plan = sensay.training.plan(replica, folder)

        assert [action.kind for action in plan.actions] == ["wait"] * 3

    def test_what_was_deleted_meanwhile_is_sent_again(
        self, sensay: Sensay, replica: UUID, folder: Path, journal: Path
    ) -> None:
        sensay.training.apply(sensay.training.plan(replica, folder), max_wait=1)
        known = listed(sensay, replica)
        note(journal, known)
        sensay.knowledge_base.delete(replica, known[0])
        plan = sensay.training.plan(replica, folder)

        assert sorted(action.kind for action in plan.actions) == ["add", "wait", "wait"]

    def test_what_was_begun_just_now_is_given_time_to_show(
        self, sensay: Sensay, replica: UUID, folder: Path, clock: FakeClock, journal: Path
    ) -> None:
        with Journal(journal) as opened:
            opened.began(MARKER, clock.wall() - 2)
        sensay.training.plan(replica, folder)
        assert clock.slept == pytest.approx([4])

        with Journal(journal) as opened:
            opened.began(MARKER, clock.wall() + 10_000)  # the clock was set back
        clock.slept.clear()
        sensay.training.plan(replica, folder)
        assert clock.slept == [6]

    def test_a_file_whose_last_bytes_may_have_arrived_just_now_is_given_time_to_show(
        self, sensay: Sensay, replica: UUID, folder: Path, clock: FakeClock, journal: Path
    ) -> None:
        with Journal(journal) as opened:
            opened.began(MARKER, clock.wall() - 1000)
            opened.made(MARKER, 7)
        sensay.training.plan(replica, folder)

        assert clock.slept == [6]

    def test_what_the_api_refused_is_not_looked_for_by_the_next_run(
        self, sensay: Sensay, replica: UUID, folder: Path, sandbox: Sandbox, journal: Path
    ) -> None:
        sandbox.add_fault(Fault(status=400), operation=CREATE, times=3)
        report = sensay.training.apply(sensay.training.plan(replica, folder))

        assert [outcome.state for outcome in report.outcomes] == ["failed"] * 3
        with Journal(journal) as opened:
            assert opened.attempts == []

    def test_what_nobody_could_look_for_is_found_by_the_next_run(
        self, sensay: Sensay, replica: UUID, folder: Path, sandbox: Sandbox, journal: Path
    ) -> None:
        plan = sensay.training.plan(replica, folder)
        sandbox.add_fault(Fault(connection="unanswered"), operation=CREATE)
        sandbox.add_fault(Fault(status=403), operation=LIST, skip=1)
        report = sensay.training.apply(plan, concurrency=1)

        assert [outcome.state for outcome in report.outcomes] == ["failed", "done", "done"]
        with Journal(journal) as opened:
            assert [attempt.entry_id for attempt in opened.attempts] == [None]
        sync(sensay, replica, folder)
        assert len(titles(sensay, replica)) == 3

    def test_what_was_begun_long_ago_is_not_waited_for(
        self, sensay: Sensay, replica: UUID, folder: Path, clock: FakeClock, journal: Path
    ) -> None:
        with Journal(journal) as opened:
            opened.began(MARKER, clock.wall() - 1000)
        sensay.training.plan(replica, folder)

        assert sum(clock.slept) == 0

    def test_an_upload_that_lists_do_not_show_yet_counts(
        self, sensay: Sensay, replica: UUID, folder: Path, sandbox: Sandbox, journal: Path
    ) -> None:
        sandbox.add_fault(Fault(status=403), operation="upload", times=3)
        sandbox.add_fault(Fault(status=403), operation=DELETE, times=3)
        sensay.training.apply(sensay.training.plan(replica, folder))
        note(journal, listed(sensay, replica))
        plan = sensay.training.plan(replica, folder)

        assert [action.kind for action in plan.actions] == ["wait"] * 3

    def test_what_is_there_twice_is_cleaned_up(self, sensay: Sensay, replica: UUID, folder: Path) -> None:
        sync(sensay, replica, folder)
        (known, *_) = listed(sensay, replica)
        sensay.knowledge_base.add_text(replica, "Whatever.", title=known.title)
        plan = sync(sensay, replica, folder)

        assert [action.kind for action in plan.changes] == ["clean"]
        assert len(titles(sensay, replica)) == 3

    def test_another_machine_without_the_journal_finds_the_same(
        self, sensay: Sensay, replica: UUID, folder: Path, journal: Path
    ) -> None:
        sync(sensay, replica, folder)
        empty(journal.parent)

        assert (sensay.training.plan(replica, folder)).changes == ()

    def test_an_entry_that_lists_show_after_its_removal_is_left_out(
        self, sensay: Sensay, replica: UUID, folder: Path, sandbox: Sandbox
    ) -> None:
        sync(sensay, replica, folder)
        sandbox.advance(5 * 3600)  # what is READY lingers on in lists
        write(folder, "hours.md", "New hours. " * 20)
        sync(sensay, replica, folder)

        assert (titles(sensay, replica)).count("hours.md") == 2
        assert (sensay.training.plan(replica, folder)).changes == ()


class TestTwoRuns:
    def test_a_second_run_at_once_is_refused(self, sensay: Sensay, replica: UUID, folder: Path) -> None:
        plan = sensay.training.plan(replica, folder)
        with Journal(journal_path(replica, "")):
            with pytest.raises(TrainingError, match="another run is at work"):
                sensay.training.apply(plan)
            with pytest.raises(TrainingError, match="another run is at work"):
                sensay.training.plan(replica, folder)
        sensay.training.apply(plan)

    def test_a_journal_elsewhere_is_of_its_own(
        self, sensay: Sensay, replica: UUID, folder: Path, tmp_path: Path
    ) -> None:
        with Journal(journal_path(replica, "")):
            plan = sensay.training.plan(replica, folder, journal=tmp_path / "mine.sqlite3")
            report = sensay.training.apply(plan, journal=tmp_path / "mine.sqlite3")

        assert report.ok
