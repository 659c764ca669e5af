"""Open connections, so that a fault can break one."""

import asyncio  # noqa: TID251 - the sandbox is a server with its own event loop
import socket
import struct
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

Address = tuple[str, int]


class Connections:
    """The connections of one server, by the address of the other end."""

    def __init__(self) -> None:
        self._transports: dict[Address, asyncio.Transport] = {}
        self._all_gone = asyncio.Event()
        self._all_gone.set()

    def protocol(self) -> type[asyncio.Protocol]:
        """Return the server's protocol, which keeps its connections here."""
        transports, all_gone = self._transports, self._all_gone

        class Tracked(AutoHTTPProtocol):  # type: ignore[valid-type, misc] # uvicorn picks the class when imported
            def connection_made(self, transport: Any) -> None:
                self.other_end = transport.get_extra_info("peername")[:2]
                transports[self.other_end] = transport
                all_gone.clear()
                super().connection_made(transport)

            def connection_lost(self, exc: Exception | None) -> None:
                transports.pop(self.other_end, None)
                super().connection_lost(exc)
                if not transports:
                    all_gone.set()

        return Tracked

    async def wait_until_all_are_gone(self) -> None:
        """Return when there is no connection."""
        await self._all_gone.wait()

    def reset(self, address: Address) -> None:
        """Break a connection so that the other end sees a reset."""
        transport = self._transports.get(address)
        if transport is not None:
            # Lingering for no time at all is how a TCP socket is told to send a reset instead of an orderly end.
            connection: socket.socket = transport.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()

    def close(self, address: Address) -> None:
        """End a connection in good order, whatever was still to be said."""
        transport = self._transports.get(address)
        if transport is not None:
            transport.close()
