"""Texts on their way to being learnt."""

import re
from datetime import timedelta
from typing import Any

import pytest

from sensay_ext.sandbox import Sandbox, Timings, serve
from tests.sandbox.api import Api

_TEXT = (
    "Our company was founded in 2020. We specialize in customer service solutions. "
    "Our business hours are Monday to Friday, 9 AM to 5 PM Eastern Time. "
    "We offer a 30-day money-back guarantee on all our products."
)


def _statuses(api: Api, replica: str, number: int, moments: list[float]) -> list[str]:
    seen = [api.entry(replica, number)["status"]]
    for moment in moments:
        api.sandbox.advance(moment)
        seen.append(api.entry(replica, number)["status"])
    return seen


def test_a_text_goes_through_all_statuses_of_a_text(api: Api) -> None:
    replica = api.replica()
    result = api.add(replica, text=_TEXT)

    assert result == {"type": "text", "enqueued": True, "knowledgeBaseID": result["knowledgeBaseID"]}
    assert _statuses(api, replica, result["knowledgeBaseID"], [19.9, 0.1, 27.9, 0.1, 4 * 3600]) == [
        "RAW_TEXT",
        "RAW_TEXT",
        "PROCESSED_TEXT",
        "PROCESSED_TEXT",
        "VECTOR_CREATED",
        "READY",
    ]


def test_each_step_leaves_what_it_is_for(api: Api) -> None:
    replica = api.replica()
    number = api.add(replica, text=_TEXT, title="Hours")["knowledgeBaseID"]
    raw = api.entry(replica, number)
    assert (raw["rawText"], raw["title"], raw["replicaUUID"]) == (_TEXT, "Hours", replica)
    assert not raw.keys() & {"summary", "generatedTitle", "rawTextChunks", "generatedFacts", "language"}

    api.sandbox.advance(20)

    processed = api.entry(replica, number)
    assert processed["generatedTitle"] == "Our company was founded in 2020"
    assert processed["language"] == "en"
    assert "Our business hours are Monday to Friday, 9 AM to 5 PM Eastern Time." in processed["generatedFacts"]
    assert processed["summary"] in _TEXT
    (chunk,) = processed["rawTextChunks"]
    assert chunk == {"content": _TEXT, "chunkIndex": 0, "chunkChars": len(_TEXT), "chunkTokens": 52}
    assert processed["updatedAt"] > processed["createdAt"]


def test_an_entry_answers_from_the_moment_its_vector_is_created(api: Api) -> None:
    replica = api.replica()
    api.add(replica, text=_TEXT)
    api.sandbox.advance(47)
    assert "enough information" in api.ask(replica, "What are your business hours?")

    api.sandbox.advance(1)

    assert api.ask(replica, "What are your business hours?") == (
        "Our business hours are Monday to Friday, 9 AM to 5 PM Eastern Time."
    )


def test_a_long_jump_takes_every_step_at_its_own_time(api: Api) -> None:
    replica = api.replica()
    number = api.add(replica, text=_TEXT)["knowledgeBaseID"]
    api.sandbox.advance(7 * 24 * 3600)

    entry = api.entry(replica, number)

    assert entry["status"] == "READY"
    expected = api.sandbox.now() - timedelta(days=7) + timedelta(seconds=48, hours=4)
    assert entry["updatedAt"] == expected.isoformat(timespec="microseconds")


def test_an_empty_text_cannot_be_processed(api: Api) -> None:
    replica = api.replica()
    number = api.add(replica, text=" \n ")["knowledgeBaseID"]
    api.sandbox.advance(20)

    entry = api.entry(replica, number)

    assert entry["status"] == "UNPROCESSABLE"
    assert entry["error"]["message"] == "The text is empty"
    assert re.fullmatch("[0-9a-f]{32}", entry["error"]["fingerprint"])


@pytest.mark.parametrize("body", [{}, {"title": "Only"}, {"text": "One", "filename": "two.txt"}])
def test_a_body_must_say_one_thing_to_add(api: Api, body: dict[str, Any]) -> None:
    result = api.add(api.replica(), **body)

    assert result["enqueued"] is False
    assert "Exactly one" in result["error"]


def test_the_same_text_twice_makes_two_entries(api: Api) -> None:
    replica = api.replica()

    first, second = (api.add(replica, text=_TEXT)["knowledgeBaseID"] for _ in range(2))

    assert first != second
    assert api("GET", f"/replicas/{replica}/knowledge-base")["total"] == 2


def test_a_stalled_entry_keeps_its_status_and_shows_an_error_until_it_goes_on(sandbox: Sandbox, api: Api) -> None:
    replica = api.replica()
    number = api.add(replica, text=_TEXT)["knowledgeBaseID"]
    rule = sandbox.stall_training("The queue is full", entry=number, times=2)

    sandbox.advance(20)
    stalled = api.entry(replica, number)
    assert (stalled["status"], stalled["error"]["message"]) == ("RAW_TEXT", "The queue is full")
    assert api("GET", f"/replicas/{replica}/knowledge-base?hasError=true")["total"] == 1

    sandbox.advance(120)
    going = api.entry(replica, number)
    assert going["status"] == "PROCESSED_TEXT"
    assert "error" not in going
    assert rule.hits == 2


def test_an_entry_can_be_made_to_fail(sandbox: Sandbox, api: Api) -> None:
    replica = api.replica()
    number = api.add(replica, text=_TEXT)["knowledgeBaseID"]
    sandbox.fail_training("No way", operation="file", entry=number)
    sandbox.fail_training("Not this one", operation="text", entry=number, skip=1)

    sandbox.advance(48)

    entry = api.entry(replica, number)
    assert (entry["status"], entry["error"]["message"]) == ("UNPROCESSABLE", "Not this one")
    assert "enough information" in api.ask(replica, "What are your business hours?")


def test_the_list_is_filtered_sorted_and_paged(api: Api) -> None:
    replica = api.replica()
    first = api.learn(replica, _TEXT, title="Alpha")
    second = api.add(replica, text="The cafeteria serves lunch at noon every day.", title="Beta")["knowledgeBaseID"]
    third = api.add(replica, filename="report.pdf", title="Gamma")["knowledgeBaseID"]

    def listed(query: str) -> list[int]:
        return [item["id"] for item in api("GET", f"/replicas/{replica}/knowledge-base?{query}")["items"]]

    assert listed("") == [third, second, first]
    assert listed("sortOrder=asc") == [first, second, third]
    assert listed("status=VECTOR_CREATED&status=READY") == listed("status=VECTOR_CREATED,READY") == [first]
    assert listed("type=file,website") == [third]
    assert listed("search=CAFETERIA") == listed("search=Beta") == [second]
    assert listed("search=report.pdf") == [third]
    assert listed("hasError=false&pageSize=2&page=2") == [first]
    empty = api("GET", f"/replicas/{replica}/knowledge-base?pageSize=0")
    assert (empty["items"], empty["total"]) == ([], 3)
    for bad in ("status=PROCESSING", "search=ab", "pageSize=101", "page=0", "hasError=yes"):
        api("GET", f"/replicas/{replica}/knowledge-base?{bad}", expect=400)


@pytest.mark.parametrize("number", ["0", "-1", str(10**40)])
def test_an_entry_that_does_not_exist_is_not_found(api: Api, number: str) -> None:
    replica = api.replica()

    for method, body in (("GET", None), ("DELETE", None), ("PATCH", {"title": "New"})):
        api(method, f"/replicas/{replica}/knowledge-base/{number}", body, expect=404)


def test_an_entry_belongs_to_its_replica_only(api: Api) -> None:
    number = api.learn(api.replica(), _TEXT)

    api("GET", f"/replicas/{api.replica()}/knowledge-base/{number}", expect=404)


@pytest.mark.parametrize("status", ["RAW_TEXT", "VECTOR_CREATED"])
def test_an_entry_is_deleted_at_once_until_it_is_optimised(api: Api, status: str) -> None:
    replica = api.replica()
    number = api.add(replica, text=_TEXT)["knowledgeBaseID"]
    api.sandbox.advance(0 if status == "RAW_TEXT" else 48)
    path = f"/replicas/{replica}/knowledge-base"

    api("DELETE", f"{path}/{number}")

    assert api("GET", path)["total"] == 0
    api("DELETE", f"{path}/{number}", expect=404)
    api.sandbox.advance(48)
    assert "enough information" in api.ask(replica, "What are your business hours?")


def test_an_optimised_entry_is_deleted_by_and_by(api: Api) -> None:
    replica = api.replica()
    number = api.learn(replica, _TEXT)
    api.sandbox.advance(4 * 3600)
    path = f"/replicas/{replica}/knowledge-base"

    accepted = api("DELETE", f"{path}/{number}", expect=202)

    assert accepted["message"]
    api("GET", f"{path}/{number}", expect=404)
    assert "enough information" in api.ask(replica, "What are your business hours?")
    assert [item["id"] for item in api("GET", path)["items"]] == [number]
    api.sandbox.advance(3600)
    assert api("GET", path)["items"] == []


def test_training_follows_the_real_clock_as_fast_as_it_is_told_to() -> None:
    timings = Timings(process=600, vectorize=600, optimize=600)
    with serve(speed=100_000, timings=timings) as sandbox, Api(sandbox, sandbox.organization_secret) as api:
        replica = api.replica()
        number = api.add(replica, text=_TEXT)["knowledgeBaseID"]

        # Half an hour of the real service takes 18 milliseconds here; each look takes a millisecond or so.
        seen = {api.entry(replica, number)["status"] for _ in range(500)}

    assert "READY" in seen
    assert "UNPROCESSABLE" not in seen
