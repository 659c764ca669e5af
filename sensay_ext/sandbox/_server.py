"""A running sandbox: the server in a thread of its own, and what can be done to it from outside."""

import asyncio  # noqa: TID251 - the sandbox is a server with its own event loop
import socket
import threading
from collections.abc import Callable, Coroutine
from contextlib import ExitStack, suppress
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar, Unpack

import uvicorn

from sensay_ext.sandbox._connections import Connections
from sensay_ext.sandbox._controls import Controls
from sensay_ext.sandbox._gateway import Gateway
from sensay_ext.sandbox._options import Options
from sensay_ext.sandbox._settings import Settings
from sensay_ext.sandbox._state import State

T = TypeVar("T")

_LOOPBACK = "127.0.0.1"
_STOP_SECONDS = 5
_BACKLOG = 512
_TICK_SECONDS = 1.0


class _Server(uvicorn.Server):
    """A server that says when it is up, and stops at once.

    Args:
        config: How it serves.
        connections: Its connections.
    """

    def __init__(self, config: uvicorn.Config, connections: Connections) -> None:
        super().__init__(config)
        self._connections = connections
        self.up = threading.Event()
        self.loop: asyncio.AbstractEventLoop | None = None
        self._stop = asyncio.Event()

    async def main_loop(self) -> None:
        """Serve until told to stop, which is noticed at once and not at the next look at a flag."""
        self.loop = asyncio.get_running_loop()
        self.up.set()
        # A tick of this number also brings the Date header up to date.
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                async with asyncio.timeout(_TICK_SECONDS):
                    await self._stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002 - the servers close them
        """Stop as the base class does, which looks only ten times a second whether everybody has gone."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with suppress(TimeoutError):
            async with asyncio.timeout(_STOP_SECONDS):
                await self._connections.wait_until_all_are_gone()
                await asyncio.gather(*self.server_state.tasks, return_exceptions=True)
        await self.lifespan.shutdown()

    def stop(self) -> None:
        """Stop serving; called from another thread."""
        self.should_exit = True
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._stop.set)


class Sandbox(Controls):
    """A sandbox that is being served from a thread of this process until it is closed.

    Args:
        settings: How it is set up.
        host: The address to listen on.
        port: The port; a free one when 0.

    Attributes:
        base_url: Where the API is.
        organization_secret: The secret of the first organisation.

    Raises:
        OSError: If it cannot listen there.
        RuntimeError: If it does not start.
    """

    def __init__(self, settings: Settings, *, host: str = _LOOPBACK, port: int = 0) -> None:
        super().__init__(State(settings))
        with ExitStack() as opened:
            opened.callback(self._state.close)
            self._socket = opened.enter_context(_listen(host, port))
            shown = f"[{host}]" if ":" in host else host
            self.base_url = f"http://{shown}:{self._socket.getsockname()[1]}"
            self._server = self._build()
            self._thread = threading.Thread(target=self._run, name="sensay-sandbox", daemon=True)
            self._start()
            self._opened = opened.pop_all()

    def _build(self) -> _Server:
        connections = Connections()
        config = uvicorn.Config(
            Gateway(self._state, connections),
            http=connections.protocol(),
            log_config=None,
            access_log=False,
            lifespan="on",
            loop="asyncio",
            ws="none",
            # Connections are known by the address of their other end, which no header may change.
            proxy_headers=False,
        )
        return _Server(config, connections)

    def _start(self) -> None:
        self._thread.start()
        self._server.up.wait()
        if self._server.loop is None:
            self._thread.join()
            raise RuntimeError("The sandbox did not start; its log says why")

    def _run(self) -> None:
        try:
            # A server that does not come up would end the program.
            with suppress(SystemExit):
                self._server.run(sockets=[self._socket])
        finally:
            # A server that never came up must not be waited for.
            self._server.up.set()

    def close(self) -> None:
        """Stop serving and let go of everything."""
        self._server.stop()
        self._thread.join()
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _call(self, function: Callable[[], T]) -> T:
        async def call() -> T:
            return function()

        return self._await(call())

    def _settle(self, moment: datetime) -> None:
        self._await(self._state.trainer.settle(moment))

    def _await(self, work: Coroutine[Any, Any, T]) -> T:
        if self._server.loop is None or not self._thread.is_alive():
            work.close()
            raise RuntimeError("The sandbox is closed")
        return asyncio.run_coroutine_threadsafe(work, self._server.loop).result()


def _listen(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    # The event loop switches the delay of small packets off only for sockets that name their protocol.
    listening = socket.socket(family, kind, protocol or socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_BACKLOG)
    except OSError:
        listening.close()
        raise
    return listening


def serve(*, host: str = _LOOPBACK, port: int = 0, **options: Unpack[Options]) -> Sandbox:
    """Serve a sandbox from a thread of this process; use it as a context manager, or close it.

    Args:
        host: The address to listen on; loopback by default.
        port: The port; a free one by default.
        **options: The settings, as in `Settings`.

    Returns:
        The running sandbox.
    """
    return Sandbox(Settings(**options), host=host, port=port)
