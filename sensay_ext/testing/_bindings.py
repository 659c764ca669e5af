"""Which value of this run each pseudonym of a cassette stands for."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from sensay_ext.testing._layers import as_bytes, rewrite
from sensay_ext.testing._places import Places
from sensay_ext.testing._pseudonyms import PSEUDONYM_IN_BYTES, Kind, is_number, is_pseudonym, kind_of_pseudonym
from sensay_ext.testing._spellings import Replacer, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from sensay_ext.testing._interaction import Interaction
    from sensay_ext.testing._layers import View
    from sensay_ext.testing._places import Leaf

__all__ = ["Bindings"]

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
_STREAM = "text/event-stream"


class Bindings:
    """Pairs of a pseudonym and a value of this run; no two pairs share either.

    Args:
        values: Values by pseudonym.
    """

    def __init__(self, values: dict[str, str] | None = None) -> None:
        self._values = dict(values or {})
        self._pseudonyms = {value: pseudonym for pseudonym, value in self._values.items()}

    def copy(self) -> Bindings:
        """The same pairs, to which others can be added."""
        return Bindings(self._values)

    @property
    def pseudonyms(self) -> dict[str, str]:
        """Pseudonyms by value."""
        return dict(self._pseudonyms)

    def value(self, pseudonym: str) -> str | None:
        """The value that a pseudonym stands for; None while that is open."""
        return self._values.get(pseudonym)

    def bind(self, pseudonym: str, value: str) -> bool:
        """Let a pseudonym stand for a value; False when that cannot be."""
        if pseudonym in self._values or value in self._pseudonyms:
            return self._values.get(pseudonym) == value
        # What a reply told this run under a pseudonym is known by that one, and by no other.
        if not value or (is_pseudonym(value) and value != pseudonym):
            return False
        if kind_of_pseudonym(pseudonym) is Kind.EMAIL and not _ADDRESS.fullmatch(value):
            return False
        self._values[pseudonym] = value
        self._pseudonyms[value] = pseudonym
        return True

    def hidden(self, data: bytes) -> bytes:
        """Bytes of this run, with pseudonyms instead of values."""
        values = [Wanted(value, kind_of_pseudonym(pseudonym)) for pseudonym, value in self._values.items()]
        return Replacer(values, lambda wanted: self._pseudonyms[wanted.text]).replace(data)

    def put_back(self, interaction: Interaction) -> Interaction:
        """An interaction as it would be in this run: with values instead of pseudonyms, as far as they are known."""
        is_stream = interaction.reply.header("content-type").startswith(_STREAM)

        def change(leaf: Leaf) -> str | int | bytes:
            value = leaf.value
            if isinstance(value, int):
                known = self._values.get(str(value), "")
                return int(known) if is_number(known) else value
            write: Callable[[str], str] = str
            if isinstance(value, bytes):
                return rewrite(value, self._changing(write))
            if (leaf.where == "reply body" and is_stream) or value.lstrip().startswith(("{", "[")):
                write = _in_json
            elif value.startswith(("http://", "https://")):
                write = _in_url
            return rewrite(as_bytes(value), self._changing(write)).decode("utf-8", "surrogatepass")

        return Places().changed(interaction, change)

    def _changing(self, write: Callable[[str], str]) -> Callable[[View], bytes]:
        def value(found: re.Match[bytes]) -> bytes:
            pseudonym = found[0].decode()
            return as_bytes(write(self._values[pseudonym])) if pseudonym in self._values else found[0]

        return lambda view: PSEUDONYM_IN_BYTES.sub(value, view.data)


def _in_json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]


def _in_url(value: str) -> str:
    return quote(value, safe="@")
