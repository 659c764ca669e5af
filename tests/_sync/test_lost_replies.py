# Derived from tests/_async/test_lost_replies.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Answers that get lost: whatever happened to the request, there is one of everything in the end."""

import logging
from typing import Any
from uuid import UUID

import pytest

from sensay_ext import (
    APIConnectionError,
    BadRequestError,
    ConflictError,
    File,
    QuotaExceededError,
    RateLimitError,
    RequestEvent,
    RetryEvent,
    Sensay,
    SensayError,
    ServerError,
    Source,
    Text,
    UploadError,
    Website,
    YouTube,
)
from sensay_ext.sandbox import Fault, Sandbox
from tests._sync.making import make_client
from tests.clocks import FakeClock
from tests.fault_server import FaultServer, reply, stall
from tests.requests_seen import RequestsSince
from tests.requests_to_send import REPLICA_UUID

CREATE = "create_replica_knowledge_base"
LIST = "list_replica_knowledge_base"
PROSE = b"The workshop is in Harbour Street, behind the old customs house. " * 10

LOST = {
    "after it was carried out": Fault(connection="unanswered"),
    "within the answer": Fault(connection="body"),
    "before it was carried out": Fault(connection="before"),
    "for a server error after all": Fault(status=500, late=True),
    "for a server error": Fault(status=503),
    "for a page of somebody else": Fault(status=200, body="<html>", headers={"content-type": "text/html"}, late=True),
}

SOURCES: dict[str, Source] = {
    "text": Text("We are open from nine to five."),
    "file": File(PROSE, name="workshop.txt"),
    "website": Website("https://example.com/hours"),
    "video": YouTube("https://youtu.be/hhhhhhhhhhh"),
    "playlist": YouTube("https://www.youtube.com/playlist?list=PLlost"),
}

REPLICA: dict[str, Any] = {
    "name": "Guide",
    "short_description": "Knows the hours",
    "greeting": "Hello!",
    "owner_id": "alice",
    "llm": {"model": "gpt-4o"},
}


@pytest.fixture
def seen(sandbox: Sandbox, replica: UUID) -> RequestsSince:  # noqa: ARG001 - counts what comes after its making
    """What the sandbox is asked from now on."""
    sandbox.add_video("hhhhhhhhhhh", transcript="Oil the chain once a month.")
    sandbox.add_video("iiiiiiiiiii", transcript="Turn the wheel until it runs true.")
    sandbox.add_playlist("PLlost", ["hhhhhhhhhhh", "iiiiiiiiiii"])
    return RequestsSince(sandbox)


@pytest.fixture
def owner(sensay: Sensay, secret: str) -> str:
    """What no other test has, for slugs; there is an owner for replicas."""
    sensay.users.create("alice")
    return secret


def numbers(sensay: Sensay, replica: UUID) -> set[int]:
    """The entries that a knowledge base has."""
    return {item.id for item in sensay.knowledge_base.list(replica)}


@pytest.mark.parametrize("fault", LOST.values(), ids=LOST)
@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
@pytest.mark.parametrize("times", [1, 2])
def test_a_source_is_added_once(
    times: int,
    source: Source,
    fault: Fault,
    *,
    sensay: Sensay,
    replica: UUID,
    sandbox: Sandbox,
    seen: RequestsSince,
) -> None:
    rule = sandbox.add_fault(fault, operation=CREATE, times=times)
    entry = sensay.knowledge_base.add(replica, source)

    assert set(entry.ids) == numbers(sensay, replica)
    assert len(entry.ids) == (2 if source is SOURCES["playlist"] else 1)
    assert entry.type == source.type
    assert rule.hits <= times
    assert seen.operations[CREATE] <= times + 1


@pytest.mark.parametrize("source", [SOURCES["text"], SOURCES["website"]], ids=["text", "website"])
def test_what_is_found_is_not_asked_for_again(
    source: Source, sensay: Sensay, replica: UUID, sandbox: Sandbox, seen: RequestsSince
) -> None:
    sandbox.add_fault(LOST["after it was carried out"], operation=CREATE)
    sensay.knowledge_base.add(replica, source)

    assert seen.operations == {CREATE: 1, LIST: 1}


def test_all_sources_of_a_training_are_added_once(
    sensay: Sensay, replica: UUID, sandbox: Sandbox, seen: RequestsSince
) -> None:
    sandbox.add_fault(Fault(connection="unanswered"), operation=CREATE, times=None, probability=0.3)
    sandbox.add_fault(Fault(connection="before"), operation=CREATE, times=None, probability=0.2)
    sandbox.add_fault(Fault(connection="unanswered"), operation="upload", times=None, probability=0.2)
    sources: list[Source] = [
        *(Text(f"This is text {n}.") for n in range(30)),
        *(File(PROSE, name=f"{n}.txt") for n in range(20)),
    ]
    report = sensay.training.train(replica, sources, max_retries=20)

    assert report.ok
    assert len(numbers(sensay, replica)) == 50
    assert len({entry.id for entry in report.entries}) == 50
    assert seen.operations[CREATE] > 50


def test_a_list_that_lags_behind_is_looked_at_again(
    sensay: Sensay, replica: UUID, sandbox: Sandbox, seen: RequestsSince, clock: FakeClock
) -> None:
    sandbox.stale_reads(operation=LIST, times=2)
    sandbox.add_fault(LOST["after it was carried out"], operation=CREATE)
    sensay.knowledge_base.add(replica, Text("Open."))

    assert seen.operations == {CREATE: 1, LIST: 3}
    assert clock.slept == [0, 2, 4]
    assert len(numbers(sensay, replica)) == 1


class TestWatching:
    """Whoever watches hears of every wait and of every repetition, as of those of a single request."""

    @pytest.fixture
    def told(self) -> list[Any]:
        return []

    @pytest.fixture
    def watched(self, sensay: Sensay, told: list[Any]) -> Sensay:
        return sensay.with_options(on_request=told.append, on_retry=told.append)

    def test_a_creation_that_was_not_carried_out(
        self,
        watched: Sensay,
        told: list[Any],
        *,
        replica: UUID,
        sandbox: Sandbox,
        clock: FakeClock,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        caplog.set_level(logging.INFO, "sensay_ext")
        sandbox.add_fault(LOST["for a server error"], operation=CREATE)
        watched.knowledge_base.add(replica, Text("Open."))
        posts = [event for event in told if event.method == "POST"]
        retries = [event for event in posts if isinstance(event, RetryEvent)]

        assert [(event.attempt, type(event)) for event in posts] == [
            (1, RequestEvent),
            (1, RetryEvent),
            (1, RetryEvent),
            (1, RetryEvent),
            (2, RequestEvent),
        ]
        assert [(event.delay, event.repeats) for event in retries] == [(2, False), (4, False), (0.5, True)]
        assert [0, *(event.delay for event in retries)] == clock.slept
        assert len({(event.path, event.client_request_id) for event in posts}) == 1
        assert all(isinstance(event.error, ServerError) for event in retries)
        assert [message.partition(":")[0] for message in caplog.messages] == [
            "looking in 2.00 s whether it was carried out",
            "looking in 4.00 s whether it was carried out",
            "trying again in 0.50 s",
        ]

    def test_attempts_are_counted_through(
        self, watched: Sensay, told: list[Any], *, replica: UUID, sandbox: Sandbox
    ) -> None:
        sandbox.add_fault(LOST["for a server error"], operation=CREATE, times=None)
        with pytest.raises(ServerError) as caught:
            watched.knowledge_base.add(replica, Text("Open."))

        assert caught.value.attempts == 3
        asked = [event for event in told if event.method == "POST" and not isinstance(event, RetryEvent)]
        assert [event.attempt for event in asked] == [1, 2, 3]

    def test_a_dead_entry_that_makes_way(
        self, watched: Sensay, told: list[Any], *, replica: UUID, sandbox: Sandbox
    ) -> None:
        sandbox.add_video("kkkkkkkkkkk", transcript=None)
        for _ in range(2):
            told.clear()
            watched.knowledge_base.add(replica, YouTube("https://youtu.be/kkkkkkkkkkk"))
            sandbox.advance(600)
        (retry,) = [event for event in told if isinstance(event, RetryEvent)]

        assert (retry.method, retry.attempt, retry.delay) == ("POST", 1, 0)
        assert isinstance(retry.error, ConflictError)

    def test_a_replica(self, watched: Sensay, told: list[Any], *, owner: str, sandbox: Sandbox) -> None:
        sandbox.add_fault(LOST["for a server error"], operation="create_replica")
        watched.replicas.create_and_train(**REPLICA, slug=f"seen-{owner}", sources=[])
        posts = [event for event in told if event.method == "POST"]

        assert [event.attempt for event in posts] == [1, 1, 1, 1, 2]
        assert {event.path for event in posts} == {"/v1/replicas"}

    def test_an_upload(self, watched: Sensay, told: list[Any], *, replica: UUID, sandbox: Sandbox) -> None:
        sandbox.add_fault(Fault(connection="unanswered"), operation="upload")
        watched.knowledge_base.add(replica, SOURCES["file"])
        (retry,) = [event for event in told if isinstance(event, RetryEvent)]

        assert (retry.method, retry.path, retry.client_request_id) == ("PUT", "{signed_url}", "")
        assert (retry.attempt, retry.delay, retry.repeats) == (1, 0.5, True)
        assert isinstance(retry.error, UploadError)


def test_where_nobody_can_look_the_doubt_is_told(
    sensay: Sensay, replica: UUID, sandbox: Sandbox, seen: RequestsSince
) -> None:
    sandbox.add_fault(LOST["after it was carried out"], operation=CREATE)
    sandbox.add_fault(Fault(status=403), operation=LIST)
    with pytest.raises(APIConnectionError) as caught:
        sensay.knowledge_base.add(replica, Text("Open."))

    assert caught.value.ambiguous
    assert seen.operations[CREATE] == 1


def test_what_cannot_be_made_is_an_error_in_the_end(
    sensay: Sensay, replica: UUID, sandbox: Sandbox, seen: RequestsSince
) -> None:
    sandbox.add_fault(LOST["before it was carried out"], operation=CREATE, times=None)
    with pytest.raises(APIConnectionError):
        sensay.knowledge_base.add(replica, Text("Open."))

    assert seen.operations[CREATE] == 3


def test_retries_can_be_switched_off(sensay: Sensay, replica: UUID, sandbox: Sandbox, seen: RequestsSince) -> None:
    sandbox.add_fault(Fault(status=503), operation=CREATE)
    with pytest.raises(ServerError):
        sensay.knowledge_base.add(replica, Text("Open."), max_retries=0)

    assert seen.operations[CREATE] == 1


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(status=400), BadRequestError),
        (Fault(status=429, code="KNOWLEDGE_BASE_CUSTOM_QUOTA_EXCEEDED"), QuotaExceededError),
    ],
)
def test_what_is_refused_is_neither_looked_for_nor_repeated(
    fault: Fault,
    error: type[SensayError],
    *,
    sensay: Sensay,
    replica: UUID,
    sandbox: Sandbox,
    seen: RequestsSince,
) -> None:
    sandbox.add_fault(fault, operation=CREATE)
    with pytest.raises(error):
        sensay.knowledge_base.add(replica, Text("Open."))

    assert seen.operations == {CREATE: 1}


def test_too_many_requests_are_waited_out(
    sensay: Sensay, replica: UUID, sandbox: Sandbox, seen: RequestsSince, clock: FakeClock
) -> None:
    sandbox.add_fault(Fault(status=429, headers={"Retry-After": "9"}), operation=CREATE)
    sensay.knowledge_base.add(replica, Text("Open."))

    assert (seen.operations, clock.slept) == ({CREATE: 2}, [9])

    sandbox.add_fault(Fault(status=429, headers={"Retry-After": "900"}), operation=CREATE)
    with pytest.raises(RateLimitError) as caught:
        sensay.knowledge_base.add(replica, Text("Closed."))
    assert caught.value.retry_after == 900


def test_after_a_time_out_the_request_is_given_the_time_that_the_api_takes() -> None:
    clock = FakeClock()
    nothing = reply(200, {"success": True, "items": [], "total": 0})
    made = reply(207, {"results": [{"enqueued": True, "type": "text", "knowledgeBaseID": 5}]})
    with FaultServer(stall(), *[nothing] * 4, made) as server:
        with make_client(server.url, clock, timeout=0.05) as client:
            entry = client.knowledge_base.add(REPLICA_UUID, Text("Open."))

    assert entry.id == 5
    assert clock.slept[:3] == [0, 2, 4]
    assert clock.slept[3:] == pytest.approx([89, 0.5])


def test_the_marker_is_never_spoken_of(sensay: Sensay, replica: UUID) -> None:
    entry = sensay.knowledge_base.add(replica, Text("The zebra sleeps in the third stable.", title="Zebra"))
    sensay.knowledge_base.wait_until_ready(replica, entry)
    full = sensay.knowledge_base.get(replica, entry)
    marker = str(full.title).rpartition(":")[2].rstrip("]")
    answers = [
        (sensay.chat.complete(replica, question)).content
        for question in ("Where does the zebra sleep?", f"What is {marker}?", "Tell me about sensay-ext.")
    ]

    assert "third stable" in answers[0]
    assert all(marker not in answer and "sensay-ext" not in answer for answer in answers)
    assert "sensay-ext" not in str(full.raw_text)


class TestReplicas:
    @pytest.mark.parametrize("fault", LOST.values(), ids=LOST)
    def test_a_replica_is_made_once(self, fault: Fault, sensay: Sensay, owner: str, sandbox: Sandbox) -> None:
        sandbox.add_fault(fault, operation="create_replica")
        made = sensay.replicas.create_and_train(**REPLICA, slug=f"lost-{owner}", sources=[Text("Open.")])
        all_of_them = [item for item in sensay.replicas.list()]

        assert [item.uuid for item in all_of_them] == [made.uuid]

    def test_a_replica_of_somebody_else_is_not_taken(self, sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
        slug = (sensay.replicas.get(replica)).slug
        other = {**REPLICA, "name": "Another"}
        with pytest.raises(ConflictError):
            sensay.replicas.create_and_train(**other, slug=slug, sources=[])

        sandbox.add_fault(Fault(connection="before"), operation="create_replica", times=3)
        with pytest.raises(APIConnectionError):
            sensay.replicas.create_and_train(**other, slug=slug, sources=[])

    def test_a_replica_like_it_that_was_there_before_is_not_taken(self, sensay: Sensay, replica: UUID) -> None:
        slug = (sensay.replicas.get(replica)).slug
        with pytest.raises(ConflictError):
            sensay.replicas.create_and_train(**REPLICA, slug=slug, sources=[])

    def test_an_answer_that_comes_too_late_is_still_ours(self, sensay: Sensay, owner: str, sandbox: Sandbox) -> None:
        sandbox.stale_reads(operation="list_replicas", times=3)
        sandbox.add_fault(Fault(status=500, late=True), operation="create_replica")
        rule = sandbox.add_fault(Fault(status=409), operation="create_replica")
        made = sensay.replicas.create_and_train(**REPLICA, slug=f"late-{owner}", sources=[])

        assert rule.hits == 1
        assert [item.uuid for item in sensay.replicas.list()] == [made.uuid]
