"""Searches files for secrets, and shares nothing with what hides them: whatever can be decoded is decoded, and read again.

What is found is any part of a secret that is long enough not to stand there by chance, in either case.
"""

import base64
import binascii
import contextlib
import gzip
import html
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import yaml

_DEPTH = 4
_SHORTEST_PART = 8
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{8,}")
_QUADS = 4


def parts_found(data: bytes, secrets: Iterable[str]) -> list[str]:
    """The parts of secrets that are somewhere in some bytes, sorted."""
    wanted = {part.encode() for secret in secrets for part in _parts(secret.lower())}
    text = b"\n".join(everything_in(data)).lower()
    return sorted(part.decode() for part in wanted if part in text)


def parts_in_files(folder: Path, secrets: Iterable[str]) -> list[str]:
    """The same for all files below a folder, whose names count as well."""
    found: list[str] = []
    for path in sorted(folder.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        found += parts_found(path.name.encode() + b"\n" + data, secrets)
    return found


def everything_in(data: bytes) -> set[bytes]:
    """Everything that some bytes can be read as, layer by layer."""
    seen = {data}
    layer = {data}
    for _ in range(_DEPTH):
        layer = {decoded for one in layer for decoded in _decoded(one)} - seen
        seen |= layer
    return seen


def _parts(secret: str) -> Iterator[str]:
    length = min(len(secret), _SHORTEST_PART)
    for start in range(len(secret) - length + 1):
        yield secret[start : start + length]


def _decoded(data: bytes) -> Iterator[bytes]:
    for inflate in (gzip.decompress, zlib.decompress):
        with contextlib.suppress(OSError, EOFError, zlib.error):
            yield inflate(data)
    yield unquote_to_bytes(data)
    yield unquote_to_bytes(data.replace(b"+", b" "))
    yield from _unescaped(data)
    yield from _parsed(data)
    # As it is, and without the line breaks of e-mails and of YAML.
    for text in (data, re.sub(rb"[\r\n]+[ \t]*", b"", data)):
        for run in _BASE64.findall(unquote_to_bytes(text).replace(b"\\/", b"/")):
            yield from _from_base64(run)


def _unescaped(data: bytes) -> Iterator[bytes]:
    text = data.decode("utf-8", "surrogateescape")
    yield html.unescape(text).encode("utf-8", "surrogateescape")
    plain = re.sub(r"\\+u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    plain = plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    yield plain.encode("utf-8", "surrogateescape")
    yield re.sub(r"\\+([^nrt])", r"\1", plain).encode("utf-8", "surrogateescape")


def _parsed(data: bytes) -> Iterator[bytes]:
    for parse in (json.loads, _yaml):
        with contextlib.suppress(ValueError, yaml.YAMLError, RecursionError):
            yield from _scalars(parse(data))


def _yaml(data: bytes) -> Any:
    # Of a text that is no mapping, YAML would make one long string.
    return yaml.load(data, Loader=yaml.CSafeLoader) if b": " in data or b":\n" in data else None


def _scalars(value: Any) -> Iterator[bytes]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _scalars(name)
            yield from _scalars(item)
    elif isinstance(value, list):
        for item in value:
            yield from _scalars(item)
    elif value is not None:
        yield value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


def _from_base64(run: bytes) -> Iterator[bytes]:
    run = run.translate(bytes.maketrans(b"-_", b"+/"))
    for start in range(_QUADS):
        rest = run[start:]
        rest = rest[: len(rest) - (len(rest) % _QUADS == 1)]
        with contextlib.suppress(binascii.Error):
            yield base64.b64decode(rest + b"=" * (-len(rest) % _QUADS))
