"""The errors a handler raises, and the body the API gives them."""

import hashlib
from typing import Any


class ApiError(Exception):
    """A reply that is not a success.

    Args:
        status: The HTTP status.
        message: What the `error` field says.
        code: The `error_code`, where the API has one.
        headers: Further reply headers.
    """

    def __init__(
        self, status: int, message: str, *, code: str | None = None, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code
        self.headers = headers or {}


def fingerprint(message: str) -> str:
    """Return the same short name for the same kind of error, as the API does."""
    return hashlib.sha256(message.encode("utf-8", "replace")).hexdigest()[:32]


def error_body(status: int, message: str, *, request_id: str, code: str | None = None) -> dict[str, Any]:
    """Build the error body that all operations share; a 404 has no fingerprint.

    Args:
        status: The HTTP status.
        message: What went wrong.
        request_id: The name of the request in the server's log.
        code: The `error_code`, where the API has one.

    Returns:
        The body of the reply.
    """
    body: dict[str, Any] = {"success": False, "error": message, "request_id": request_id}
    if code is not None:
        body["error_code"] = code
    if status != 404:  # noqa: PLR2004 - the number is the status's name
        body["fingerprint"] = fingerprint(message)
    return body


def not_found(what: str) -> ApiError:
    """Return the error for something that is not there, or that the caller may not know of."""
    return ApiError(404, f"{what} not found")
