"""Where a schema stands in the document, and which names it could have there.

Names depend on the place alone - operation, role, property - never on what a schema holds, so that a new
field renames nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from scripts._operation_ids import Operation, is_parameter, joined_words, phrase, segments, singular, snake
from scripts._overlay import NamingTable
from scripts._shapes import Schema

Rank = tuple[int, int, str, str]
Name = tuple[str, tuple[str, ...]]
"""The verb of a name, if it has one, and its further words: what tells twins apart goes between them."""

_ITEM_KEYS = ("items", "data", "results")
_WRAPPING_KEYS = ("data", "result", "item")


class Role(IntEnum):
    """What a schema is to its operation; of two that want one name, the lower role has it."""

    RESOURCE = 0
    ITEM = 1
    READING = 2
    REPLY = 3
    REQUEST = 4
    PARAMETER = 5


def pascal(words: list[str]) -> str:
    """Return snake_case words as one PascalCase name; one that is too long loses words from its middle."""
    name = "".join(part[:1].upper() + part[1:] for part in joined_words(words).split("_"))
    return name if name[:1].isalpha() else f"Model{name}"


def joined(stem: list[str], word: str) -> list[str]:
    """Return `stem` extended by a property's word, overlapping where the word repeats the end of the stem."""
    left = [part for item in stem for part in item.split("_")]
    right = word.split("_")
    overlap = next((n for n in range(min(len(left), len(right)), 0, -1) if left[-n:] == right[:n]), 0)
    return [*left, *right[overlap:]]


@dataclass(frozen=True)
class Nouns:
    """What an operation acts on, in words."""

    verb: str
    leaf: tuple[str, ...]
    outer: tuple[str, ...]
    is_list: bool
    is_detail: bool

    @classmethod
    def of(cls, operation: Operation, holders: set[tuple[str, ...]], naming: NamingTable) -> "Nouns":
        """Read the words of an operation; the naming table may know a better noun for those of its leaf."""
        method, path = operation
        verb, words = phrase(operation, holders)
        parts = segments(path)
        literal = [index for index, part in enumerate(parts) if not is_parameter(part)][: len(words)]
        start = len(words) - 1
        while start > 0 and literal[start - 1] == literal[start] - 1:
            start -= 1
        leaf = [singular(word) for word in words[max(start, 0) :]]
        words_of_leaf = " ".join(leaf).replace("_", " ")
        better = naming.noun(words_of_leaf)
        return cls(
            verb=verb,
            leaf=tuple((better or words_of_leaf or "root").split()),
            outer=tuple(word for word in words[: max(start, 0)]),
            is_list=verb == "list",
            is_detail=method == "get" and bool(parts) and is_parameter(parts[-1]),
        )


@dataclass(frozen=True)
class Place:
    """One place of a named schema: its rank against others, and the names it may take, best first."""

    rank: Rank
    names: tuple[Name, ...]
    stem: tuple[str, ...]
    """The words that names of the parts inside begin with."""
    outer: tuple[str, ...] = ()
    """Words that can tell this place from another one that wants the same name."""
    within: tuple[str, ...] = ()
    """The words of the class around it, and its own: a name of last resort."""


@dataclass(frozen=True)
class Root:
    """A schema that a name starts from, where it stands, and whether it is sent or received."""

    schema: Schema
    place: Place
    direction: str


def rank(role: Role, operation: Operation) -> Rank:
    """Order places: by role, then the shorter path, so that additions deep in the API take no name away."""
    method, path = operation
    return (int(role), len(segments(path)), path, method)


def request_root(operation: Operation, nouns: Nouns, body: Schema) -> Root:
    """Return the place of a request body."""
    name = (nouns.verb, (*nouns.leaf, "request"))
    return Root(body, Place(rank(Role.REQUEST, operation), (name,), nouns.leaf, nouns.outer), "request")


def parameter_root(operation: Operation, nouns: Nouns, name: str, schema: Schema) -> Root:
    """Return the place of a parameter, named like a part of what the operation acts on."""
    parent = Place(rank(Role.PARAMETER, operation), ((nouns.verb, nouns.leaf),), nouns.leaf, nouns.outer)
    return Root(schema, part_place(parent, name, many=schema.get("type") == "array"), "request")


def reply_roots(operation: Operation, nouns: Nouns, reply: Schema, *, first: bool) -> Iterator[Root]:
    """Yield the places of a success reply: the reply itself, the resource it wraps, the items it lists."""
    inside = wrapped(reply, nouns.leaf) if nouns.is_detail else None
    item = listed(reply) if nouns.is_list else None
    if inside is not None:
        names: tuple[Name, ...] = (("", nouns.leaf),)
        yield Root(inside, Place(rank(Role.RESOURCE, operation), names, nouns.leaf, nouns.outer), "reply")
    elif item is not None:
        names = (("", nouns.leaf), ("", (*nouns.leaf, "list", "item")))
        yield Root(item, Place(rank(Role.ITEM, operation), names, nouns.leaf, nouns.outer), "reply")
    elif reply.get("type") == "array":
        words = (*nouns.leaf, "item")
        names = (("" if nouns.verb == "get" else nouns.verb, words), (nouns.verb, words))
        yield Root(reply, Place(rank(Role.REPLY, operation), names, nouns.leaf, nouns.outer), "reply")
    if reply.get("type") != "array":
        yield Root(reply, _reply_place(operation, nouns, first=first, wraps=inside is not None), "reply")


def _reply_place(operation: Operation, nouns: Nouns, *, first: bool, wraps: bool) -> Place:
    *before, last = nouns.leaf
    response: Name = (nouns.verb, (*before, plural(last) if nouns.is_list else last, "response"))
    if first and not wraps and nouns.verb == "get":
        role = Role.RESOURCE if nouns.is_detail else Role.READING
        return Place(rank(role, operation), (("", nouns.leaf), response), nouns.leaf, nouns.outer)
    accepted: Name = (nouns.verb, (*nouns.leaf, "accepted", "response"))
    return Place(rank(Role.REPLY, operation), (response if first else accepted,), nouns.leaf, nouns.outer)


def wrapped(reply: Schema, noun: tuple[str, ...]) -> Schema | None:
    """Return the object that a reply holds under the resource's own name, or under a word for any.

    Only the name counts, not what else is there: another field must not turn the resource into something else.
    """
    for name, part in reply.get("properties", {}).items():
        if "properties" in part and (snake(name) in _WRAPPING_KEYS or snake(name) == snake("_".join(noun))):
            inside: Schema = part
            return inside
    return None


def listed(reply: Schema) -> Schema | None:
    """Return the schema of a listing's items."""
    parts = reply.get("properties", {})
    for holder in (reply, *(parts[key] for key in _ITEM_KEYS if key in parts)):
        if holder.get("type") == "array":
            items: Schema = holder["items"]
            return items
    return None


def part_place(parent: Place, name: str, *, many: bool) -> Place:
    """Return the place of a property's own schema, or of its items."""
    word = singular(snake(name)) if many else snake(name)
    words = tuple(joined(list(parent.stem), word))
    verb = parent.names[0][0]
    within = tuple(joined(list(parent.within), word))
    return replace(parent, names=(("", words), (verb, words)), stem=words, within=within)


def branch_place(parent: Place, word: str) -> Place:
    """Return the place of one alternative of a union."""
    words = tuple(joined(list(parent.stem), word)) if word else parent.stem
    names = (("", words), *((verb, words) for verb, _ in parent.names if verb))
    return replace(parent, names=names, stem=words, within=tuple(joined(list(parent.within), word)))


def plural(word: str) -> str:
    """Return the plural of a snake_case noun."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")
