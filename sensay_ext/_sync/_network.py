# Derived from sensay_ext/_async/_network.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
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


def bounded(client: httpx.Client) -> httpx.Client:
    """The client, whose connections from now on keep the deadline of the call."""
    # The HTTP library has no public way to its connections; one that no longer has these names is used as it is.
    for transport in (getattr(client, "_transport", None), *getattr(client, "_mounts", {}).values()):
        pool: Any = getattr(transport, "_pool", None)
        if hasattr(pool, "_network_backend"):
            pool._network_backend = BoundedBackend(pool._network_backend)  # noqa: SLF001 - see above
    return client


class BoundedBackend(httpcore.NetworkBackend):
    """Makes such connections.

    Args:
        backend: Makes the connections underneath.
    """

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._backend = backend

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *args: Any, **options: Any
    ) -> httpcore.NetworkStream:
        """Connect to a server."""
        return BoundedStream(self._backend.connect_tcp(host, port, timeout, *args, **options))


class BoundedStream(httpcore.NetworkStream):
    """A connection.

    Args:
        stream: The connection underneath.
    """

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes."""
        return self._stream.read(max_bytes, time_left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes; in pieces, since the limit is one for whatever the server takes at once."""
        for start in range(0, len(buffer), _PIECE):
            piece = buffer[start : start + _PIECE]
            self._stream.write(piece, time_left(timeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The connection, encrypted from here on."""
        return BoundedStream(self._stream.start_tls(ssl_context, server_hostname, timeout))

    def close(self) -> None:
        """Close it."""
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        """What the connection underneath tells of itself."""
        return self._stream.get_extra_info(info)
