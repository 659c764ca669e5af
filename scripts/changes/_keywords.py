"""Reads the keywords of one schema, without its references and combinations.

The client's own document keeps defaults and some values from the generator under names of its own, `x-default`,
`x-values` and `x-deprecated-values`; they say what `default` and `enum` do.
"""

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from scripts._errors import PipelineError
from scripts.changes._schema import Limit, Notes, Raw, Schema

_COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "multipleOf")
_OPAQUE = frozenset(
    {
        "not", "if", "then", "else", "contains", "minContains", "maxContains", "prefixItems", "patternProperties",
        "propertyNames", "dependentRequired", "dependentSchemas", "unevaluatedProperties", "unevaluatedItems",
        "$dynamicRef", "$recursiveRef",
    }
)  # fmt: skip
_KINDS: dict[type, str] = {bool: "boolean", str: "string", dict: "object", list: "array", int: "integer"}


def own(raw: Mapping[str, Any]) -> Schema:
    """Return what the keywords of `raw` say, `$ref`, `allOf`, `anyOf` and `oneOf` left aside."""
    types, nullable, enum = _types_and_values(raw)
    required = frozenset(_names(raw.get("required", [])))
    properties: dict[str, Raw] = {**dict.fromkeys(sorted(required), True), **_mapping(raw, "properties")}
    extra: Raw = raw.get("additionalProperties", True)
    return Schema(
        types=types,
        nullable=nullable,
        formats=frozenset(_format(raw)),
        enum=enum,
        deprecated_values=frozenset(map(value_key, raw.get("x-deprecated-values", ()))),
        bounds=dict(_bounds(raw, whole=types == frozenset({"integer"}))),
        patterns=frozenset({raw["pattern"]} if "pattern" in raw else ()),
        properties=properties,
        required=required,
        closed=extra is False,
        values=True if extra is False else extra,
        items=raw.get("items", True),
        opaque={key: raw[key] for key in sorted(_OPAQUE & raw.keys())},
        notes=notes(raw),
    )


def notes(raw: Mapping[str, Any]) -> Notes:
    """Return the annotations of a schema, parameter or header."""
    sunset = raw.get("x-sunset")
    return Notes(
        default=tuple(raw[key] for key in ("default", "x-default") if key in raw)[:1],
        deprecated=raw.get("deprecated") is True,
        sunset=None if sunset is None else str(sunset),
        read_only=raw.get("readOnly") is True,
        write_only=raw.get("writeOnly") is True,
        beta=raw.get("x-beta") is True,
        hidden=raw.get("x-hidden") is True,
    )


def value_key(value: Any) -> str:
    """Return the JSON text by which a value is compared; a whole number is one however it is written."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _types_and_values(raw: Mapping[str, Any]) -> tuple[frozenset[str] | None, bool, dict[str, Any] | None]:
    declared = raw.get("type")
    named = [declared] if isinstance(declared, str) else declared
    if named is not None and not isinstance(named, list):
        raise PipelineError(f"a schema's type is {declared!r}", "the document is not valid OpenAPI")
    nullable = named is None or "null" in named or raw.get("nullable") is True
    types = None if named is None else frozenset(named) - {"null"}
    values = [raw["const"]] if "const" in raw else raw.get("enum", raw.get("x-values"))
    if values is None:
        return types, nullable, None
    if not isinstance(values, list):
        raise PipelineError("an enumeration is not a list", "the document is not valid OpenAPI")
    if named is None:
        nullable = None in values
    enum = {value_key(value): value for value in values if value is not None}
    types = _types_of(enum.values(), types)
    if types == frozenset({"boolean"}) and enum.keys() == {"true", "false"}:
        return types, nullable, None
    return types, nullable, enum


def _types_of(values: Iterable[Any], declared: frozenset[str] | None) -> frozenset[str] | None:
    """Return the types that an enumeration leaves of the declared ones; none if the two contradict each other."""
    kinds = {_kind(value) for value in values}
    if declared is None:
        return frozenset(kinds)
    left = {kind for kind in declared if kind in kinds or (kind == "number" and "integer" in kinds)}
    return frozenset(left) or declared


def _kind(value: Any) -> str:
    if isinstance(value, float):
        return "integer" if value.is_integer() else "number"
    return _KINDS[type(value)]


def _format(raw: Mapping[str, Any]) -> Iterable[str]:
    """Yield the format; 3.1 writes those of binary data with keywords of their own."""
    if "format" in raw:
        yield str(raw["format"])
    elif raw.get("contentEncoding") == "base64":
        yield "byte"
    elif raw.get("contentMediaType") == "application/octet-stream":
        yield "binary"


def _bounds(raw: Mapping[str, Any], *, whole: bool) -> Iterable[tuple[str, Limit]]:
    for key, tighter in (("minimum", max), ("maximum", min)):
        flag = raw.get("exclusive" + key.capitalize(), False)
        limits = []
        if key in raw:
            limits.append((_number(raw, key), flag is True))
        if not isinstance(flag, bool):
            limits.append((_number(raw, "exclusive" + key.capitalize()), True))
        if limits:
            value = tighter(limit[0] for limit in limits)
            limit = (value, (value, True) in limits)
            yield key, _inclusive(key, limit) if whole else limit
    for key in _COUNTS:
        if key in raw and not (key.startswith("min") and raw[key] == 0):
            yield key, (_number(raw, key), False)
    if raw.get("uniqueItems") is True:
        yield "uniqueItems", (1, False)


def whole_bounds(bounds: Mapping[str, Limit]) -> dict[str, Limit]:
    """Return bounds as whole numbers have them: to be above 0 is to be at least 1."""
    return {key: _inclusive(key, limit) if key in ("minimum", "maximum") else limit for key, limit in bounds.items()}


def _inclusive(key: str, limit: Limit) -> Limit:
    value, exclusive = limit
    if key == "minimum":
        return (math.floor(value) + 1 if exclusive else math.ceil(value)), False
    return (math.ceil(value) - 1 if exclusive else math.floor(value)), False


def _number(raw: Mapping[str, Any], key: str) -> float:
    value = raw[key]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PipelineError(f"a schema's {key} is {value!r}", "the document is not valid OpenAPI")
    return value


def _names(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise PipelineError(f"a schema's list of required properties is {value!r}", "the document is not valid OpenAPI")
    return value


def _mapping(raw: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = raw.get(key, {})
    if not isinstance(value, dict):
        raise PipelineError(f"a schema's {key} is not an object", "the document is not valid OpenAPI")
    return value
