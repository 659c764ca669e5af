"""Reads the provider's document from an address or a file, and refuses what cannot be one."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from scripts._errors import PipelineError

MAX_BYTES = 20 * 1024 * 1024
_TIMEOUT = httpx.Timeout(30, connect=10)
_RETRY_HINT = "check the address, or pass a file: make regenerate SCHEMA=path/to/schema.json"
_JSON_KINDS = ("", "text/plain", "application/octet-stream")


@dataclass(frozen=True)
class Fetched:
    """A document as it came, before anything looked into it."""

    document: dict[str, Any]
    source: str
    etag: str = ""


def is_url(source: str) -> bool:
    """Return whether a source is an address rather than the path of a file."""
    return source.lower().startswith(("http://", "https://"))


def shown(source: str) -> str:
    """Return what may be written down of a source: no password, and nothing of the query, which may hold one."""
    if not is_url(source):
        return f"file {Path(source).name}"
    try:
        parts = urlsplit(source)
    except ValueError:
        return "the address"
    return parts._replace(query="", fragment="", netloc=parts.netloc.rpartition("@")[2]).geturl()


def fetch(source: str, *, etag: str = "") -> Fetched | None:
    """Read the document from a URL or a file path; None when the server says that it has not changed.

    Args:
        source: `http(s)://...` or a path.
        etag: the entity tag of the document at hand, to ask for changes only.

    Raises:
        PipelineError: unreachable, not found, too large, a web page, or no JSON.
    """
    if is_url(source):
        return _from_url(source, etag)
    try:
        with Path(source).open("rb") as file:
            body = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise PipelineError(f"cannot read {source}: {error.strerror}", "check the path") from error
    _check_size(body, source)
    return Fetched(parse(body, source), shown(source))


def _from_url(url: str, etag: str) -> Fetched | None:
    headers = {"Accept": "application/json"} | ({"If-None-Match": etag} if etag else {})
    name = shown(url)
    try:
        with httpx.stream("GET", url, headers=headers, timeout=_TIMEOUT, follow_redirects=True) as reply:
            if reply.status_code == httpx.codes.NOT_MODIFIED and etag:
                return None
            if reply.status_code != httpx.codes.OK:
                raise PipelineError(f"{name} answered {reply.status_code} {reply.reason_phrase}", _RETRY_HINT)
            kind = reply.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            if kind not in _JSON_KINDS and not kind.endswith("json"):
                raise PipelineError(f"{name} answered {kind}, not JSON", _RETRY_HINT)
            body = bytearray()
            for chunk in reply.iter_bytes():
                body += chunk
                _check_size(body, name)
            return Fetched(parse(bytes(body), name), name, reply.headers.get("ETag", ""))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise PipelineError(f"cannot fetch {name} ({type(error).__name__})", _RETRY_HINT) from error


def parse(body: bytes, source: str) -> dict[str, Any]:
    """Return the JSON object in `body`.

    Raises:
        PipelineError: it is no JSON object, or one nested without end.
    """
    if body.lstrip()[:1] == b"<":
        raise PipelineError(f"{source} is a web page, not a schema", _RETRY_HINT)
    try:
        document = json.loads(body.decode("utf-8-sig"))
        # What JSON can spell and UTF-8 cannot, or Python can read and JSON cannot spell, could not be written again.
        json.dumps(document, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        reason = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else type(error).__name__
        hint = "the download may be cut short; YAML has to be converted to JSON first"
        raise PipelineError(f"{source} is not valid JSON ({reason})", hint) from error
    if not isinstance(document, dict):
        raise PipelineError(f"{source} is JSON, but not an object", "an OpenAPI document is one")
    return document


def _check_size(body: bytes | bytearray, source: str) -> None:
    if len(body) > MAX_BYTES:
        limit = MAX_BYTES // 1024**2
        raise PipelineError(f"{source} is larger than {limit} MiB", "no API description is; check the source")
