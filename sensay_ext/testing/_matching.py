"""Compares a request with one that was recorded, and finds out what the pseudonyms in the latter stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from sensay_ext.testing._interaction import Json
from sensay_ext.testing._layers import as_bytes, uncompressed
from sensay_ext.testing._places import shown
from sensay_ext.testing._pseudonyms import PSEUDONYM, PSEUDONYM_IN_BYTES, is_pseudonym
from sensay_ext.testing._spellings import any_spelling

if TYPE_CHECKING:
    from sensay_ext.testing._bindings import Bindings
    from sensay_ext.testing._interaction import Body, Interaction

__all__ = ["IDENTITY", "Comparison", "compare"]

# Who asks is a part of what is asked. The organization is not: a recording is replayed without its secret.
IDENTITY = ("x-user-id", "x-user-id-type")
_SHORTEST_BLOB = 12
_ANYTHING = rb"[^\r\n]{1,4096}?"
_MOST_FLEXIBLE = 2


@dataclass(slots=True)
class Comparison:
    """What came of comparing.

    Args:
        bindings: What pseudonyms stand for, if the requests are the same.
        differences: Where they differ, in words; empty when they do not.
    """

    bindings: Bindings
    differences: list[str] = field(default_factory=list)


def compare(recorded: Interaction, live: Interaction, bindings: Bindings) -> Comparison:
    """Compare the requests of two interactions: method, path, query, user and body, but not the host.

    Args:
        recorded: From a cassette.
        live: From this run.
        bindings: What is known of pseudonyms; it is not changed.
    """
    comparing = _Comparing(bindings.copy())
    comparing.requests(recorded, live)
    return Comparison(comparing.bindings, comparing.differences)


class _Comparing:
    def __init__(self, bindings: Bindings) -> None:
        self.bindings = bindings
        self.differences: list[str] = []

    def requests(self, recorded: Interaction, live: Interaction) -> None:
        if recorded.method != live.method:
            self.differences.append("method")
        for name in IDENTITY:
            self._text(recorded.request.header(name), live.request.header(name), name)
        urls = urlsplit(recorded.url), urlsplit(live.url)
        self._path(*((url.path or "/").split("/") for url in urls))
        self._query(*(sorted(parse_qsl(url.query, keep_blank_values=True), key=lambda pair: pair[0]) for url in urls))
        self._body(recorded.request.body, live.request.body)

    def _path(self, recorded: list[str], live: list[str]) -> None:
        if len(recorded) != len(live):
            self.differences.append("path")
            return
        for one, other in zip(recorded, live, strict=True):
            self._text(unquote(one), unquote(other), "path")

    def _query(self, recorded: list[tuple[str, str]], live: list[tuple[str, str]]) -> None:
        if [name for name, _ in recorded] != [name for name, _ in live]:
            self.differences.append("query")
            return
        for (name, one), (_, other) in zip(recorded, live, strict=True):
            self._text(one, other, f"query, {name}")

    def _body(self, recorded: Body, live: Body) -> None:
        if isinstance(recorded, Json) and isinstance(live, Json):
            self._json(recorded.value, live.value, ())
        elif isinstance(recorded, str) and isinstance(live, str):
            self._text(recorded, live, "body")
        elif isinstance(recorded, bytes) and isinstance(live, bytes):
            self._same(uncompressed(recorded) or recorded, uncompressed(live) or live, "body")
        elif recorded != live:
            self.differences.append("body")

    def _json(self, recorded: Any, live: Any, trail: tuple[str | int, ...]) -> None:
        where = f"body, {shown(trail)}"
        match recorded, live:
            case dict(), dict():
                self._object(recorded, live, trail)
            case list(), list():
                if len(recorded) != len(live):
                    self.differences.append(where)
                for index, (one, other) in enumerate(zip(recorded, live, strict=False)):
                    self._json(one, other, (*trail, index))
            case str(), str():
                self._text(recorded, live, where)
            case int(), int() if is_pseudonym(str(recorded)):
                self._text(str(recorded), str(live), where)
            case _ if isinstance(recorded, bool) is not isinstance(live, bool) or recorded != live:
                self.differences.append(where)

    def _object(self, recorded: dict[str, Any], live: dict[str, Any], trail: tuple[str | int, ...]) -> None:
        rest = {name: value for name, value in live.items() if name not in recorded}
        for name, value in recorded.items():
            partner = name if name in live else self._partner(name, rest)
            if partner is None:
                self.differences.append(f"body, {shown((*trail, name))}")
            else:
                rest.pop(partner, None)
                self._json(value, live[partner], (*trail, name))
        # Not by their names, which nothing has looked through.
        if rest:
            self.differences.append(f"body, {shown(trail)}")

    def _partner(self, recorded: str, rest: dict[str, Any]) -> str | None:
        """The name that stands in this run where a cassette has one with a pseudonym in it."""
        if PSEUDONYM.search(recorded) is None:
            return None
        return next((name for name in rest if self._is_same(as_bytes(recorded), as_bytes(name))), None)

    def _text(self, recorded: str, live: str, where: str) -> None:
        self._same(as_bytes(recorded), as_bytes(live), where)

    def _same(self, recorded: bytes, live: bytes, where: str) -> None:
        if not self._is_same(recorded, live):
            self.differences.append(where)

    def _is_same(self, recorded: bytes, live: bytes) -> bool:
        """Whether this is what was recorded; if so, what the pseudonyms in it stand for is settled."""
        names = list(dict.fromkeys(found.decode() for found in PSEUDONYM_IN_BYTES.findall(recorded)))
        if recorded == live:
            return all(self.bindings.value(name) is not None or self.bindings.bind(name, name) for name in names)
        found = re.fullmatch(self._pattern(recorded, names), live, re.DOTALL) if names else None
        if found is None:
            # Of what is in base64, no pseudonym is to be seen.
            return len(live) >= _SHORTEST_BLOB and self.bindings.hidden(live) == recorded
        return all(
            self.bindings.bind(names[int(group[1:])], value.decode("utf-8", "surrogateescape"))
            for group, value in found.groupdict().items()
        )

    def _pattern(self, recorded: bytes, names: list[str]) -> bytes:
        """A pattern for what may stand in this run where a cassette has this; an open pseudonym is a group of it.

        Only the last groups are tried with every length, as trying all of them would take as good as forever where
        many of them are in one text; those before end where what follows them occurs for the first time.
        """
        found = list(PSEUDONYM_IN_BYTES.finditer(recorded))
        ends = [*(one.start() for one in found), len(recorded)]
        firsts = {name: number for number, name in reversed(list(enumerate(one[0].decode() for one in found)))}
        flexible = sorted(firsts.values())[-_MOST_FLEXIBLE:]
        pattern = re.escape(recorded[: ends[0]])
        for number, one in enumerate(found):
            name = one[0].decode()
            value, group = self.bindings.value(name), names.index(name)
            rest = re.escape(recorded[one.end() : ends[number + 1]])
            if value is not None:
                pattern += rb"(?:%b|%b)" % (re.escape(one[0]), any_spelling(value)) + rest
            elif number != firsts[name]:
                pattern += rb"(?P=g%d)" % group + rest
            else:
                slot = rb"(?P<g%d>%b)" % (group, _ANYTHING) + rest
                pattern += slot if number in flexible else rb"(?>" + slot + rb")"
        return pattern
