# Derived from sensay_ext/_async/_resource.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""What all resources share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from sensay_ext._building import build

if TYPE_CHECKING:
    from collections.abc import Callable

    from generated_client.types import Request
    from sensay_ext._options import CallOptions
    from sensay_ext._sync._transport import Transport

__all__ = ["Resource"]

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Resource:
    """A part of the API.

    Args:
        transport: What requests are sent with.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def _call(
        self, options: CallOptions, builder: Callable[_P, Request[_T]], /, *args: _P.args, **kwargs: _P.kwargs
    ) -> _T:
        """Check a request, send it, and return what its reply holds."""
        request = build(self._transport.config, options, builder, *args, **kwargs)
        return self._transport.send(request, options)

    def _delete(
        self, options: CallOptions, builder: Callable[_P, Request[Any]], /, *args: _P.args, **kwargs: _P.kwargs
    ) -> None:
        """Check a deletion and send it."""
        request = build(self._transport.config, options, builder, *args, **kwargs)
        self._transport.delete(request, options)
