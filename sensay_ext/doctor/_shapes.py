"""What an OpenAPI document says a message looks like, in either dialect and however it is written down."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sensay_ext.doctor._limits import concerns, limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Field", "Shapes"]

_DEEPEST = 12
"""Fields within fields that are looked at; the API has not half as many."""

_MOST = 50_000
"""Fields of a document; models within each other multiply to more."""

_FORMATS = frozenset({"date", "date-time", "uuid"})


@dataclass(frozen=True, slots=True)
class Field:
    """One field or parameter.

    Args:
        types: What it can be, null left out.
        values: The values that it can have; None for any.
        required: Whether it is always there.
        null: Whether it can be null, too.
        limits: What else is demanded of it, in each of its forms.
        shapes: How many kinds of objects it can be.
    """

    types: frozenset[str]
    values: frozenset[str] | None
    required: bool
    null: bool = False
    limits: Mapping[str, Any] = field(default_factory=dict)
    shapes: int = 0


class Shapes:
    """Reads the schemas of one document.

    Args:
        document: The document.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._count = 0

    def follow(self, node: Any) -> Any:
        """Return what a node refers to, or the node itself."""
        seen = 0
        while isinstance(node, dict) and str(node.get("$ref", "")).startswith("#/") and seen < _DEEPEST:
            found: Any = self._document
            for part in node["$ref"].removeprefix("#/").split("/"):
                found = found.get(part.replace("~1", "/").replace("~0", "~"), {}) if isinstance(found, dict) else {}
            node, seen = found, seen + 1
        return node

    def fields(self, schema: Any, name: str = "", *, required: bool = True) -> Iterator[tuple[str, Field]]:
        """Yield the fields of a schema by their places, such as `items[].uuid`; its own place is the empty one.

        Args:
            schema: The schema.
            name: Its own place.
            required: Whether it is always there.

        Raises:
            OverflowError: There are more than any API has.
        """
        yield from self._fields([schema], name, _DEEPEST, required=required)

    def _fields(self, schemas: Iterable[Any], name: str, depth: int, *, required: bool) -> Iterator[tuple[str, Field]]:
        self._count += 1
        if self._count > _MOST:
            raise OverflowError
        every = [form for schema in schemas for form in self._forms(schema, _DEEPEST)]
        forms = [form for form in every if not _is_null(form)] or [{} for form in every if form.keys() == {"nullable"}]
        if not forms or not depth:
            return
        null = len(forms) < len(every) or any(map(_allows_null, forms))
        yield name, _field(forms, null=null, required=required)
        below: dict[str, list[Any]] = {}
        for form in forms:
            for key, inner in {**{key: {} for key in form.get("required", ())}, **form.get("properties", {})}.items():
                if not _is_hidden(self.follow(inner)):
                    below.setdefault(key, []).append(inner)
        objects = [form for form in forms if _is_object(form)]
        for key, inner in sorted(below.items()):
            always = all(key in form.get("required", ()) for form in objects)
            yield from self._fields(inner, f"{name}.{key}".lstrip("."), depth - 1, required=always)
        items = [form["items"] for form in forms if "items" in form]
        if items:
            yield from self._fields(items, f"{name}[]", depth - 1, required=True)

    def _forms(self, schema: Any, depth: int) -> Iterator[dict[str, Any]]:
        """Yield the alternatives that a schema allows, each in one piece."""
        whole = {} if schema is True else self.follow(schema)
        if not isinstance(whole, dict) or not depth:
            return
        parts = whole.get("allOf", ())
        if parts:
            own = {key: value for key, value in whole.items() if key != "allOf"}
            for part in parts:
                own = _merged(own, _without_bare_null(self.follow(part)))
            yield from self._forms(own, depth - 1)
            return
        for key in ("anyOf", "oneOf"):
            if key in whole:
                own = {name: value for name, value in whole.items() if name != key}
                for branch in whole[key]:
                    yield from self._forms(_merged(own, self.follow(branch)), depth - 1)
                return
        yield whole


def _is_hidden(schema: Any) -> bool:
    return isinstance(schema, dict) and bool(schema.get("x-hidden"))


def _is_null(form: Mapping[str, Any]) -> bool:
    """Return whether nothing but null is meant; as an alternative to others, 3.0 writes that as allowing it."""
    return form.get("type") == "null" or form.get("enum") == [None] or form.keys() == {"nullable"}


def _allows_null(form: Mapping[str, Any]) -> bool:
    given, listed = form.get("type"), _listed(form)
    if form.get("nullable") and given:
        return True
    typed = "null" in given if isinstance(given, list) else given is None and listed is not None
    return typed and (listed is None or None in listed)


def _without_bare_null(part: Any) -> Any:
    """Return a part of a conjunction without `nullable`, unless it has a type: without one the word says nothing."""
    if isinstance(part, dict) and "type" not in part:
        return {key: value for key, value in part.items() if key != "nullable"}
    return part


def _field(forms: list[dict[str, Any]], *, null: bool, required: bool) -> Field:
    demands = {key: value for form in forms for key, value in limits(form).items()}
    concerned = {key: [limits(form) for form in forms if concerns(key, _types(form))] for key in demands}
    common = {key: value for key, value in demands.items() if all(one.get(key) == value for one in concerned[key])}
    objects = {
        frozenset({*form.get("properties", ()), *form.get("required", ())}) for form in forms if _is_object(form)
    }
    types = frozenset[str]().union(*map(_types, forms))
    return Field(types, _values(forms), required, null, common, len(objects))


def _is_object(form: Mapping[str, Any]) -> bool:
    return "object" in _types(form)


def _merged(one: dict[str, Any], other: Any) -> dict[str, Any]:
    if not isinstance(other, dict):
        return one
    merged = {**one, **other}
    if "properties" in one and "properties" in other:
        merged["properties"] = {**one["properties"], **other["properties"]}
    if "required" in one and "required" in other:
        merged["required"] = [*one["required"], *other["required"]]
    if "allOf" in one and "allOf" in other:
        merged["allOf"] = [*one["allOf"], *other["allOf"]]
    return merged


def _types(form: Mapping[str, Any]) -> frozenset[str]:
    given = form.get("type")
    names = given if isinstance(given, list) else [given] if given else []
    if not names:
        names = [word for word, key in (("object", "properties"), ("array", "items")) if key in form]
    if not names:
        names = [_JSON_TYPES.get(type(value), "any") for value in _listed(form) or ()] or ["any"]
    suffix = f" ({form['format']})" if form.get("format") in _FORMATS else ""
    return frozenset(name + (suffix if name == "string" else "") for name in names if name != "null")


_JSON_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


def _listed(form: Mapping[str, Any]) -> list[Any] | None:
    values = [form["const"]] if "const" in form else form.get("enum")
    return list(values) if isinstance(values, list) else None


def _values(forms: list[dict[str, Any]]) -> frozenset[str] | None:
    lists = [_listed(form) for form in forms]
    if any(values is None for values in lists):
        return None
    found = frozenset(json.dumps(value) for values in lists for value in values or () if value is not None)
    return None if found == {"false", "true"} else found  # all that there is
