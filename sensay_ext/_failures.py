"""Turns what the HTTP library raises into our errors, and keeps secrets out of their causes."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import httpx

from sensay_ext._errors import APIConnectionError, APIStatusError, APITimeoutError
from sensay_ext._redact import host_of, redact_text
from sensay_ext._retry import FailedAttempt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sensay_ext._call import Call

__all__ = ["Failure", "connection_failure", "deadline_failure", "is_transient", "was_sent"]

# Raised before a byte of the request is on its way.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)

# The same would happen again.
_LASTING = (httpx.LocalProtocolError, httpx.UnsupportedProtocol)

_SERVER_ERROR = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An attempt that failed, as an error and as what the retry policy needs to know."""

    error: APIConnectionError | APIStatusError
    sent: bool = True
    transient: bool = True

    @property
    def may_have_worked(self) -> bool:
        """Whether this attempt may have been carried out, so that a repetition may find its result."""
        if isinstance(self.error, APIStatusError):
            return self.error.status_code >= _SERVER_ERROR
        return self.sent

    def as_failed(self, attempt: int, *, repeatable: bool) -> FailedAttempt:
        """What the retry policy is asked about."""
        failed = FailedAttempt(attempt=attempt, repeatable=repeatable, sent=self.sent, transient=self.transient)
        if not isinstance(self.error, APIStatusError):
            return failed
        return replace(
            failed,
            status_code=self.error.status_code,
            error_code=self.error.error_code,
            retry_after=self.error.retry_after,
        )


def was_sent(problem: Exception) -> bool:
    """Whether a byte of the request may have been on its way when this was raised."""
    return not isinstance(problem, _NOT_SENT)


def is_transient(problem: Exception) -> bool:
    """Whether another attempt may go better."""
    known = isinstance(problem, httpx.TransportError)
    return known and not isinstance(problem, _LASTING) and not _is_wrong_certificate(problem)


def deadline_failure(call: Call, *, attempt: int) -> Failure:
    """The total time of the call ran out in the middle of an attempt."""
    error = APITimeoutError(
        f"the total time limit of {call.timeout.total} s ran out",
        method=call.method,
        path=call.path,
        ambiguous=True,
        attempts=attempt,
        client_request_id=call.client_request_id,
    )
    return Failure(error=error, transient=False)


def connection_failure(problem: Exception, call: Call, *, attempt: int, ambiguous: bool) -> Failure:
    """What the HTTP library, or a transport that the user brought along, raised.

    Args:
        problem: The exception.
        call: What was asked.
        attempt: 1 for the first.
        ambiguous: Whether an earlier attempt of the call may have been carried out.
    """
    sent = was_sent(problem)
    error_class = APITimeoutError if isinstance(problem, httpx.TimeoutException) else APIConnectionError
    error = error_class(
        _describe(problem, call, sent=sent),
        method=call.method,
        path=call.path,
        ambiguous=ambiguous or sent,
        attempts=attempt,
        client_request_id=call.client_request_id,
    )
    error.__cause__ = _safe_cause(problem, call)
    return Failure(error=error, sent=sent, transient=is_transient(problem))


def _describe(problem: Exception, call: Call, *, sent: bool) -> str:
    what = "the connection failed" if sent else f"no connection to {host_of(call.url)}"
    text = call.identity.masked(str(problem))
    return f"{what}: {type(problem).__name__}{': ' if text else ''}{text}"


def _chain(problem: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while problem is not None and id(problem) not in seen:
        seen.add(id(problem))
        yield problem
        problem = problem.__cause__ or problem.__context__


def _is_wrong_certificate(problem: BaseException) -> bool:
    return any(isinstance(link, ssl.SSLCertVerificationError) for link in _chain(problem))


def _safe_cause(problem: Exception, call: Call) -> Exception | None:
    """The exception as a cause that can be shown; None when its words would give a secret away.

    Its frames hold the headers that were sent, and it holds the request itself; both are dropped, as tools that report
    errors print them.
    """
    secrets = call.identity.secrets()
    for link in _chain(problem):
        if redact_text(str(link), secrets) != str(link):
            return None
    for link in _chain(problem):
        link.__traceback__ = None
        if isinstance(link, httpx.RequestError):
            link.request = httpx.Request(call.method, httpx.URL(scheme="https", host=host_of(call.url)))
    return problem
