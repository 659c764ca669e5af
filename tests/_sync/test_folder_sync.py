# Derived from tests/_async/test_folder_sync.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Making a knowledge base hold what a folder holds, against the sandbox."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from sensay_ext import (
    EntryRemoved,
    FileRejected,
    InvalidArgumentError,
    PartialFailure,
    Sensay,
    Text,
    TrainingTimeout,
    UploadProgress,
)
from sensay_ext.sandbox import Fault, Sandbox
from tests._sync.folders import empty, sync, write
from tests._sync.knowledge import CREATE, DELETE, LIST, TYPES, listed, titles
from tests.requests_seen import RequestsSince


class TestChanges:
    def test_a_folder_is_taken_in(self, sensay: Sensay, replica: UUID, folder: Path) -> None:
        write(folder, "shop/address.md", "The shop is in Harbour Street, behind the old customs house.")
        plan = sync(sensay, replica, folder)

        assert [action.kind for action in plan.actions] == ["add"] * 4
        assert titles(sensay, replica) == ["hours.md", "shop/address.md", "shop/prices.txt", "shop/workshop.md"]
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
        assert titles(sensay, replica) == ["hours.md", "news.md", "shop/prices.txt", "shop/workshop.md"]

    def test_the_old_goes_when_the_new_is_usable(
        self, sensay: Sensay, replica: UUID, folder: Path, sandbox: Sandbox
    ) -> None:
        sync(sensay, replica, folder)
        write(folder, "hours.md", "New hours. " * 20)
        plan = sensay.training.plan(replica, folder)
        report = sensay.training.apply(plan, max_wait=30)
        with pytest.raises(TrainingTimeout):
            report.raise_for_failures()
        assert (titles(sensay, replica)).count("hours.md") == 2

        again = sensay.training.plan(replica, folder)
        assert [(action.kind, action.entry is None) for action in again.changes] == [("replace", False)]
        seen = RequestsSince(sandbox)
        finished = sensay.training.apply(again)
        assert finished.removed == plan.changes[0].old
        assert seen.operations.keys() == {LIST, DELETE}
        assert (titles(sensay, replica)).count("hours.md") == 1

    def test_what_is_gone_stays_unless_it_is_to_be_pruned(self, sensay: Sensay, replica: UUID, folder: Path) -> None:
        sync(sensay, replica, folder)
        (folder / "hours.md").unlink()
        plan = sensay.training.plan(replica, folder)
        kept = sensay.training.apply(plan)
        assert "hours.md" in titles(sensay, replica)
        pruned = sensay.training.apply(plan, prune=True)

        assert [action.path for action in kept.kept] == ["hours.md"]
        assert (kept.removed, pruned.kept) == ((), ())
        assert pruned.removed == plan.removals[0].old
        assert titles(sensay, replica) == ["shop/prices.txt", "shop/workshop.md"]
        assert (sensay.training.plan(replica, folder)).changes == ()

    def test_an_empty_folder_wipes_nothing_without_being_told_to(
        self, sensay: Sensay, replica: UUID, folder: Path
    ) -> None:
        sync(sensay, replica, folder)
        empty(folder)
        sync(sensay, replica, folder)

        assert len(titles(sensay, replica)) == 3

    def test_what_comes_from_elsewhere_is_never_touched(self, sensay: Sensay, replica: UUID, folder: Path) -> None:
        sensay.training.train(replica, [Text("We are open from nine to five.", title="by hand")])
        sensay.knowledge_base.add_text(replica, "We are closed on Sunday.", title="plain")
        other = sensay.training.plan(replica, folder / "shop", name="other")
        sensay.training.apply(other)
        plan = sync(sensay, replica, folder, prune=True)

        assert plan.others == 4
        assert plan.removals == ()
        assert {"by hand", "plain", "prices.txt", "workshop.md", "shop/prices.txt"} <= set(titles(sensay, replica))

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
        assert "shop/hours.md" in titles(sensay, replica)

    def test_files_can_be_chosen(self, sensay: Sensay, replica: UUID, folder: Path) -> None:
        plan = sensay.training.plan(replica, folder, include="*.md", exclude=["shop/*"])

        assert [action.path for action in plan.actions] == ["hours.md"]

    def test_what_the_api_does_not_take_is_skipped(self, sensay: Sensay, replica: UUID, folder: Path) -> None:
        write(folder, "note.txt", "Too short.")
        write(folder, "program.exe", "No text at all.")
        plan = sync(sensay, replica, folder)

        assert plan.skipped[0].reason.startswith("it has 10 characters")
        assert [action.path for action in plan.skipped] == ["note.txt", "program.exe"]
        assert len(titles(sensay, replica)) == 3

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
        assert len(titles(sensay, replica)) == 3

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
        assert titles(sensay, replica) == ["shop/prices.txt", "shop/workshop.md"]

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

        assert len(titles(sensay, replica)) == 3
        assert (sensay.training.plan(replica, folder)).changes == ()


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
