"""What all resources share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from sensay_ext._building import build

if TYPE_CHECKING:
    from collections.abc import Callable

    from generated_client.types import Request
    from sensay_ext._async._transport import AsyncTransport
    from sensay_ext._options import CallOptions

__all__ = ["AsyncResource"]

_P = ParamSpec("_P")
_T = TypeVar("_T")


class AsyncResource:
    """A part of the API.

    Args:
        transport: What requests are sent with.
    """

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def _call(
        self, options: CallOptions, builder: Callable[_P, Request[_T]], /, *args: _P.args, **kwargs: _P.kwargs
    ) -> _T:
        """Check a request, send it, and return what its reply holds."""
        request = build(self._transport.config, options, builder, *args, **kwargs)
        return await self._transport.send(request, options)

    async def _delete(
        self, options: CallOptions, builder: Callable[_P, Request[Any]], /, *args: _P.args, **kwargs: _P.kwargs
    ) -> None:
        """Check a deletion and send it."""
        request = build(self._transport.config, options, builder, *args, **kwargs)
        await self._transport.delete(request, options)
