"""What can go wrong on the way, one row each."""

import logging
from typing import Any

import pytest

from sensay_ext import AsyncSensay, SensayError
from tests._async.making import limit_response, make_client
from tests.clocks import FakeAsyncClock
from tests.faults.case import Case, Stage
from tests.faults.promises import CASES, PROMISES
from tests.leaks import MARK, check_connections, check_error, check_logs
from tests.requests_to_send import GET, REPLICA_UUID

pytestmark = pytest.mark.anyio


def client_of(case: Case, stage: Stage, clock: FakeAsyncClock, **options: Any) -> AsyncSensay:
    client = make_client(stage.url, clock, **{**case.client_options, **options})
    if case.limit is not None:
        limit_response(client, case.limit)
    return client


async def ask(client: AsyncSensay, case: Case) -> object:
    if case.streamed:
        async with client.chat.stream(REPLICA_UUID, "When are you open?", **case.options) as stream:
            return await stream.get_final_text()
    if case.request.method == "DELETE":
        return await client._transport.delete(case.request, case.options)  # type: ignore[func-returns-value] # None is the result
    return await client._transport.send(case.request, case.options)


async def play(client: AsyncSensay, case: Case, stage: Stage) -> object:
    """What comes of the last call: a result, or an error."""
    if case.before is not None:
        await client._transport.send(GET)
    if case.closed_after_it:
        stage.server.connections[0].wait_until_closed()
    outcome: object = None
    for _ in range(case.calls):
        try:
            outcome = await ask(client, case)
        except (SensayError, KeyboardInterrupt) as raised:
            outcome = raised
    return outcome


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_a_fault_has_its_outcome(case: Case, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    clock, told = FakeAsyncClock(), list[object]()
    hooks = dict.fromkeys(("on_request", "on_response", "on_retry"), told.append)
    with Stage(case, clock) as stage:
        async with client_of(case, stage, clock, **hooks) as client:
            outcome = await play(client, case, stage)
            check_connections(client, servers=1 + case.seen_elsewhere)

    assert (len(stage.server.requests), len(stage.other.requests)) == (case.seen, case.seen_elsewhere)
    assert type(outcome) is (case.error or case.result)
    assert {name: getattr(outcome, name) for name in case.details} == dict(case.details)
    assert case.says in str(outcome)
    assert case.slept is None or clock.slept == list(case.slept)
    assert MARK not in repr(told)
    if isinstance(outcome, SensayError):
        check_error(outcome)
        assert len(str(outcome)) < 2000
    for request in stage.other.requests:
        assert (request.method, request.body) == ("GET", b"")
        assert set(request.headers) == {"host", "accept", "accept-encoding", "user-agent"}
    check_logs(caplog)


@pytest.mark.parametrize("case", [case for case in CASES if case.is_one_call], ids=lambda case: case.name)
async def test_every_attempt_is_the_same_request(case: Case) -> None:
    clock = FakeAsyncClock()
    with Stage(case, clock) as stage:
        async with client_of(case, stage, clock) as client:
            await play(client.as_user("alice"), case, stage)
    requests = stage.server.requests
    attempts = [
        (request.method, request.target, request.body, {**request.headers, "x-client-attempt": ""})
        for request in requests
    ]

    assert all(attempt == attempts[0] for attempt in attempts)
    assert [request.headers["x-user-id"] for request in requests] == ["alice"] * case.seen
    assert [request.headers["x-client-attempt"].partition(";")[0] for request in requests] == [
        f"attempt={number}" for number in range(1, case.seen + 1)
    ]


async def test_every_promise_is_proven() -> None:
    assert {case.promise for case in CASES} - {None} == PROMISES.keys()
    assert len({case.name for case in CASES}) == len(CASES)
