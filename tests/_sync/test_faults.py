# Derived from tests/_async/test_faults.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""What can go wrong on the way, one row each."""

import logging
from contextlib import suppress

import pytest

from sensay_ext import SensayError
from tests._sync.making import limit_response, make_client
from tests.clocks import FakeClock
from tests.fault_cases import CASES, Case
from tests.fault_server import FaultServer
from tests.leaks import check_connections, check_error, check_logs


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_has_its_outcome(case: Case, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    clock = FakeClock()
    error: SensayError | None = None
    result: object = None
    with FaultServer(*case.faults) as server:
        with make_client(server.url, clock) as client:
            if case.limit is not None:
                limit_response(client, case.limit)
            try:
                result = client._transport.send(case.request, case.options)
            except SensayError as raised:
                error = raised
            check_connections(client)

    assert len(server.requests) == case.seen
    assert type(error) is (case.error or type(None))
    assert case.result is None or isinstance(result, case.result)
    assert case.slept is None or clock.slept == list(case.slept)
    if error is not None:
        assert {name: getattr(error, name) for name in case.details} == dict(case.details)
        assert case.says in str(error)
        check_error(error)
    check_logs(caplog)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_attempt_is_the_same_request(case: Case) -> None:
    with FaultServer(*case.faults) as server:
        with make_client(server.url) as client:
            if case.limit is not None:
                limit_response(client, case.limit)
            with suppress(SensayError):
                client.as_user("alice")._transport.send(case.request, case.options)
    attempts = [
        (request.method, request.target, request.body, {**request.headers, "x-client-attempt": ""})
        for request in server.requests
    ]

    assert all(attempt == attempts[0] for attempt in attempts)
    assert [request.headers["x-user-id"] for request in server.requests] == ["alice"] * case.seen
    assert [request.headers["x-client-attempt"].partition(";")[0] for request in server.requests] == [
        f"attempt={number}" for number in range(1, case.seen + 1)
    ]
