# Derived from tests/_async/test_faults.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""What can go wrong on the way, one row each."""

import logging
from typing import Any

import pytest

from sensay_ext import Sensay, SensayError
from tests._sync.making import limit_response, make_client
from tests.clocks import FakeClock
from tests.faults.case import Case, Stage
from tests.faults.promises import CASES, PROMISES
from tests.leaks import MARK, check_connections, check_error, check_logs
from tests.requests_to_send import GET, REPLICA_UUID


def client_of(case: Case, stage: Stage, clock: FakeClock, **options: Any) -> Sensay:
    client = make_client(stage.url, clock, **{**case.client_options, **options})
    if case.limit is not None:
        limit_response(client, case.limit)
    return client


def ask(client: Sensay, case: Case) -> object:
    if case.streamed:
        with client.chat.stream(REPLICA_UUID, "When are you open?", **case.options) as stream:
            return stream.get_final_text()
    if case.request.method == "DELETE":
        return client._transport.delete(case.request, case.options)  # type: ignore[func-returns-value] # None is the result
    return client._transport.send(case.request, case.options)


def play(client: Sensay, case: Case, stage: Stage) -> object:
    """What comes of the last call: a result, or an error."""
    if case.before is not None:
        client._transport.send(GET)
    if case.closed_after_it:
        stage.server.connections[0].wait_until_closed()
    outcome: object = None
    for _ in range(case.calls):
        try:
            outcome = ask(client, case)
        except (SensayError, KeyboardInterrupt) as raised:
            outcome = raised
    return outcome


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_has_its_outcome(case: Case, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    clock, told = FakeClock(), list[object]()
    hooks = dict.fromkeys(("on_request", "on_response", "on_retry"), told.append)
    with Stage(case, clock) as stage:
        with client_of(case, stage, clock, **hooks) as client:
            outcome = play(client, case, stage)
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
def test_every_attempt_is_the_same_request(case: Case) -> None:
    clock = FakeClock()
    with Stage(case, clock) as stage:
        with client_of(case, stage, clock) as client:
            play(client.as_user("alice"), case, stage)
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


def test_every_promise_is_proven() -> None:
    assert {case.promise for case in CASES} - {None} == PROMISES.keys()
    assert len({case.name for case in CASES}) == len(CASES)
