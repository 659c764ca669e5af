"""What is known of an answer that is an error, besides its status and its message."""

from __future__ import annotations

from typing import TypedDict

__all__ = ["StatusDetails"]


class StatusDetails(TypedDict, total=False):
    """Keyword arguments of `APIStatusError`, where they are described, for errors that are made from them."""

    method: str
    path: str
    error_code: str | None
    request_id: str | None
    fingerprint: str | None
    retry_after: float | None
    attempts: int
    ambiguous: bool
    body: object
