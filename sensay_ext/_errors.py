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

from sensay_ext._sensay_error import SensayError, with_details
from sensay_ext._status_errors import (
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    NotFoundError,
    PermissionDeniedError,
    QuotaExceededError,
    RateLimitError,
    ServerError,
    UnexpectedRedirectError,
    UnsupportedMediaTypeError,
    status_error_class,
)
from sensay_ext._training_errors import PartialFailure, TrainingError, TrainingFailed, TrainingTimeout

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
        super().__init__(with_details(f"{full}; {state}", attempts=attempts, client_request_id=client_request_id))
        self.method = method
        self.path = path
        self.ambiguous = ambiguous
        self.attempts = attempts
        self.client_request_id = client_request_id


class APITimeoutError(APIConnectionError):
    """A time limit ran out: connecting, reading, or the total for all attempts."""


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
            with_details(
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
        super().__init__(with_details(full, status_code=status_code, error_code=error_code))
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
        super().__init__(with_details(message, received_characters=len(text), request_id=request_id))
        self.text = text
        self.request_id = request_id
