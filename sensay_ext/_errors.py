"""Every failure of this package, in one tree.

    SensayError
    ├── ConfigurationError              a setting or argument that cannot work; nothing was sent
    ├── InvalidArgumentError            a value outside the limits that the API documents; nothing was sent
    ├── APIConnectionError              no usable answer; `.ambiguous` says whether the request may have arrived
    │   └── APITimeoutError             the same, because a time limit ran out
    ├── APIStatusError                  the API answered, and the answer is an error
    │   ├── BadRequestError             400
    │   ├── AuthenticationError         401
    │   ├── PermissionDeniedError       403
    │   ├── NotFoundError               404
    │   ├── ConflictError               409
    │   ├── UnsupportedMediaTypeError   415
    │   ├── RateLimitError              429
    │   │   └── QuotaExceededError      429 that waiting a little does not cure
    │   ├── ServerError                 5xx
    │   └── UnexpectedRedirectError     3xx
    ├── ResponseParseError              a success reply whose body does not fit
    ├── UploadError                     a file did not reach the storage
    │   ├── UploadUrlExpired            the signed URL is too old
    │   └── FileRejected                size, type, too short, changed while read
    ├── StreamInterrupted               a streamed answer broke off; carries the text so far
    └── TrainingError                   training did not end well; carries the entries
        ├── TrainingFailed              an entry cannot be processed
        ├── TrainingTimeout             the wait was over before the entries were usable
        └── PartialFailure              some of several sources failed

All of them survive `pickle` and `copy`.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import Unpack

    from sensay_ext._status_details import StatusDetails

__all__ = [
    "APIConnectionError",
    "APIStatusError",
    "APITimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "ConfigurationError",
    "ConflictError",
    "FileRejected",
    "InvalidArgumentError",
    "NotFoundError",
    "PartialFailure",
    "PermissionDeniedError",
    "QuotaExceededError",
    "RateLimitError",
    "ResponseParseError",
    "SensayError",
    "ServerError",
    "StreamInterrupted",
    "TrainingError",
    "TrainingFailed",
    "TrainingTimeout",
    "UnexpectedRedirectError",
    "UnsupportedMediaTypeError",
    "UploadError",
    "UploadUrlExpired",
    "status_error_class",
]


def _blank(cls: type[SensayError], args: tuple[object, ...]) -> SensayError:
    return cls.__new__(cls, *args)


def _with_details(message: str, **details: object) -> str:
    shown = [f"{name}={value}" for name, value in details.items() if value not in (None, "")]
    return f"{message} ({', '.join(shown)})" if shown else message


class SensayError(Exception):
    """Base of all errors of this package: `except SensayError` catches every one of them."""

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions are rebuilt from their arguments by default, which fails with keyword-only ones.
        return _blank, (type(self), self.args), dict(self.__dict__)


class ConfigurationError(SensayError, ValueError):
    """A setting or an argument cannot work. It was found before anything was sent.

    A missing or malformed secret, an unsafe `base_url`, an empty id in a path, a header that may not be set, a closed
    client.
    """


class InvalidArgumentError(SensayError, ValueError):
    """A value is outside the limits that the API documents. It was found before anything was sent.

    Args:
        message: What is wrong; names the field and the limit, never the value.
        field: Name of the argument.
        limit: What the API takes, in words.
    """

    def __init__(self, message: str, *, field: str = "", limit: str = "") -> None:
        super().__init__(message)
        self.field = field
        self.limit = limit


class APIConnectionError(SensayError):
    """No usable answer came back.

    Args:
        message: What happened.
        method: HTTP method.
        path: Path template of the operation, without the values.
        ambiguous: True when the request, or an earlier attempt of the same call, may have been carried out.
        attempts: How many times the request was tried.
        client_request_id: The `X-Client-Request-Id` that all attempts carried.
    """

    def __init__(
        self,
        message: str,
        *,
        method: str = "",
        path: str = "",
        ambiguous: bool = False,
        attempts: int = 1,
        client_request_id: str = "",
    ) -> None:
        state = "the request may have been carried out" if ambiguous else "the request was not carried out"
        where = f"{method} {path}".strip()
        full = f"{where}: {message}" if where else message
        super().__init__(_with_details(f"{full}; {state}", attempts=attempts, client_request_id=client_request_id))
        self.method = method
        self.path = path
        self.ambiguous = ambiguous
        self.attempts = attempts
        self.client_request_id = client_request_id


class APITimeoutError(APIConnectionError):
    """A time limit ran out: connecting, reading, or the total for all attempts."""


class APIStatusError(SensayError):
    """The API answered with an error.

    Args:
        message: The API's own words, or the standard phrase of the status.
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
            _with_details(
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


class ResponseParseError(SensayError):
    """A success reply whose body cannot be used. The message names the place, never the value.

    Args:
        message: What does not fit.
        status_code: HTTP status of the reply.
        method: HTTP method.
        path: Path template of the operation.
        field: The field that does not fit, when it is known.
        content_type: Content type of the reply.
        request_id: The API's id of the request.
        attempts: How many times the request was tried.
    """

    def __init__(
        self,
        message: str,
        *,
        status_code: int,
        method: str = "",
        path: str = "",
        field: str = "",
        content_type: str = "",
        request_id: str | None = None,
        attempts: int = 1,
    ) -> None:
        where = f"{method} {path}: ".lstrip() if method or path else ""
        super().__init__(
            _with_details(
                f"{where}{message}",
                field=field,
                status_code=status_code,
                content_type=content_type,
                request_id=request_id,
            )
        )
        self.status_code = status_code
        self.method = method
        self.path = path
        self.field = field
        self.content_type = content_type
        self.request_id = request_id
        self.attempts = attempts


class UploadError(SensayError):
    """A file did not reach the storage.

    Args:
        message: What happened.
        filename: Name of the file, without its folder.
        status_code: HTTP status of the storage's answer, when there was one.
        error_code: The storage's own code, when it sent one.
        ambiguous: True when the file may have been stored all the same.
        attempts: How many times the upload was tried.
    """

    def __init__(
        self,
        message: str,
        *,
        filename: str = "",
        status_code: int | None = None,
        error_code: str | None = None,
        ambiguous: bool = False,
        attempts: int = 1,
    ) -> None:
        full = f"{filename}: {message}" if filename else message
        super().__init__(_with_details(full, status_code=status_code, error_code=error_code))
        self.filename = filename
        self.status_code = status_code
        self.error_code = error_code
        self.ambiguous = ambiguous
        self.attempts = attempts


class UploadUrlExpired(UploadError):  # noqa: N818 - named for the event, as published
    """The signed URL is too old; the entry needs a new one."""


class FileRejected(UploadError):  # noqa: N818 - named for the event, as published
    """The file is too large, too short, of a type that is not taken, or changed while it was read."""


class StreamInterrupted(SensayError):  # noqa: N818 - named for the event, as published
    """A streamed answer broke off.

    Args:
        message: Why.
        text: The text that had arrived.
        request_id: The API's id of the request.
    """

    def __init__(self, message: str, *, text: str = "", request_id: str | None = None) -> None:
        super().__init__(_with_details(message, received_characters=len(text), request_id=request_id))
        self.text = text
        self.request_id = request_id


class TrainingError(SensayError):
    """Training did not end well.

    Args:
        message: What happened.
        entries: The entries concerned, as they were last seen.
        elapsed: Seconds since the wait began, when there was one.
    """

    def __init__(self, message: str, *, entries: tuple[Any, ...] = (), elapsed: float | None = None) -> None:
        super().__init__(message)
        self.entries = entries
        self.elapsed = elapsed


class TrainingFailed(TrainingError):  # noqa: N818 - named for the event, as published
    """At least one entry cannot be processed."""


class TrainingTimeout(TrainingError):  # noqa: N818 - named for the event, as published
    """The entries were not usable when the wait was over; they may still become so."""


class PartialFailure(TrainingError):  # noqa: N818 - named for the event, as published
    """Some of several sources failed; the others went well."""


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
