"""Values as the API's document describes them, as small as it allows: each is the same whenever it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Sampler"]

_Schema: TypeAlias = "Mapping[str, Any]"

_NOT_GIVEN: Any = object()

# Replies say so where nothing has gone wrong.
_ALWAYS_THERE = "success"

# So many items of a list within a list differ from those within the next one.
_ROOM = 100

_FORMATS: Mapping[str, Callable[[str, int], str]] = {
    "date": lambda _, number: f"2026-01-{number % 28 or 28:02}",
    "date-time": lambda _, number: f"2026-01-{number % 28 or 28:02}T12:00:00.000Z",
    "email": lambda name, number: f"{name}-{number}@example.com",
    "uri": lambda name, number: f"https://example.com/{name}/{number}",
    "uuid": lambda _, number: str(UUID(int=number, version=4)),
}


class Sampler:
    """Makes values.

    Objects have what they must have, lists have one item, and what may be null is. Texts say which field they stand in;
    ids and dates differ from item to item.

    Args:
        document: An OpenAPI document.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._schemas: Mapping[str, _Schema] = document["components"]["schemas"]

    def value(self, schema: _Schema, given: Any = _NOT_GIVEN, *, place: str = "", number: int = 1) -> Any:
        """Make a value.

        Args:
            schema: What is said of it.
            given: What it is, or some of the fields of an object, or of each of the objects in a list.
            place: Where it stands: the names of fields with dots between them.
            number: Which item of a list it is, or belongs to.

        Raises:
            ValueError: A field is given that there is not.
        """
        schema = self._chosen(self._resolved(schema), given)
        if isinstance(given, Mapping) and "properties" in schema:
            return self._object(schema, given, place, number)
        if isinstance(given, list | tuple) and "items" in schema:
            return self._list(schema["items"], given, place, number)
        return self._made(schema, place, number) if given is _NOT_GIVEN else given

    def _resolved(self, schema: _Schema) -> _Schema:
        if "$ref" in schema:
            return self._resolved(self._schemas[schema["$ref"].rpartition("/")[2]])
        if "allOf" in schema:
            # There is one, with more said beside it.
            return {**self._resolved(schema["allOf"][0]), **schema}
        return schema

    def _chosen(self, schema: _Schema, given: Any) -> _Schema:
        alternatives = [self._resolved(one) for one in schema.get("anyOf", ())]
        fields = given if isinstance(given, Mapping) else {}
        return next((one for one in alternatives if self._may_have(one, fields)), (*alternatives, schema)[0])

    @staticmethod
    def _may_have(schema: _Schema, fields: Mapping[str, Any]) -> bool:
        properties = schema.get("properties", {})
        return all(
            name in properties and value in properties[name].get("x-values", [value]) for name, value in fields.items()
        )

    def _object(self, schema: _Schema, given: Mapping[str, Any], place: str, number: int) -> dict[str, Any]:
        properties: Mapping[str, _Schema] = schema["properties"]
        for name in given:
            if name not in properties:
                raise ValueError(_unknown(name, properties, place))
        wanted = {*schema.get("required", ()), *given, _ALWAYS_THERE}
        made = {
            name: self.value(declared, given.get(name, _NOT_GIVEN), place=f"{place}.{name}".strip("."), number=number)
            for name, declared in properties.items()
            if name in wanted
        }
        if "total" in made and "total" not in given and isinstance(made.get("items"), list):
            # Otherwise a list that was given would go on, or end too early.
            made["total"] = len(made["items"])
        return made

    def _list(self, items: _Schema, given: Sequence[Any], place: str, number: int) -> list[Any]:
        first = (number - 1) * _ROOM + 1
        return [
            self.value(items, item, place=f"{place}[{index}]", number=first + index) for index, item in enumerate(given)
        ]

    def _made(self, schema: _Schema, place: str, number: int) -> Any:
        allowed = schema.get("enum", schema.get("x-values"))
        if schema.get("nullable"):
            return None
        if "x-default" in schema:
            return deepcopy(schema["x-default"])
        if allowed:
            return allowed[0]
        match schema.get("type"):
            case "object":
                return self._object({"properties": {}, **schema}, {}, place, number)
            case "array":
                return self._list(schema["items"], [_NOT_GIVEN], place, number)
        return _simple(schema, place.rpartition(".")[2].partition("[")[0], number)


def _simple(schema: _Schema, name: str, number: int) -> Any:
    match schema.get("type"):
        case "boolean":
            return name == _ALWAYS_THERE
        case "integer" | "number":
            return max(number, schema.get("minimum", number))
        case "string":
            write = _FORMATS.get(schema.get("format", ""))
            return write(name, number) if write else name[: schema.get("maxLength")]
    return None


def _unknown(name: str, known: Mapping[str, Any], place: str) -> str:
    close = get_close_matches(name, known, n=1)
    hint = f"did you mean {close[0]}?" if close else f"it has {', '.join(known)}"
    return f"{place or 'the reply'} has no field {name}; {hint}"
