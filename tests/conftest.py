"""What holds for every test: no network beyond this machine, and no settings from outside."""

import os
import signal
import socket
from pathlib import Path
from typing import Any

import hypothesis
import pytest

_LOOPBACK = {"127.0.0.1", "::1", "localhost", b"127.0.0.1", b"::1", b"localhost", None, ""}

_KEYS = ("SENSAY_API_KEY", "SENSAY_ORGANIZATION_SECRET")

_resolve = socket.getaddrinfo

# How fast values are drawn says how busy the machine is.
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")


def pytest_configure() -> None:
    """Let tests be interrupted: what a shell starts in the background ignores that, and so does all that it starts."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
    if host not in _LOOPBACK:
        raise AssertionError(f"a test tried to look up {host!r}")
    return _resolve(host, *args, **kwargs)


@pytest.fixture
def _is_recording_live(request: pytest.FixtureRequest) -> bool:
    """Whether the test is to be recorded, and there is a key to record it with: then it needs the key, and the network."""
    is_recorded = "sensay_vcr" in request.fixturenames and request.config.getoption("--sensay-record") != "none"
    return is_recorded and any(os.environ.get(name) for name in _KEYS)


@pytest.fixture(autouse=True)
def _no_name_service(monkeypatch: pytest.MonkeyPatch, *, _is_recording_live: bool) -> None:
    # Connections to other machines are refused elsewhere; a look-up alone would leave this machine as well.
    if not _is_recording_live:
        monkeypatch.setattr(socket, "getaddrinfo", _guarded_getaddrinfo)


@pytest.fixture(scope="session")
def _empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _no_outer_settings(monkeypatch: pytest.MonkeyPatch, _empty_home: Path, *, _is_recording_live: bool) -> None:
    kept = {*_KEYS, "SENSAY_BASE_URL"} if _is_recording_live else set()
    for name in list(os.environ):
        if (name.startswith("SENSAY_") and name not in kept) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(_empty_home))
    monkeypatch.setenv("USERPROFILE", str(_empty_home))


@pytest.fixture
def anyio_backend() -> str:
    """The event loop that tests of the async client run on."""
    return "asyncio"
