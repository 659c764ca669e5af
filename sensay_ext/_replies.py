"""Reads a reply: into what was asked for, or into an error."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from sensay_ext._body import BodyError
from sensay_ext._errors import (
    APIStatusError,
    ResponseParseError,
    SensayError,
    ServerError,
    UnexpectedRedirectError,
    status_error_class,
)
from sensay_ext._redact import host_of, redact_json
from sensay_ext._response import Response
from sensay_ext._retry_after import parse_retry_after

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sensay_ext._call import Call

__all__ = ["Reply", "parse_reply", "read_json", "status_error", "text_in", "to_response"]

_T = TypeVar("_T")

_EXCERPT = 200
_REQUEST_ID_HEADERS = ("x-request-id", "x-vercel-id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back, read to its end.

    `problem` says why the body is not to be trusted; a status that is an error counts all the same.
    """

    status_code: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(default=b"", repr=False)
    problem: str = ""
    attempts: int = 1
    elapsed: float = 0.0
    ambiguous: bool = False

    @property
    def is_success(self) -> bool:
        """Whether the status is one of success."""
        return HTTPStatus.OK <= self.status_code < HTTPStatus.MULTIPLE_CHOICES

    @property
    def content_type(self) -> str:
        """The content type, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip()

    @property
    def request_id(self) -> str | None:
        """The API's id of the request, from the headers."""
        return next((self.headers[name] for name in _REQUEST_ID_HEADERS if name in self.headers), None)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


# `NaN` and `Infinity` are not JSON, and no field of the API can mean them.
_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def read_json(content: bytes) -> Any:
    """The JSON value of a body.

    Raises:
        BodyError: It is none. The message says what kind of mistake it is, not what stands there.
    """
    try:
        return _DECODER.decode(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        problem = "the body is not UTF-8"
    except RecursionError:
        problem = "the body is nested too deeply"
    except ValueError:
        problem = "the body is not JSON" if content.strip() else "the body is empty"
    # Outside of the handlers, so that the mistake, which quotes the body, is no part of the error.
    raise BodyError(problem)


def parse_reply(reply: Reply, call: Call, parse: Callable[[int, Any], _T], *, json_only: bool = True) -> _T:
    """What a success reply holds.

    Args:
        reply: A reply with a success status.
        call: What was asked.
        parse: Makes the result from the status and the JSON value.
        json_only: False hands None to `parse` where the body is not JSON, instead of refusing it.

    Raises:
        APIStatusError: The body says that the call failed.
        ResponseParseError: The body does not fit.
    """
    outcome = _outcome(reply, call, parse, json_only=json_only)
    if isinstance(outcome, SensayError):
        # Raised here, where no body and no exception that quotes it is at hand for whoever prints the frames.
        raise outcome
    return outcome[0]


def _outcome(reply: Reply, call: Call, parse: Callable[[int, Any], _T], *, json_only: bool) -> tuple[_T] | SensayError:
    try:
        data = _data(reply)
    except BodyError as problem:
        if json_only:
            return _misfit(reply, call, str(problem))
        data = None
    if reply.status_code != HTTPStatus.MULTI_STATUS and isinstance(data, dict) and data.get("success") is False:
        return status_error(reply, call, now=0.0)
    try:
        return (parse(reply.status_code, data),)
    except Exception as problem:  # noqa: BLE001 - whatever a parser raises, it means that the body does not fit
        return _misfit(reply, call, *_why(problem))


def to_response(reply: Reply, call: Call, parsed: _T) -> Response[_T]:
    """The reply with its circumstances, for whoever asked for them."""
    return Response(
        parsed=parsed,
        status_code=reply.status_code,
        headers=reply.headers,
        content=reply.content,
        request_id=reply.request_id,
        client_request_id=call.client_request_id,
        elapsed=reply.elapsed,
        attempts=reply.attempts,
    )


def status_error(reply: Reply, call: Call, *, now: float) -> APIStatusError:
    """The error that a reply is.

    Args:
        reply: The reply.
        call: What was asked.
        now: Seconds since 1970, to measure the date in `Retry-After` against.
    """
    secrets = call.identity.secrets()
    body = redact_json(_error_body(reply), secrets)
    fields = body if isinstance(body, dict) else {}
    error_code = text_in(fields, "error_code")
    error_class = status_error_class(reply.status_code, error_code)
    details: dict[str, Any] = {
        "status_code": reply.status_code,
        "method": call.method,
        "path": call.path,
        "error_code": error_code,
        "request_id": text_in(fields, "request_id") or reply.request_id,
        "fingerprint": text_in(fields, "fingerprint"),
        "retry_after": parse_retry_after(reply.headers, now),
        "attempts": reply.attempts,
        "ambiguous": reply.ambiguous or issubclass(error_class, ServerError),
        "body": body,
    }
    if issubclass(error_class, UnexpectedRedirectError):
        return _redirect_error(reply, details)
    return error_class(_message(reply, body), **details)


def _data(reply: Reply) -> Any:
    if reply.problem:
        raise BodyError(reply.problem)
    if reply.status_code == HTTPStatus.NO_CONTENT:
        return None
    return read_json(reply.content)


def _error_body(reply: Reply) -> Any:
    try:
        return read_json(reply.content)
    except BodyError:
        return reply.content.decode("utf-8", "replace")


def _message(reply: Reply, body: Any) -> str:
    """The API's own words; the two spellings that it is known to use, and a nested one."""
    fields = body if isinstance(body, dict) else {}
    nested = fields.get("error")
    said = text_in(fields, "error") or text_in(fields, "message") or (text_in(nested, "message") if nested else None)
    if said:
        return said
    try:
        phrase = HTTPStatus(reply.status_code).phrase
    except ValueError:
        phrase = "error"
    excerpt = body if isinstance(body, str) else ""
    return f"{phrase}, {excerpt[:_EXCERPT]!r}" if excerpt else phrase


def text_in(fields: Any, name: str) -> str | None:
    """The text in a field of what may be an object; None when there is none."""
    value = fields.get(name) if isinstance(fields, dict) else None
    return value if isinstance(value, str) and value else None


def _redirect_error(reply: Reply, details: dict[str, Any]) -> UnexpectedRedirectError:
    host = host_of(reply.headers.get("location", ""))
    target = f"to {host}" if host else "without naming a host"
    return UnexpectedRedirectError(f"redirected {target}, not followed", location_host=host, **details)


def _misfit(reply: Reply, call: Call, message: str, field_name: str = "") -> ResponseParseError:
    return ResponseParseError(
        call.identity.masked(message),
        status_code=reply.status_code,
        method=call.method,
        path=call.path,
        # A name may be data, as in a mapping.
        field=call.identity.masked(field_name),
        content_type=reply.content_type,
        request_id=reply.request_id,
        attempts=reply.attempts,
    )


def _why(problem: Exception) -> tuple[str, str]:
    """What does not fit, and in which field, as far as that can be said without quoting a value."""
    # Only needed when something is wrong, and not cheap to import.
    from generated_client.errors import ParseError, UnexpectedStatus  # noqa: PLC0415

    if isinstance(problem, ParseError):
        return f"the body does not fit: {problem.problem}", problem.path
    if isinstance(problem, UnexpectedStatus):
        return "the operation documents no such success", ""
    return f"the body does not fit: {type(problem).__name__}", ""
