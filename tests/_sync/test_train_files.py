# Derived from tests/_async/test_train_files.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Training on files: what becomes of their entries when sending them is not easy."""

from collections.abc import Iterator
from uuid import UUID

from sensay_ext import File, RetryEvent, Sensay, Text, UploadError, UploadUrlExpired
from sensay_ext.sandbox import Fault, Sandbox
from tests._sync.knowledge import CREATE, DELETE, GET, PROSE, titles
from tests.clocks import FakeClock
from tests.requests_seen import RequestsSince


def test_an_upload_that_is_given_up_leaves_no_entry(
    sensay: Sensay, replica: UUID, sandbox: Sandbox, seen: RequestsSince
) -> None:
    sandbox.add_fault(Fault(connection="before"), operation="upload", times=3)
    report = sensay.training.train(replica, [File(PROSE, name="a.txt"), Text("Open.")])

    assert [outcome.state for outcome in report.outcomes] == ["failed", "done"]
    assert titles(sensay, replica) == ["Open."]
    assert seen.operations["upload"] == 3


def test_an_address_that_has_expired_is_asked_for_anew(
    sensay: Sensay, replica: UUID, sandbox: Sandbox, seen: RequestsSince
) -> None:
    told: list[RetryEvent] = []
    sandbox.expire_uploads(times=2)
    watched = sensay.with_options(on_retry=told.append)
    report = watched.training.train(replica, [File(PROSE, name="a.txt")])

    assert report.ok
    assert [(event.method, event.attempt, event.delay) for event in told] == [("PUT", 1, 0)] * 2
    assert all(isinstance(event.error, UploadUrlExpired) for event in told)
    assert titles(sensay, replica) == ["a.txt"]
    assert (seen.operations[CREATE], seen.operations[DELETE]) == (3, 2)


def test_addresses_that_keep_expiring_are_an_error(sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    sandbox.expire_uploads(times=3)
    report = sensay.training.train(replica, [File(PROSE, name="a.txt")])

    assert "the signed URL is too old" in report.outcomes[0].reason
    assert titles(sensay, replica) == []


def test_an_upload_whose_answer_is_lost_is_not_done_twice(sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    sandbox.add_fault(Fault(connection="unanswered"), operation="upload")
    report = sensay.training.train(replica, [File(PROSE, name="a.txt")])

    assert report.ok
    assert titles(sensay, replica) == ["a.txt"]


def test_an_upload_is_looked_for_before_it_is_given_up(
    sensay: Sensay, replica: UUID, sandbox: Sandbox, seen: RequestsSince
) -> None:
    sandbox.add_fault(Fault(connection="unanswered"), operation="upload")
    sandbox.add_fault(Fault(connection="before"), operation="upload", times=2)
    report = sensay.training.train(replica, [File(PROSE, name="a.txt")])

    assert report.ok
    assert (seen.operations["upload"], seen.operations[CREATE], seen.operations[DELETE]) == (3, 1, 0)


def test_an_upload_that_shows_late_is_found(
    sensay: Sensay, replica: UUID, sandbox: Sandbox, seen: RequestsSince, clock: FakeClock
) -> None:
    def pieces() -> Iterator[bytes]:
        sandbox.stale_reads(operation=GET, times=2)  # what is read from now on has the entry, and not its file
        yield PROSE

    sandbox.add_fault(Fault(connection="unanswered"), operation="upload")
    told: list[RetryEvent] = []
    file = File(pieces(), name="a.txt", size=len(PROSE))
    report = sensay.with_options(on_retry=told.append).training.train(replica, [file])

    assert [outcome.state for outcome in report.outcomes] == ["done"]
    assert clock.slept[:3] == [0, 2, 4]
    assert [(event.path, event.attempt, event.delay, event.repeats) for event in told] == [
        ("{signed_url}", 1, 2, False),
        ("{signed_url}", 1, 4, False),
    ]
    assert (seen.operations[CREATE], seen.operations[DELETE]) == (1, 0)


def test_an_upload_that_nobody_can_look_for_is_given_up(sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    sandbox.add_fault(Fault(connection="unanswered"), operation="upload")
    sandbox.add_fault(Fault(status=403), operation=GET)
    report = sensay.training.train(replica, [File(PROSE, name="a.txt")], max_retries=0)

    assert isinstance(report.outcomes[0].error, UploadError)
    assert report.outcomes[0].error.ambiguous
    assert titles(sensay, replica) == []


def test_a_slow_upload_ends_with_the_time_for_all(sensay: Sensay, replica: UUID, clock: FakeClock) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(10):
            clock.advance(10)
            yield PROSE

    file = File(pieces(), name="a.txt", size=10 * len(PROSE))
    report = sensay.training.train(replica, [file], max_wait=55)

    assert "a.txt: the time for it is over" in report.outcomes[0].reason
    assert titles(sensay, replica) == []


def test_a_file_that_can_be_read_only_once_is_sent(sensay: Sensay, replica: UUID) -> None:
    file = File(iter([PROSE, PROSE]), name="a.txt", size=2 * len(PROSE))
    report = sensay.training.train(replica, [file])

    assert report.ok


def test_a_file_can_be_added_as_what_it_is(sensay: Sensay, replica: UUID) -> None:
    entry = sensay.knowledge_base.add_file(replica, File(PROSE, name="a.txt", title="Workshop"))

    assert entry.type == "file"
    assert titles(sensay, replica) == ["Workshop"]
