"""What only tasks can do: be cancelled, be many at once, and live in several event loops."""

import asyncio  # noqa: TID251 - event loops are the subject

import anyio  # noqa: TID251 - cancelling is the subject
import pytest

from sensay_ext import AsyncSensay
from tests.clocks import FakeAsyncClock
from tests.fault_server import FaultServer, reply, stall
from tests.leaks import check_connections
from tests.requests_to_send import GET, REPLICA, SECRET

USERS = ("alice", "bob", "carol")


class EndlessClock(FakeAsyncClock):
    """A clock whose waits last until they are cancelled."""

    def __init__(self) -> None:
        super().__init__()
        self.is_waiting = anyio.Event()

    async def sleep(self, seconds: float) -> None:
        """Wait for ever."""
        self.slept.append(seconds)
        self.is_waiting.set()
        await anyio.sleep_forever()


@pytest.mark.anyio
async def test_a_cancelled_wait_ends_at_once_and_leaves_nothing_behind() -> None:
    clock = EndlessClock()
    with FaultServer(reply(503)) as server:
        async with AsyncSensay(SECRET, base_url=server.url, _clock=clock) as client:
            async with anyio.create_task_group() as group:
                group.start_soon(client._transport.send, GET)
                await clock.is_waiting.wait()
                group.cancel_scope.cancel()
            check_connections(client)

    assert (len(server.requests), len(clock.slept)) == (1, 1)


@pytest.mark.anyio
async def test_a_cancelled_request_leaves_nothing_behind() -> None:
    with FaultServer(stall()) as server:
        async with AsyncSensay(SECRET, base_url=server.url) as client:
            with anyio.move_on_after(0.05) as scope:
                await client._transport.send(GET)
            check_connections(client)

    assert scope.cancelled_caught
    assert len(server.requests) == 1


@pytest.mark.anyio
async def test_every_request_of_every_task_is_for_its_own_user() -> None:
    with FaultServer(always=reply(200, {})) as server:
        async with AsyncSensay(SECRET, base_url=server.url) as client:
            views = {user: client.as_user(user) for user in USERS}

            async def call(number: int) -> None:
                user = USERS[number % len(USERS)]
                await views[user].request("GET", f"/v1/users/{user}")

            async with anyio.create_task_group() as group:
                for number in range(150):
                    group.start_soon(call, number)

    assert len(server.requests) == 150
    assert [request.headers["x-user-id"] for request in server.requests] == [
        request.target.removeprefix("/v1/users/") for request in server.requests
    ]


def test_a_client_outlives_its_event_loop() -> None:
    async def call() -> str:
        replica = await client._transport.send(GET)
        for http_client in list(client._transport.pool._clients.values()):
            # What is left open in a loop that ends is reported by the loop; here it is not the subject.
            await http_client.aclose()
        return replica.slug

    with FaultServer(reply(200, REPLICA), reply(200, REPLICA)) as server:
        client = AsyncSensay(SECRET, base_url=server.url)
        results = [asyncio.run(call()), asyncio.run(call())]
        asyncio.run(client.close())

    assert results == ["my-replica", "my-replica"]
    assert len(server.connections) == 2
