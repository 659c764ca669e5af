"""What holds for every test: no network beyond this machine, and no settings from outside."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest

_LOOPBACK = {"127.0.0.1", "::1", "localhost", b"127.0.0.1", b"::1", b"localhost", None, ""}

_resolve = socket.getaddrinfo


def _guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
    if host not in _LOOPBACK:
        raise AssertionError(f"a test tried to look up {host!r}")
    return _resolve(host, *args, **kwargs)


@pytest.fixture(autouse=True)
def _no_name_service(monkeypatch: pytest.MonkeyPatch) -> None:
    # Connections to other machines are refused elsewhere; a look-up alone would leave this machine as well.
    monkeypatch.setattr(socket, "getaddrinfo", _guarded_getaddrinfo)


@pytest.fixture(scope="session")
def _empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _no_outer_settings(monkeypatch: pytest.MonkeyPatch, _empty_home: Path) -> None:
    for name in list(os.environ):
        if name.startswith("SENSAY_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(_empty_home))
    monkeypatch.setenv("USERPROFILE", str(_empty_home))


@pytest.fixture
def anyio_backend() -> str:
    """The event loop that tests of the async client run on."""
    return "asyncio"
