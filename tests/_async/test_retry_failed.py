"""Another try for entries that failed."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from sensay_ext import (
    AsyncSensay,
    FailedEntry,
    File,
    FileRejected,
    InvalidArgumentError,
    PartialFailure,
    Text,
    TrainingFailed,
    Website,
)
from sensay_ext.sandbox import Fault, Sandbox
from tests.requests_seen import RequestsSince

pytestmark = pytest.mark.anyio

PROSE = b"The workshop is in Harbour Street, behind the old customs house. " * 10


async def statuses(sensay: AsyncSensay, replica: UUID) -> list[tuple[str, str]]:
    """Type and status of what the knowledge base has."""
    return sorted([(str(item.type_), str(item.status)) async for item in sensay.knowledge_base.list(replica)])


async def test_a_text_is_processed_again(sensay: AsyncSensay, replica: UUID, sandbox: Sandbox) -> None:
    sandbox.fail_training("too busy", operation="text")
    first = await sensay.training.train(replica, [Text("We are open.", title="Hours"), Text("We are closed.")])
    report = await sensay.knowledge_base.retry_failed(replica)

    assert (first.ok, report.ok) == (False, True)
    assert report.entries[0].id == first.failed[0].entries[0].id
    (outcome,) = report.outcomes
    assert isinstance(outcome.source, FailedEntry)
    assert outcome.source.label in {"Hours", "We are closed."}
    assert await statuses(sensay, replica) == [("text", "VECTOR_CREATED")] * 2


async def test_a_page_is_read_again(sensay: AsyncSensay, replica: UUID) -> None:
    await sensay.training.train(replica, [Website("https://example.com/a", auto_refresh=True, title="A")])
    before = [item async for item in sensay.knowledge_base.list(replica)]
    report = await sensay.knowledge_base.retry_failed(replica)
    after = [item async for item in sensay.knowledge_base.list(replica)]

    assert not report.ok  # there is no network
    assert [item.id for item in before] != [item.id for item in after]
    assert [(item.title, item.website and item.website.auto_refresh) for item in after] == [("A", True)]


async def test_a_video_that_has_captions_by_now(sensay: AsyncSensay, replica: UUID, sandbox: Sandbox) -> None:
    sandbox.add_video("kkkkkkkkkkk", transcript=None)
    await sensay.knowledge_base.add_url(replica, "https://youtu.be/kkkkkkkkkkk")
    sandbox.advance(600)
    sandbox.add_video("kkkkkkkkkkk", transcript="Oil the chain once a month.")
    report = await sensay.knowledge_base.retry_failed(replica)

    assert report.ok
    assert await statuses(sensay, replica) == [("youtube", "VECTOR_CREATED")]


class TestFiles:
    @pytest.fixture
    async def failed(self, sensay: AsyncSensay, replica: UUID, sandbox: Sandbox) -> UUID:
        """A replica with a file that could not be read."""
        sandbox.fail_training("file is empty", operation="file")
        await sensay.training.train(replica, [File(PROSE, name="a.txt", title="Workshop")])
        return replica

    async def test_a_file_is_needed_again(self, sensay: AsyncSensay, failed: UUID) -> None:
        report = await sensay.knowledge_base.retry_failed(failed)

        assert isinstance(report.outcomes[0].error, FileRejected)
        assert str(report.outcomes[0]) == "Workshop: a.txt: the API has no text of it; give the file again"
        with pytest.raises(TrainingFailed):
            report.raise_for_failures()

    async def test_a_file_that_is_given_takes_its_place(
        self, sensay: AsyncSensay, failed: UUID, tmp_path: Path
    ) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(PROSE + b"It is open.")
        report = await sensay.knowledge_base.retry_failed(failed, files=[path, File(PROSE, name="b.txt")])

        assert report.ok
        assert await statuses(sensay, failed) == [("file", "VECTOR_CREATED")]

    async def test_a_file_whose_text_is_known_need_not_be_sent(
        self, sensay: AsyncSensay, replica: UUID, sandbox: Sandbox
    ) -> None:
        sandbox.fail_training("too busy", operation="file", skip=1)
        await sensay.training.train(replica, [File(PROSE, name="a.txt")])
        seen = RequestsSince(sandbox)
        report = await sensay.knowledge_base.retry_failed(replica)

        assert report.ok
        assert seen.operations["upload"] == 0


async def test_a_long_text_that_may_be_cut_is_not_taken_for_whole(
    sensay: AsyncSensay, replica: UUID, sandbox: Sandbox
) -> None:
    sandbox.fail_training("too busy", operation="text", times=2)
    long = "The zebra sleeps in the third stable. " * 3000
    marked = await sensay.knowledge_base.add(replica, Text(long))
    plain = await sensay.knowledge_base.add_text(replica, long[:20_000])
    sandbox.advance(600)
    report = await sensay.knowledge_base.retry_failed(replica)

    assert {str(outcome.error) for outcome in report.failed} == {
        "the API does not show all of its text; train on it again"
    }
    assert len(report.failed) == 2
    assert {marked.id, plain.id} == {item.id async for item in sensay.knowledge_base.list(replica)}


async def test_a_failure_hides_no_success(sensay: AsyncSensay, replica: UUID, sandbox: Sandbox) -> None:
    sandbox.fail_training("too busy", operation="text", times=3)
    await sensay.training.train(replica, [Text(f"This is text {n}.") for n in range(3)])
    sandbox.add_fault(Fault(status=404), operation="update_replica_knowledge_base")
    report = await sensay.knowledge_base.retry_failed(replica, concurrency=1)

    assert sorted(outcome.state for outcome in report.outcomes) == ["done", "done", "failed"]
    with pytest.raises(PartialFailure):
        report.raise_for_failures()


async def test_a_file_that_is_none_is_refused_before_anything_is_asked(
    sensay: AsyncSensay, replica: UUID, seen: RequestsSince
) -> None:
    with pytest.raises(InvalidArgumentError, match="name is needed"):
        await sensay.knowledge_base.retry_failed(replica, files=[""])

    assert seen.all == []


async def test_where_nothing_failed_there_is_nothing_to_do(
    sensay: AsyncSensay, replica: UUID, sandbox: Sandbox
) -> None:
    await sensay.training.train(replica, [Text("Open.")])
    seen = RequestsSince(sandbox)
    report = await sensay.knowledge_base.retry_failed(replica)

    assert (report.ok, report.outcomes) == (True, ())
    assert seen.operations == {"list_replica_knowledge_base": 1}


@pytest.mark.parametrize("lost", [Fault(connection="unanswered"), Fault(connection="before")], ids=str)
async def test_a_lost_answer_does_no_harm(lost: Any, sensay: AsyncSensay, replica: UUID, sandbox: Sandbox) -> None:
    sandbox.fail_training("too busy", operation="text")
    await sensay.training.train(replica, [Text("Open.")])
    sandbox.add_fault(lost, operation="update_replica_knowledge_base")
    report = await sensay.knowledge_base.retry_failed(replica)

    assert report.ok
