# Derived from tests/_async/test_folder_sync.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Making a knowledge base hold what a folder holds, against the sandbox."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from sensay_ext import (
    EntryRemoved,
    FileRejected,
    InvalidArgumentError,
    PartialFailure,
    Plan,
    Sensay,
    Text,
    TrainingError,
    TrainingTimeout,
    UploadProgress,
)
from sensay_ext._journal import Journal, journal_path
from sensay_ext._known import Known
from sensay_ext._marker import Marker
from sensay_ext.sandbox import Fault, Sandbox
from tests.clocks import FakeClock
from tests.requests_seen import RequestsSince

CREATE = "create_replica_knowledge_base"
LIST = "list_replica_knowledge_base"
DELETE = "delete_replica_knowledge_base"
TYPES = "list_knowledge_base_file_types"
LONG_AGO = 1_000_000_000
MARKER = replace(Marker.at("", "hours.md", "0" * 32), attempt="0000000a")


def write(folder: Path, path: str, content: str) -> None:
    """Write a file, as if that had been long ago; then it need not be read twice."""
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(content)
    os.utime(place, (LONG_AGO, LONG_AGO + len(content)))


def empty(folder: Path) -> None:
    """Delete all files of a folder."""
    for path in folder.rglob("*.*"):
        path.unlink()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three files."""
    folder = tmp_path / "docs"
    for path in ("hours.md", "shop/workshop.md", "shop/prices.txt"):
        write(folder, path, f"Everything about {path}. " * 20)
    return folder


def sync(sensay: Sensay, replica: UUID, folder: Path, **options: Any) -> Plan:
    """Plan and apply; all has to go well."""
    plan = sensay.training.plan(replica, folder)
    report = sensay.training.apply(plan, **options)
    report.raise_for_failures()
    return plan


def listed(sensay: Sensay, replica: UUID) -> list[Known]:
    """What the knowledge base has."""
    return [Known.of(item) for item in sensay.knowledge_base.list(replica)]


def paths(sensay: Sensay, replica: UUID) -> list[str]:
    """The paths in the knowledge base."""
    return sorted([known.title.partition(" [")[0] for known in listed(sensay, replica)])


def note(journal: Path, known: list[Known]) -> None:
    """Write into the journal that entries were made and uploaded, long ago."""
    with Journal(journal) as opened:
        for each in known:
            assert each.marker is not None
            opened.began(each.marker, 1.0)
            opened.made(each.marker, each.id)
            opened.uploaded(each.marker)


class TestChanges:
    def test_a_folder_is_taken_in(self, sensay: Sensay, replica: UUID, folder: Path) -> None:
        write(folder, "shop/address.md", "The shop is in Harbour Street, behind the old customs house.")
        plan = sync(sensay, replica, folder)

        assert [action.kind for action in plan.actions] == ["add"] * 4
        assert paths(sensay, replica) == ["hours.md", "shop/address.md", "shop/prices.txt", "shop/workshop.md"]
        answer = sensay.chat.complete(replica, "What is behind the old customs house?")
        assert "Harbour Street" in answer.content

    def test_a_second_run_sends_only_list_requests(
        self, sensay: Sensay, replica: UUID, folder: Path, sandbox: Sandbox
    ) -> None:
        sync(sensay, replica, folder)
        seen = RequestsSince(sandbox)
        plan = sync(sensay, replica, folder)

        assert plan.changes == ()
        assert seen.operations == {LIST: 1}

    def test_only_what_differs_is_sent(self, sensay: Sensay, replica: UUID, folder: Path, sandbox: Sandbox) -> None:
        sync(sensay, replica, folder)
        write(folder, "hours.md", "New hours. " * 20)
        write(folder, "news.md", "Great news. " * 20)
        seen = RequestsSince(sandbox)
        plan = sync(sensay, replica, folder)

        assert [(action.kind, action.path) for action in plan.changes] == [("replace", "hours.md"), ("add", "news.md")]
        assert (seen.operations[CREATE], seen.operations["upload"], seen.operations[DELETE]) == (2, 2, 1)
        assert paths(sensay, replica) == ["hours.md", "news.md", "shop/prices.txt", "shop/workshop.md"]

    def test_the_old_goes_when_the_new_is_usable(
        self, sensay: Sensay, replica: UUID, folder: Path, sandbox: Sandbox
    ) -> None:
        sync(sensay, replica, folder)
        write(folder, "hours.md", "New hours. " * 20)
        plan = sensay.training.plan(replica, folder)
        report = sensay.training.apply(plan, max_wait=30)
        with pytest.raises(TrainingTimeout):
            report.raise_for_failures()
        assert (paths(sensay, replica)).count("hours.md") == 2

        again = sensay.training.plan(replica, folder)
        assert [(action.kind, action.entry is None) for action in again.changes] == [("replace", False)]
        seen = RequestsSince(sandbox)
        finished = sensay.training.apply(again)
        assert finished.removed == plan.changes[0].old
        assert seen.operations.keys() == {LIST, DELETE}
        assert (paths(sensay, replica)).count("hours.md") == 1

    def test_what_is_gone_stays_unless_it_is_to_be_pruned(self, sensay: Sensay, replica: UUID, folder: Path) -> None:
        sync(sensay, replica, folder)
        (folder / "hours.md").unlink()
        plan = sensay.training.plan(replica, folder)
        kept = sensay.training.apply(plan)
        assert "hours.md" in paths(sensay, replica)
        pruned = sensay.training.apply(plan, prune=True)

        assert [action.path for action in kept.kept] == ["hours.md"]
        assert (kept.removed, pruned.kept) == ((), ())
        assert pruned.removed == plan.removals[0].old
        assert paths(sensay, replica) == ["shop/prices.txt", "shop/workshop.md"]
        assert (sensay.training.plan(replica, folder)).changes == ()

    def test_an_empty_folder_wipes_nothing_without_being_told_to(
        self, sensay: Sensay, replica: UUID, folder: Path
    ) -> None:
        sync(sensay, replica, folder)
        empty(folder)
        sync(sensay, replica, folder)

        assert len(paths(sensay, replica)) == 3

    def test_what_comes_from_elsewhere_is_never_touched(self, sensay: Sensay, replica: UUID, folder: Path) -> None:
        sensay.training.train(replica, [Text("We are open from nine to five.", title="by hand")])
        sensay.knowledge_base.add_text(replica, "We are closed on Sunday.", title="plain")
        other = sensay.training.plan(replica, folder / "shop", name="other")
        sensay.training.apply(other)
        plan = sync(sensay, replica, folder, prune=True)

        assert plan.others == 4
        assert plan.removals == ()
        assert {"by hand", "plain", "prices.txt", "workshop.md", "shop/prices.txt"} <= set(paths(sensay, replica))

    def test_a_dry_run_changes_nothing(self, sensay: Sensay, replica: UUID, folder: Path, sandbox: Sandbox) -> None:
        plan = sensay.training.plan(replica, folder)
        seen = RequestsSince(sandbox)
        report = sensay.training.apply(plan, dry_run=True)

        assert seen.all == []
        assert str(report) == "3 files in 0.0 s: 3 unsent"
        assert [outcome.source for outcome in report.outcomes] == list(plan.changes)

    def test_a_file_that_moves_is_added_and_removed(self, sensay: Sensay, replica: UUID, folder: Path) -> None:
        sync(sensay, replica, folder)
        (folder / "hours.md").rename(folder / "shop" / "hours.md")
        plan = sync(sensay, replica, folder, prune=True)

        assert [action.kind for action in plan.changes] == ["add", "remove"]
        assert "shop/hours.md" in paths(sensay, replica)

    def test_files_can_be_chosen(self, sensay: Sensay, replica: UUID, folder: Path) -> None:
        plan = sensay.training.plan(replica, folder, include="*.md", exclude=["shop/*"])

        assert [action.path for action in plan.actions] == ["hours.md"]

    def test_what_the_api_does_not_take_is_skipped(self, sensay: Sensay, replica: UUID, folder: Path) -> None:
        write(folder, "note.txt", "Too short.")
        write(folder, "program.exe", "No text at all.")
        plan = sync(sensay, replica, folder)

        assert plan.skipped[0].reason.startswith("it has 10 characters")
        assert [action.path for action in plan.skipped] == ["note.txt", "program.exe"]
        assert len(paths(sensay, replica)) == 3

    def test_a_folder_that_is_none_is_refused(self, sensay: Sensay, replica: UUID, folder: Path) -> None:
        with pytest.raises(InvalidArgumentError, match="folder is no folder"):
            sensay.training.plan(replica, folder / "hours.md")


class TestFailures:
    def test_a_failure_hides_no_success_and_is_tried_again(
        self, sensay: Sensay, replica: UUID, folder: Path, sandbox: Sandbox
    ) -> None:
        sandbox.fail_training("cannot be read", operation="file")
        plan = sensay.training.plan(replica, folder)
        report = sensay.training.apply(plan)
        assert (len(report.failed), len(report.outcomes)) == (1, 3)
        with pytest.raises(PartialFailure, match=r"1 of 3 sources are not usable: \S+: cannot be read"):
            report.raise_for_failures()

        again = sync(sensay, replica, folder)
        assert [action.kind for action in again.changes] == ["retry"]
        assert len(paths(sensay, replica)) == 3

    def test_an_old_content_stays_if_the_new_one_fails(
        self, sensay: Sensay, replica: UUID, folder: Path, sandbox: Sandbox
    ) -> None:
        sync(sensay, replica, folder)
        write(folder, "hours.md", "New hours. " * 20)
        sandbox.fail_training("cannot be read", operation="file")
        plan = sensay.training.plan(replica, folder)
        report = sensay.training.apply(plan)

        assert (report.ok, report.removed) == (False, ())
        (old,) = plan.changes[0].old
        assert old in {known.id for known in listed(sensay, replica)}

    def test_a_file_that_changes_after_the_plan_is_not_sent(self, sensay: Sensay, replica: UUID, folder: Path) -> None:
        plan = sensay.training.plan(replica, folder)
        write(folder, "hours.md", "Other hours. " * 20)
        report = sensay.training.apply(plan)

        (failed,) = report.failed
        assert isinstance(failed.error, FileRejected)
        assert str(failed) == "hours.md: it changed since it was looked at"
        assert paths(sensay, replica) == ["shop/prices.txt", "shop/workshop.md"]

    def test_an_entry_that_cannot_be_removed_is_told(
        self, sensay: Sensay, replica: UUID, folder: Path, sandbox: Sandbox
    ) -> None:
        sync(sensay, replica, folder)
        (folder / "hours.md").unlink()
        plan = sensay.training.plan(replica, folder)
        sandbox.add_fault(Fault(status=403), operation=DELETE)
        report = sensay.training.apply(plan, prune=True)

        assert (report.ok, report.not_removed) == (False, plan.removals[0].old)
        with pytest.raises(PartialFailure, match="could not be removed"):
            report.raise_for_failures()

    def test_lost_answers_double_nothing(self, sensay: Sensay, replica: UUID, folder: Path, sandbox: Sandbox) -> None:
        for fault in (Fault(connection="unanswered"), Fault(connection="before"), Fault(status=502, late=True)):
            for operation in (CREATE, "upload", DELETE):
                sandbox.add_fault(fault, operation=operation)
        sandbox.expire_uploads()
        sync(sensay, replica, folder, max_retries=9)

        assert len(paths(sensay, replica)) == 3
        assert (sensay.training.plan(replica, folder)).changes == ()


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
        sensay.training.apply(sensay.training.plan(replica, folder))
        assert "NEW" in [known.status for known in listed(sensay, replica)]
        plan = sync(sensay, replica, folder)

        assert [(action.kind, len(action.old)) for action in plan.changes] == [("add", 1)]
        assert len(paths(sensay, replica)) == 3

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
        assert len(paths(sensay, replica)) == 3

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

        assert (paths(sensay, replica)).count("hours.md") == 2
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


def test_everything_is_told(sensay: Sensay, replica: UUID, folder: Path) -> None:
    sync(sensay, replica, folder)
    write(folder, "hours.md", "New hours. " * 20)
    told: list[Any] = []
    sync(sensay, replica, folder, on_progress=told.append)

    (removed,) = [event for event in told if isinstance(event, EntryRemoved)]
    assert removed.label == "hours.md"
    assert str(removed).endswith("(hours.md): removed")
    assert {event.label for event in told if isinstance(event, UploadProgress)} == {"hours.md"}


def test_types_are_asked_for_only_if_something_is_to_be_sent(
    sensay: Sensay, replica: UUID, folder: Path, sandbox: Sandbox
) -> None:
    seen = RequestsSince(sandbox)
    sensay.training.plan(replica, folder)

    assert seen.operations == {LIST: 1, TYPES: 1}
