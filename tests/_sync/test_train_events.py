# Derived from tests/_async/test_train_events.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""What is told while a replica is trained on many sources."""

from typing import Any
from uuid import UUID

from sensay_ext import (
    EntryDone,
    EntryFailed,
    EntryStalled,
    File,
    PollFailed,
    Progress,
    Sensay,
    SourceFailed,
    StatusChanged,
    Text,
    UploadProgress,
    YouTube,
)
from sensay_ext.sandbox import Fault, Sandbox
from tests._sync.knowledge import CREATE, LIST, PROSE


def test_everything_is_told(sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    told: list[Any] = []
    sandbox.stall_training("busy", operation="text")
    sandbox.fail_next(503, operation=LIST, times=0)
    sandbox.add_fault(Fault(status=503), operation=LIST, skip=2, times=3)
    sensay.training.train(replica, [Text("Open.", title="Hours"), File(PROSE, name="a.txt")], on_progress=told.append)
    kinds = {type(event) for event in told}

    assert kinds == {UploadProgress, StatusChanged, EntryStalled, EntryDone, PollFailed, Progress}
    assert all(str(event) for event in told)
    last = told[-1]
    assert isinstance(last, Progress)
    assert (last.done, last.pending, last.total) == (2, 0, 2)
    assert {event.label for event in told if isinstance(event, EntryDone)} == {"Hours", "a.txt"}


def test_a_failure_is_told_with_its_reason(sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    told: list[Any] = []
    sandbox.fail_training("cannot be read", operation="text")
    sensay.training.train(replica, [Text("Open.")], on_progress=told.append)

    (failed,) = [event for event in told if isinstance(event, EntryFailed)]
    assert failed.reason == "cannot be read"
    assert failed.fingerprint


def test_a_source_that_is_not_taken_is_told_once(sensay: Sensay, replica: UUID) -> None:
    told: list[Any] = []
    sensay.training.train(
        replica, [File(b"short", name="a.txt"), Text("Open.")], concurrency=1, on_progress=told.append
    )

    (failed,) = [event for event in told if isinstance(event, SourceFailed)]
    assert failed.label == "a.txt"
    assert str(failed) == "a.txt: failed: it has 5 characters; the API takes plain text of at least 50"


def test_a_playlist_of_which_some_is_not_taken_is_told(sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    told: list[Any] = []
    results = [
        {"enqueued": True, "type": "youtube", "knowledgeBaseID": 150_001},
        {"enqueued": False, "type": "youtube", "error": "too long"},
    ]
    sandbox.add_fault(Fault(status=207, body={"results": results}), operation=CREATE)
    playlist = YouTube("https://www.youtube.com/playlist?list=PLtold")
    report = sensay.training.train(replica, [playlist], max_wait=5, on_progress=told.append)

    (failed,) = [event for event in told if isinstance(event, SourceFailed)]
    assert failed.reason == "the API took 1 of 2 entries: too long"
    assert [entry.id for entry in report.outcomes[0].entries] == [150_001]
    assert report.outcomes[0].state == "failed"
