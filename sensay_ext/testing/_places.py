"""Goes through an interaction value by value, and knows of each one where it stands and what it may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from sensay_ext.testing._interaction import Body, Interaction, Json, Message
from sensay_ext.testing._pseudonyms import Kind
from sensay_ext.testing._rules import kind_of_field, kind_of_header, kind_of_parameter, kind_of_segment, plain_name

__all__ = ["Change", "Leaf", "Places", "shown"]

# What may stand in a path and in a query as it is; addresses stay readable.
_SAFE = "@:"
_USERS = ["", "v1", "users"]
_IDS = frozenset({"id", "uuid"})
_STACK = ("inner_exception", "stack")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value.

    Args:
        value: The value.
        where: Where it stands, in words.
        kind: What it is as a whole, by its place; None when it is nothing to hide, or only holds something.
        is_key: Whether it is the name of a field.
    """

    value: str | int | bytes = field(repr=False)
    where: str
    kind: Kind | None = None
    is_key: bool = False


Change: TypeAlias = Callable[[Leaf], "str | int | bytes"]
"""Makes the new value of a leaf, of the same type."""


class Places:
    """Goes through interactions.

    Args:
        fields: Kinds of further fields of JSON objects, and of parameters of queries, by name.
    """

    def __init__(self, fields: Mapping[str, Kind] | None = None) -> None:
        self._fields = {plain_name(name): kind for name, kind in (fields or {}).items()}

    def changed(self, interaction: Interaction, change: Change) -> Interaction:
        """The interaction with every value replaced by what `change` makes of it."""
        is_of_user = urlsplit(interaction.url).path.split("/")[: len(_USERS)] == _USERS
        return replace(
            interaction,
            url=self.url(interaction.url, change),
            request=self._message(interaction.request, "request", change, is_of_user=is_of_user),
            reply=self._message(interaction.reply, "reply", change, is_of_user=is_of_user),
        )

    def leaves(self, interaction: Interaction) -> list[Leaf]:
        """Every value of an interaction, in order."""
        return _noted(lambda change: self.changed(interaction, change))

    def leaves_of_json(self, value: Any, where: str) -> list[Leaf]:
        """Every value in a JSON value, in order."""
        return _noted(lambda change: self.json(value, where, change))

    def url(self, url: str, change: Change, where: str = "request") -> str:
        """A URL with its values replaced; what stands in front of the path stays.

        Args:
            url: The URL.
            change: Makes the new values.
            where: Where it stands, in words.
        """
        parts = urlsplit(url)
        segments = [unquote(segment, errors="surrogateescape") for segment in parts.path.split("/")]
        path = "/".join(
            quote(_segment(before, segment, f"{where} path", change), safe=_SAFE, errors="surrogateescape")
            for before, segment in zip(["", *segments], segments, strict=False)
        )
        query = urlencode(
            [
                (
                    _changed(change, Leaf(name, f"{where} query", is_key=True)),
                    _changed(change, Leaf(value, f"{where} query, {name}", self._kind_of_parameter(name))),
                )
                for name, value in parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
            ],
            safe=_SAFE,
            errors="surrogateescape",
        )
        return urlunsplit((parts.scheme, parts.netloc, path, query, ""))

    def json(self, value: Any, where: str, change: Change, *, is_of_user: bool = False) -> Any:
        """A JSON value with every value in it replaced.

        Args:
            value: The value.
            where: Where it stands, in words.
            change: Makes the new values.
            is_of_user: Whether its own id is that of a user.
        """
        own_ids = dict.fromkeys(_IDS, Kind.USER) if is_of_user else {}

        def walk(value: Any, trail: tuple[str | int, ...]) -> Any:
            if isinstance(value, dict):
                return {
                    _changed(change, Leaf(name, f"{where}, a name", is_key=True)): walk(item, (*trail, name))
                    for name, item in value.items()
                }
            if isinstance(value, list):
                return [walk(item, (*trail, index)) for index, item in enumerate(value)]
            if isinstance(value, bool) or not isinstance(value, str | int):
                return value
            kind = own_ids.get(str(trail[0])) if len(trail) == 1 else None
            return _changed(change, Leaf(value, f"{where}, {shown(trail)}", kind or self._kind(trail)))

        return walk(value, ())

    def _kind(self, trail: tuple[str | int, ...]) -> Kind | None:
        names = [name for name in trail if isinstance(name, str)]
        if not names:
            return None
        if tuple(names[-2:]) == _STACK:
            return Kind.STACK
        return self._fields.get(plain_name(names[-1])) or kind_of_field(names[-1])

    def _kind_of_parameter(self, name: str) -> Kind | None:
        return self._fields.get(plain_name(name)) or kind_of_parameter(name)

    def _message(self, message: Message, whose: str, change: Change, *, is_of_user: bool) -> Message:
        headers = {
            name: tuple(self._header(name, value, f"{whose} header {name}", change) for value in values)
            for name, values in message.headers.items()
        }
        return Message(headers=headers, body=self._body(message.body, f"{whose} body", change, is_of_user=is_of_user))

    def _header(self, name: str, value: str, where: str, change: Change) -> Any:
        if name == "location":
            # What is no URL is a text all the same.
            with suppress(ValueError):
                value = self.url(value, change, where)
        return _changed(change, Leaf(value, where, kind_of_header(name)))

    def _body(self, body: Body, where: str, change: Change, *, is_of_user: bool) -> Body:
        if body is None:
            return None
        if isinstance(body, Json):
            return Json(self.json(body.value, where, change, is_of_user=is_of_user))
        changed: str | bytes = _changed(change, Leaf(body, where))
        return changed


def _segment(before: str, segment: str, where: str, change: Change) -> Any:
    return _changed(change, Leaf(segment, where, kind_of_segment(before, segment)))


def _changed(change: Change, leaf: Leaf) -> Any:
    return leaf.value if leaf.value == "" else change(leaf)


def shown(trail: tuple[str | int, ...]) -> str:
    """A place in a JSON value, such as `items[0].ownerID`."""
    shown = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in trail)
    return shown.removeprefix(".") or "the whole of it"


def _noted(walk: Callable[[Change], object]) -> list[Leaf]:
    found: list[Leaf] = []

    def note(leaf: Leaf) -> str | int | bytes:
        found.append(leaf)
        return leaf.value

    walk(note)
    return found
