"""A sandbox for the tests of the resources, and in it an organisation of its own for each test."""

from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest

from sensay_ext import AsyncSensay
from sensay_ext.sandbox import Sandbox, serve
from tests._async.folders import write
from tests._async.making import POLICY
from tests.clocks import FakeAsyncClock
from tests.requests_seen import RequestsSince

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def shared_sandbox() -> Iterator[Sandbox]:
    """A sandbox on a virtual clock, without the network."""
    with serve(virtual_time=True, allow_network=False, seed="resources") as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(shared_sandbox: Sandbox) -> Iterator[Sandbox]:
    """The sandbox, in which everything goes well again after the test."""
    yield shared_sandbox
    shared_sandbox.clear_faults()
    # What the test has left in training must not meet the faults of the next one.
    shared_sandbox.advance(24 * 3600)


@pytest.fixture
def secret(sandbox: Sandbox) -> str:
    """The secret of a new organisation."""
    secret = f"resources-{next(_NUMBERS)}"
    sandbox.add_organization(secret)
    return secret


@pytest.fixture
def clock(sandbox: Sandbox) -> FakeAsyncClock:
    """The clock of the client, which moves that of the sandbox."""
    clock = FakeAsyncClock()
    clock.on_sleep = lambda: sandbox.advance(clock.slept[-1])
    return clock


@pytest.fixture
async def sensay(sandbox: Sandbox, secret: str, clock: FakeAsyncClock) -> AsyncIterator[AsyncSensay]:
    """A client of the organisation, without a user."""
    async with AsyncSensay(secret, base_url=sandbox.base_url, retry_policy=POLICY, _clock=clock) as client:
        yield client


@pytest.fixture
async def alice(sensay: AsyncSensay) -> AsyncSensay:
    """The same client, acting as a user."""
    await sensay.users.create("alice", name="Alice")
    return sensay.as_user("alice")


@pytest.fixture
async def replica(sensay: AsyncSensay, alice: AsyncSensay) -> UUID:  # noqa: ARG001 - there must be an owner
    """A replica of that user."""
    created = await sensay.replicas.create(
        name="Guide",
        short_description="Knows the opening hours",
        greeting="Hello!",
        owner_id="alice",
        slug=f"guide-{next(_NUMBERS)}",
        llm={"model": "gpt-4o", "system_message": "Be brief."},
    )
    return created.uuid


@pytest.fixture
def seen(sandbox: Sandbox, replica: UUID) -> RequestsSince:  # noqa: ARG001 - counts what comes after its making
    """What the sandbox is asked from now on."""
    return RequestsSince(sandbox)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three files."""
    folder = tmp_path / "docs"
    for path in ("hours.md", "shop/workshop.md", "shop/prices.txt"):
        write(folder, path, f"Everything about {path}. " * 20)
    return folder
