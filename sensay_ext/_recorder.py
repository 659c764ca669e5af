"""Keeps the replies of a call for whoever asked to see them, without a second set of methods."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from sensay_ext._replies import to_response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sensay_ext._call import Call
    from sensay_ext._replies import Reply
    from sensay_ext._response import Response

__all__ = ["record", "recording"]

_responses: ContextVar[list[Response[Any]] | None] = ContextVar("sensay_ext_responses", default=None)


@contextmanager
def recording() -> Iterator[list[Response[Any]]]:
    """A list that the replies of this task are added to, while this lasts."""
    responses: list[Response[Any]] = []
    token = _responses.set(responses)
    try:
        yield responses
    finally:
        _responses.reset(token)


def record(reply: Reply, call: Call) -> None:
    """Note a reply, if somebody wants it."""
    responses = _responses.get()
    if responses is not None:
        responses.append(to_response(reply, call, None))
