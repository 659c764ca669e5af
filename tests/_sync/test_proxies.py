# Derived from tests/_async/test_proxies.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""What a proxy gets to see."""

import base64

import pytest

from sensay_ext import APIConnectionError
from tests._sync.making import make_client
from tests.fault_server import FaultServer, reply
from tests.leaks import MARK, check_error
from tests.requests_to_send import COMPLETE, GET, REPLICA

REFUSED = reply(403)


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "ALL_PROXY"])
def test_a_proxy_of_the_environment_learns_the_host_and_no_more(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultServer(REFUSED) as proxy:
        monkeypatch.setenv(variable, proxy.url)
        with make_client("https://api.example", user_id="alice", max_retries=0) as client:
            with pytest.raises(APIConnectionError, match=r"no connection to api\.example") as caught:
                client._transport.send(GET)

    assert not caught.value.ambiguous
    check_error(caught.value)
    (request,) = proxy.requests
    assert (request.method, request.target, request.body) == ("CONNECT", "api.example:443", b"")
    assert not [name for name in request.headers if name.startswith("x-")]
    assert MARK not in repr(request)


def test_a_proxy_that_was_asked_for_is_told_its_own_password_alone() -> None:
    with FaultServer(*[REFUSED] * 3) as proxy:
        address = proxy.url.replace("//", f"//guide:{MARK}@")
        with make_client("https://api.example", proxy=address) as client:
            with pytest.raises(APIConnectionError) as caught:
                client._transport.send(COMPLETE)

    # Nothing of the creation was sent, so it could be tried again.
    assert (caught.value.attempts, caught.value.ambiguous) == (3, False)
    assert MARK not in f"{caught.value!s} {caught.value.__cause__!r} {client!r}"
    password = base64.b64encode(f"guide:{MARK}".encode()).decode()
    for request in proxy.requests:
        assert (request.method, request.headers["proxy-authorization"]) == ("CONNECT", f"Basic {password}")
        assert not [name for name in request.headers if name.startswith("x-")]


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "ALL_PROXY"])
def test_no_proxy_of_the_environment_sees_what_is_not_encrypted(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultServer() as proxy, FaultServer(reply(200, REPLICA)) as server:
        monkeypatch.setenv(variable, proxy.url)
        with make_client(server.url) as client:
            client._transport.send(GET)

    assert (len(server.requests), proxy.connections) == (1, [])


def test_the_environment_need_not_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultServer() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with make_client("https://127.0.0.1:1", trust_env=False, max_retries=0) as client:
            with pytest.raises(APIConnectionError):
                client._transport.send(GET)

    assert proxy.connections == []
