"""Gives every object and every enumeration of the document its class name, and hoists it into a component."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from scripts._dialect import Schema, shape
from scripts._errors import PipelineError
from scripts._operation_ids import snake
from scripts._overlay import NamingTable
from scripts._places import Place, Root, branch_place, part_place, pascal
from scripts._repairs import member_names

_RESERVED = ("Client", "AuthenticatedClient", "Request", "Response", "Unset", "File", "Any", "UUID")
"""Names that the generated modules use themselves."""


class Names:
    """The classes of a document: shape by shape, the name of its foremost place.

    Args:
        naming: the table of better names for derived ones.
    """

    def __init__(self, naming: NamingTable) -> None:
        self._naming = naming
        self._owners: dict[str, Place] = {}
        self._names: dict[str, str] = {}
        self._schemas: dict[str, Schema] = {}
        self._directions: dict[str, set[str]] = {}

    def assign(self, roots: Iterable[Root]) -> None:
        """Name all that stands in `roots`: these first, by rank, then what is inside them, level by level."""
        roots = sorted(roots, key=lambda root: root.place.rank)
        queue = deque((root.schema, root.place) for root in roots)
        while queue:
            schema, place = queue.popleft()
            queue.extend(self._visit(schema, place))
        for root in roots:
            self._mark(root.schema, root.direction)

    def _visit(self, schema: Schema, place: Place) -> Iterator[tuple[Schema, Place]]:
        if "items" in schema:
            yield schema["items"], place
        if "anyOf" in schema:
            words = told_apart(schema["anyOf"])
            yield from ((part, branch_place(place, word)) for part, word in zip(schema["anyOf"], words, strict=True))
        if not is_class(schema) or class_key(schema) in self._names:
            return
        place = self._take(schema, place)
        for name, part in schema.get("properties", {}).items():
            yield part, part_place(place, name, many=part.get("type") == "array")
        extra = schema.get("additionalProperties")
        if isinstance(extra, dict):
            yield extra, part_place(place, "value", many=False)

    def _take(self, schema: Schema, place: Place) -> Place:
        derived = next((name for name in self._candidates(place) if name.lower() not in self._owners), None)
        if derived is None:
            raise PipelineError(
                f"two different schemas want the name {pascal([*place.names[0][1]])}",
                "give one of them a name in the naming table of openapi/overlay.yaml",
            )
        name = self._naming.class_name(derived)
        if name != derived:
            if name.lower() in self._owners:
                raise PipelineError(f"the naming table gives the name {name} twice", "choose another one")
            stem = place.stem if place.names[0][0] else tuple(snake(name).split("_"))
            place = Place(place.rank, place.names, stem, place.outer)
        self._owners |= {derived.lower(): place, name.lower(): place}
        key = class_key(schema)
        self._names[key] = name
        self._schemas[name] = schema
        return place

    def _candidates(self, place: Place) -> Iterator[str]:
        reserved = {name.lower() for name in _RESERVED}
        names = [(verb, words) for verb, words in place.names if pascal([verb, *words]).lower() not in reserved]
        yield from (pascal([verb, *words]) for verb, words in names)
        for verb, words in names:
            owner = self._owners.get(pascal([verb, *words]).lower())
            theirs = {*owner.outer, *owner.stem} if owner else set()
            telling = [word for word in place.outer if word not in theirs]
            yield from (pascal([verb, word, *words]) for word in telling)
        yield from (pascal([verb, *place.outer, *words]) for verb, words in place.names)

    def _mark(self, schema: Schema, direction: str) -> None:
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
            inner = {key: value for key, value in self._inside(schema).items() if key not in ("nullable", "x-default")}
            directions = self._directions.get(name, {"reply"})
            members = member_names(schema["enum"]) if "enum" in schema else None
            if members:
                inner["x-enum-varnames"] = members
            hoisted[name] = {**inner, "x-direction": "both" if len(directions) > 1 else next(iter(directions))}
        return hoisted

    def reference(self, schema: Schema) -> Schema:
        """Return `schema` with every class in it replaced by a reference; what annotates the place stays there."""
        if not is_class(schema):
            return self._inside(schema)
        reference: Schema = {"$ref": f"#/components/schemas/{self._names[class_key(schema)]}"}
        beside = {key: schema[key] for key in ("nullable", "x-default") if schema.get(key) is not None}
        return {**beside, "allOf": [reference]} if beside else reference

    def _inside(self, schema: Schema) -> Schema:
        form: dict[str, Any] = dict(schema)
        if "properties" in form:
            form["properties"] = {name: self.reference(part) for name, part in form["properties"].items()}
        for key in ("items", "additionalProperties"):
            if isinstance(form.get(key), dict):
                form[key] = self.reference(form[key])
        if "anyOf" in form:
            form["anyOf"] = [self.reference(part) for part in form["anyOf"]]
        return form


def is_class(schema: Schema) -> bool:
    """Return whether a schema becomes a class of its own: every object, and every enumeration."""
    return schema.get("type") == "object" or "enum" in schema


def class_key(schema: Schema) -> str:
    """Return what two schemas have in common if one class serves both."""
    return shape({key: value for key, value in schema.items() if key != "nullable"})


def parts(schema: Schema) -> Iterator[Schema]:
    """Yield the schemas directly inside `schema`."""
    yield from schema.get("properties", {}).values()
    yield from (schema[key] for key in ("items", "additionalProperties") if isinstance(schema.get(key), dict))
    yield from schema.get("anyOf", [])


def told_apart(branches: list[Schema]) -> list[str]:
    """Return a word for each alternative of a union: the value or the property that tells it from the others."""
    objects = [branch for branch in branches if is_class(branch)]
    if len(objects) < 2:  # noqa: PLR2004 - a single one needs no telling apart
        return [""] * len(branches)
    marks = set.intersection(*(_marks(branch) for branch in objects))
    for mark in sorted(marks):
        values = [branch["properties"][mark]["x-values"][0] for branch in objects]
        if len(set(map(repr, values))) == len(objects):
            words = iter([_mark_word(mark, value) for value in values])
            return [next(words) if is_class(branch) else "" for branch in branches]
    return [_own_property(branch, objects) if is_class(branch) else "" for branch in branches]


def _marks(branch: Schema) -> set[str]:
    fixed = {name: part.get("x-values", []) for name, part in branch.get("properties", {}).items()}
    return {name for name, values in fixed.items() if len(values) == 1}


def _mark_word(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return snake(name) if value else f"not_{snake(name)}"
    return snake(str(value))


def _own_property(branch: Schema, objects: list[Schema]) -> str:
    others = [set(other.get("properties", {})) for other in objects if other is not branch]
    own = sorted(set(branch.get("properties", {})) - set().union(*others))
    required = [name for name in own if name in branch.get("required", [])]
    return f"with_{snake((required or own)[0])}" if own else "plain"
