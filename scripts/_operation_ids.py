"""Stable operationIds from method and path alone, since the provider's document has none."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

Operation = tuple[str, str]
"""Method in lower case, and path."""

LONGEST = 60
"""The greatest length of a module's name."""

_VERSION = re.compile(r"v\d+")
_PART = re.compile(r"\{[^{}]*\}|[^{}]+")
_IRREGULAR = {"statuses": "status", "series": "series", "news": "news", "movies": "movie", "cookies": "cookie"}
_VERBS = {"post": "create", "put": "update", "patch": "update"}


def snake(name: str) -> str:
    """Return `name` in snake_case, whatever mixture of camelCase, kebab-case and acronyms it came in."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return re.sub(r"[^A-Za-z0-9]+", "_", spaced).strip("_").lower()


def singular(phrase: str) -> str:
    """Return a snake_case phrase with its last word in the singular, by the endings that API paths use."""
    head, _, word = phrase.rpartition("_")
    if word in _IRREGULAR:
        word = _IRREGULAR[word]
    elif word.endswith("ies") and len(word) > len("ties"):
        word = word[:-3] + "y"
    elif word.endswith(("sses", "xes", "ches", "shes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")):
        word = word[:-1]
    return "_".join(filter(None, (head, word)))


def is_parameter(segment: str) -> bool:
    """Return whether a path segment is a `{parameter}`."""
    return segment.startswith("{")


def segments(path: str) -> list[str]:
    """Split a path into its words and `{parameters}`, leaving out its version (`/v1`)."""
    parts = [part for segment in path.split("/") if not _VERSION.fullmatch(segment) for part in _PART.findall(segment)]
    return [part for part in parts if is_parameter(part) or snake(part)]


def prefixes(parts: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield what leads up to each word of a path, the word included, the names of parameters erased."""
    erased = ["{}" if is_parameter(part) else part for part in parts]
    yield from (tuple(erased[: index + 1]) for index in range(len(erased)))


def collections(paths: Iterable[str]) -> set[tuple[str, ...]]:
    """Return the places in paths that hold items: those that a `{parameter}` follows somewhere."""
    split = [segments(path) for path in paths]
    return {before for parts in split for before, after in pairwise(prefixes(parts)) if after[-1] == "{}"}


def phrase(operation: Operation, holders: set[tuple[str, ...]]) -> tuple[str, list[str]]:
    """Return the verb of an operation and the words of what it acts on, outermost first.

    All words but the last stand in the singular, and the last one too where a single item is meant.
    A POST right after a parameter, to a word that holds no items, is itself the verb (`redeem`).
    """
    method, path = operation
    parts = segments(path)
    verb = _VERBS.get(method, method)
    *outer, last = parts or [""]
    if is_parameter(last) or not last:
        return verb, _singulars(outer)
    many = singular(snake(last)) != snake(last) or [*prefixes(parts)][-1] in holders
    if method == "get":
        return ("list" if many else "get"), [*_singulars(outer), snake(last)]
    if method == "post" and not many and outer and is_parameter(outer[-1]) and snake(last)[0].isalpha():
        return snake(last), _singulars(outer)
    return verb, [*_singulars(outer), singular(snake(last))]


def _singulars(parts: list[str]) -> list[str]:
    return [singular(snake(part)) for part in parts if not is_parameter(part)]


def operation_ids(operations: Iterable[Operation]) -> dict[Operation, str]:
    """Name every operation; of those that would share a name, the one of the oldest version and shortest path has it."""
    operations = sorted(operations, key=_seniority)
    holders = collections(path for _, path in operations)
    owners: dict[str, Operation] = {}
    for operation in operations:
        verb, nouns = phrase(operation, holders)
        name = next(name for name in _candidates(operation, verb, nouns) if name not in owners)
        owners[name] = operation
    return {operation: name for name, operation in owners.items()}


def _seniority(operation: Operation) -> tuple[int, int, str, bool, str]:
    method, path = operation
    return int(_version(path)[1:] or 0), len(segments(path)), path, method == "patch", method


def _version(path: str) -> str:
    return next((part for part in path.split("/") if _VERSION.fullmatch(part)), "")


def _candidates(operation: Operation, verb: str, nouns: list[str]) -> Iterator[str]:
    method, path = operation
    parameters = "_and_".join(snake(part) for part in segments(path) if is_parameter(part))
    yield joined_words([verb, *nouns])
    yield joined_words([verb, *nouns, _version(path)])
    yield joined_words([method, *nouns])
    yield joined_words([verb, *nouns, "by" if parameters else "", parameters])
    yield joined_words([method, *nouns, "x" + hashlib.sha256(path.encode()).hexdigest()[:8]])


def joined_words(words: Iterable[str]) -> str:
    """Return snake_case words as one name; one that is too long for a module loses words from its middle."""
    flat = [part[:LONGEST] for word in words for part in word.split("_") if part]
    while len("_".join(flat)) > LONGEST:
        del flat[len(flat) // 2]
    return "_".join(flat)
