"""A sandbox without a server, to be called as an ASGI application."""

import asyncio  # noqa: TID251 - the sandbox is a server with its own event loop
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar, Unpack

from starlette.types import Receive, Scope, Send

from sensay_ext.sandbox._controls import Controls
from sensay_ext.sandbox._gateway import Gateway
from sensay_ext.sandbox._options import Options
from sensay_ext.sandbox._settings import Settings
from sensay_ext.sandbox._state import State

T = TypeVar("T")


class SandboxApp(Controls):
    """A sandbox as an ASGI application; only one event loop at a time may use it.

    On the real clock, training needs the application's lifespan to be run; a virtual clock needs nothing.

    Args:
        **options: The settings, as in `Settings`.
    """

    def __init__(self, **options: Unpack[Options]) -> None:
        super().__init__(State(Settings(**options)))
        self._gateway = Gateway(self._state)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        await self._gateway(scope, receive, send)

    async def settle(self, seconds: float) -> None:
        """Move the virtual clock from within the event loop, as `advance` does from outside of it.

        Args:
            seconds: How far.
        """
        await self._state.trainer.settle(self._moved(seconds))

    def close(self) -> None:
        """Let go of everything."""
        self._state.close()

    def _call(self, function: Callable[[], T]) -> T:
        return function()

    def _settle(self, moment: datetime) -> None:
        asyncio.run(self._state.trainer.settle(moment))
