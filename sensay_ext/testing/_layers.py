"""Looks into what is written in another way: percent-encoded, escaped, in base64, compressed.

Here anything is decoded; `_spellings` looks from the other side, and finds a given value however it is written.
"""

from __future__ import annotations

import binascii
import gzip
import html
import re
import zlib
from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Change: TypeAlias = Callable[["View"], bytes]

__all__ = [
    "View",
    "as_bytes",
    "as_text",
    "compressed",
    "inflated",
    "rewrite",
    "uncompressed",
    "views",
    "without_escapes",
]

_DEPTH = 4
_LARGEST = 64 * 1024 * 1024
_GZIP = b"\x1f\x8b"
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_SIGNS_OF_ESCAPES = (b"%", b"+", b"\\", b"&")
# The same in strings within strings, however many.
_DEEP_ESCAPE = re.compile(r"(?<!\\)\\{1,63}+(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([^\\]))")
# The library would stumble over very long ones.
_REFERENCE = re.compile(r"&(?:#0{0,99}\d{1,7}|#[xX]0{0,99}[0-9A-Fa-f]{1,6}|\w{1,32});?", re.ASCII)
_ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}

# Both alphabets, with what escaping makes of their signs.
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/_-]|(?:%|\\u00)2[BbFf]|\\/){4,}(?:(?:=|(?:%|\\u00)3[Dd]){1,2})?")
_SIGN = re.compile(rb"(?:%|\\u00)(2[BbFf]|3[Dd])|\\(/)")
_SIGNS = {b"2b": b"+", b"2f": b"/", b"3d": b"="}

# The same in lines, as in e-mails, keys and YAML, with what escaping makes of the line breaks.
_BREAK = rb"(?:\r?\n|(?:\\{1,15}r)?\\{1,15}n|(?:%(?:25)*0[Dd])?%(?:25)*0[Aa])[ \t]*+"
_LINES = re.compile(
    rb"(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/_-]{32,}+" + _BREAK + rb")+[A-Za-z0-9+/_-]++(?:=|%3[Dd]){0,2}"
)
_BREAKS = re.compile(_BREAK)

# What can be read in something that is no text.
_READABLE = re.compile(rb"[\t\n\r\x20-\x7e]{6,}")
_QUAD = 4
_LONGEST_WORD = 10
# Of what is no text, nothing shorter is looked at: it would be found by chance.
_SHORTEST_UNLIKELY = 6
# What is longer does not come again so soon.
_LONGEST_KEPT = 256


@dataclass(frozen=True, slots=True)
class View:
    """One way to read some bytes; what is no text may be read in the wrong way.

    Args:
        data: The bytes.
        is_text: Whether they are a text.
        is_excerpt: Whether they are what can be read in something that is none, so that short words are there by chance.
    """

    data: bytes = field(repr=False)
    is_text: bool
    is_excerpt: bool = False

    @classmethod
    def of(cls, data: bytes, *, is_excerpt: bool = False) -> View:
        """The bytes as they are."""
        is_text = _CONTROL.search(data) is None and as_text(data) is not None
        return cls(data, is_text, is_excerpt)


def as_bytes(text: str) -> bytes:
    """The bytes of a text, whatever it holds."""
    return text.encode("utf-8", "surrogatepass")


def as_text(data: bytes) -> str | None:
    """The text that bytes are; None when they are none."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None


def uncompressed(data: bytes) -> bytes | None:
    """What was compressed by gzip; None when nothing was, or when it would fill the memory."""
    return inflated(data, 16 + zlib.MAX_WBITS) if data.startswith(_GZIP) else None


def inflated(data: bytes, window: int) -> bytes | None:
    """What was compressed by zlib, in a format that the size of its window stands for; None as above."""
    inflate = zlib.decompressobj(window)
    try:
        plain = inflate.decompress(data, _LARGEST)
    except zlib.error:
        return None
    return plain if inflate.eof else None


def compressed(data: bytes) -> bytes:
    """Compressed by gzip; the same bytes each time."""
    return gzip.compress(data, mtime=0)


def rewrite(data: bytes, change: Change, depth: int = _DEPTH, *, is_certain: bool = True) -> bytes:
    """Change bytes, and what is hidden in them by base64 and gzip.

    Args:
        data: The bytes.
        change: What to do with one view of them; escapes in it are its own business.
        depth: How deep to look.
        is_certain: Whether they are what they are read as, text or not.
    """
    plain = uncompressed(data)
    if plain is not None:
        changed = rewrite(plain, change, depth - 1) if depth else plain
        return data if changed == plain else compressed(changed)
    view = View.of(data)
    data = change(view)
    if not depth or not (view.is_text or is_certain):
        return data
    data = _LINES.sub(lambda lines: _rewritten_lines(lines[0], change, depth - 1), data)
    return _BASE64.sub(lambda run: _rewritten(run[0], change, depth - 1), data)


def _rewritten_lines(lines: bytes, change: Change, depth: int) -> bytes:
    for block, rest in _blocks(lines):
        run = _BREAKS.sub(b"", block)
        changed = _rewritten(run, change, depth)
        if changed != run:
            width, end = next(_BREAKS.finditer(lines)).span()
            parts = (changed[start : start + width] for start in range(0, len(changed), width))
            return lines[width:end].join(parts) + rest
    return lines


def _blocks(lines: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What may be one thing in base64, and what follows it: the last line may be a word that is none of it."""
    yield lines, b""
    *_, last = _BREAKS.finditer(lines)
    yield lines[: last.start()], lines[last.start() :]


def _rewritten(run: bytes, change: Change, depth: int) -> bytes:
    for blob in _blobs(run):
        changed = rewrite(blob.data, change, depth, is_certain=False)
        if changed != blob.data:
            return blob.written(changed)
    return run


def views(data: bytes, depth: int = _DEPTH) -> Iterator[View]:
    """Every way to read some bytes, beginning with the bytes as they are.

    Args:
        data: The bytes.
        depth: How deep to look; not at all with 0.
    """
    seen: set[bytes] = set()
    # What comes out of fewer layers first, as it may be looked into deeper.
    waiting = deque([(View.of(data), depth, True)])
    while waiting:
        view, depth, is_certain = waiting.popleft()
        if view.data in seen:
            continue
        seen.add(view.data)
        yield view
        plain = uncompressed(view.data)
        if depth and plain is not None:
            waiting.append((View.of(plain), depth - 1, True))
        elif depth and (view.is_text or is_certain):
            read = (View.of(one, is_excerpt=view.is_excerpt) for one in _read_escapes(view.data))
            waiting += [(one, depth - 1, is_certain) for one in read]
            waiting += [(one, depth - 1, False) for one in _decoded(view)]


def without_escapes(data: bytes) -> list[bytes]:
    """Every way to read the escapes in some bytes, layer by layer; nothing when there are none."""
    if not any(sign in data for sign in _SIGNS_OF_ESCAPES):
        return []
    seen = {data}
    found: list[bytes] = []
    layer = [data]
    for _ in range(_DEPTH):
        layer = list({read for one in layer for read in _read_escapes(one)} - seen)
        seen.update(layer)
        found += layer
    return found


def _decoded(view: View) -> Iterator[View]:
    if not view.is_text:
        yield from (View.of(text, is_excerpt=True) for text in _READABLE.findall(view.data))
    for lines in _LINES.finditer(view.data):
        for block, _ in _blocks(lines[0]):
            yield from (View.of(blob.data) for blob in _blobs(_BREAKS.sub(b"", block)))
    for run in _BASE64.finditer(view.data):
        yield from (View.of(blob.data) for blob in _blobs(run[0]))


def _read_escapes(data: bytes) -> Iterator[bytes]:
    if b"%" in data:
        yield unquote_to_bytes(data)
    if b"+" in data:
        yield data.replace(b"+", b" ")
    if b"\\" in data or b"&" in data:
        # What is no text comes out as something else, but for the text in it.
        text = as_text(data) or data.decode("utf-8", "surrogateescape")
        yield from (as_bytes(_unescaped(text, escape)) for escape in (_ESCAPE, _DEEP_ESCAPE))
        yield as_bytes(_REFERENCE.sub(lambda reference: html.unescape(reference[0]), text))


def _unescaped(text: str, escape: re.Pattern[str]) -> str:
    def character(found: re.Match[str]) -> str:
        unit, byte, other = found.groups()
        return chr(int(unit or byte, 16)) if other is None else _ESCAPED.get(other, other)

    # The two halves of a character beyond the first 65,536 become one again.
    return escape.sub(character, text).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


@dataclass(frozen=True, slots=True)
class _Blob:
    """What a run of characters is in base64, when it is read from one of its first four characters on."""

    data: bytes
    before: bytes
    after: bytes
    signs: bytes
    is_padded: bool

    def written(self, data: bytes) -> bytes:
        """The run with other data in it."""
        encoded = binascii.b2a_base64(data, newline=False).translate(bytes.maketrans(b"+/", self.signs))
        return self.before + (encoded if self.is_padded else encoded.rstrip(b"=")) + self.after


def _blobs(run: bytes) -> tuple[_Blob, ...]:
    return _blobs_of_word(run) if len(run) <= _LONGEST_KEPT else _find_blobs(run)


@lru_cache(maxsize=4096)
def _blobs_of_word(run: bytes) -> tuple[_Blob, ...]:
    return _find_blobs(run)


def _find_blobs(run: bytes) -> tuple[_Blob, ...]:
    plain = _SIGN.sub(lambda sign: sign[2] or _SIGNS[sign[1].lower()], run)
    signs = b"-_" if b"-" in plain or b"_" in plain else b"+/"
    body = plain.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    is_padded = b"=" in plain
    found = []
    # Whatever stands before a long one may be made of the same characters; short ones are words, nearly always.
    for phase in range(_QUAD if len(body) > _LONGEST_WORD else 1):
        length = len(body) - phase
        length -= length % _QUAD == 1
        part = body[phase : phase + length]
        data = binascii.a2b_base64(part + b"=" * (-length % _QUAD))
        if len(data) >= _SHORTEST_UNLIKELY or View.of(data).is_text:
            found.append(_Blob(data, plain[:phase], plain[phase + length :].rstrip(b"="), signs, is_padded))
    return tuple(found)
