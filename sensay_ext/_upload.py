"""What the storage's answers to an upload mean.

The provider keeps files in Supabase Storage. It answers most errors with HTTP 400 and puts the real status into the
body, newer deployments answer with the real status, and whatever stands in front of it may answer with a web page.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sensay_ext._call import Series
from sensay_ext._deadline import OutOfTimeError
from sensay_ext._errors import FileRejected, UploadError, UploadUrlExpired
from sensay_ext._failures import is_transient, was_sent
from sensay_ext._redact import host_of, redact_text
from sensay_ext._retry import FailedAttempt
from sensay_ext._settings import is_loopback
from sensay_ext._watch import Watch

if TYPE_CHECKING:
    from sensay_ext._hooks import Hooks

__all__ = ["NO_URL", "Answer", "Setback", "SignedUrl", "Upload", "upload_watch"]

_DUPLICATE = frozenset({"Duplicate", "KeyAlreadyExists", "ResourceAlreadyExists"})
_TOKEN = frozenset({"InvalidJWT", "InvalidSignature", "ExpiredToken"})
_EXPIRED = re.compile(r"\bexp\b|expired")
_LOCKED = 423
_DATABASE_TIMEOUT = 544
_PASSING = frozenset({_LOCKED, _DATABASE_TIMEOUT})
_SHOWN = 200
_REFUSALS: dict[int, str] = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "it is too large for the storage",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "the storage does not take its type",
}


@dataclass(frozen=True, slots=True)
class SignedUrl:
    """An address that lets everybody who knows it upload a file, so it is never shown.

    Args:
        text: The address.
    """

    text: str = field(repr=False)

    @property
    def host(self) -> str:
        """The storage's host."""
        return host_of(self.text)

    def check(self) -> None:
        """Check whether a file may be sent there.

        Raises:
            UploadError: It is not https, and not on this machine either.
        """
        if not self._is_usable:
            raise UploadError("the signed URL is not an https URL; use the one that the API gave for the entry")

    @property
    def _is_usable(self) -> bool:
        try:
            parts = urlsplit(self.text)
            is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
            return is_safe and bool(parts.hostname) and parts.username is None and parts.port != 0
        except ValueError:
            return False


NO_URL = SignedUrl("")
"""Where nothing can be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer of the storage.

    Args:
        status_code: HTTP status.
        body: The beginning of the body.
        retry_after: Seconds that the storage asked to wait, when it did.
        location: Where a redirect points.
    """

    status_code: int
    body: bytes = b""
    retry_after: float | None = None
    location: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """The body, if it is one of the storage's own."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}

    @property
    def status(self) -> int:
        """The status that is meant: the one in the body, if there is one."""
        try:
            return int(self.fields.get("statusCode", self.status_code))
        except (TypeError, ValueError):
            return self.status_code

    @property
    def codes(self) -> frozenset[str]:
        """The storage's names for what went wrong."""
        named = (self.fields.get("error"), self.fields.get("code"))
        return frozenset(name for name in named if isinstance(name, str))

    @property
    def is_stored(self) -> bool:
        """Whether the file is in the storage now."""
        return HTTPStatus.OK <= self.status_code < HTTPStatus.MULTIPLE_CHOICES

    @property
    def is_duplicate(self) -> bool:
        """Whether there was a file before."""
        return self.status == HTTPStatus.CONFLICT or bool(self.codes & _DUPLICATE)


@dataclass(slots=True, kw_only=True)
class Upload:
    """How far the upload of one file has come, over all attempts.

    Args:
        filename: Name of the file.
        host: The storage's host.
        can_repeat: Whether the content can be read again.
        attempt: The attempt under way; 1 is the first.
        may_be_stored: Whether an earlier attempt may have arrived.
    """

    filename: str
    host: str
    can_repeat: bool
    attempt: int = 0
    may_be_stored: bool = False

    def answered(self, answer: Answer) -> Setback | None:
        """The storage answered the attempt under way; None when the file is stored.

        The storage refuses to replace a file. If an earlier attempt may have arrived, the file that stands there is
        ours: same URL, same bytes, and only its answer was lost.
        """
        if answer.is_stored or (answer.is_duplicate and self.may_be_stored):
            return None
        kind, message = _meaning(answer)
        error = kind(
            message,
            filename=self.filename,
            status_code=answer.status,
            error_code=next(iter(sorted(answer.codes)), None),
            attempts=self.attempt,
        )
        # A failing storage may have stored the file before it failed.
        self.may_be_stored = self.may_be_stored or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        # The policy need not know the storage's own numbers for "try again".
        status = HTTPStatus.SERVICE_UNAVAILABLE if answer.status in _PASSING else answer.status
        return Setback(error, self._failed(status_code=status, retry_after=answer.retry_after))

    def given_up(self, error: UploadError) -> Setback:
        """The attempt under way was given up here, for good."""
        error.ambiguous = self.may_be_stored
        # The HTTP library takes the cause off.
        error.__cause__ = error.__cause__ or error.__context__
        # The frames that it went through hold the signed URL.
        return Setback(error.with_traceback(None), self._failed(transient=False))

    def broken(self, problem: Exception) -> Setback:
        """The connection failed in the attempt under way.

        Args:
            problem: What the HTTP library raised.
        """
        text, sent = redact_text(str(problem)), was_sent(problem)
        if isinstance(problem, OutOfTimeError):
            what = text
        else:
            what = f"the connection to {self.host} failed: {type(problem).__name__}{': ' if text else ''}{text}"
        self.may_be_stored = self.may_be_stored or sent
        error = UploadError(what, filename=self.filename, ambiguous=self.may_be_stored, attempts=self.attempt)
        return Setback(error, self._failed(sent=sent, transient=is_transient(problem)))

    def _failed(self, **facts: Any) -> FailedAttempt:
        return FailedAttempt(attempt=self.attempt, repeatable=self.can_repeat, **facts)


def upload_watch(hooks: Hooks) -> Watch:
    """What tells of uploads: of all of them by one path, since their addresses are secret."""
    return Watch(hooks, Series(method="PUT", path="{signed_url}"))


@dataclass(frozen=True, slots=True)
class Setback:
    """An attempt that failed: as the error that it would be, and as what the retry policy is asked about."""

    error: UploadError
    failed: FailedAttempt


def _meaning(answer: Answer) -> tuple[type[UploadError], str]:
    text = redact_text(str(answer.fields.get("message") or ""))[:_SHOWN]
    if answer.codes & _TOKEN:
        if "ExpiredToken" in answer.codes or _EXPIRED.search(text):
            return UploadUrlExpired, "the signed URL is too old; ask for a new entry"
        return UploadError, "the storage does not accept the signed URL"
    if HTTPStatus.MULTIPLE_CHOICES <= answer.status_code < HTTPStatus.BAD_REQUEST:
        return UploadError, f"the storage points to {host_of(answer.location) or 'nowhere'}, which is not followed"
    if answer.is_duplicate:
        return UploadError, "there is a file at the signed URL already"
    if answer.status in _REFUSALS:
        return FileRejected, f"{_REFUSALS[answer.status]}{f' ({text})' if text else ''}"
    if not answer.fields:
        text = redact_text(" ".join(answer.body.decode(errors="replace").split()))[:_SHOWN]
    return UploadError, f"the storage refused it: {text or 'no reason given'}"
