"""Replaces every `$ref` by what it points to, so that inline and referenced styles become one."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from scripts._errors import PipelineError

MAX_NODES = 500_000
"""Above this many nodes a document is a bomb of nested references, not an API."""

_CONJUNCTION = frozenset(
    {
        *("type", "enum", "const", "allOf", "anyOf", "oneOf", "items", "prefixItems"),
        *("properties", "patternProperties", "additionalProperties", "required"),
    }
)
"""Keywords that, beside a `$ref`, ask for more than what it points to, where others only annotate the place."""


class Resolver:
    """Expands local references.

    A reference to an object that contains itself stays one, wherever an object can stand: `recursive` holds what such
    references point to, expanded in the same way.

    Args:
        document: what the references point into.
        reveal: forget the provider's `x-hidden` marks.
    """

    def __init__(self, document: Mapping[str, Any], *, reveal: bool = False) -> None:
        self._document = document
        self._dropped = frozenset({"x-hidden"} if reveal else ())
        self._nodes = 0
        self.recursive: dict[str, Any] = {}

    def resolve(self, node: Any, within: tuple[str, ...] = (), *, key: str = "schema") -> Any:
        """Return `node` with its references expanded; keywords beside a `$ref` come on top of what it points to.

        Args:
            node: any part of the document.
            within: the references that are being expanded around it.
            key: the keyword under which it stands.

        Raises:
            PipelineError: a reference leads nowhere or out of the document, or expansion has no end in sight.
        """
        self._count()
        if isinstance(node, list):
            return [self.resolve(item, within, key=key) for item in node]
        if not isinstance(node, dict):
            return node
        if isinstance(node.get("$ref"), str):
            return self._expand(node, within, key)
        lone = _annotates_one(node)
        return {
            name: self.resolve(value, within, key=key if lone and name == "allOf" else name)
            for name, value in node.items()
            if name not in self._dropped
        }

    def _expand(self, node: dict[str, Any], within: tuple[str, ...], key: str) -> Any:
        reference = node["$ref"]
        beside = self.resolve({name: value for name, value in node.items() if name != "$ref"}, within)
        merges = key in ("schema", "allOf") or bool(_CONJUNCTION & set(beside))
        is_object = reference in self._cyclic and self._is_object(reference)
        if is_object and not merges:
            self._note(reference)
            target: Any = {"$ref": reference}
        elif reference in within:
            target = {}  # a list or a union that contains itself has no name to end on: from here on it is anything
        else:
            # From inside an object every way back ends at it, so that what led there may be passed once more.
            around = (one for one in within if self._is_object(one)) if is_object else within
            target = self.resolve(self.look_up(reference), (*around, reference), key=key)
        if not isinstance(target, dict) or not beside:
            return target
        return {"allOf": [target, beside]} if _CONJUNCTION & set(beside) else {**target, **beside}

    def _note(self, reference: str) -> None:
        if reference not in self.recursive:
            self.recursive[reference] = {}
            self.recursive[reference] = self.resolve(self.look_up(reference), (reference,))

    def check(self) -> None:
        """Look up every reference of the document.

        Raises:
            PipelineError: one leads nowhere or out of the document.
        """
        for reference in _references(self._document):
            self.look_up(reference)

    @cached_property
    def _cyclic(self) -> set[str]:
        """Return the references that lie on a circle, or between two."""
        leads_to: dict[str, set[str]] = {}
        waiting = set(_references(self._document))
        while waiting:
            reference = waiting.pop()
            try:
                leads_to[reference] = set(_references(self.look_up(reference)))
            except PipelineError:  # it may stand where nothing public uses it
                leads_to[reference] = set()
            waiting |= leads_to[reference] - set(leads_to)
        left: set[str] = set()
        while len(left) != len(leads_to):
            left = set(leads_to)
            reached = set().union(*leads_to.values())
            leads_to = {one: targets & left for one, targets in leads_to.items() if one in reached and targets & left}
        return left

    def _is_object(self, reference: str) -> bool:
        """Return whether a reference leads straight to an object, which it can stay a reference to."""
        target = self.look_up(reference)
        if not isinstance(target, dict) or "$ref" in target or _annotates_one(target):
            return False
        return self._has_properties(target, {reference})

    def _has_properties(self, schema: Any, passed: set[str]) -> bool:
        if not isinstance(schema, dict):
            return False
        if "properties" in schema or "object" in schema.get("type", ""):
            return True
        if isinstance(schema.get("$ref"), str) and schema["$ref"] not in passed:
            return self._has_properties(self.look_up(schema["$ref"]), {*passed, schema["$ref"]})
        return any(self._has_properties(part, passed) for part in schema.get("allOf", []))

    def _count(self) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise PipelineError(
                f"the document expands to more than {MAX_NODES:,} nodes", "it is no usable API description"
            )

    def follow(self, node: Any) -> Any:
        """Return what a node refers to, if it is a reference, without expanding what is inside.

        Raises:
            PipelineError: it refers to itself, or to something that is not there.
        """
        passed: set[str] = set()
        while isinstance(node, Mapping) and isinstance(node.get("$ref"), str):
            reference = node["$ref"]
            if reference in passed:
                raise PipelineError(f"the reference {reference!r} leads to itself", "the document is invalid")
            passed.add(reference)
            node = self.look_up(reference)
        return node

    def look_up(self, reference: str) -> Any:
        """Return the node that a local JSON pointer (`#/components/schemas/Replica`) names."""
        if not reference.startswith("#/"):
            raise PipelineError(f"the reference {reference!r} leads out of the document", "bundle the schema first")
        node: Any = self._document
        for part in reference[2:].split("/"):
            key = unquote(part).replace("~1", "/").replace("~0", "~")
            if isinstance(node, list) and key.isdecimal() and int(key) < len(node):
                node = node[int(key)]
            elif isinstance(node, Mapping) and key in node:
                node = node[key]
            else:
                raise PipelineError(f"the reference {reference!r} leads nowhere", "the document is incomplete")
        return node


def _annotates_one(node: dict[str, Any]) -> bool:
    """Return whether a schema is an `allOf` around one reference, the way of 3.0 to annotate it."""
    parts = [part for part in node.get("allOf", []) if isinstance(part, dict)]
    if sum("$ref" in part for part in parts) != 1:
        return False
    beside = {key for part in (*parts, node) for key in part} - {"$ref", "allOf"}
    return not beside & _CONJUNCTION


def _references(node: Any) -> Iterator[str]:
    """Yield the references that stand anywhere in a node."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, Mapping):
            if isinstance(part.get("$ref"), str):
                yield part["$ref"]
            waiting += part.values()
