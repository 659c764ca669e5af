"""What takes several requests asks for no operation that the table of methods does not name."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from sensay_ext import File, Sensay, SensayError, Text, Website
from sensay_ext._operations import METHODS
from sensay_ext.params import ReplicaParams
from sensay_ext.sandbox import Fault, Sandbox, serve
from tests.clocks import FakeClock
from tests.requests_seen import RequestsSince


def new(slug: str) -> ReplicaParams:
    """What a replica is made from."""
    return {
        "name": "Guide",
        "short_description": "Guides",
        "greeting": "Hi!",
        "owner_id": "alice",
        "slug": slug,
        "llm": {},
    }


FOLDER = Path(__file__).parent.parent / "scripts" / "demo_data"
SOURCES = (Text("We are open from 9 to 5."), File(b"Shelf 3 holds the chains. " * 20, name="shelf.txt"))
Use = Callable[[Sensay, UUID], Any]


def streamed(sensay: Sensay, replica: UUID) -> int:
    """Read an answer while it comes in."""
    with sensay.chat.stream(replica, "Hi") as answer:
        return sum(1 for _ in answer)


def retried(sensay: Sensay, replica: UUID) -> object:
    """Try a page again that could not be read."""
    sensay.training.train(replica, [Website("https://a.example")])
    return sensay.knowledge_base.retry_failed(replica)


USES: dict[str, Use] = {
    "chat.stream": streamed,
    "chat.verify": lambda sensay, replica: sensay.chat.verify(replica, "Hi", "nothing of the kind", attempts=2),
    "knowledge_base.add": lambda sensay, replica: sensay.knowledge_base.add(replica, SOURCES[0]),
    "knowledge_base.add_file": lambda sensay, replica: sensay.knowledge_base.add_file(replica, SOURCES[1]),
    "knowledge_base.add_url": lambda sensay, replica: sensay.knowledge_base.add_url(replica, "https://example.com"),
    "knowledge_base.wait_until_ready": lambda sensay, replica: sensay.knowledge_base.wait_until_ready(
        replica, sensay.knowledge_base.add_text(replica, "More")
    ),
    "knowledge_base.retry_failed": retried,
    "replicas.create_and_train": lambda sensay, _: sensay.replicas.create_and_train(sources=SOURCES, **new("another")),
    "replicas.ensure": lambda sensay, _: sensay.replicas.ensure(**new("another")),
    "replicas.update": lambda sensay, replica: sensay.replicas.update(replica, name="Other"),
    "training.apply": lambda sensay, replica: sensay.training.apply(sensay.training.plan(replica, FOLDER)),
    "training.plan": lambda sensay, replica: sensay.training.plan(replica, FOLDER),
    "training.train": lambda sensay, replica: sensay.training.train(replica, [*SOURCES, Website("https://a.example")]),
    "users.ensure": lambda sensay, _: sensay.users.ensure("bob"),
    "users.update_me": lambda sensay, _: sensay.users.update_me(name="Alice"),
}
BESIDES = {"knowledge_base.wait_until_ready": {"create_replica_knowledge_base"}}
"""What the use itself asks for first."""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox on a virtual clock."""
    with serve(virtual_time=True, allow_network=False) as sandbox:
        yield sandbox


@pytest.mark.parametrize("status", [None, 409, 503])
@pytest.mark.parametrize("method", sorted(USES))
def test_a_method_asks_for_nothing_else(sandbox: Sandbox, method: str, status: int | None) -> None:
    secret = str(uuid4())
    sandbox.add_organization(secret)
    clock = FakeClock()
    clock.on_sleep = lambda: sandbox.advance(clock.slept[-1])
    with Sensay(secret, base_url=sandbox.base_url, _clock=clock) as client:
        client.users.create("alice")
        alice = client.as_user("alice")
        replica = alice.replicas.create(**new("guide")).uuid
        seen = RequestsSince(sandbox)
        if status is not None:
            for way in ("create_replica", "create_replica_knowledge_base", "create_user"):
                sandbox.add_fault(Fault(status=status, late=True), operation=way)
        try:
            USES[method](alice, replica)
        except SensayError:
            assert status is not None
        finally:
            sandbox.clear_faults()

    asked = {operation for operation in seen.operations if operation not in {None, "upload"}}
    assert asked
    assert asked - BESIDES.get(method, set()) <= {name for name, names in METHODS.items() if method in names}
