"""A reply, and what came with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Response"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Generic[_T]):
    """A success reply.

    Args:
        parsed: What the method returns.
        status_code: HTTP status.
        headers: Reply headers, with lower-case names; of several with one name, the values joined by commas.
        content: The body as it came, decompressed.
        request_id: The API's id of the request, when it sent one.
        client_request_id: The id that we sent with every attempt.
        elapsed: Seconds for the whole call: all attempts, and the waits between them.
        attempts: How many times the request was tried.
    """

    parsed: _T
    status_code: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)
    request_id: str | None
    client_request_id: str
    elapsed: float
    attempts: int

    @property
    def text(self) -> str:
        """The body as text; bytes that are not UTF-8 are replaced."""
        return self.content.decode("utf-8", "replace")
