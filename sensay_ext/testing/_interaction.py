"""A request with its reply, in the form in which it is scrubbed, matched and written down."""

from __future__ import annotations

import json
import math
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from sensay_ext.testing._errors import CassetteError
from sensay_ext.testing._layers import as_bytes, as_text, inflated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Body", "Headers", "Interaction", "Json", "Message", "headers_from", "read_body", "write_body"]

Headers: TypeAlias = "Mapping[str, tuple[str, ...]]"


@dataclass(frozen=True, slots=True)
class Json:
    """A body that is JSON."""

    value: Any


_GZIP = (16 + zlib.MAX_WBITS,)
# What is called deflate has a head and a checksum, or has none.
_WINDOWS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS)}

Body: TypeAlias = "Json | str | bytes | None"
"""A body: JSON, a text, something else, or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a request and a reply have in common.

    Args:
        headers: Values by name; names are in lower case.
        body: The body.
    """

    headers: Headers = field(default_factory=dict, repr=False)
    body: Body = field(default=None, repr=False)

    def header(self, name: str) -> str:
        """The first value of a header; empty when there is none."""
        return next(iter(self.headers.get(name, ())), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """A request with its reply.

    Args:
        method: HTTP method.
        url: The whole URL.
        request: Headers and body of the request.
        status: HTTP status of the reply.
        reply: Headers and body of the reply.
    """

    method: str
    url: str = field(repr=False)
    request: Message = field(default_factory=Message)
    status: int = 200
    reply: Message = field(default_factory=Message)


def headers_from(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Headers with lower-case names; those that occur several times keep their order."""
    headers: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        headers[name.lower()] = (*headers.get(name.lower(), ()), value)
    return headers


def read_body(content: bytes, headers: Headers) -> Body:
    """The body that some bytes are.

    Args:
        content: The bytes as they were sent.
        headers: The headers that were sent with them.

    Raises:
        CassetteError: They are compressed in a way that is not known here, so that nothing in them could be hidden.
    """
    # The last one was applied last.
    for coding in reversed(", ".join(headers.get("content-encoding", ())).lower().split(",")):
        content = _decoded(content, coding.strip())
    if not content:
        return None
    text = as_text(content)
    if text is None or "\0" in text:
        return content
    media_type = ", ".join(headers.get("content-type", ())).partition(";")[0].strip().lower()
    parsed = _read_json(text) if media_type.endswith(("/json", "+json")) else None
    return text if parsed is None else parsed


def write_body(body: Body) -> bytes:
    """The bytes of a body, uncompressed."""
    match body:
        case Json():
            return json.dumps(body.value, ensure_ascii=False, separators=(",", ":")).encode()
        case str():
            return as_bytes(body)
        case None:
            return b""
    return body


def _decoded(content: bytes, coding: str) -> bytes:
    if not content or coding in {"", "identity"}:
        return content
    for window in _WINDOWS.get(coding, ()):
        plain = inflated(content, window)
        if plain is not None:
            return plain
    raise CassetteError(
        f"a body cannot be decompressed to look into it: its Content-Encoding is {coding}; "
        "ask for another one with the header Accept-Encoding: gzip"
    )


def _read_json(text: str) -> Json | None:
    """The value, if writing it again would lose nothing."""
    try:
        value = json.loads(text, parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_without_twins)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return Json(value)


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(digits)
    return number


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a name occurs twice")
    return value
