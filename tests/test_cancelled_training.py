"""A training that is broken off: nothing half done is left behind, and the next one adds nothing twice."""

import _thread
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import anyio  # noqa: TID251 - cancelling is the subject
import pytest

from sensay_ext import AsyncSensay, File, Sensay, Source, Text, UploadProgress
from sensay_ext.sandbox import Sandbox, serve
from tests.clocks import FakeAsyncClock, FakeClock

PROSE = b"The workshop is in Harbour Street, behind the old customs house. " * 32_000
SOURCES: list[Source] = [
    Text("We are open from nine to five."),
    File(PROSE, name="a.txt"),
    Text("We are closed on Sunday."),
    File(PROSE, name="b.txt"),
]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox on a virtual clock."""
    with serve(virtual_time=True, allow_network=False, seed="cancelled") as sandbox:
        yield sandbox


@pytest.fixture
def replica(sandbox: Sandbox) -> Iterator[UUID]:
    """A replica of its own for each test."""
    with Sensay(sandbox.organization_secret, base_url=sandbox.base_url) as sensay:
        sensay.users.ensure("alice")
        made = sensay.replicas.create(
            name="Guide",
            short_description="Knows the hours",
            greeting="Hello!",
            owner_id="alice",
            slug=f"guide-{len(list(sensay.replicas.list()))}",
            llm={"model": "gpt-4o"},
        )
        yield made.uuid


def listed(sandbox: Sandbox, replica: UUID) -> list[tuple[str, str]]:
    """Name and status of what the knowledge base has."""
    with Sensay(sandbox.organization_secret, base_url=sandbox.base_url) as sensay:
        entries = sensay.knowledge_base.list(replica)
        return sorted((str(entry.title).partition(" [")[0], str(entry.status)) for entry in entries)


def names(sandbox: Sandbox, replica: UUID) -> list[str]:
    """Names of what the knowledge base has."""
    return [name for name, _ in listed(sandbox, replica)]


ALL = ["We are closed on Sunday.", "We are open from nine to five.", "a.txt", "b.txt"]


class Nth:
    """Does something when it is called for the n-th time.

    Args:
        number: Which time; the first is 0.
        action: What to do.
    """

    def __init__(self, number: int, action: Any) -> None:
        self._left = number
        self._action = action

    def __call__(self, _: object) -> None:
        """Count."""
        self._left -= 1  # first, since the action may raise
        if self._left == -1:
            self._action()


@pytest.mark.anyio
@pytest.mark.parametrize("concurrency", [1, 4])
@pytest.mark.parametrize("request_number", range(9))
async def test_a_task_cancelled_at_any_request(
    request_number: int, concurrency: int, sandbox: Sandbox, replica: UUID
) -> None:
    with anyio.CancelScope() as scope:
        async with AsyncSensay(
            sandbox.organization_secret,
            base_url=sandbox.base_url,
            on_request=Nth(request_number, scope.cancel),
            _clock=FakeAsyncClock(),
        ) as sensay:
            await sensay.training.train(replica, SOURCES, concurrency=concurrency, max_wait=1)
    left = listed(sandbox, replica)
    assert all(status != "NEW" for _, status in left)
    assert len(set(left)) == len(left)

    async with AsyncSensay(sandbox.organization_secret, base_url=sandbox.base_url, _clock=FakeAsyncClock()) as sensay:
        await sensay.training.train(replica, SOURCES, max_wait=1)
    assert names(sandbox, replica) == ALL


@pytest.mark.anyio
@pytest.mark.parametrize("piece", [0, 1, 3])
async def test_a_task_cancelled_within_an_upload(piece: int, sandbox: Sandbox, replica: UUID) -> None:
    with anyio.CancelScope() as scope:
        async with AsyncSensay(
            sandbox.organization_secret, base_url=sandbox.base_url, _clock=FakeAsyncClock()
        ) as sensay:
            await sensay.training.train(replica, SOURCES[1:], on_progress=Nth(piece, scope.cancel))
    assert scope.cancelled_caught
    assert all(status != "NEW" for _, status in listed(sandbox, replica))


@pytest.mark.anyio
async def test_a_single_file_cancelled_while_its_entry_is_made(sandbox: Sandbox, replica: UUID) -> None:
    with anyio.CancelScope() as scope:
        async with AsyncSensay(
            sandbox.organization_secret, base_url=sandbox.base_url, on_request=Nth(1, scope.cancel)
        ) as sensay:
            await sensay.knowledge_base.add_file(replica, PROSE, name="a.txt")
    assert scope.cancelled_caught
    assert listed(sandbox, replica) == []


@pytest.mark.parametrize("piece", [0, 1, 3])
@pytest.mark.parametrize("concurrency", [1, 3])
def test_threads_interrupted_within_an_upload(concurrency: int, piece: int, sandbox: Sandbox, replica: UUID) -> None:
    with Sensay(sandbox.organization_secret, base_url=sandbox.base_url, _clock=FakeClock()) as sensay:
        interrupt = Nth(piece, _thread.interrupt_main)
        with pytest.raises(KeyboardInterrupt):
            sensay.training.train(
                replica, SOURCES[1:], concurrency=concurrency, max_wait=1, on_progress=_uploads_only(interrupt)
            )
        assert all(status != "NEW" for _, status in listed(sandbox, replica))

        sensay.training.train(replica, SOURCES, max_wait=1)
    assert names(sandbox, replica) == ALL


def _uploads_only(action: Nth) -> Any:
    def tell(event: object) -> None:
        if isinstance(event, UploadProgress):
            action(event)

    return tell


def test_a_single_file_interrupted_while_its_entry_is_made(sandbox: Sandbox, replica: UUID) -> None:
    interrupt = Nth(1, _thread.interrupt_main)
    with (
        Sensay(sandbox.organization_secret, base_url=sandbox.base_url, on_request=interrupt) as sensay,
        pytest.raises(KeyboardInterrupt),
    ):
        sensay.knowledge_base.add_file(replica, PROSE, name="a.txt")
    assert listed(sandbox, replica) == []


def test_a_single_file_interrupted_within_its_upload(sandbox: Sandbox, replica: UUID) -> None:
    with Sensay(sandbox.organization_secret, base_url=sandbox.base_url) as sensay, pytest.raises(KeyboardInterrupt):
        sensay.knowledge_base.add_file(replica, PROSE, name="a.txt", on_progress=Nth(0, _thread.interrupt_main))
    assert listed(sandbox, replica) == []
