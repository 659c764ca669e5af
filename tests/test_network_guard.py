"""No test can reach beyond this machine."""

import socket

import httpx
import pytest
from pytest_socket import SocketConnectBlockedError

# The guard warns before it refuses, and here a warning is an error.
REFUSED = (SocketConnectBlockedError, UserWarning)


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(AssertionError, match=r"tried to look up 'api\.sensay\.io'"):
        socket.getaddrinfo("api.sensay.io", 443)


def test_an_address_is_not_connected_to() -> None:
    with socket.socket() as sock, pytest.raises(REFUSED, match=r"192\.0\.2\.1"):
        sock.connect(("192.0.2.1", 443))


@pytest.mark.parametrize("url", ["https://api.sensay.io", "http://192.0.2.1"])
def test_the_http_library_is_stopped_as_well(url: str) -> None:
    with pytest.raises((AssertionError, *REFUSED)):
        httpx.get(url, trust_env=False)


def test_this_machine_may_be_looked_up() -> None:
    assert socket.getaddrinfo("localhost", 80)
