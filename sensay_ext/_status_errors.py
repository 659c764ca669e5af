"""The errors that the API answers with, one class for each status that it uses."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from sensay_ext._sensay_error import SensayError, with_details

if TYPE_CHECKING:
    from typing import Unpack

    from sensay_ext._status_details import StatusDetails

__all__ = [
    "APIStatusError",
    "AuthenticationError",
    "BadRequestError",
    "ConflictError",
    "NotFoundError",
    "PermissionDeniedError",
    "QuotaExceededError",
    "RateLimitError",
    "ServerError",
    "UnexpectedRedirectError",
    "UnsupportedMediaTypeError",
    "status_error_class",
]


class APIStatusError(SensayError):
    """The API answered with an error.

    Args:
        message: The API's own words, or the standard phrase of the status; `str(error)` cuts what is very long.
        status_code: HTTP status; 200 when the body of a successful status says that the call failed.
        method: HTTP method.
        path: Path template of the operation, without the values.
        error_code: The API's machine-readable code, when it sent one.
        request_id: The API's id of the request; support asks for it.
        fingerprint: The API's id of this kind of error; support asks for it.
        retry_after: Seconds after which the API wants to be asked again, when it said so.
        attempts: How many times the request was tried.
        ambiguous: True when an earlier attempt of the same call may have been carried out.
        body: The body of the answer: parsed JSON, or text. What looks like a secret is masked.
    """

    def __init__(
        self,
        message: str,
        *,
        status_code: int,
        method: str = "",
        path: str = "",
        error_code: str | None = None,
        request_id: str | None = None,
        fingerprint: str | None = None,
        retry_after: float | None = None,
        attempts: int = 1,
        ambiguous: bool = False,
        body: object = None,
    ) -> None:
        where = f" {method} {path}".rstrip()
        super().__init__(
            with_details(
                f"{status_code}{where}: {message}",
                error_code=error_code,
                request_id=request_id,
                fingerprint=fingerprint,
                retry_after=retry_after,
                attempts=attempts if attempts > 1 else None,
            )
        )
        self.message = message
        self.status_code = status_code
        self.method = method
        self.path = path
        self.error_code = error_code
        self.request_id = request_id
        self.fingerprint = fingerprint
        self.retry_after = retry_after
        self.attempts = attempts
        self.ambiguous = ambiguous
        self.body = body


class BadRequestError(APIStatusError):
    """400: the API refuses the request as it is."""


class AuthenticationError(APIStatusError):
    """401: the secret is wrong, the organization is disabled, or the user does not exist."""


class PermissionDeniedError(APIStatusError):
    """403: the secret is right, but does not allow this."""


class NotFoundError(APIStatusError):
    """404: there is no such object, or not for this user."""


class ConflictError(APIStatusError):
    """409: it exists already."""


class UnsupportedMediaTypeError(APIStatusError):
    """415: the API did not accept the content type."""


class RateLimitError(APIStatusError):
    """429: too many requests; `.retry_after` says when to come back, if the API said so."""


class QuotaExceededError(RateLimitError):
    """429 because a quota is used up: asking again soon is pointless."""


class ServerError(APIStatusError):
    """5xx: the API failed."""


class UnexpectedRedirectError(APIStatusError):
    """3xx: the answer points elsewhere, and it is not safe, or not allowed, to follow.

    Args:
        message: What happened; names the target's host only.
        status_code: HTTP status.
        location_host: Host that the answer points to; empty when it names none.
        **details: As for `APIStatusError`.
    """

    def __init__(
        self, message: str, *, status_code: int, location_host: str = "", **details: Unpack[StatusDetails]
    ) -> None:
        super().__init__(message, status_code=status_code, **details)
        self.location_host = location_host


_BY_STATUS: dict[int, type[APIStatusError]] = {
    HTTPStatus.BAD_REQUEST: BadRequestError,
    HTTPStatus.UNAUTHORIZED: AuthenticationError,
    HTTPStatus.FORBIDDEN: PermissionDeniedError,
    HTTPStatus.NOT_FOUND: NotFoundError,
    HTTPStatus.CONFLICT: ConflictError,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: UnsupportedMediaTypeError,
    HTTPStatus.TOO_MANY_REQUESTS: RateLimitError,
}


def status_error_class(status_code: int, error_code: str | None = None) -> type[APIStatusError]:
    """The class for an error status, and for the API's code where one status means two things."""
    if status_code == HTTPStatus.TOO_MANY_REQUESTS and (error_code or "").endswith("QUOTA_EXCEEDED"):
        return QuotaExceededError
    if status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ServerError
    if HTTPStatus.MULTIPLE_CHOICES <= status_code < HTTPStatus.BAD_REQUEST:
        return UnexpectedRedirectError
    return _BY_STATUS.get(status_code, APIStatusError)
