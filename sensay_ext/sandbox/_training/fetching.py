"""Fetches pages from the web, but from nowhere near."""

import asyncio  # noqa: TID251 - the sandbox is a server with its own event loop
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from functools import cached_property

import httpx

from sensay_ext.sandbox._training.outcomes import Temporary, Unprocessable

_SECONDS = 10.0
_MAX_BYTES = 5 * 1024 * 1024
_MAX_REDIRECTS = 5
_AGENT = "sensay-sandbox"
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True)
class Page:
    """What an address gave.

    Attributes:
        content: The body.
        media_type: Its media type, without parameters.
    """

    content: bytes
    media_type: str


class Fetcher:
    """Fetches pages.

    Args:
        allow_network: Whether anything may be fetched at all.
        allow_private: Whether loopback and private networks may be fetched from, too.
    """

    def __init__(self, *, allow_network: bool, allow_private: bool) -> None:
        self._allow_network = allow_network
        self._allow_private = allow_private

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpx.create_ssl_context(trust_env=False)

    async def fetch(self, url: str) -> Page:
        """Return what is at an address, after following its redirects.

        Args:
            url: The address.

        Returns:
            The page.

        Raises:
            Unprocessable: If there is nothing, it needs a login, it is too large, or it may not be fetched.
            Temporary: If the other server says that it may work later.
        """
        if not self._allow_network:
            raise Unprocessable("The URL cannot be accessed: the sandbox is offline")
        try:
            async with asyncio.timeout(_SECONDS):
                return await self._follow(url)
        except TimeoutError as error:
            raise Unprocessable("The URL cannot be accessed: it took too long") from error
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise Unprocessable("The URL cannot be accessed") from error

    async def _follow(self, url: str) -> Page:
        address = httpx.URL(url)
        # A proxy would connect to whatever it resolves the name to, so none is used.
        async with httpx.AsyncClient(timeout=_SECONDS, trust_env=False, verify=self._tls) as client:
            for _ in range(_MAX_REDIRECTS + 1):
                reply = await self._visit(client, address)
                if isinstance(reply, Page):
                    return reply
                address = address.join(reply)
        raise Unprocessable("The URL cannot be accessed: it redirects too often")

    async def _visit(self, client: httpx.AsyncClient, url: httpx.URL) -> Page | str:
        if url.scheme not in {"http", "https"} or not url.host:
            raise Unprocessable("The URL cannot be accessed: it leads to no web page")
        # The connection goes to the very address that was checked; the name could mean another one a moment later.
        checked = await self._resolve(url)
        request = client.build_request(
            "GET",
            url.copy_with(host=checked),
            headers={"Host": url.netloc.decode("ascii").rpartition("@")[2], "User-Agent": _AGENT},
            extensions={"sni_hostname": url.host},
        )
        reply = await client.send(request, stream=True)
        try:
            if reply.is_redirect:
                return str(reply.headers["location"])
            _check_status(reply.status_code)
            return Page(await _read(reply), reply.headers.get("content-type", "").partition(";")[0].strip().lower())
        finally:
            await reply.aclose()

    async def _resolve(self, url: httpx.URL) -> str:
        port = url.port or {"http": 80, "https": 443}[url.scheme]
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise Unprocessable("The URL cannot be accessed: its host is unknown") from error
        addresses = [str(sockaddr[0]) for *_, sockaddr in found]
        if not self._allow_private and not all(_is_public(address) for address in addresses):
            raise Unprocessable("The URL cannot be accessed: it leads into a private network")
        return addresses[0]


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_global and not (mapped or parsed).is_multicast


def _check_status(status: int) -> None:
    if status in _PASSING:
        raise Temporary(f"The URL answered {status}")
    if status in {401, 403, 407}:
        raise Unprocessable(f"The URL requires authorization: it answered {status}")
    if not 200 <= status < 300:  # noqa: PLR2004 - the range of success
        raise Unprocessable(f"The URL cannot be accessed: it answered {status}")


async def _read(reply: httpx.Response) -> bytes:
    content = bytearray()
    async for part in reply.aiter_bytes():
        content += part
        if len(content) > _MAX_BYTES:
            raise Unprocessable("The page is too large")
    return bytes(content)
