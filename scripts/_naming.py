"""Gives every object and every enumeration of the document its class name, and hoists it into a component."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import Any

from scripts._errors import PipelineError
from scripts._operation_ids import snake
from scripts._overlay import NamingTable
from scripts._places import Place, Root, branch_place, part_place, pascal
from scripts._repairs import member_names
from scripts._shapes import PLACE_KEYS, Schema, class_key, is_class, shape
from scripts._unions import told_apart

_RESERVED = frozenset(
    [
        "any",
        "authenticatedclient",
        "client",
        "errors",
        "false",
        "file",
        "generic",
        "iterator",
        "mapping",
        "models",
        "never",
        "none",
        "request",
        "response",
        "self",
        "true",
        "typevar",
        "unexpectedstatus",
        "unset",
        "uuid",
    ]
)
"""Names, in lower case, that the generated modules use themselves or that Python does."""

_BRANCHES = ("anyOf", "allOf")


class Names:
    """The classes of a document: shape by shape, the name of its foremost place.

    Args:
        naming: the table of better names for derived ones.
        definitions: what the references stand for that were left in the schemas, those of objects that contain
            themselves.
    """

    def __init__(self, naming: NamingTable, definitions: Mapping[str, Schema]) -> None:
        self._naming = naming
        self._definitions = definitions
        self._owners: dict[str, Place] = {}
        self._names: dict[str, str] = {}
        self._schemas: dict[str, Schema] = {}
        self._directions: dict[str, set[str]] = {}

    def assign(self, roots: Iterable[Root]) -> None:
        """Name all that stands in `roots`: these first, by rank, then what is inside them, level by level."""
        roots = sorted(roots, key=lambda root: root.place.rank)
        queue = deque((root.schema, root.place) for root in roots)
        opened: set[str] = set()
        while queue:
            schema, place = queue.popleft()
            if schema.get("$ref") not in opened:
                opened |= {schema["$ref"]} if "$ref" in schema else set()
                queue.extend(self._visit(self._body(schema), place))
        for root in roots:
            self._mark(root.schema, root.direction)

    def _body(self, schema: Schema) -> Schema:
        """Return what a reference to an object that contains itself stands for, and any other schema as it is."""
        passed: set[str] = set()
        while "$ref" in schema:
            if schema["$ref"] in passed:  # it is nothing but itself
                return {}
            passed.add(schema["$ref"])
            schema = self._definitions[schema["$ref"]]
        return schema

    def _visit(self, schema: Schema, place: Place) -> Iterator[tuple[Schema, Place]]:
        if is_class(schema):
            if class_key(schema) in self._names:
                return
            place = self._take(schema, place)
        for name, part in schema.get("properties", {}).items():
            yield part, part_place(place, name, many=part.get("type") == "array")
        extra = schema.get("additionalProperties")
        if isinstance(extra, dict):
            yield extra, part_place(place, "value", many=False)
        if "items" in schema:
            yield schema["items"], place
        for branches in (schema.get(key, []) for key in _BRANCHES):
            words = told_apart([self._body(part) for part in branches])
            yield from ((part, branch_place(place, word)) for part, word in zip(branches, words, strict=True))

    def _take(self, schema: Schema, place: Place) -> Place:
        derived = next(name for name in self._candidates(place) if self._is_free(name))
        name = self._naming.class_name(derived)
        if name != derived:
            if not self._is_free(name):
                raise PipelineError(
                    f"the naming table gives the name {name}, which is taken", "choose another in openapi/overlay.yaml"
                )
            place = place if place.names[0][0] else replace(place, stem=tuple(snake(name).split("_")))
        self._owners |= {derived.lower(): place, name.lower(): place}
        self._names[class_key(schema)] = name
        self._schemas[name] = schema
        return replace(place, within=tuple(snake(name).split("_")))

    def _is_free(self, name: str) -> bool:
        return name.lower() not in self._owners and name.lower() not in _RESERVED

    def _candidates(self, place: Place) -> Iterator[str]:
        """Yield names for a place, best first, without end."""
        for verb, words in place.names:
            yield pascal([verb, *words])
            owner = self._owners.get(pascal([verb, *words]).lower())
            theirs = {*owner.outer, *owner.stem} if owner else set()
            telling = [word for word in place.outer if word not in theirs]
            yield from (pascal([verb, word, *words]) for word in telling)
        longest = [(verb, (*place.outer, *words)) for verb, words in place.names]
        yield from (pascal([verb, *words]) for verb, words in longest)
        words = place.within or (*longest[-1][1], "value")
        yield from (pascal([*["other"] * others, *words]) for others in count())

    def _mark(self, schema: Schema, direction: str) -> None:
        schema = self._body(schema)
        if is_class(schema):
            known = self._directions.setdefault(self._names[class_key(schema)], set())
            if direction in known:
                return
            known.add(direction)
        for part in parts(schema):
            self._mark(part, direction)

    def components(self) -> dict[str, Schema]:
        """Return the named schemas, the parts inside them being references already."""
        hoisted = {}
        for name, schema in sorted(self._schemas.items()):
            inner = {key: value for key, value in self._inside(schema).items() if key not in PLACE_KEYS}
            directions = self._directions.get(name, {"reply"})
            members = member_names(schema["enum"]) if "enum" in schema else None
            if members:
                inner["x-enum-varnames"] = members
            hoisted[name] = {**inner, "x-direction": "both" if len(directions) > 1 else next(iter(directions))}
        return hoisted

    def reference(self, schema: Schema) -> Schema:
        """Return `schema` with every class in it replaced by a reference; what annotates the place stays there."""
        body = self._body(schema)
        beside = {key: schema[key] for key in PLACE_KEYS if schema.get(key) is not None}
        if not is_class(body):
            return {**self._inside(body), **beside}
        reference: Schema = {"$ref": f"#/components/schemas/{self._names[class_key(body)]}"}
        return {**beside, "allOf": [reference]} if beside else reference

    def _inside(self, schema: Schema) -> Schema:
        form: dict[str, Any] = dict(schema)
        if "properties" in form:
            form["properties"] = {name: self.reference(part) for name, part in form["properties"].items()}
        for key in ("items", "additionalProperties"):
            if isinstance(form.get(key), dict):
                form[key] = self.reference(form[key])
        for key in _BRANCHES:
            if key in form:
                form[key] = sorted((self.reference(part) for part in form[key]), key=shape)
        return form


def parts(schema: Schema) -> Iterator[Schema]:
    """Yield the schemas directly inside `schema`."""
    yield from schema.get("properties", {}).values()
    yield from (schema[key] for key in ("items", "additionalProperties") if isinstance(schema.get(key), dict))
    for key in _BRANCHES:
        yield from schema.get(key, [])
