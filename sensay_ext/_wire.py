"""The few things that are asked of the HTTP library besides sending."""

from __future__ import annotations

import logging
import os
import re
import socket
import ssl
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from sensay_ext._errors import ConfigurationError
from sensay_ext._settings import is_host

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sensay_ext._redirects import Hop

__all__ = ["ConnectionSettings", "hang_up", "headers_of", "quiet", "to_httpx", "with_query"]

_ClientT = TypeVar("_ClientT", httpx.AsyncClient, httpx.Client)

_sending: ContextVar[bool] = ContextVar("sensay_ext_sending", default=False)


class _Quiet(logging.Filter):
    """Drops what the HTTP library logs of our requests where it could give something away.

    Its own line for each request holds the whole URL, tokens included; its debug output holds the reply's headers, and
    exceptions that quote what is no reply. We log the same facts ourselves, without them. Lines about other programs' requests pass.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if not _sending.get():
            return True
        return record.name.startswith("httpcore") and not _QUOTES_THE_REPLY.search(record.getMessage())


_QUOTES_THE_REPLY = re.compile(r"receive_response_headers\.complete|exception=")


for _name in ("httpx", "httpcore.http11", "httpcore.http2"):
    logging.getLogger(_name).addFilter(_Quiet())


@contextmanager
def quiet() -> Iterator[None]:
    """While this lasts, the HTTP library logs nothing of this task's requests that could give a secret away."""
    token = _sending.set(True)
    try:
        yield
    finally:
        _sending.reset(token)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionSettings:
    """How connections are made.

    Args:
        proxy: URL of a proxy; None uses those of the environment, if it is asked at all.
        ca_bundle: File of certificates to trust instead of the usual ones.
        trust_env: Whether the environment may name proxies and certificates.
    """

    proxy: str | None = field(default=None, repr=False)  # may hold a password
    ca_bundle: str | None = None
    trust_env: bool = True

    @classmethod
    def for_base_url(
        cls, base_url: str, *, proxy: str | None = None, ca_bundle: str | None = None, trust_env: bool = True
    ) -> ConnectionSettings:
        """The settings for one API; a proxy that the environment names sees no request that is not encrypted.

        Raises:
            ConfigurationError: There can be no such proxy.
        """
        if proxy is not None:
            _proxy(proxy)
        return cls(proxy=proxy, ca_bundle=ca_bundle, trust_env=trust_env and base_url.startswith("https://"))

    def client(self, kind: Callable[..., _ClientT]) -> _ClientT:
        """A client of the HTTP library, of the kind for threads or for tasks.

        Raises:
            ConfigurationError: Connections cannot be made with these settings.
        """
        arguments = self.arguments()
        with suppress(ImportError, ValueError, httpx.InvalidURL):
            return kind(**arguments)
        # Outside of the handler: the exception shows the URL, which may hold a password.
        raise ConfigurationError(
            "a proxy that the environment names cannot be used; correct HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY "
            f"({_FOR_SOCKS}), or give trust_env=False"
        )

    def arguments(self) -> dict[str, Any]:
        """The arguments for a client of the HTTP library."""
        return {
            "verify": _certificates(self.ca_bundle, self._environment),
            "proxy": None if self.proxy is None else _proxy(self.proxy),
            "trust_env": self.trust_env,
            "limits": _LIMITS,
        }

    @property
    def _environment(self) -> tuple[str, ...]:
        """What the environment says of certificates, where it is asked."""
        is_asked = self.trust_env and self.ca_bundle is None
        return tuple(os.environ.get(name, "") for name in _CERTIFICATE_VARIABLES if is_asked)


_FOR_SOCKS = "a SOCKS proxy needs the package socksio, which httpx[socks] brings"


def _proxy(url: str) -> httpx.Proxy:
    proxy: httpx.Proxy | None = None
    with suppress(TypeError, ValueError, httpx.InvalidURL):
        proxy = httpx.Proxy(url)
    # Outside of the handler: the exception shows the URL, which may hold a password.
    if proxy is None or not is_host(proxy.url.host):
        raise ConfigurationError("proxy is not the URL of a proxy")
    if proxy.url.scheme.startswith("socks") and find_spec("socksio") is None:
        raise ConfigurationError(f"proxy cannot be used: {_FOR_SOCKS}")
    return proxy


_CERTIFICATE_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


@lru_cache(maxsize=8)
def _certificates(ca_bundle: str | None, environment: tuple[str, ...]) -> ssl.SSLContext:
    """What to trust; made once, since reading all the usual certificates takes longer than a request.

    Args:
        ca_bundle: File of certificates to trust instead of the usual ones.
        environment: What the HTTP library finds in the environment, where it may look; else nothing.
    """
    try:
        if ca_bundle is not None:
            return ssl.create_default_context(cafile=ca_bundle)
        return httpx.create_ssl_context(trust_env=any(environment))
    except OSError as problem:
        source = " or ".join(_CERTIFICATE_VARIABLES) if ca_bundle is None else "ca_bundle"
        raise ConfigurationError(f"{source} cannot be read: {type(problem).__name__}") from None


_MOST = 100
# All are kept that can be made: beyond the number to keep, the HTTP library closes each connection after one request,
# even with all of them in use. Keeping them for less than servers usually do avoids most requests on one that is just
# being closed.
_LIMITS = httpx.Limits(max_connections=_MOST, max_keepalive_connections=_MOST, keepalive_expiry=15.0)


def headers_of(response: httpx.Response) -> dict[str, str]:
    """Reply headers, with lower-case names; of several with one name, the values joined by commas."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in response.headers.raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def hang_up(response: httpx.Response) -> None:
    """End the body that another thread reads, as if the server had broken off; or do nothing, where that is not safe.

    Closing the connection would not wake that thread up, and pulls it away under it.
    """
    connection: Any = response.extensions.get("network_stream")
    if response.http_version == "HTTP/2":  # other requests are on the same connection
        return
    # A transport that the user brought along may have another kind of connection, and the server may be gone.
    with suppress(Exception):
        sock = connection.get_extra_info("socket")
        # Looked at last: a connection that went back to the pool is somebody else's.
        if not response.is_closed:
            sock.shutdown(socket.SHUT_RDWR)


def with_query(url: str, params: dict[str, Any]) -> str:
    """The URL with query parameters; a list gives its name several times.

    Raises:
        ConfigurationError: One of them cannot be sent.
    """
    if not params:
        return url
    with suppress(UnicodeError):
        return f"{url}?{httpx.QueryParams(params)}"
    # Outside of the handler: the exception holds the value.
    raise ConfigurationError("a query parameter holds half a character, and cannot be sent; take lone surrogates out")


def to_httpx(hop: Hop, limits: dict[str, float | None]) -> httpx.Request:
    """The request in the form of the HTTP library.

    It is made without a client of that library, whose cookies would carry over from one user to the next.

    Raises:
        ConfigurationError: The URL cannot be used.
    """
    with suppress(httpx.InvalidURL):
        return httpx.Request(
            hop.method, hop.url, headers=hop.headers, content=hop.content, extensions={"timeout": limits}
        )
    # Outside of the handler: the exception may quote the URL.
    raise ConfigurationError("the URL of the request cannot be used")
