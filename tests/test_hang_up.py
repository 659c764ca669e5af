"""Breaking off a body that another thread reads, where nobody else is on the connection."""

import socket
from typing import Any

import httpx
import pytest

from sensay_ext._wire import hang_up


class _Connection:
    """What the HTTP library gives out of a connection."""

    def __init__(self, *, is_there: bool = True) -> None:
        self.shut: list[int] = []
        self._is_there = is_there

    def get_extra_info(self, name: str) -> Any:
        assert name == "socket"
        return self

    def shutdown(self, how: int) -> None:
        if not self._is_there:
            raise OSError("the server is gone")
        self.shut.append(how)


def response(connection: object, http_version: bytes = b"HTTP/1.1") -> httpx.Response:
    return httpx.Response(
        200, stream=httpx.ByteStream(b""), extensions={"network_stream": connection, "http_version": http_version}
    )


def test_a_connection_of_its_own_is_shut() -> None:
    connection = _Connection()
    hang_up(response(connection))

    assert connection.shut == [socket.SHUT_RDWR]


def test_a_connection_that_others_use_is_left_alone() -> None:
    connection = _Connection()
    hang_up(response(connection, b"HTTP/2"))
    done = response(connection)
    done.close()
    hang_up(done)

    assert connection.shut == []


@pytest.mark.parametrize("connection", [None, object(), _Connection(is_there=False)])
def test_a_connection_that_cannot_be_shut_is_no_error(connection: object) -> None:
    hang_up(response(connection))
