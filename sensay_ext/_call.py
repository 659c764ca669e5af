"""Turns a request, the client's settings and the options of the call into what is sent."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sensay_ext._body import ACCEPTED_ENCODING
from sensay_ext._config import check_max_retries
from sensay_ext._errors import ConfigurationError
from sensay_ext._identity import IDENTITY_HEADERS, check_header_value
from sensay_ext._options import CallOptions, check_names
from sensay_ext._timeout import as_timeout
from sensay_ext._version import user_agent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sensay_ext._config import Config
    from sensay_ext._identity import Identity
    from sensay_ext._requests import RequestLike
    from sensay_ext._timeout import Timeout

__all__ = ["API_VERSION_HEADER", "ATTEMPT_HEADER", "CLIENT_REQUEST_ID_HEADER", "Call", "Series", "prepare"]

CLIENT_REQUEST_ID_HEADER = "X-Client-Request-Id"
API_VERSION_HEADER = "X-API-Version"
ATTEMPT_HEADER = "X-Client-Attempt"

_REPEATABLE_METHODS = frozenset({"GET", "HEAD", "PUT", "DELETE"})

# Identity has its own way in; the others decide where a request ends, which is not for a caller to say.
_FORBIDDEN_HEADERS = IDENTITY_HEADERS | {
    "connection",
    "content-length",
    "cookie",
    "host",
    "te",
    "transfer-encoding",
    "upgrade",
}
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")

_CONTROL_CHARACTER = re.compile(r"%[01][0-9A-Fa-f]|%7[Ff]|[\x00-\x20\x7f]")


@dataclass(slots=True, kw_only=True)
class Series:
    """What is asked for by one call or, when it has to be asked for again later, by several that are told of as one.

    Args:
        method: HTTP method.
        path: Path template of the operation, without the values.
        client_request_id: The id that all attempts carry.
        attempts: Attempts so far.
    """

    method: str = ""
    path: str = ""
    client_request_id: str = ""
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call, ready to be sent as often as needed; every attempt sends the same."""

    method: str
    path: str
    url: str = field(repr=False)
    params: dict[str, Any] = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    content: bytes | None = field(repr=False)
    identity: Identity = field(repr=False)
    timeout: Timeout
    max_retries: int
    repeatable: bool
    client_request_id: str
    series: Series = field(repr=False)

    def attempt_headers(self, attempt: int, most: int) -> dict[str, str]:
        """The headers of one attempt, of so many at most."""
        headers = {**self.identity.headers(), **self.headers}
        # One that the caller gave has its name in lower case, and takes the place of ours.
        if ATTEMPT_HEADER.lower() not in headers:
            headers[ATTEMPT_HEADER] = f"attempt={attempt}; max={most}"
        return headers


def prepare(
    config: Config,
    request: RequestLike[Any],
    options: CallOptions,
    *,
    accept: str = "application/json",
    repeatable: bool | None = None,
    authenticated: bool | None = None,
    series: Series | None = None,
) -> Call:
    """Check everything that can be checked before sending.

    Args:
        config: The client's settings.
        request: What to ask.
        options: What this call changes.
        accept: The content type to ask for.
        repeatable: Whether doing it twice does no harm; None goes by the method.
        authenticated: Whether to say who is asking; None goes by the request.
        series: What the call belongs to; None for a call on its own.

    Raises:
        ConfigurationError: Something cannot be sent, or must not be.
        TypeError: There is no such option.
    """
    check_names(options, CallOptions.__optional_keys__)
    check_path(request.path, request.url)
    if not _TOKEN.fullmatch(request.method):
        raise ConfigurationError("the method of the request holds characters that no HTTP method may have")
    series = series or Series()
    headers = _headers(config, accept, options.get("extra_headers") or {}, series.client_request_id)
    series.method, series.path, series.client_request_id = (
        request.method,
        request.path,
        headers[CLIENT_REQUEST_ID_HEADER],
    )
    return Call(
        method=request.method,
        path=request.path,
        url=config.base_url + request.url,
        params=_params(request.params, options.get("extra_query") or {}),
        headers=headers,
        content=_content(request.json, options.get("extra_body") or {}),
        identity=_identity(config, request, options, authenticated=authenticated),
        timeout=as_timeout(options["timeout"]) if "timeout" in options else config.timeout,
        max_retries=check_max_retries(options.get("max_retries", config.max_retries)),
        repeatable=options.get("retry_unsafe", False) or _is_repeatable(request.method, repeatable),
        client_request_id=series.client_request_id,
        series=series,
    )


def _is_repeatable(method: str, known: bool | None) -> bool:  # noqa: FBT001 - as the caller knows it
    return method in _REPEATABLE_METHODS if known is None else known


def check_path(template: str, url: str) -> None:
    """Refuse a path whose values would lead to another one.

    An empty value, `.` and `..` are taken out by the library underneath, so that the request reaches the object above:
    a deletion of one entry would become a deletion of all.

    Raises:
        ConfigurationError: A value of the path is empty, is `.` or `..`, or holds a control character or a slash.
    """
    expected, actual = template.split("/"), url.split("/")
    if len(expected) != len(actual) or not url.startswith("/") or "?" in url or "#" in url or "\\" in url:
        raise ConfigurationError(f"{template}: a value in the path holds a character that may not stand there")
    for name, value in zip(expected[1:], actual[1:], strict=True):
        plain = value.lower().replace("%2e", ".")
        if plain in {"", ".", ".."} or _CONTROL_CHARACTER.search(value):
            raise ConfigurationError(f"{template}: {name} must not be empty, a dot, or hold control characters")


def _identity(
    config: Config, request: RequestLike[Any], options: CallOptions, *, authenticated: bool | None
) -> Identity:
    if authenticated is None:
        authenticated = bool(getattr(request, "secured", True))
    if not authenticated:
        return type(config.identity)()
    if config.identity.secret is None:
        raise ConfigurationError(f"{request.path} needs the organization's secret, and this client has none")
    user, user_id_type = options.get("user"), options.get("user_id_type")
    if user is not None:
        return config.identity.as_user(user, user_id_type)
    if user_id_type is not None:
        raise ConfigurationError("user_id_type is given without user")
    return config.identity


def _headers(config: Config, accept: str, given: Mapping[str, str], known_id: str) -> dict[str, str]:
    extra = _extra_headers(given)
    headers = {
        "Accept": accept,
        "Accept-Encoding": ACCEPTED_ENCODING,
        # The API refuses every request without it, those without a body included.
        "Content-Type": "application/json",
        "User-Agent": user_agent(),
        API_VERSION_HEADER: config.api_version,
        CLIENT_REQUEST_ID_HEADER: extra.pop(CLIENT_REQUEST_ID_HEADER.lower(), "") or known_id or str(uuid4()),
    }
    if not extra:
        return headers
    return {name: value for name, value in headers.items() if name.lower() not in extra} | extra


def _extra_headers(given: Mapping[str, str]) -> dict[str, str]:
    checked = {}
    for name, value in given.items():
        if not _TOKEN.fullmatch(name):
            raise ConfigurationError("extra_headers: a name holds characters that no header may have")
        if name.lower() in _FORBIDDEN_HEADERS:
            raise ConfigurationError(f"extra_headers: {name} cannot be set here")
        checked[name.lower()] = check_header_value(f"extra_headers: {name}", value)
    return checked


def _params(own: Mapping[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**own, **extra}.items() if value is not None}


def _content(body: Any, extra: Mapping[str, Any]) -> bytes | None:
    if extra:
        if not isinstance(body, dict | None):
            raise ConfigurationError("extra_body: the body of this request is not an object")
        body = {**(body or {}), **extra}
    if body is None:
        return None
    try:
        return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except (TypeError, ValueError, RecursionError) as raised:
        problem = type(raised).__name__
    # Outside of the handler: the exception may hold the body.
    raise ConfigurationError(f"the body cannot be written as JSON: {problem}")
