"""Takes out of recordings what grants or identifies something."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from sensay_ext.testing._collector import Collector
from sensay_ext.testing._detector import Detector
from sensay_ext.testing._errors import SecretLeft
from sensay_ext.testing._interaction import Message
from sensay_ext.testing._layers import as_bytes
from sensay_ext.testing._passages import passages
from sensay_ext.testing._places import Places
from sensay_ext.testing._pseudonyms import Kind, Pseudonyms, holds_pseudonym, is_pseudonym
from sensay_ext.testing._rules import REPLY_HEADERS, REQUEST_HEADERS, WIRE_HEADERS, shapes
from sensay_ext.testing._spellings import Replacer, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sensay_ext.testing._interaction import Interaction
    from sensay_ext.testing._places import Leaf

__all__ = ["Scrubber", "Scrubbing", "describe", "known_values"]

_ENVIRONMENT = {
    "SENSAY_API_KEY": Kind.ORGANIZATION_SECRET,
    "SENSAY_ORGANIZATION_SECRET": Kind.ORGANIZATION_SECRET,
    "SENSAY_USER_ID": Kind.USER,
}

# The port of a local server, which is another one in each run.
_LOCAL_PORT = re.compile(
    r"(https?(?::|%3[Aa])(?:/|\\/|%2[Ff]){2}(?:127\.0\.0\.1|localhost|\[::1\]))(?::|%3[Aa])\d+(?!\w)", re.ASCII
)


class Scrubber:
    """Takes out of recordings what grants or identifies something, and puts pseudonyms in its place.

    It looks at all interactions of a recording before it changes any. What is found once, by where it stands or by what
    it looks like, is replaced wherever it occurs and however it is written there: plain, percent-encoded, escaped for
    JSON or HTML, in base64, compressed. Of the headers, only those on a list are kept. In the end it looks whether
    anything is left.

    Args:
        secrets: Values to hide besides those that are found, and those of SENSAY_API_KEY, SENSAY_ORGANIZATION_SECRET
            and SENSAY_USER_ID in the environment.
        fields: Further fields of JSON objects, and parameters of queries, that hold something to hide: by name, what
            kind of thing. `user` is an id, `secret` is anything that must not be known; `Kind` has them all.
        headers: Names of further headers to keep.
    """

    def __init__(
        self, *, secrets: Iterable[str] = (), fields: Mapping[str, str] | None = None, headers: Iterable[str] = ()
    ) -> None:
        self._secrets = tuple(secrets)
        self._places = Places({name: Kind(kind) for name, kind in (fields or {}).items()})
        self._headers = frozenset(name.lower() for name in headers) - WIRE_HEADERS

    def adjust(self, interaction: Interaction) -> Interaction:
        """Change an interaction before it is scrubbed; to be overridden, and made so that doing it twice does no harm.

        It is applied to requests that are to be found in a recording as well. Thus it can settle what would be
        another value in each run.
        """
        return interaction

    def scrub(self, interactions: Sequence[Interaction]) -> list[Interaction]:
        """All interactions of a recording, scrubbed.

        Args:
            interactions: The interactions.

        Raises:
            SecretLeft: Something is left that should not be.
        """
        return self.scrubbing(interactions).interactions

    def scrubbing(
        self,
        interactions: Sequence[Interaction],
        *,
        known: Mapping[str, str] | None = None,
        taken: Iterable[str] = (),
    ) -> Scrubbing:
        """The same, with what there was to hide.

        Args:
            interactions: The interactions.
            known: Pseudonyms that are settled already, by value.
            taken: Pseudonyms that stand for something else.

        Raises:
            SecretLeft: Something is left that should not be.
        """
        collector = Collector(self._places)
        collector.pseudonyms.update(taken)
        settled = []
        for interaction in interactions:
            adjusted = self.adjust(interaction)
            collector.collect_credentials(adjusted)
            settled.append(self._settled(adjusted))
        for interaction in settled:
            collector.collect(interaction)
        for value in known_values(self._secrets):
            collector.add(value.text, value.kind)
        return Scrubbing(settled, self._places, collector, known or {})

    def settled(self, interaction: Interaction) -> Interaction:
        """An interaction with all there is to hide, but without what is not kept anyway."""
        return self._settled(self.adjust(interaction))

    def _settled(self, interaction: Interaction) -> Interaction:
        kept = replace(
            interaction,
            url=_settled_url(interaction.url),
            request=_kept(interaction.request, REQUEST_HEADERS | self._headers),
            reply=_kept(interaction.reply, REPLY_HEADERS | self._headers),
        )
        return self._places.changed(kept, _without_port)


class Scrubbing:
    """The scrubbing of one recording.

    Args:
        interactions: The interactions, settled.
        places: Knows what their values are.
        collector: Has collected what there is to hide.
        known: Pseudonyms that are settled already, by value.

    Attributes:
        interactions: The interactions, scrubbed.

    Raises:
        SecretLeft: Something is left that should not be.
    """

    def __init__(
        self, interactions: Sequence[Interaction], places: Places, collector: Collector, known: Mapping[str, str]
    ) -> None:
        self._pseudonyms = Pseudonyms(collector.pseudonyms)
        for value, pseudonym in known.items():
            self._pseudonyms.bind(value, pseudonym)
        self._values = {value.text: value for value in collector.values}
        self._replacer = Replacer(collector.values, self._pseudonym)
        self._replacer_of_names = Replacer(
            (value for value in collector.values if not value.may_name_a_field), self._pseudonym
        )
        self._detector = Detector(collector.values)
        self.interactions = [places.changed(interaction, self._replaced) for interaction in interactions]
        for number, interaction in enumerate(self.interactions, start=1):
            for leaf in places.leaves(interaction):
                data = leaf.value if isinstance(leaf.value, bytes) else as_bytes(str(leaf.value))
                self._check(data, f"interaction {number}, {leaf.where}", is_key=leaf.is_key)

    def check(self, text: str) -> None:
        """Look through what is to be written.

        Raises:
            SecretLeft: Something is left that should not be.
        """
        for passage in passages(as_bytes(text)):
            # Names of fields are among the lines.
            self._check(passage.data, f"line {passage.number}", is_key=True, is_part=passage.is_part)

    def _check(self, data: bytes, where: str, *, is_key: bool = False, is_part: bool = False) -> None:
        for kind, value in self._detector.find(data, is_key=is_key, is_part=is_part):
            raise SecretLeft(f"{describe(kind)} would be left in {where.replace(value, '…')}; nothing was written")

    def _pseudonym(self, value: Wanted) -> str:
        return self._pseudonyms.of(value.kind, value.text)

    def _replaced(self, leaf: Leaf) -> str | int | bytes:
        value = leaf.value
        if isinstance(value, bytes):
            return self._replacer.replace(value)
        text = str(value)
        if leaf.kind is not None:
            text = text if is_pseudonym(text) else self._pseudonyms.of(leaf.kind, text)
        elif isinstance(value, int):
            wanted = self._values.get(text)
            text = self._pseudonym(wanted) if wanted is not None and wanted.is_everywhere else text
        else:
            replacer = self._replacer_of_names if leaf.is_key else self._replacer
            text = self._without_shapes(replacer.replace(as_bytes(value)).decode("utf-8", "surrogatepass"))
        return int(text) if isinstance(value, int) else text

    def _without_shapes(self, text: str) -> str:
        """The text without what is too short to be replaced everywhere, but stands where it must be replaced."""
        parts, last = [], 0
        for kind, start, end in sorted(shapes(text), key=lambda shape: (shape[1], -shape[2])):
            first = max(start, last)
            if first < end and not holds_pseudonym(text[start:end]):
                parts += [text[last:first], self._pseudonyms.of(kind, text[first:end])]
                last = end
        return "".join([*parts, text[last:]])


def known_values(secrets: Iterable[str] = ()) -> list[Wanted]:
    """What is known to the caller, and by the environment."""
    found = [Wanted(secret, Kind.SECRET) for secret in secrets]
    return found + [
        Wanted(value, kind) for name, kind in _ENVIRONMENT.items() if (value := os.environ.get(name, "").strip())
    ]


def describe(kind: Kind) -> str:
    """What a value is, in words."""
    words = kind.replace("-", " ")
    return f"{'an' if words[0] in 'aeio' else 'a'} {words}"


def _settled_url(url: str) -> str:
    parts = urlsplit(url)
    return _LOCAL_PORT.sub(r"\1", urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])))


def _without_port(leaf: Leaf) -> str | int | bytes:
    return _LOCAL_PORT.sub(r"\1", leaf.value) if isinstance(leaf.value, str) else leaf.value


def _kept(message: Message, names: frozenset[str]) -> Message:
    return Message(
        headers={name: values for name, values in sorted(message.headers.items()) if name in names}, body=message.body
    )
