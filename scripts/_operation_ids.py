"""Stable operationIds from method and path alone, since the provider's document has none."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

Operation = tuple[str, str]
"""Method in lower case, and path."""

_VERSION = re.compile(r"v\d+")
_VERBS = {"post": "create", "put": "update", "patch": "update"}


def snake(name: str) -> str:
    """Return `name` in snake_case, whatever mixture of camelCase, kebab-case and acronyms it came in."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return re.sub(r"[^A-Za-z0-9]+", "_", spaced).strip("_").lower()


def singular(phrase: str) -> str:
    """Return a snake_case phrase with its last word in the singular, by the endings that API paths use."""
    head, _, word = phrase.rpartition("_")
    if word.endswith("ies") and len(word) > len("ties"):
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
    """Split a path, leaving out its version segment (`/v1`)."""
    return [part for part in path.split("/") if part and not _VERSION.fullmatch(part)]


def collections(paths: Iterable[str]) -> set[str]:
    """Return the segments that hold items somewhere: the plurals, and those that a `{parameter}` follows."""
    found = set()
    for path in paths:
        parts = segments(path)
        found |= {left for left, right in pairwise(parts) if is_parameter(right)}
        found |= {part for part in parts if singular(snake(part)) != snake(part)}
    return {part for part in found if not is_parameter(part)}


def phrase(operation: Operation, holders: set[str]) -> tuple[str, list[str]]:
    """Return the verb of an operation and the words of what it acts on, outermost first.

    All words but the last stand in the singular, and the last one too where a single item is meant.
    A POST right after a parameter, to a segment that holds no items, is itself the verb (`redeem`).
    """
    method, path = operation
    parts = segments(path)
    verb = _VERBS.get(method, method)
    if method == "post" and parts[-1] not in holders and is_parameter(["", *parts][-2]):
        verb = snake(parts.pop())
    elif method == "get" and parts and parts[-1] in holders:
        verb = "list"
    *outer, last = parts or [""]
    one = is_parameter(last) or verb != "list"
    nouns = [singular(snake(part)) for part in outer if not is_parameter(part)]
    if not is_parameter(last):
        nouns.append(singular(snake(last)) if one and method != "get" else snake(last))
    return verb, nouns


def operation_ids(operations: Iterable[Operation]) -> dict[Operation, str]:
    """Name every operation; those that would share a name are told apart by version, then by method."""
    operations = sorted(operations)
    holders = collections(path for _, path in operations)
    shared = defaultdict(list)
    for operation in operations:
        verb, nouns = phrase(operation, holders)
        shared["_".join(filter(None, (verb, *nouns)))].append(operation)
    names = {}
    for name, owners in shared.items():
        for owner in owners:
            names[owner] = name if len(owners) == 1 else _told_apart(name, owner, owners)
    return names


def _told_apart(name: str, owner: Operation, owners: list[Operation]) -> str:
    method, path = owner
    versions = [part for part in path.split("/") if _VERSION.fullmatch(part)]
    if sum(other == path for _, other in owners) > 1:
        name = f"{name}_by_{method}"
    return "_".join([name, *versions]) if len({other for _, other in owners}) > 1 else name
