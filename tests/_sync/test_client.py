# Derived from tests/_async/test_client.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""The client: its settings, its views, and what can be seen of its requests."""

import copy
import logging
import math
import pickle
from pathlib import Path
from typing import Any

import pytest

from generated_client.models import Replica
from sensay_ext import (
    APIConnectionError,
    BadRequestError,
    ConfigurationError,
    RequestEvent,
    Response,
    ResponseEvent,
    RetryEvent,
    RetryPolicy,
    Sensay,
    Timeout,
)
from sensay_ext._retry import FailedAttempt
from tests._sync.making import make_client
from tests.fault_server import FaultServer, reply, reset
from tests.leaks import check_connections, check_error, check_logs
from tests.requests_to_send import GET, REPLICA, REPLICA_UUID, SECRET, error_body

OK = reply(200, REPLICA)


class TestSettings:
    def test_a_client_needs_a_secret(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.chdir(tmp_path)
        with pytest.raises(ConfigurationError, match="no organization secret"):
            Sensay()

    def test_settings_come_from_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with FaultServer(OK) as server:
            monkeypatch.setenv("SENSAY_API_KEY", f"{SECRET}\n")
            monkeypatch.setenv("SENSAY_USER_ID", "alice")
            monkeypatch.setenv("SENSAY_BASE_URL", server.url)
            monkeypatch.setenv("SENSAY_API_VERSION", "2026-01-01")
            with Sensay() as client:
                client._transport.send(GET)
        headers = server.requests[0].headers

        assert headers["x-organization-secret"] == SECRET
        assert headers["x-user-id"] == "alice"
        assert headers["x-api-version"] == "2026-01-01"

    @pytest.mark.parametrize(
        "options",
        [
            {"base_url": "http://api.example"},
            {"api_version": "1"},
            {"timeout": 0},
            {"timeout": math.inf},
            {"proxy": "zq-SENTINEL"},
            {"max_retries": -1},
            {"max_wait": 0},
            {"user_id": ""},
            {"user_id": SECRET},
            {"user_id_type": "telegram"},
        ],
    )
    def test_what_cannot_work_is_refused_at_once(self, options: dict[str, Any]) -> None:
        with pytest.raises(ConfigurationError) as caught:
            Sensay(SECRET, **options)

        assert "SENTINEL" not in str(caught.value)

    def test_plain_http_can_be_asked_for(self) -> None:
        with Sensay(SECRET, base_url="http://10.0.0.1", allow_insecure=True) as client:
            assert "http://10.0.0.1" in repr(client)

    def test_certificates_that_cannot_be_read_are_refused(self) -> None:
        with Sensay(SECRET, ca_bundle="/nowhere.pem") as client:
            with pytest.raises(ConfigurationError, match="ca_bundle"):
                client._transport.send(GET)

    def test_a_client_shows_no_more_than_the_beginning_of_its_secret(self) -> None:
        client = Sensay(SECRET, user_id="alice")

        assert repr(client) == (
            f"{Sensay.__name__}(Secret('zq-S…'), user_id='alice', base_url='https://api.sensay.io')"
        )

    @pytest.mark.parametrize("take", [pickle.dumps, copy.copy, copy.deepcopy])
    def test_a_client_cannot_be_pickled_or_copied(self, take: Any) -> None:
        with pytest.raises(TypeError, match="cannot be pickled"):
            take(Sensay(SECRET))

    def test_a_client_without_a_secret_asks_only_what_is_open(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SENSAY_USER_ID", "alice")
        with FaultServer(OK) as server:
            with Sensay.anonymous(base_url=server.url, max_retries=0) as client:
                client._transport.send(GET, authenticated=False)
                with pytest.raises(ConfigurationError, match="needs the organization's secret"):
                    client._transport.send(GET)

        assert not {name for name in server.requests[0].headers if name.startswith(("x-org", "x-user"))}
        assert server.requests[0].headers["x-client-attempt"] == "attempt=1; max=1"

    def test_a_client_without_a_secret_connects_as_it_is_told(self) -> None:
        with FaultServer(reply(403)) as proxy:
            with Sensay.anonymous(
                base_url="https://api.example", proxy=proxy.url, trust_env=False, max_retries=0
            ) as client:
                with pytest.raises(APIConnectionError):
                    client._transport.send(GET, authenticated=False)
        with Sensay.anonymous(ca_bundle="/nowhere.pem") as client:
            with pytest.raises(ConfigurationError, match="ca_bundle"):
                client._transport.send(GET, authenticated=False)

        assert [request.method for request in proxy.requests] == ["CONNECT"]


class TestViews:
    def test_a_view_for_a_user_changes_nothing_else(self) -> None:
        with FaultServer(OK, OK, OK, OK) as server:
            with make_client(server.url) as admin:
                alice = admin.as_user("alice")
                telegram = alice.as_user("42", "telegram")
                for client in (alice, telegram, admin, alice):
                    client._transport.send(GET)
                check_connections(admin)

        assert [
            (request.headers.get("x-user-id"), request.headers.get("x-user-id-type")) for request in server.requests
        ] == [("alice", None), ("42", "telegram"), (None, None), ("alice", None)]
        assert len(server.connections) == 1

    def test_a_view_with_options_changes_nothing_else(self) -> None:
        client = make_client("https://api.example", max_wait=60.0)
        view = client.with_options(timeout=3.0, max_retries=0)

        assert view._transport.config.timeout == Timeout(connect=3.0, read=3.0, write=3.0, pool=3.0)
        assert (view._transport.config.max_retries, view._transport.config.max_wait) == (0, 60.0)
        assert client._transport.config.max_retries == 2
        assert view._transport.pool is client._transport.pool

    def test_a_view_is_of_the_same_class(self) -> None:
        class Mine(Sensay):
            pass

        client = Mine(SECRET)

        assert type(client.as_user("alice")) is type(client.with_options(max_retries=0)) is Mine

    @pytest.mark.parametrize("user_id", ["", " ", "a\nb", SECRET])
    def test_a_user_that_cannot_be_sent_is_refused(self, user_id: str) -> None:
        with pytest.raises(ConfigurationError) as caught:
            make_client("https://api.example").as_user(user_id)

        assert "SENTINEL" not in str(caught.value)

    def test_closing_a_view_leaves_the_connections_open(self) -> None:
        with FaultServer(OK, OK) as server:
            with make_client(server.url) as client:
                with client.as_user("alice") as view:
                    view._transport.send(GET)
                client._transport.send(GET)

        assert len(server.connections) == 1


class TestRequest:
    def test_anything_can_be_asked(self) -> None:
        with FaultServer(reply(201, {"id": 7}, {"X-Request-Id": "r1"})) as server:
            with make_client(server.url) as client:
                response = client.request(
                    "post", "/v1/new/thing", params={"a": 1, "b": None}, json={"c": 2}, user="alice"
                )
        seen = server.requests[0]

        assert (seen.method, seen.target, seen.body) == ("POST", "/v1/new/thing?a=1", b'{"c":2}')
        assert seen.headers["x-user-id"] == "alice"
        assert (response.parsed, response.status_code, response.request_id) == ({"id": 7}, 201, "r1")
        assert (response.attempts, response.headers["content-type"]) == (1, "application/json")
        assert response.client_request_id == seen.headers["x-client-request-id"]

    @pytest.mark.parametrize(("body", "text"), [(b"", ""), (b"<html>", "<html>")])
    def test_an_answer_that_is_no_json_can_be_read(self, body: bytes, text: str) -> None:
        with FaultServer(reply(200, body)) as server:
            with make_client(server.url) as client:
                response = client.request("GET", "/v1/page")

        assert (response.parsed, response.text) == (None, text)

    def test_errors_are_the_same(self) -> None:
        with FaultServer(reply(400, error_body("no"))) as server:
            with make_client(server.url) as client:
                with pytest.raises(BadRequestError, match="400 GET /v1/x: no"):
                    client.request("GET", "/v1/x")

    @pytest.mark.parametrize(
        "path", ["", "v1/x", "https://evil.example", "//evil.example", "/v1/../x", "/v1//x", "/v1/x?a=b"]
    )
    def test_a_path_leads_nowhere_else(self, path: str) -> None:
        with make_client("https://api.example") as client:
            with pytest.raises(ConfigurationError):
                client.request("GET", path)

    def test_a_header_that_is_given_is_sent_alone(self) -> None:
        given = {"X-CLIENT-ATTEMPT": "mine", "user-agent": "mine"}
        with FaultServer(OK) as server:
            with make_client(server.url) as client:
                client.request("GET", "/v1/x", extra_headers=given)
        headers = server.requests[0].headers

        assert (headers["x-client-attempt"], headers["user-agent"]) == ("mine", "mine")


class TestBeforeSending:
    @pytest.mark.parametrize(
        "request_",
        [
            {"method": "GE T"},
            {"params": {"search": "\ud800"}},
            {"extra_query": {"search": "\ud800"}},
            {"json": {"text": "\ud800"}},
            {"timeout": math.inf},
        ],
    )
    def test_what_cannot_be_sent_is_refused_and_not_called_ambiguous(self, request_: dict[str, Any]) -> None:
        with FaultServer() as server:
            with make_client(server.url) as client:
                with pytest.raises(ConfigurationError) as caught:
                    client.request(**{"method": "POST", "path": "/v1/x", **request_})

        assert server.requests == []
        check_error(caught.value)

    @pytest.mark.parametrize("value", ["foo://user:zq-SENTINEL@h", "http://h:zq-SENTINEL"])
    def test_a_proxy_of_the_environment_that_cannot_be_used_is_refused(
        self, value: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HTTPS_PROXY", value)
        with make_client("https://api.example") as client:
            with pytest.raises(ConfigurationError, match="or give trust_env=False") as caught:
                client.request("POST", "/v1/x")

        check_error(caught.value)


class TestRawResponse:
    def test_the_reply_of_a_method_can_be_seen(self) -> None:
        with FaultServer(reply(503), reply(200, REPLICA, {"X-Request-Id": "r1"})) as server:
            with make_client(server.url) as client:
                response = client.with_raw_response(client._transport.send, GET)

        assert isinstance(response, Response)
        assert isinstance(response.parsed, Replica)
        assert (response.status_code, response.request_id, response.attempts) == (200, "r1", 2)
        assert response.elapsed == pytest.approx(0.5)

    def test_a_deletion_has_a_reply_as_well(self) -> None:
        with FaultServer(reply(202, {})) as server:
            with make_client(server.url) as client:
                response = client.with_raw_response(client._transport.delete, GET)

        assert (response.parsed, response.status_code) == (None, 202)

    def test_a_deletion_that_finds_its_work_done_has_that_reply(self) -> None:
        gone = reply(404, error_body(), {"X-Request-Id": "r1"})
        with FaultServer(reset(), gone) as server:
            with make_client(server.url) as client:
                response = client.with_raw_response(client.replicas.delete, REPLICA_UUID)

        assert (response.parsed, response.status_code, response.request_id) == (None, 404, "r1")
        assert (response.attempts, response.headers["x-request-id"]) == (2, "r1")
        assert response.elapsed == pytest.approx(0.5)

    def test_a_method_that_sends_nothing_has_no_reply(self) -> None:
        def nothing() -> None:
            """Send nothing."""

        with make_client("https://api.example") as client:
            with pytest.raises(ConfigurationError, match="sent no request"):
                client.with_raw_response(nothing)

    def test_nobody_else_sees_the_reply(self) -> None:
        with FaultServer(OK, OK) as server:
            with make_client(server.url) as client:
                first = client.with_raw_response(client._transport.send, GET)
                client._transport.send(GET)

        assert first.attempts == 1


class TestWatching:
    def test_hooks_hear_of_every_attempt(self) -> None:
        told: list[Any] = []
        with FaultServer(reply(503), reply(200, REPLICA, {"X-API-Version": "2025-03-25"})) as server:
            with make_client(
                server.url, on_request=told.append, on_response=told.append, on_retry=told.append
            ) as client:
                client._transport.send(GET)

        assert [(type(event), event.attempt) for event in told] == [
            (RequestEvent, 1),
            (ResponseEvent, 1),
            (RetryEvent, 1),
            (RequestEvent, 2),
            (ResponseEvent, 2),
        ]
        assert {event.path for event in told} == {GET.path}
        assert len({event.client_request_id for event in told}) == 1
        assert (told[2].delay, told[4].api_version) == (0.5, "2025-03-25")
        assert "SENTINEL" not in repr(told)

    def test_a_policy_can_be_replaced(self) -> None:
        asked: list[FailedAttempt] = []

        class Never(RetryPolicy):
            def delay(self, failed: FailedAttempt, /) -> float | None:
                asked.append(failed)
                return None

        with FaultServer(reply(503, headers={"Retry-After": "2"})) as server:
            with make_client(server.url, retry_policy=Never()) as client:
                with pytest.raises(Exception, match="503"):
                    client._transport.send(GET)

        assert asked == [FailedAttempt(attempt=1, repeatable=True, status_code=503, retry_after=2.0)]

    def test_the_log_names_no_value_of_a_path(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        with FaultServer(reply(503), OK) as server:
            with make_client(server.url) as client:
                client._transport.send(GET)
        ours = [record.getMessage() for record in caplog.records if record.name == "sensay_ext"]

        assert len(ours) == 3
        assert str(REPLICA_UUID) not in caplog.text
        check_logs(caplog)
