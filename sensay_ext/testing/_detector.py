"""Finds what must not be in a cassette.

It shares neither rules of replacing nor code with what replaces, so that a mistake cannot hide on both sides: what is to
be looked through is decoded in every way, and then searched for the plain values.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sensay_ext.testing._layers import as_bytes, views
from sensay_ext.testing._pseudonyms import PSEUDONYM_IN_BYTES, Kind, holds_pseudonym
from sensay_ext.testing._rules import shapes
from sensay_ext.testing._spellings import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sensay_ext.testing._layers import View
    from sensay_ext.testing._spellings import Wanted

__all__ = ["Detector"]

_SHORTEST_SHAPE = 4
# Stands where a pseudonym stood: it is no part of a word, and what was apart stays apart.
_GAP = b"\0"


class Detector:
    """Finds known values, and what looks like something to hide.

    Args:
        values: The known ones.
    """

    def __init__(self, values: Iterable[Wanted]) -> None:
        self._values = {as_bytes(value.text): value for value in values if value.is_everywhere}
        self._words = _any_of((data for data, value in self._values.items() if value.is_word), alone=True)
        self._parts = _any_of(data for data, value in self._values.items() if not value.is_word)
        self._unlikely = _any_of(data for data, value in self._values.items() if value.is_unlikely)

    def find(self, data: bytes, *, is_key: bool = False, is_part: bool = False) -> Iterator[tuple[Kind, str]]:
        """What is in some bytes, and what kind of thing it is.

        Args:
            data: The bytes.
            is_key: Whether they are the name of a field, which may happen to be a word that is somebody's id.
            is_part: Whether they are but a part of something that is encoded, and not to be decoded.
        """
        for view in views(data, 0) if is_part else views(data):
            yield from self._known(view, is_key=is_key)
            if view.is_text:
                yield from _shapes(view.data.decode("utf-8", "surrogatepass"))

    def _known(self, view: View, *, is_key: bool) -> Iterator[tuple[Kind, str]]:
        data = PSEUDONYM_IN_BYTES.sub(_GAP, view.data)
        patterns = (self._words, self._parts) if view.is_text and not view.is_excerpt else (self._unlikely,)
        for pattern in patterns:
            for found in pattern.finditer(data):
                value = self._values[found[0]]
                if not (is_key and value.may_name_a_field):
                    yield value.kind, value.text


def _shapes(text: str) -> Iterator[tuple[Kind, str]]:
    for kind, start, end in shapes(text):
        found = text[start:end]
        if len(found) >= _SHORTEST_SHAPE and not holds_pseudonym(found):
            yield kind, found


def _any_of(values: Iterable[bytes], *, alone: bool = False) -> re.Pattern[bytes]:
    """A pattern for the longest of some values; without any, one that finds nothing."""
    pattern = b"|".join(re.escape(value) for value in sorted(values, key=len, reverse=True)) or b"(?!)"
    return re.compile(rb"(?<!" + WORD + rb")(?:" + pattern + rb")(?!" + WORD + rb")" if alone else pattern)
