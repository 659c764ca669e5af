"""Connections that stop when the time of the call they are used for is over.

The HTTP library limits every single read and write, so a server that sends a byte now and then would be listened to for
ever.
"""

# The signatures are those of the HTTP library.
# ruff: noqa: ASYNC109

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpcore

from sensay_ext._deadline import time_left

if TYPE_CHECKING:
    import ssl

    import httpx

__all__ = ["bounded"]

_PIECE = 65_536


def bounded(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """The client, whose connections from now on keep the deadline of the call."""
    # The HTTP library has no public way to its connections; one that no longer has these names is used as it is.
    for transport in (getattr(client, "_transport", None), *getattr(client, "_mounts", {}).values()):
        pool: Any = getattr(transport, "_pool", None)
        if hasattr(pool, "_network_backend"):
            pool._network_backend = AsyncBoundedBackend(pool._network_backend)  # noqa: SLF001 - see above
    return client


class AsyncBoundedBackend(httpcore.AsyncNetworkBackend):
    """Makes such connections.

    Args:
        backend: Makes the connections underneath.
    """

    def __init__(self, backend: httpcore.AsyncNetworkBackend) -> None:
        self._backend = backend

    async def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *args: Any, **options: Any
    ) -> httpcore.AsyncNetworkStream:
        """Connect to a server."""
        return AsyncBoundedStream(await self._backend.connect_tcp(host, port, timeout, *args, **options))


class AsyncBoundedStream(httpcore.AsyncNetworkStream):
    """A connection.

    Args:
        stream: The connection underneath.
    """

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes."""
        return await self._stream.read(max_bytes, time_left(timeout))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes; in pieces, since the limit is one for whatever the server takes at once."""
        for start in range(0, len(buffer), _PIECE):
            piece = buffer[start : start + _PIECE]
            await self._stream.write(piece, time_left(timeout))

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """The connection, encrypted from here on."""
        return AsyncBoundedStream(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    async def aclose(self) -> None:
        """Close it."""
        await self._stream.aclose()

    def get_extra_info(self, info: str) -> Any:
        """What the connection underneath tells of itself."""
        return self._stream.get_extra_info(info)
