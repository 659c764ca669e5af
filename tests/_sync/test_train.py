# Derived from tests/_async/test_train.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Training on many sources: what becomes of each, what is sent, and when it ends."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from sensay_ext import (
    AuthenticationError,
    BadRequestError,
    File,
    FileRejected,
    InvalidArgumentError,
    NotFoundError,
    PartialFailure,
    QuotaExceededError,
    Sensay,
    Source,
    Text,
    TrainingFailed,
    TrainingTimeout,
    Website,
    YouTube,
)
from sensay_ext.sandbox import Fault, Sandbox
from tests._sync.knowledge import CREATE, LIST, PROSE
from tests.clocks import FakeClock
from tests.requests_seen import RequestsSince


class TestOutcomes:
    def test_all_kinds_of_sources_become_usable(
        self, sensay: Sensay, replica: UUID, sandbox: Sandbox, tmp_path: Path
    ) -> None:
        sandbox.add_video("aaaaaaaaaaa", transcript="Turn the wheel until it runs true.", title="Wheels")
        sandbox.add_video("bbbbbbbbbbb", transcript="Oil the chain once a month.", title="Chains")
        sandbox.add_playlist("PLcare", ["aaaaaaaaaaa", "bbbbbbbbbbb"])
        path = tmp_path / "workshop.md"
        path.write_bytes(PROSE)
        sources: list[Source] = [
            Text("We are open from nine to five.", title="Hours"),
            File(path),
            File(PROSE, name="bytes.txt"),
            YouTube("https://www.youtube.com/playlist?list=PLcare"),
        ]
        report = sensay.training.train(replica, sources)

        assert report.ok
        assert [outcome.source for outcome in report.outcomes] == sources
        assert [len(outcome.entries) for outcome in report.outcomes] == [1, 1, 1, 2]
        assert {entry.status for entry in report.entries} == {"VECTOR_CREATED"}
        assert str(report).startswith("4 sources in ")
        answer = sensay.chat.complete(replica, "Where is the workshop?")
        assert "Harbour Street" in answer.content

    def test_a_failure_hides_no_success(self, sensay: Sensay, replica: UUID) -> None:
        sources: list[Source] = [
            Text("Open on Monday."),
            File(b"short", name="a.txt"),
            Website("https://example.com"),
            Text("Two."),
        ]
        report = sensay.training.train(replica, sources)

        assert [outcome.state for outcome in report.outcomes] == ["done", "failed", "failed", "done"]
        assert [outcome.source for outcome in report.failed] == sources[1:3]
        assert isinstance(report.outcomes[1].error, FileRejected)
        assert report.outcomes[2].entries[0].status == "UNPROCESSABLE"
        assert "a.txt: it has 5 characters" in str(report.outcomes[1])
        with pytest.raises(PartialFailure, match=r"2 of 4 sources are not usable: a\.txt: it has") as caught:
            report.raise_for_failures()
        assert caught.value.entries == report.outcomes[2].entries
        assert caught.value.__cause__ is report.outcomes[1].error

    def test_when_all_fail_that_is_the_error(self, sensay: Sensay, replica: UUID) -> None:
        report = sensay.training.train(replica, [File(b"short", name="a.txt")])

        with pytest.raises(TrainingFailed, match="1 of 1 sources are not usable"):
            report.raise_for_failures()

    def test_what_the_api_refuses_in_its_answer_is_a_failure(
        self, sensay: Sensay, replica: UUID, sandbox: Sandbox, secret: str
    ) -> None:
        refused = {"results": [{"enqueued": False, "type": "text", "error": f"too dull: {secret}"}]}
        sandbox.add_fault(Fault(status=207, body=refused), operation=CREATE)
        report = sensay.training.train(replica, [Text("Dull.")])

        assert [str(outcome) for outcome in report.outcomes] == ["Dull.: the API did not take it: too dull: [redacted]"]

    def test_some_videos_of_a_playlist_may_fail(self, sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
        sandbox.add_video("ccccccccccc", transcript="Oil the chain once a month.")
        sandbox.add_video("ddddddddddd", transcript=None)
        sandbox.add_playlist("PLhalf", ["ccccccccccc", "ddddddddddd"])
        report = sensay.training.train(replica, [YouTube("https://www.youtube.com/playlist?list=PLhalf")])

        assert [entry.outcome for entry in report.entries] == ["done", "failed"]
        assert "transcript-unavailable" in report.outcomes[0].reason

    def test_nothing_to_train_on_is_no_failure(self, sensay: Sensay, replica: UUID) -> None:
        report = sensay.training.train(replica, [])

        assert (report.ok, report.outcomes) == (True, ())
        report.raise_for_failures()

    def test_what_is_no_source_is_said_of_that_one(self, sensay: Sensay, replica: UUID) -> None:
        sources: list[Any] = ["We are open.", Text("We are closed.")]
        report = sensay.training.train(replica, iter(sources))

        assert isinstance(report.outcomes[0].error, InvalidArgumentError)
        assert str(report.outcomes[0]) == "a str: a source is one of Text, File, Website, YouTube, not str"
        assert report.outcomes[1].ok

    def test_the_api_can_be_left_to_judge(self, sensay: Sensay, replica: UUID) -> None:
        trusting = sensay.with_options(validate=False)
        files = [File(b"short", name="a.txt"), File(b"What is it? " * 9, name="a.exe")]
        report = trusting.training.train(replica, [Text(""), *files, Text("Open.")])

        assert [outcome.state for outcome in report.outcomes] == ["failed", "failed", "failed", "done"]
        assert isinstance(report.outcomes[0].error, BadRequestError)
        assert report.outcomes[1].entries[0].status == "UNPROCESSABLE"
        assert "Files of type .exe are not supported" in str(report.outcomes[2].error)

    def test_ready_can_be_waited_for(self, sensay: Sensay, replica: UUID) -> None:
        report = sensay.training.train(replica, [Text("Open.")], until="ready", max_wait=None)

        assert [status for status, _ in report.entries[0].timings][-2:] == ["VECTOR_CREATED", "READY"]
        assert 4 * 3600 < report.elapsed < 4.5 * 3600


class TestEnd:
    def test_the_time_is_limited_and_begins_with_the_training(
        self, sensay: Sensay, replica: UUID, clock: FakeClock
    ) -> None:
        began = clock.now()
        report = sensay.training.train(replica, [Text("Open.")], max_wait=30)

        assert clock.now() - began == pytest.approx(30)
        assert [outcome.state for outcome in report.unfinished] == ["pending"]
        assert "it is at PROCESSED_TEXT" in report.outcomes[0].reason
        with pytest.raises(TrainingTimeout, match="1 of 1 sources") as caught:
            report.raise_for_failures()
        assert caught.value.elapsed == pytest.approx(30)

    def test_the_client_has_a_default(self, sensay: Sensay, replica: UUID) -> None:
        report = sensay.with_options(max_wait=12).training.train(replica, [Text("Open.")])

        assert report.elapsed == pytest.approx(12)

    def test_what_is_not_sent_in_time_is_not_sent_any_more(
        self, sensay: Sensay, replica: UUID, clock: FakeClock, sandbox: Sandbox
    ) -> None:
        def slow() -> Iterator[Source]:
            for number in range(4):
                yield Text(f"Number {number}.")
                clock.advance(40)
                sandbox.advance(40)

        report = sensay.training.train(replica, slow(), max_wait=90, concurrency=1)

        assert [outcome.state for outcome in report.outcomes] == ["done", "done", "done", "unsent"]
        assert report.outcomes[3].reason == "it was not sent any more"
        with pytest.raises(TrainingTimeout):
            report.raise_for_failures()

    def test_it_can_end_at_the_first_failure(self, sensay: Sensay, replica: UUID, clock: FakeClock) -> None:
        sources: list[Source] = [Text("One."), File(b"short", name="a.txt"), Text("Three.")]
        report = sensay.training.train(replica, sources, return_when="first_failure", concurrency=1)

        assert [outcome.state for outcome in report.outcomes] == ["pending", "failed", "unsent"]
        assert clock.slept == []
        with pytest.raises(PartialFailure, match="3 of 3 sources"):
            report.raise_for_failures()

    def test_it_can_end_at_the_first_entry_that_fails(self, sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
        sandbox.fail_training("cannot be read", operation="text", times=1)
        report = sensay.training.train(
            replica, [Text("One."), Text("Two.")], until="ready", return_when="first_failure"
        )

        assert sorted(outcome.state for outcome in report.outcomes) == ["failed", "pending"]
        assert report.elapsed < 60

    def test_it_can_end_at_a_failure_that_is_seen_while_sources_are_sent(
        self, sensay: Sensay, replica: UUID, sandbox: Sandbox, clock: FakeClock
    ) -> None:
        def slow() -> Iterator[Source]:
            for number in range(4):
                yield Text(f"Number {number}.")
                clock.advance(60)
                sandbox.advance(60)

        sandbox.fail_training("cannot be read", operation="text", times=1)
        report = sensay.training.train(replica, slow(), return_when="first_failure", concurrency=1)

        assert [outcome.state for outcome in report.outcomes] == ["failed", "done", "unsent", "unsent"]

    def test_what_would_happen_to_every_source_ends_it(
        self, sensay: Sensay, replica: UUID, sandbox: Sandbox, secret: str, seen: RequestsSince
    ) -> None:
        sandbox.set_quotas(entries=1, secret=secret)
        report = sensay.training.train(replica, [Text(f"Number {n}.") for n in range(5)], concurrency=1)

        assert [outcome.state for outcome in report.outcomes] == ["done", "failed", "unsent", "unsent", "unsent"]
        assert isinstance(report.failed[0].error, QuotaExceededError)
        assert seen.operations[CREATE] == 2

    def test_a_replica_that_is_not_there_is_an_error(self, sensay: Sensay) -> None:
        with pytest.raises(NotFoundError):
            sensay.training.train(UUID(int=7), [Text("Open.")])

    def test_a_wait_that_is_refused_is_an_error(self, sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
        sandbox.add_fault(Fault(status=401), operation=LIST, skip=1)

        with pytest.raises(AuthenticationError):
            sensay.training.train(replica, [Text("Open.")])

    @pytest.mark.parametrize(
        ("option", "value"),
        [
            ("until", "soon"),
            ("return_when", "later"),
            ("max_wait", 0),
            ("max_wait", float("nan")),
            ("poll_interval", -1),
            ("poll_interval", float("inf")),
            ("stall_after", 0),
            ("concurrency", 0),
        ],
    )
    def test_options_that_cannot_work_are_refused(
        self, option: str, value: object, sensay: Sensay, replica: UUID, seen: RequestsSince
    ) -> None:
        options: dict[str, Any] = {option: value}
        with pytest.raises(InvalidArgumentError, match=option):
            sensay.training.train(replica, [Text("Open.")], **options)
        assert seen.all == []

    def test_a_misspelt_option_is_refused(self, sensay: Sensay, replica: UUID) -> None:
        options: dict[str, Any] = {"max_weight": 1}
        with pytest.raises(TypeError, match="max_weight"):
            sensay.training.train(replica, [Text("Open.")], **options)
