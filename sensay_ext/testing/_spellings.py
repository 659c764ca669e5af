"""Finds values however they are written, and puts others in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sensay_ext.testing._layers import as_bytes, rewrite, without_escapes
from sensay_ext.testing._pseudonyms import PSEUDONYM_IN_BYTES, Kind, is_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sensay_ext.testing._layers import View

__all__ = ["WORD", "Replacer", "Wanted", "any_spelling"]

# Shorter ones are words of every language, or numbers of every kind; they are hidden where they stand, and only there.
_SHORTEST_ID = 3
_SHORTEST_NUMBER = 5
_SHORTEST_SECRET = 4
# A shorter one may well be a part of another word.
_SHORTEST_UNBOUND = 8
# In what is no text, a shorter one would be found by chance.
_SHORTEST_UNLIKELY = 6

_IDS = frozenset({Kind.ORGANIZATION, Kind.USER, Kind.INVITE, Kind.EMAIL, Kind.ATTEMPT, Kind.CONTENT})

# Percent-encoded as often as one likes; and as many of them as six nested strings have. With no limit, a long row of
# them would be gone through from each of them on.
_BACKSLASHES = rb"(?:\\|%(?:25)*5[Cc]){1,63}"
_AMPERSAND = rb"&(?:amp;){0,5}"
_NAMES = {"&": b"amp", "<": b"lt", ">": b"gt", '"': b"quot", "'": b"apos"}
_ESCAPES = {"\b": b"b", "\f": b"f", "\n": b"n", "\r": b"r", "\t": b"t", "\\": b""}
_MAY_BE_ESCAPED = "\"'/"
_ONE_BYTE = 0x100

WORD = rb"[0-9A-Za-z_\x80-\xff]"
"""What words are made of."""

# The last letter of an escape is not a part of the word after it.
_ENDS_OF_ESCAPES = [
    backslash + end
    for backslash in (rb"\\", rb"%5[Cc]")
    for end in (rb"[nrtbf]", rb"u[0-9A-Fa-f]{4}", rb"x[0-9A-Fa-f]{2}")
] + [rb"%[0-9A-Fa-f]{2}"]
_WORD_BEGINS = re.compile(
    rb"(?:(?<!" + WORD + rb")|" + rb"|".join(rb"(?<=" + end + rb")" for end in _ENDS_OF_ESCAPES) + rb")"
)
_WORD_ENDS = re.compile(rb"(?!" + WORD + rb")")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value to look for.

    Args:
        text: The value.
        kind: What it is; an id is a word, while a secret may be a part of something longer.
    """

    text: str
    kind: Kind

    @property
    def is_everywhere(self) -> bool:
        """Whether it is looked for in all places, and not only where it is expected."""
        if is_number(self.text):
            return len(self.text) >= _SHORTEST_NUMBER
        shortest = _SHORTEST_ID if self.kind in _IDS else _SHORTEST_SECRET
        return self.kind is not Kind.STACK and len(self.text) >= shortest

    @property
    def is_word(self) -> bool:
        """Whether it counts only where it stands alone."""
        return self.kind in _IDS or is_number(self.text) or len(self.text) < _SHORTEST_UNBOUND

    @property
    def is_unlikely(self) -> bool:
        """Whether it is not found by chance in what is no text."""
        return len(self.text) >= _SHORTEST_UNLIKELY

    @property
    def may_name_a_field(self) -> bool:
        """Whether it could be a word of the API's own."""
        return self.text.isalpha() and len(self.text) < _SHORTEST_UNBOUND


class Replacer:
    """Puts something else in the place of values, however they are written. Pseudonyms are left alone.

    Args:
        values: What to look for; where two of them overlap, the longer one counts.
        write: What stands in the place of a value.
    """

    def __init__(self, values: Iterable[Wanted], write: Callable[[Wanted], str]) -> None:
        self._values = {as_bytes(value.text): value for value in values if value.is_everywhere}
        self._lengths = {len(plain) for plain in self._values}
        self._write = write

    def replace(self, data: bytes) -> bytes:
        """The bytes, with nothing left of the values."""
        return rewrite(data, self._change)

    def _change(self, view: View) -> bytes:
        data, before = view.data, b""
        # What is replaced may have been all that made something a part of a longer word.
        while data != before:
            before, data = data, self._once(data, is_text=view.is_text)
        return data

    def _once(self, data: bytes, *, is_text: bool) -> bytes:
        # Nothing is replaced twice; that begins with the pseudonyms, which are not to be mistaken for values.
        taken = bytearray(len(data))
        for pseudonym in PSEUDONYM_IN_BYTES.finditer(data):
            _take(taken, *pseudonym.span())
        read = without_escapes(data)
        found: list[tuple[int, int, Wanted]] = []
        for plain in self._present([data, *read]):
            value = self._values[plain]
            if is_text or value.is_unlikely:
                for start, end in _occurrences(value.text, plain, data, read):
                    is_free = taken.find(1, start, end) < 0
                    if is_free and not (is_text and value.is_word and _is_part(data, taken, start, end)):
                        _take(taken, start, end)
                        found.append((start, end, value))
        return self._written(data, sorted(found, key=lambda one: one[:2]))

    def _present(self, texts: list[bytes]) -> list[bytes]:
        """The values that are in some texts, the longest first."""
        present: Iterable[bytes]
        if sum(map(len, texts)) * len(self._lengths) < len(self._values):
            # Many values, and hardly a text that they could be in, as every word in base64 may be.
            parts = {
                text[start : start + length]
                for text in texts
                for length in self._lengths
                for start in range(len(text) - length + 1)
            }
            present = parts & self._values.keys()
        else:
            present = [plain for plain in self._values if any(plain in text for text in texts)]
        return sorted(present, key=lambda plain: (-len(plain), plain))

    def _written(self, data: bytes, found: list[tuple[int, int, Wanted]]) -> bytes:
        written, last = [], 0
        for start, end, value in found:
            written += [data[last:start], as_bytes(self._write(value))]
            last = end
        return b"".join([*written, data[last:]])


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\1" * (end - start)


def _is_part(data: bytes, taken: bytearray, start: int, end: int) -> bool:
    """Whether something is a part of a longer word."""
    begins = start == 0 or taken[start - 1] or _WORD_BEGINS.match(data, start)
    ends = end == len(data) or taken[end] or _WORD_ENDS.match(data, end)
    return not (begins and ends)


def _occurrences(text: str, plain: bytes, data: bytes, read: list[bytes]) -> Iterator[tuple[int, int]]:
    """From where to where a value stands; a pattern takes its time, so it is for what is not written plainly alone."""
    plainly = data.count(plain)
    if any(one.count(plain) > plainly for one in read):
        yield from (found.span() for found in _finder(text).finditer(data))
    else:
        start = data.find(plain)
        while start >= 0:
            yield start, start + len(plain)
            start = data.find(plain, start + 1)


@lru_cache(maxsize=1024)
def _finder(text: str) -> re.Pattern[bytes]:
    return re.compile(any_spelling(text), re.DOTALL)


@lru_cache(maxsize=1024)
def any_spelling(text: str) -> bytes:
    """A pattern for a value however it is written.

    Each of its characters may be written as it is, percent-encoded, or escaped for JSON or HTML, any number of times.
    """
    return b"".join(_spelled(character) for character in text)


def _spelled(character: str) -> bytes:
    code = ord(character)
    percent = b"".join(rb"%(?:25)*" + _hex(f"{byte:02x}") for byte in as_bytes(character))
    plain = [re.escape(as_bytes(character)), percent]
    first, *others = _utf16(character)
    escaped = [b"u" + _hex(first) + b"".join(_BACKSLASHES + b"u" + _hex(unit) for unit in others)]
    named = [rb"#(?:0*" + str(code).encode() + rb"|[xX]0*" + _hex(f"{code:x}") + rb")"]
    if code < _ONE_BYTE:
        escaped.append(b"x" + _hex(f"{code:02x}"))
    if character in _NAMES:
        named.append(_NAMES[character])
    if character in _ESCAPES:
        escaped.append(_ESCAPES[character])
    if character in _MAY_BE_ESCAPED:
        escaped += plain
    if character == " ":
        plain.append(rb"\+")
    ways = [*plain, _BACKSLASHES + _any_of(escaped), _AMPERSAND + _any_of(named) + b";"]
    return _any_of(ways)


def _any_of(ways: list[bytes]) -> bytes:
    return rb"(?:" + rb"|".join(ways) + rb")"


def _hex(digits: str) -> bytes:
    return "".join(f"[{digit}{digit.upper()}]" if digit.isalpha() else digit for digit in digits).encode()


def _utf16(character: str) -> list[str]:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return [units[start : start + 4] for start in range(0, len(units), 4)]
