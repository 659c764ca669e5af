# Derived from tests/_async/test_retry_failed.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Another try for entries that failed."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from sensay_ext import (
    FailedEntry,
    File,
    FileRejected,
    InvalidArgumentError,
    PartialFailure,
    Sensay,
    Text,
    TrainingFailed,
    Website,
)
from sensay_ext.sandbox import Fault, Sandbox
from tests.requests_seen import RequestsSince

PROSE = b"The workshop is in Harbour Street, behind the old customs house. " * 10


def statuses(sensay: Sensay, replica: UUID) -> list[tuple[str, str]]:
    """Type and status of what the knowledge base has."""
    return sorted([(str(item.type_), str(item.status)) for item in sensay.knowledge_base.list(replica)])


def test_a_text_is_processed_again(sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    sandbox.fail_training("too busy", operation="text")
    first = sensay.training.train(replica, [Text("We are open.", title="Hours"), Text("We are closed.")])
    report = sensay.knowledge_base.retry_failed(replica)

    assert (first.ok, report.ok) == (False, True)
    assert report.entries[0].id == first.failed[0].entries[0].id
    (outcome,) = report.outcomes
    assert isinstance(outcome.source, FailedEntry)
    assert outcome.source.label in {"Hours", "We are closed."}
    assert statuses(sensay, replica) == [("text", "VECTOR_CREATED")] * 2


def test_a_page_is_read_again(sensay: Sensay, replica: UUID) -> None:
    sensay.training.train(replica, [Website("https://example.com/a", auto_refresh=True, title="A")])
    before = [item for item in sensay.knowledge_base.list(replica)]
    report = sensay.knowledge_base.retry_failed(replica)
    after = [item for item in sensay.knowledge_base.list(replica)]

    assert not report.ok  # there is no network
    assert [item.id for item in before] != [item.id for item in after]
    assert [(item.title, item.website and item.website.auto_refresh) for item in after] == [("A", True)]


def test_a_video_that_has_captions_by_now(sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    sandbox.add_video("kkkkkkkkkkk", transcript=None)
    sensay.knowledge_base.add_url(replica, "https://youtu.be/kkkkkkkkkkk")
    sandbox.advance(600)
    sandbox.add_video("kkkkkkkkkkk", transcript="Oil the chain once a month.")
    report = sensay.knowledge_base.retry_failed(replica)

    assert report.ok
    assert statuses(sensay, replica) == [("youtube", "VECTOR_CREATED")]


class TestFiles:
    @pytest.fixture
    def failed(self, sensay: Sensay, replica: UUID, sandbox: Sandbox) -> UUID:
        """A replica with a file that could not be read."""
        sandbox.fail_training("file is empty", operation="file")
        sensay.training.train(replica, [File(PROSE, name="a.txt", title="Workshop")])
        return replica

    def test_a_file_is_needed_again(self, sensay: Sensay, failed: UUID) -> None:
        report = sensay.knowledge_base.retry_failed(failed)

        assert isinstance(report.outcomes[0].error, FileRejected)
        assert str(report.outcomes[0]) == "Workshop: a.txt: the API has no text of it; give the file again"
        with pytest.raises(TrainingFailed):
            report.raise_for_failures()

    def test_a_file_that_is_given_takes_its_place(self, sensay: Sensay, failed: UUID, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(PROSE + b"It is open.")
        report = sensay.knowledge_base.retry_failed(failed, files=[path, File(PROSE, name="b.txt")])

        assert report.ok
        assert statuses(sensay, failed) == [("file", "VECTOR_CREATED")]

    def test_a_file_whose_text_is_known_need_not_be_sent(self, sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
        sandbox.fail_training("too busy", operation="file", skip=1)
        sensay.training.train(replica, [File(PROSE, name="a.txt")])
        seen = RequestsSince(sandbox)
        report = sensay.knowledge_base.retry_failed(replica)

        assert report.ok
        assert seen.operations["upload"] == 0


def test_a_long_text_that_may_be_cut_is_not_taken_for_whole(sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    sandbox.fail_training("too busy", operation="text", times=2)
    long = "The zebra sleeps in the third stable. " * 3000
    marked = sensay.knowledge_base.add(replica, Text(long))
    plain = sensay.knowledge_base.add_text(replica, long[:20_000])
    sandbox.advance(600)
    report = sensay.knowledge_base.retry_failed(replica)

    assert {str(outcome.error) for outcome in report.failed} == {
        "the API does not show all of its text; train on it again"
    }
    assert len(report.failed) == 2
    assert {marked.id, plain.id} == {item.id for item in sensay.knowledge_base.list(replica)}


def test_a_failure_hides_no_success(sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    sandbox.fail_training("too busy", operation="text", times=3)
    sensay.training.train(replica, [Text(f"This is text {n}.") for n in range(3)])
    sandbox.add_fault(Fault(status=404), operation="update_replica_knowledge_base")
    report = sensay.knowledge_base.retry_failed(replica, concurrency=1)

    assert sorted(outcome.state for outcome in report.outcomes) == ["done", "done", "failed"]
    with pytest.raises(PartialFailure):
        report.raise_for_failures()


def test_a_file_that_is_none_is_refused_before_anything_is_asked(
    sensay: Sensay, replica: UUID, seen: RequestsSince
) -> None:
    with pytest.raises(InvalidArgumentError, match="name is needed"):
        sensay.knowledge_base.retry_failed(replica, files=[""])

    assert seen.all == []


def test_where_nothing_failed_there_is_nothing_to_do(sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    sensay.training.train(replica, [Text("Open.")])
    seen = RequestsSince(sandbox)
    report = sensay.knowledge_base.retry_failed(replica)

    assert (report.ok, report.outcomes) == (True, ())
    assert seen.operations == {"list_replica_knowledge_base": 1}


@pytest.mark.parametrize("lost", [Fault(connection="unanswered"), Fault(connection="before")], ids=str)
def test_a_lost_answer_does_no_harm(lost: Any, sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    sandbox.fail_training("too busy", operation="text")
    sensay.training.train(replica, [Text("Open.")])
    sandbox.add_fault(lost, operation="update_replica_knowledge_base")
    report = sensay.knowledge_base.retry_failed(replica)

    assert report.ok
