"""What may be fetched, and what may not."""

import _socket
import asyncio  # noqa: TID251 - the fetcher runs in an event loop
import socket
from typing import Any

import pytest

from sensay_ext.sandbox._training.fetching import Fetcher
from sensay_ext.sandbox._training.outcomes import Unprocessable
from tests.sandbox.web import serve_site


def _fetch(url: str, *, allow_private: bool = False, allow_network: bool = True) -> bytes:
    fetcher = Fetcher(allow_network=allow_network, allow_private=allow_private)
    return asyncio.run(fetcher.fetch(url)).content


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.0.0.1/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://user:password@127.0.0.1/",
    ],
)
def test_no_address_near_by_is_fetched_in_whatever_form(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    # The guard against look-ups in tests knows only a few names; a literal address is never looked up anywhere.
    monkeypatch.setattr(socket, "getaddrinfo", _numeric_only(socket.getaddrinfo))

    with pytest.raises(Unprocessable, match=r"private network|host is unknown"):
        _fetch(url)


def _numeric_only(resolve: Any) -> Any:
    def look_up(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        if host == "localhost":
            return resolve(host, port, *args, **kwargs)
        return _socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST)

    return look_up


def test_a_name_that_means_several_addresses_must_mean_no_private_one(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)

    with pytest.raises(Unprocessable, match="private network"):
        _fetch("http://mixed.example/")


def test_a_public_page_may_not_lead_into_the_private_network(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve_site() as site:
        url = site.answer("/out", 302, Location="http://10.0.0.1/")
        port = url.split(":")[2].split("/")[0]
        fetcher = Fetcher(allow_network=True, allow_private=False)
        # For the first step only, loopback plays the public network.
        checks = iter([True])
        monkeypatch.setattr("sensay_ext.sandbox._training.fetching._is_public", lambda _: next(checks, False))
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", int(port)))])

        with pytest.raises(Unprocessable, match="private network"):
            asyncio.run(fetcher.fetch(url))

        assert site.asked == ["/out"]


def test_the_connection_goes_to_the_address_that_was_checked_under_the_name_that_was_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_up: list[str] = []

    def look_up(host: str, port: int, *_: Any, **__: Any) -> Any:
        looked_up.append(host)
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    with serve_site() as site:
        port = site.page("/", "<p>Hello</p>").split(":")[2].rstrip("/")
        monkeypatch.setattr(socket, "getaddrinfo", look_up)

        assert _fetch(f"http://named.example:{port}/", allow_private=True) == b"<p>Hello</p>"

    assert looked_up[0] == "named.example"
    assert set(looked_up[1:]) <= {"127.0.0.1"}


def test_loopback_is_fetched_when_that_is_allowed() -> None:
    with serve_site() as site:
        assert _fetch(site.page("/", "<p>Near</p>"), allow_private=True) == b"<p>Near</p>"


def test_a_host_that_nobody_knows_is_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    with pytest.raises(Unprocessable, match="host is unknown"):
        _fetch("http://nowhere.example/")


def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sensay_ext.sandbox._training.fetching._SECONDS", 0)

    with serve_site() as site, pytest.raises(Unprocessable, match="took too long"):
        _fetch(site.page("/", "<p>Near</p>"), allow_private=True)


def test_nothing_is_fetched_offline() -> None:
    with serve_site() as site, pytest.raises(Unprocessable, match="offline"):
        _fetch(site.page("/", "<p>Near</p>"), allow_private=True, allow_network=False)
    assert site.asked == []
