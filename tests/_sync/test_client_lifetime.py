# Derived from tests/_async/test_client_lifetime.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""The client: what it is given to send with, and what it leaves behind."""

import gc
import gzip
import json
import warnings
from typing import Any

import httpx
import pytest

from generated_client.models import Replica
from sensay_ext import (
    APIConnectionError,
    ConfigurationError,
    ResponseParseError,
)
from sensay_ext._concurrency import Home
from tests._sync.making import limit_response, make_client
from tests.clocks import FakeClock
from tests.fault_server import FaultServer, reply
from tests.requests_to_send import CREATE_USER, GET, REPLICA

OK = reply(200, REPLICA)


def mock_client(handler: Any) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(handler))


class TestForeignClient:
    def test_a_client_that_was_brought_along_sends_and_stays_open(self) -> None:
        seen: list[httpx.Request] = []

        def handler(request: httpx.Request) -> httpx.Response:
            seen.append(request)
            return httpx.Response(200, json=REPLICA)

        with mock_client(handler) as mine:
            mine.headers["x-mine"] = "1"
            mine.cookies.set("sid", "1")
            mine.params = httpx.QueryParams({"mine": "1"})
            mine.auth = httpx.BasicAuth("user", "password")
            with make_client("https://api.example", http_client=mine) as client:
                assert isinstance(client._transport.send(GET), Replica)

            assert not mine.is_closed
        assert not {"x-mine", "cookie", "authorization"} & set(seen[0].headers)
        assert not seen[0].url.query

    def test_whatever_it_raises_is_wrapped(self) -> None:
        def handler(_request: httpx.Request) -> httpx.Response:
            raise LookupError("mine")

        with mock_client(handler) as mine, make_client("https://api.example", http_client=mine) as client:
            with pytest.raises(APIConnectionError, match="LookupError: mine") as caught:
                client._transport.send(GET)

        assert isinstance(caught.value.__cause__, LookupError)
        assert caught.value.attempts == 1

    def test_a_body_that_is_there_at_once_is_read(self) -> None:
        def handler(_request: httpx.Request) -> httpx.Response:
            return httpx.Response(200, content=b"<html>", headers={"content-type": "text/html"})

        with mock_client(handler) as mine, make_client("https://api.example", http_client=mine) as client:
            with pytest.raises(ResponseParseError) as caught:
                client._transport.send(GET)

        assert caught.value.content_type == "text/html"

    @pytest.mark.parametrize("encoding", ["identity", "gzip"])
    def test_a_body_that_is_there_at_once_is_read_and_streamed_in_any_encoding(self, encoding: str) -> None:
        body = json.dumps(REPLICA).encode()
        content = gzip.compress(body) if encoding == "gzip" else body

        def handler(_request: httpx.Request) -> httpx.Response:
            headers = {"content-type": "application/json", "content-encoding": encoding}
            return httpx.Response(200, content=content, headers=headers)

        with mock_client(handler) as mine, make_client("https://api.example", http_client=mine) as client:
            assert isinstance(client._transport.send(GET), Replica)
            with client._transport.stream(GET) as streamed:
                assert b"".join([chunk for chunk in streamed.chunks()]) == body

    def test_a_body_that_is_there_at_once_has_the_same_limit(self) -> None:
        mine = mock_client(lambda _request: httpx.Response(200, json=REPLICA))
        with mine, make_client("https://api.example", http_client=mine) as client:
            limit_response(client, 10)
            with pytest.raises(ResponseParseError, match="longer than 10 bytes"):
                client._transport.send(GET)

    def test_a_closed_one_is_reported(self) -> None:
        mine = mock_client(lambda _request: httpx.Response(200))
        mine.close()
        with make_client("https://api.example", http_client=mine) as client:
            with pytest.raises(ConfigurationError, match="the http_client is closed"):
                client._transport.send(GET)


class TestClosing:
    def test_a_closed_client_sends_nothing(self) -> None:
        client = make_client("https://api.example")
        client.close()
        client.close()

        assert client._transport.pool.is_closed
        with pytest.raises(ConfigurationError, match="the client is closed"):
            client._transport.send(CREATE_USER)

    def test_closing_closes_the_connections(self) -> None:
        with FaultServer(OK) as server:
            client = make_client(server.url)
            client._transport.send(GET)
            client.close()
            server.connections[0].wait_until_closed()

        assert client._transport.pool._clients == {}

    def test_a_client_that_is_lost_while_open_is_mourned(self) -> None:
        client = make_client("https://api.example")
        kept = client._transport.pool.client()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", ResourceWarning)
            del client
            gc.collect()
        kept.close()

        assert [str(warning.message) for warning in caught if warning.category is ResourceWarning] == [
            "a Sensay client was never closed; use it in a with statement"
        ]

    def test_a_view_keeps_the_connections_alive(self) -> None:
        view = make_client("https://api.example").as_user("alice")
        view._transport.pool.client()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", ResourceWarning)
            gc.collect()
        view._transport.pool.close()

        assert caught == []

    def test_a_client_that_never_sent_is_not_mourned(self) -> None:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", ResourceWarning)
            make_client("https://api.example")
            gc.collect()

        assert caught == []

    def test_connections_that_can_never_be_used_again_are_let_go(self, monkeypatch: pytest.MonkeyPatch) -> None:
        client = make_client("https://api.example")
        pool = client._transport.pool
        first = pool.client()
        with monkeypatch.context() as later:
            later.setattr("os.getpid", lambda: -1)
            later.setattr(Home, "is_gone", lambda _home: True)
            second = pool.client()
            client.close()
        first.close()

        assert second is not first
        assert pool._clients == {}

    def test_a_forked_process_makes_its_own_connections(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with FaultServer(OK, OK, OK) as server:
            with make_client(server.url, FakeClock()) as client:
                client._transport.send(GET)
                with monkeypatch.context() as child:
                    child.setattr("os.getpid", lambda: -1)
                    client._transport.send(GET)
                    in_child = client._transport.pool.client()
                    assert client._transport.pool.client() is in_child
                client._transport.send(GET)
                assert client._transport.pool.client() is not in_child
                in_child.close()

        assert len(server.connections) == 2
