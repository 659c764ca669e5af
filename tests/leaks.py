"""Looks for a secret where none may be, and for connections and threads that were left behind."""

import pickle
import threading
import traceback
from typing import Any

import pytest

from tests.fault_server import PATIENCE
from tests.requests_to_send import SECRET

MARK = "SENTINEL"
"""A part of the secret that nothing may show; its first characters may be shown."""


def chain(error: BaseException | None) -> list[BaseException]:
    """An exception with all its causes and contexts."""
    links: list[BaseException] = []
    while error is not None:
        links.append(error)
        error = error.__cause__ or error.__context__
    return links


def check_error(error: BaseException) -> None:
    """Fail when an exception shows the secret: in its words, its traceback, its attributes or the frames it went through."""
    for link in chain(error):
        assert MARK not in f"{link!s} {link!r} {link.__dict__}"
    assert MARK not in "".join(traceback.format_exception(error))
    assert SECRET.encode() not in pickle.dumps(error)
    stack = traceback.TracebackException.from_exception(error, capture_locals=True).stack
    for frame in stack:
        # Frames of the test itself know the secret.
        if "/tests/" not in frame.filename:
            assert MARK not in str(frame.locals)


def check_logs(caplog: pytest.LogCaptureFixture) -> None:
    """Fail when any logger showed the secret."""
    for record in caplog.records:
        assert MARK not in f"{record.getMessage()} {record.__dict__}"


def check_connections(client: Any, *, servers: int = 1) -> None:
    """Fail when a client holds a connection that is in use, or more than one for each server."""
    for http_client in client._transport.pool._clients.values():
        connections = http_client._transport._pool.connections
        assert len(connections) <= servers
        assert all(connection.is_idle() for connection in connections)


def check_threads() -> None:
    """Fail when a thread that fetched something in advance does not end by itself."""
    for thread in threading.enumerate():
        if thread.name == "sensay-ahead":
            thread.join(PATIENCE)
            assert not thread.is_alive()
