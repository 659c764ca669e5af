"""Reads the provider's document from an address or a file, and refuses what cannot be one."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import httpx

from scripts._errors import PipelineError

MAX_BYTES = 20 * 1024 * 1024
_TIMEOUT = httpx.Timeout(30, connect=10)
_RETRY_HINT = "check the address, or pass a file: make regenerate SCHEMA=path/to/schema.json"


@dataclass(frozen=True)
class Fetched:
    """A document as it came, before anything looked into it."""

    document: dict[str, Any]
    source: str
    etag: str = ""


def fetch(source: str, *, etag: str = "") -> Fetched | None:
    """Read the document from a URL or a file path; None when the server says that it has not changed.

    Args:
        source: `http(s)://...` or a path.
        etag: the entity tag of the document at hand, to ask for changes only.

    Raises:
        PipelineError: unreachable, not found, too large, a web page, or no JSON.
    """
    if urlsplit(source).scheme in ("http", "https"):
        return _from_url(source, etag)
    path = Path(source)
    try:
        size = path.stat().st_size
        body = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise PipelineError(f"cannot read {source}: {error.strerror}", "check the path") from error
    if size > MAX_BYTES:
        _too_large(source)
    return Fetched(parse(body, source), f"file {path.name}")


def _from_url(url: str, etag: str) -> Fetched | None:
    headers = {"Accept": "application/json"} | ({"If-None-Match": etag} if etag else {})
    shown = urlsplit(url)._replace(query="", fragment="", netloc=urlsplit(url).netloc.rpartition("@")[2]).geturl()
    try:
        with httpx.stream("GET", url, headers=headers, timeout=_TIMEOUT, follow_redirects=True) as reply:
            if reply.status_code == httpx.codes.NOT_MODIFIED and etag:
                return None
            if reply.status_code != httpx.codes.OK:
                raise PipelineError(f"{shown} answered {reply.status_code} {reply.reason_phrase}", _RETRY_HINT)
            kind = reply.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            if kind and not (kind.endswith("json") or kind in ("text/plain", "application/octet-stream")):
                raise PipelineError(f"{shown} answered {kind}, not JSON", _RETRY_HINT)
            body = bytearray()
            for chunk in reply.iter_bytes():
                body += chunk
                if len(body) > MAX_BYTES:
                    _too_large(shown)
            return Fetched(parse(bytes(body), shown), shown, reply.headers.get("ETag", ""))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise PipelineError(f"cannot fetch {shown} ({type(error).__name__})", _RETRY_HINT) from error


def parse(body: bytes, source: str) -> dict[str, Any]:
    """Return the JSON object in `body`.

    Raises:
        PipelineError: it is no JSON object, or one nested without end.
    """
    start = body.lstrip()[:1]
    if start == b"<":
        raise PipelineError(f"{source} is a web page, not a schema", _RETRY_HINT)
    try:
        document = json.loads(body.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        reason = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else type(error).__name__
        hint = "the download may be cut short; YAML has to be converted to JSON first"
        raise PipelineError(f"{source} is not valid JSON ({reason})", hint) from error
    if not isinstance(document, dict):
        raise PipelineError(f"{source} is JSON, but not an object", "an OpenAPI document is one")
    return document


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _too_large(source: str) -> NoReturn:
    raise PipelineError(
        f"{source} is larger than {MAX_BYTES // 1024**2} MiB", "no API description is; check the source"
    )
