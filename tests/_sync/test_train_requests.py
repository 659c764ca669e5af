# Derived from tests/_async/test_train_requests.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Training on many sources: what is asked of the API, and what is not asked again."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sensay_ext import EntryDone, File, Sensay, Source, Text, Website, YouTube
from sensay_ext.sandbox import Fault, Sandbox
from tests._sync.knowledge import CREATE, GET, LIST, PROSE, titles
from tests.clocks import FakeClock
from tests.requests_seen import RequestsSince


def test_a_text_costs_one_request_and_waiting_one_for_all(
    sensay: Sensay, replica: UUID, seen: RequestsSince, clock: FakeClock
) -> None:
    sensay.training.train(replica, [Text(f"Number {n}.") for n in range(20)], poll_interval=10)

    looks = len(clock.slept) + 1
    assert seen.operations == {CREATE: 20, LIST: 1 + looks}
    assert clock.slept == [10] * 5


def test_files_cost_two_and_the_list_of_types_one(sensay: Sensay, replica: UUID, seen: RequestsSince) -> None:
    files = [File(PROSE + bytes([65 + n]), name=f"{n}.txt") for n in range(5)]
    sensay.training.train(replica, files, concurrency=1)

    operations = seen.operations
    del operations[LIST]
    assert operations == {CREATE: 5, "upload": 5, "list_knowledge_base_file_types": 1}


def test_a_second_run_sends_nothing_again(sensay: Sensay, replica: UUID, sandbox: Sandbox, seen: RequestsSince) -> None:
    sandbox.add_video("eeeeeeeeeee", transcript="Oil the chain once a month.")
    sources: list[Source] = [
        Text("Open.", title="Hours"),
        File(PROSE, name="a.txt"),
        Website("https://example.org/a"),
        YouTube("https://youtu.be/eeeeeeeeeee"),
    ]
    first = sensay.training.train(replica, [*sources[:2], sources[3]])
    sensay.training.train(replica, sources, max_wait=5)
    seen.forget()
    again = sensay.training.train(replica, [*sources[:2], sources[3]])

    assert {entry.id for entry in again.entries} == {entry.id for entry in first.entries}
    assert seen.operations.keys() <= {LIST, "list_knowledge_base_file_types", "get_replica_knowledge_base"}


def test_what_a_list_shows_although_it_is_gone_is_sent_again(
    sensay: Sensay, replica: UUID, sandbox: Sandbox, seen: RequestsSince
) -> None:
    first = sensay.training.train(replica, [Text("Open.")])
    sandbox.stale_reads(operation=LIST)
    sensay.knowledge_base.delete(replica, first.entries[0].id)
    seen.forget()
    second = sensay.training.train(replica, [Text("Open.")])

    assert second.ok
    assert {entry.id for entry in second.entries}.isdisjoint(entry.id for entry in first.entries)
    assert seen.operations[GET] == seen.operations[CREATE] == 1


def test_what_is_given_twice_is_sent_once(sensay: Sensay, replica: UUID, seen: RequestsSince) -> None:
    report = sensay.training.train(replica, [Text("Open."), Text("Open.")], concurrency=1)

    assert report.outcomes[0].entries[0].id == report.outcomes[1].entries[0].id
    assert seen.operations[CREATE] == 1


def test_a_file_of_the_same_content_under_another_name_is_another(
    sensay: Sensay, replica: UUID, seen: RequestsSince
) -> None:
    sensay.training.train(replica, [File(PROSE, name="a.txt"), File(PROSE, name="b.md")])

    assert seen.operations[CREATE] == 2


def test_what_failed_before_is_tried_again_and_replaced(sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    sandbox.fail_training("cannot be read", operation="text")
    first = sensay.training.train(replica, [Text("Open.")])
    second = sensay.training.train(replica, [Text("Open.")])

    assert (first.ok, second.ok) == (False, True)
    assert titles(sensay, replica) == ["Open."]


def test_a_playlist_that_has_grown_is_completed(sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
    for letter in "fgh":
        sandbox.add_video(letter * 11, transcript=f"Advice {letter}: oil the chain once a month.")
    sandbox.add_playlist("PLgrow", ["f" * 11, "g" * 11])
    source = YouTube("https://www.youtube.com/playlist?list=PLgrow")
    first = sensay.training.train(replica, [source])
    sandbox.add_playlist("PLgrow", ["f" * 11, "g" * 11, "h" * 11])
    second = sensay.training.train(replica, [source])

    assert (first.ok, second.ok) == (True, True)
    assert len({entry.id for entry in second.entries} - {entry.id for entry in first.entries}) == 1
    assert len(titles(sensay, replica)) == 3


def test_looks_are_taken_while_sources_are_still_sent(
    sensay: Sensay, replica: UUID, clock: FakeClock, sandbox: Sandbox
) -> None:
    told: list[object] = []

    def slow() -> Iterator[Source]:
        for number in range(4):
            yield Text(f"Number {number}.")
            clock.advance(60)
            sandbox.advance(60)
            told.append(number)

    sensay.training.train(replica, slow(), concurrency=1, on_progress=told.append)
    first_done = next(place for place, event in enumerate(told) if isinstance(event, EntryDone))

    assert first_done < told.index(3)


def test_a_list_that_moves_while_it_is_read_is_read_again(
    sensay: Sensay, replica: UUID, sandbox: Sandbox, seen: RequestsSince
) -> None:
    texts = [Text("Open."), Text("Closed.")]
    sensay.training.train(replica, texts)
    whole: Any = (sensay.request("GET", f"/v1/replicas/{replica}/knowledge-base")).parsed
    _let_move(sandbox, whole)
    seen.forget()
    report = sensay.training.train(replica, texts)

    assert report.ok
    assert seen.operations[CREATE] == 0


def test_a_list_that_never_stands_still_is_read_to_some_end(
    sensay: Sensay, replica: UUID, sandbox: Sandbox, seen: RequestsSince
) -> None:
    sensay.training.train(replica, [Text("Open.")])
    whole: Any = (sensay.request("GET", f"/v1/replicas/{replica}/knowledge-base")).parsed
    for _ in range(4):
        _let_move(sandbox, whole)
    seen.forget()
    report = sensay.training.train(replica, [Text("Open.")])

    assert report.ok
    assert (seen.operations[LIST], seen.operations[CREATE]) == (2 * 4 + 1, 0)


def _let_move(sandbox: Sandbox, whole: Any) -> None:
    """Remove an entry between two pages, so that the next one moves up to the page that has been read."""
    for moved in ({"items": whole["items"][:1], "total": 3}, {"items": [], "total": 2}):
        sandbox.add_fault(Fault(status=200, body={**whole, **moved}), operation=LIST)
