# Derived from tests/_async/test_drift.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""What the client notices of an API that has moved on."""

import logging
from typing import Any

import pytest

from sensay_ext import Drift
from tests._stream_samples import SSE, UI_MESSAGES
from tests._sync.making import make_client
from tests.fault_server import FaultServer, reply
from tests.leaks import check_logs
from tests.requests_to_send import REPLICA, REPLICA_UUID, SECRET

NOVEL: dict[str, Any] = {**REPLICA, "mood": "cheerful", "type": "choir", "llm": {"model": "gpt-17"}}
SEEN = (
    Drift(kind="field", place="Replica.mood"),
    Drift(kind="value", place="ReplicaLlm.model", detail="gpt-17"),
    Drift(kind="value", place="Replica.type", detail="choir"),
)


def test_what_is_new_is_kept_and_noted_once(caplog: pytest.LogCaptureFixture) -> None:
    with FaultServer(always=reply(200, NOVEL)) as server:
        with make_client(server.url) as client:
            with caplog.at_level(logging.INFO, logger="sensay_ext"):
                replica = client.replicas.get(REPLICA_UUID)
                client.as_user("alice").with_options(max_retries=0).replicas.get(REPLICA_UUID)

            assert client.drift == SEEN
    assert (replica.additional_properties, replica.llm.model) == ({"mood": "cheerful"}, "gpt-17")
    assert [record.getMessage() for record in caplog.records] == [str(drift) for drift in SEEN]


def test_views_share_what_they_saw_and_other_clients_do_not() -> None:
    with FaultServer(always=reply(200, NOVEL)) as server:
        with make_client(server.url) as client, make_client(server.url) as other:
            alice = client.as_user("alice")
            alice.replicas.get(REPLICA_UUID)

            assert alice.drift == client.drift == SEEN
            assert other.drift == ()


def test_what_echoes_the_secret_is_noted_without_it(caplog: pytest.LogCaptureFixture) -> None:
    echo = reply(200, {**REPLICA, SECRET: 1, "type": f"{'x' * 90}{SECRET}"}, {"X-API-Version": f"of {SECRET}"})
    with FaultServer(echo) as server:
        with make_client(server.url) as client:
            with caplog.at_level(logging.INFO, logger="sensay_ext"):
                client.replicas.get(REPLICA_UUID)

            assert client.drift == (
                Drift(kind="version", place="X-API-Version", detail="of [redacted]"),
                Drift(kind="field", place="Replica.[redacted]"),
                Drift(kind="value", place="Replica.type", detail=f"{'x' * 90}[redacted]"),
            )
    check_logs(caplog)


class TestVersion:
    def test_that_was_asked_for_is_nothing_to_note(self) -> None:
        with FaultServer(reply(200, REPLICA, {"X-API-Version": "2025-03-25"}), reply(200, REPLICA)) as server:
            with make_client(server.url) as client:
                client.replicas.get(REPLICA_UUID)
                client.replicas.get(REPLICA_UUID)

                assert client.drift == ()

    def test_of_another_day_is_a_warning(self, caplog: pytest.LogCaptureFixture) -> None:
        with FaultServer(always=reply(200, REPLICA, {"x-api-version": "2026-01-01"})) as server:
            with make_client(server.url) as client:
                client.replicas.get(REPLICA_UUID)
                client.replicas.delete(REPLICA_UUID)

                assert client.drift == (Drift(kind="version", place="X-API-Version", detail="2026-01-01"),)
        assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
            ("WARNING", "the API answered in version '2026-01-01'")
        ]

    def test_is_looked_at_in_streams_as_well(self) -> None:
        with FaultServer(reply(200, UI_MESSAGES, {**SSE, "X-API-Version": "2026-01-01"})) as server:
            with make_client(server.url) as client:
                with client.chat.stream(REPLICA_UUID, "Hi") as stream:
                    stream.get_final_text()

                assert [drift.kind for drift in client.drift] == ["version"]

    def test_that_the_caller_asked_for_is_the_callers_business(self) -> None:
        with FaultServer(reply(200, REPLICA, {"X-API-Version": "2026-01-01"})) as server:
            with make_client(server.url) as client:
                client.replicas.get(REPLICA_UUID, extra_headers={"X-API-Version": "2027-01-01"})

                assert client.drift == ()
