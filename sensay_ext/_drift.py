"""Notes where the API has moved on from what this release knows.

What is new is kept, and breaks nothing: unknown fields stand in a model's `additional_properties`, unknown values of an
enumeration are members like any other. But somebody should know, so each place is logged once, and kept for the client
to show.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal

from sensay_ext._identity import NOBODY, Identity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from generated_client.types import Novelty

__all__ = ["Drift", "DriftLog", "latest_novelty"]

_logger = logging.getLogger("sensay_ext")

_MOST_PLACES = 1000
_LONGEST_DETAIL = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """Something in the API's replies that this release does not know.

    Args:
        kind: `version`: another version answered than was asked for; `field`: an unknown field; `value`: an unknown
            value of an enumeration.
        place: The header, or model and field.
        detail: The version, or the value; empty for a field.
    """

    kind: Literal["version", "field", "value"]
    place: str
    detail: str = ""

    def __str__(self) -> str:
        if self.kind == "version":
            return f"the API answered in version {self.detail!r}"
        what = f"the value {self.detail!r} of {self.place}" if self.kind == "value" else f"the field {self.place!r}"
        return f"the API sent {what}, which this release does not know"


def latest_novelty() -> object:
    """Another object than before when something unknown was read in between, in whichever thread."""
    return _novelty().latest


@cache
def _novelty() -> type[Novelty]:
    # Not cheap to import, and not needed before a reply is read.
    from generated_client.types import Novelty  # noqa: PLC0415

    return Novelty


_LONG_AGO = object()


class DriftLog:
    """What a client and its views have seen; each thing once.

    Args:
        identity: Who requests are sent for, and so what a reply that echoes them must not bring into the log.
    """

    def __init__(self, identity: Identity = NOBODY) -> None:
        self._identity = identity
        self._seen: dict[Drift, None] = {}

    @property
    def seen(self) -> tuple[Drift, ...]:
        """What has been seen, in the order in which it came."""
        return tuple(self._seen)

    def compare_version(self, asked: str | None, answered: str | None) -> None:
        """Note when a reply is of another version than was asked for.

        Args:
            asked: The version asked for; None when the caller left it out.
            answered: The version that the reply names; None when it names none.
        """
        if asked is not None and answered is not None and answered != asked:
            self._note("version", "X-API-Version", answered, level=logging.WARNING)

    def inspect(self, result: Any, *, since: object = _LONG_AGO) -> None:
        """Note the unknown fields and values in what was made of a reply.

        Args:
            result: A model of the generated client, or anything else.
            since: What `latest_novelty` gave before the reply was read; it saves the look through one with nothing new.
        """
        if since is not latest_novelty():
            self._inspect_alike([result], type(result), "")

    def _inspect_alike(self, values: list[Any], kind: type, place: str) -> None:
        """Look at values of one type. Field by field through all of them is many times faster than one by one."""
        fields = _fields(kind)
        if fields is None:
            self._inspect_members(values, kind, place)
            return
        # A model without fields of its own is a mapping, whose keys are data.
        for name in dict.fromkeys(chain.from_iterable(map(_extra, values))) if _has_fields(kind) else ():
            self._note("field", f"{kind.__name__}.{name}")
        for name, read in fields:
            column = list(map(read, values))
            if not _known.keys() >= set(map(id, column)):
                for part_kind, parts in _by_type(column):
                    self._inspect_alike(parts, part_kind, f"{kind.__name__}.{name.removesuffix('_')}")

    def _inspect_members(self, values: list[Any], kind: type, place: str) -> None:
        if not hasattr(kind, "is_known"):
            return
        unknown = []
        for value in values:
            if value.is_known:
                _known[id(value)] = value
            else:
                unknown.append(str(value))
        for detail in dict.fromkeys(unknown):
            self._note("value", place, detail)

    def _note(
        self, kind: Literal["version", "field", "value"], place: str, detail: str = "", *, level: int = logging.INFO
    ) -> None:
        if len(self._seen) >= _MOST_PLACES:
            return
        drift = Drift(kind=kind, place=self._shown(place), detail=self._shown(detail))
        if drift not in self._seen:
            self._seen[drift] = None
            _logger.log(level, "%s", drift)

    def _shown(self, text: str) -> str:
        # Masked before it is cut: of a secret that is cut in two, nobody would know the first half.
        return self._identity.masked(text)[:_LONGEST_DETAIL]


_extra = attrgetter("additional_properties")

# What holds nothing unknown, told by its identity; that it is kept here makes sure that nothing else gets the same one.
_known: dict[int, Any] = {id(None): None}

_WORD = re.compile(r"[\w.]+")
_PLAIN = frozenset(
    [
        "Any",
        "None",
        "UUID",
        "Unset",
        "bool",
        "datetime.date",
        "datetime.datetime",
        "dict",
        "float",
        "int",
        "list",
        "str",
    ]
)


@cache
def _fields(kind: type) -> list[tuple[str, Callable[[Any], Any]]] | None:
    """Those fields of a model that can hold something unknown, and functions that read them; None for no model."""
    attributes = getattr(kind, "__attrs_attrs__", None)
    if attributes is None:
        return None
    names = [attribute.name for attribute in attributes if attribute.init and not _is_plain(attribute.type)]
    return [(name, attrgetter(name)) for name in names]


@cache
def _has_fields(kind: type) -> bool:
    return any(attribute.init for attribute in getattr(kind, "__attrs_attrs__", ()))


def _is_plain(annotation: Any) -> bool:
    return isinstance(annotation, str) and _PLAIN.issuperset(_WORD.findall(annotation))


def _by_type(values: list[Any]) -> Iterable[tuple[type, list[Any]]]:
    """The values sorted by their types; what is in lists as if it stood beside them."""
    groups: dict[type, list[Any]] = {}
    for value in values:
        for part in value if isinstance(value, list) else (value,):
            groups.setdefault(type(part), []).append(part)
    return groups.items()
