# Derived from tests/_async/test_create_and_train.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Making a replica that knows something."""

from typing import Any
from uuid import UUID

import pytest

from sensay_ext import (
    ConflictError,
    File,
    InvalidArgumentError,
    PartialFailure,
    Sensay,
    SensayError,
    Text,
    TrainingFailed,
    TrainingTimeout,
)
from sensay_ext.sandbox import Fault, Sandbox
from tests.requests_seen import RequestsSince

FIELDS: dict[str, Any] = {
    "name": "Guide",
    "short_description": "Knows the hours",
    "greeting": "Hello!",
    "owner_id": "alice",
    "llm": {"model": "gpt-4o"},
}


@pytest.fixture
def slug(sensay: Sensay, secret: str) -> str:
    """A slug that nobody has; there is an owner."""
    sensay.users.create("alice")
    return f"made-{secret}"


def test_it_knows_what_it_was_trained_on(sensay: Sensay, slug: str, sandbox: Sandbox) -> None:
    told: list[object] = []
    seen = RequestsSince(sandbox)
    replica = sensay.replicas.create_and_train(
        **FIELDS, slug=slug, sources=[Text("The zebra sleeps in the third stable.")], on_progress=told.append
    )
    first = seen.all[0]

    assert (replica.slug, replica.owner_id) == (slug, "alice")
    assert told
    assert first.operation == "create_replica"
    assert seen.all[1].operation == "create_replica_knowledge_base"
    answer = sensay.chat.complete(replica, "Where does the zebra sleep?")
    assert "third stable" in answer.content


@pytest.mark.parametrize(
    ("sources", "error"),
    [
        ([Text("Open."), File(b"short", name="a.txt")], PartialFailure),
        ([File(b"short", name="a.txt")], TrainingFailed),
    ],
)
def test_a_failure_says_that_the_replica_is_there(
    sources: list[Any], error: type[SensayError], sensay: Sensay, slug: str
) -> None:
    with pytest.raises(error, match=r"replica \S+ exists, but 1 of . sources are not usable: a\.txt") as caught:
        sensay.replicas.create_and_train(**FIELDS, slug=slug, sources=sources)
    found = sensay.replicas.get(str(caught.value).split()[1])

    assert found.slug == slug
    assert caught.value.__cause__ is not None


def test_so_does_the_end_of_the_time(sensay: Sensay, slug: str) -> None:
    with pytest.raises(TrainingTimeout, match=r"replica \S+ exists"):
        sensay.replicas.create_and_train(**FIELDS, slug=slug, sources=[Text("Open.")], max_wait=5)


def test_so_does_any_other_error(sensay: Sensay, slug: str, sandbox: Sandbox) -> None:
    sandbox.add_fault(Fault(status=403), operation="list_replica_knowledge_base")
    with pytest.raises(SensayError) as caught:
        sensay.replicas.create_and_train(**FIELDS, slug=slug, sources=[Text("Open.")])
    (replica,) = [item for item in sensay.replicas.list()]

    assert caught.value.__notes__ == [f"replica {replica.uuid} exists"]


def test_a_training_that_failed_is_gone_on_with(sensay: Sensay, slug: str) -> None:
    sources = [Text("Open."), Text("Closed.")]
    with pytest.raises(TrainingTimeout) as caught:
        sensay.replicas.create_and_train(**FIELDS, slug=slug, sources=sources, max_wait=5)
    replica = UUID(str(caught.value).split()[1])
    report = sensay.training.train(replica, sources)

    assert report.ok
    assert len([item for item in sensay.knowledge_base.list(replica)]) == 2


def test_a_slug_that_is_taken_is_an_error(sensay: Sensay, slug: str) -> None:
    sensay.replicas.create_and_train(**FIELDS, slug=slug, sources=[])
    with pytest.raises(ConflictError):
        sensay.replicas.create_and_train(**FIELDS, slug=slug, sources=[])


def test_what_cannot_work_is_found_before_anything_is_made(sensay: Sensay, slug: str, sandbox: Sandbox) -> None:
    seen = RequestsSince(sandbox)
    with pytest.raises(InvalidArgumentError, match="name has 51 characters"):
        sensay.replicas.create_and_train(**{**FIELDS, "name": "x" * 51}, slug=slug, sources=[])
    with pytest.raises(InvalidArgumentError, match="until"):
        sensay.replicas.create_and_train(**{**FIELDS, "until": "soon"}, slug=slug, sources=[])
    with pytest.raises(TypeError, match="colour"):
        sensay.replicas.create_and_train(**{**FIELDS, "colour": "red"}, slug=slug, sources=[])
    assert seen.all == []


def test_the_training_is_for_the_user_of_the_client(sensay: Sensay, slug: str, sandbox: Sandbox) -> None:
    seen = RequestsSince(sandbox)
    sensay.as_user("alice").replicas.create_and_train(
        **FIELDS, slug=slug, sources=[File(b"The workshop is in Harbour Street. " * 3, name="a.txt")]
    )
    users = {request.operation: request.user for request in seen.all}

    assert users.pop("upload") is None
    assert set(users.values()) == {"alice"}
