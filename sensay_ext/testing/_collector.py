"""Collects what is to be hidden, by where it stands and by what it looks like."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from sensay_ext._redact import is_sensitive_name
from sensay_ext.testing._layers import as_bytes, views
from sensay_ext.testing._pseudonyms import PSEUDONYM, Kind, is_pseudonym
from sensay_ext.testing._rules import credentials, kind_of_header, shapes
from sensay_ext.testing._spellings import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from sensay_ext.testing._interaction import Interaction
    from sensay_ext.testing._places import Leaf, Places

__all__ = ["Collector"]

# What stands before the JSON in a line of a stream, as in `data: {...}`.
_PREFIX = re.compile(r"\s*(?:\w+:\s*)?(?=[\[{])")
# Keeps apart what stood on both sides of something that is looked into no further.
_GAP = " "


class Collector:
    """Collects values from interactions, in the order in which they are met.

    Args:
        places: Knows what the values of an interaction are.
    """

    def __init__(self, places: Places) -> None:
        self._places = places
        self._kinds: dict[str, Kind] = {}
        self.pseudonyms: set[str] = set()

    @property
    def values(self) -> list[Wanted]:
        """The values, each once."""
        return [Wanted(text, kind) for text, kind in self._kinds.items()]

    def add(self, text: str, kind: Kind) -> None:
        """Note a value; what it was taken for at first stays."""
        if text and not is_pseudonym(text):
            self._kinds.setdefault(text, kind)

    def collect_credentials(self, interaction: Interaction) -> None:
        """Note what the headers of an interaction hold, and its URL, whether they are kept or not."""
        self._text(interaction.url)
        for message in (interaction.request, interaction.reply):
            for name, values in message.headers.items():
                kind = kind_of_header(name) or (Kind.SECRET if is_sensitive_name(name) else None)
                if kind is not None:
                    for value in values:
                        self._all(credentials(name, value), kind)

    def collect(self, interaction: Interaction) -> None:
        """Note what the values of an interaction are."""
        for leaf in self._places.leaves(interaction):
            self._leaf(leaf)

    def _all(self, texts: Iterable[str], kind: Kind) -> None:
        for text in texts:
            self.add(text, kind)

    def _leaf(self, leaf: Leaf) -> None:
        if leaf.kind is not None:
            self.add(str(leaf.value), leaf.kind)
        if isinstance(leaf.value, str):
            self._text(leaf.value)
            for value in _embedded(leaf.value):
                for inner in self._places.leaves_of_json(value, leaf.where):
                    self._leaf(inner)
        elif isinstance(leaf.value, bytes):
            self._text(leaf.value.decode("ascii", "replace"))
            self._views(leaf.value)

    def _text(self, text: str) -> None:
        self.pseudonyms.update(PSEUDONYM.findall(text))
        rest, end = [], 0
        for kind, first, last in sorted(shapes(text), key=lambda shape: shape[1]):
            self.add(text[first:last], kind)
            if kind in {Kind.TOKEN, Kind.BOT_TOKEN}:
                # It is hidden as a whole, so what is encoded in it needs no pseudonym of its own.
                rest.append(text[end:first])
                end = max(end, last)
        self._views(as_bytes(_GAP.join([*rest, text[end:]])))

    def _views(self, data: bytes) -> None:
        for view in views(data):
            if view.is_text:
                text = view.data.decode("utf-8", "surrogatepass")
                self.pseudonyms.update(PSEUDONYM.findall(text))
                for kind, start, end in shapes(text):
                    self.add(text[start:end], kind)


def _embedded(text: str) -> Iterator[Any]:
    """The JSON values that a text is, or that its lines are."""
    for part in (text, *text.splitlines()) if "\n" in text else (text,):
        start = _PREFIX.match(part)
        if start is not None:
            with suppress(ValueError, RecursionError):
                yield json.loads(part[start.end() :])
