"""Which HTTP clients, and which settings of connections, a client of ours refuses before it sends anything."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from sensay_ext import AsyncSensay, ConfigurationError, Sensay
from tests.requests_to_send import SECRET

MAKERS: list[Any] = [Sensay.anonymous, AsyncSensay.anonymous, lambda **options: Sensay(SECRET, **options)]


@pytest.mark.parametrize(
    ("make", "given", "wanted"),
    [
        (Sensay, httpx.AsyncClient, "httpx.Client"),
        (AsyncSensay, httpx.Client, "httpx.AsyncClient"),
        (Sensay, object, "httpx.Client"),
        (AsyncSensay, lambda: httpx.AsyncClient, "httpx.AsyncClient"),
    ],
)
def test_a_client_that_cannot_send_is_refused(make: Any, given: Callable[[], Any], wanted: str) -> None:
    with pytest.raises(ConfigurationError, match=f"http_client must be an {wanted}$"):
        make(SECRET, http_client=given())
    with pytest.raises(ConfigurationError, match=f"http_client must be an {wanted}$"):
        make.anonymous(http_client=given())


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("proxy", ["proxy.example", "http://", "ftp://user:zq-SENTINEL@h", "http://h:zq-SENTINEL", 5])
def test_what_is_no_proxy_is_refused_without_its_password(make: Any, proxy: Any) -> None:
    with pytest.raises(ConfigurationError, match="proxy is not the URL of a proxy") as caught:
        make(proxy=proxy)

    assert "SENTINEL" not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("is_installed", [True, False])
def test_a_socks_proxy_needs_a_package(make: Any, is_installed: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001 - a parameter of the test
    monkeypatch.setattr("sensay_ext._wire.find_spec", {"socksio": object() if is_installed else None}.get)
    if is_installed:
        assert isinstance(make(proxy="socks5://proxy.example"), Sensay | AsyncSensay)
    else:
        with pytest.raises(ConfigurationError, match=r"needs the package socksio, which httpx\[socks\] brings"):
            make(proxy="socks5://proxy.example")
