"""One form for every schema: OpenAPI 3.0.3, whatever dialect (3.0, 3.1) and manner of speaking it came in.

The rules that need no knowledge of where a schema stands. What has no form in 3.0.3, or none that the
generator takes, stays as it is, so that the generator stops the run and names it.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

Schema = dict[str, Any]

_PROSE = ("title", "example", "examples", "externalDocs", "xml", "$comment", "$schema", "$id", "discriminator")
_ANNOTATIONS = frozenset({"description", "deprecated", "x-default", "x-beta", "x-deprecated-values"})
_KEPT_BESIDE_UNION = ("description", "deprecated", "nullable", "x-default", "x-beta")


def canonical(schema: Any) -> Schema:
    """Return the one form of `schema`, its references being resolved already (a recursive `$ref` may remain)."""
    if schema is True or not isinstance(schema, dict):
        return {} if schema is not False else {"not": {}}
    if "$ref" in schema:
        return {"$ref": schema["$ref"]}
    form = {key: value for key, value in schema.items() if key not in _PROSE}
    for step in _STEPS:
        form = step(form)
    return {key: form[key] for key in sorted(form)}


def shape(schema: Schema) -> str:
    """Return what decides the Python type of a canonical schema, as text: two alike are one class."""
    return json.dumps(_bare(schema), sort_keys=True)


def _bare(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return schema
    form = {key: value for key, value in schema.items() if key not in _ANNOTATIONS}
    for key in ("items", "additionalProperties"):
        if key in form:
            form[key] = _bare(form[key])
    for key in ("anyOf", "allOf"):
        if key in form:
            form[key] = [_bare(part) for part in form[key]]
    if "properties" in form:
        form["properties"] = {key: _bare(part) for key, part in form["properties"].items()}
    return form


def _defaults_aside(form: Schema) -> Schema:
    """Rename `default`: it tells what the server assumes, and a generator would send it with every request."""
    return {("x-default" if key == "default" else key): value for key, value in form.items()}


def _types(form: Schema) -> Schema:
    """Turn type lists, `null` types and bare `nullable` into `type` plus `nullable`."""
    kinds = form.get("type")
    if isinstance(kinds, list):
        form = {key: value for key, value in form.items() if key != "type"}
        named = [kind for kind in kinds if kind != "null"]
        if len(named) < len(kinds):
            form["nullable"] = True
        if len(named) == 1:
            form["type"] = named[0]
        elif named:
            form["anyOf"] = [*form.get("anyOf", []), *({"type": kind} for kind in named)]
    elif kinds == "null":
        form = {key: value for key, value in form.items() if key != "type"}
    if form.get("nullable") is False or not _says_something(form):
        form.pop("nullable", None)
    return form


def _says_something(form: Schema) -> bool:
    return any(key in form for key in ("type", "enum", "const", "anyOf", "oneOf", "allOf", "properties", "items"))


def _values(form: Schema) -> Schema:
    """Turn `const` into `enum`, sort it, and keep as a class only what has names: two or more strings.

    A lone value, booleans and numbers stay visible as `x-values`.
    """
    form = dict(form)
    if "const" in form:
        form["enum"] = [form.pop("const")]
    if "enum" not in form:
        return form
    values = form.pop("enum")
    if None in values:
        form["nullable"] = True
    values = sorted(
        (value for value in _unique(values) if value is not None), key=lambda value: (str(value), repr(value))
    )
    kinds = {_kind(value) for value in values}
    if len(kinds) == 1:
        form.setdefault("type", kinds.pop())
    if form.get("type") == "string" and len(values) > 1:
        form["enum"] = values
    elif values:
        form["x-values"] = values
    return form


def _unique(values: Iterable[Any]) -> list[Any]:
    return list({repr(value): value for value in values}.values())


def _kind(value: Any) -> str:
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string"}
    return kinds.get(type(value), type(value).__name__)


def _bounds(form: Schema) -> Schema:
    """Write exclusive bounds as 3.0 does, and those of whole numbers as inclusive ones."""
    form = dict(form)
    for bound, step in (("minimum", 1), ("maximum", -1)):
        key = "exclusive" + bound.capitalize()
        exclusive = form.pop(key, False)
        if exclusive is False:
            continue
        limit = form.get(bound) if exclusive is True else exclusive
        if limit is None:
            continue
        whole = form.get("type") == "integer" and float(limit).is_integer()
        form[bound] = int(limit) + step if whole else limit
        if not whole:
            form[key] = True
    return form


def _binary(form: Schema) -> Schema:
    """Write 3.1's content keywords as the formats `byte` and `binary`."""
    form = dict(form)
    encoding, media = form.pop("contentEncoding", None), form.pop("contentMediaType", None)
    if encoding == "base64":
        form.setdefault("format", "byte")
    elif media == "application/octet-stream":
        form.setdefault("format", "binary")
    return form


def _parts(form: Schema) -> Schema:
    """Bring the schemas inside to their form too."""
    form = dict(form)
    if "properties" in form:
        visible = {key: part for key, part in form["properties"].items() if not _hidden(part)}
        form["properties"] = {key: canonical(visible[key]) for key in sorted(visible)}
        form.setdefault("type", "object")
    if "prefixItems" in form:
        form["items"] = {"anyOf": form.pop("prefixItems")}
    if "items" in form or form.get("type") == "array":
        form["items"] = canonical(form.get("items", {}))
        form.setdefault("type", "array")
    extra = form.pop("unevaluatedProperties", None)
    extra = form.pop("additionalProperties", extra)
    if extra is False:
        form["additionalProperties"] = False
    elif isinstance(extra, dict) and canonical(extra):
        form["additionalProperties"] = canonical(extra)
    required = sorted(set(form.pop("required", [])) & set(form.get("properties", {})))
    return {**form, "required": required} if required else form


def _hidden(part: Any) -> bool:
    return isinstance(part, dict) and bool(part.get("x-hidden"))


def _all_of(form: Schema) -> Schema:
    """Merge an `allOf` whose parts do not contradict each other; leave any other alone."""
    if "allOf" not in form:
        return form
    beside = {key: value for key, value in form.items() if key != "allOf"}
    merged: Schema | None = {}
    for part in [*map(canonical, form["allOf"]), canonical(beside)]:
        merged = _merge(merged, part) if merged is not None else None
    if merged is None:
        return {**beside, "allOf": [canonical(part) for part in form["allOf"]]}
    return merged


def _merge(left: Schema, right: Schema) -> Schema | None:
    merged = dict(left)
    for key, value in right.items():
        if key not in merged or merged[key] == value or key == "description":
            merged[key] = value
        elif key == "properties":
            merged[key] = {**merged[key], **value}
        elif key == "required":
            merged[key] = sorted({*merged[key], *value})
        elif not key.startswith("x-"):
            return None
    return merged


def _any_of(form: Schema) -> Schema:
    """Make one union of `oneOf` and `anyOf`, without nulls, doubles and unions inside unions."""
    if "anyOf" not in form and "oneOf" not in form:
        return form
    beside = {key: value for key, value in form.items() if key not in ("anyOf", "oneOf")}
    branches: list[Schema] = []
    for branch in [*form.get("anyOf", []), *form.get("oneOf", [])]:
        if isinstance(branch, dict) and branch.get("type") == "null":
            beside["nullable"] = True
            continue
        part = canonical(branch)
        if part.pop("nullable", False):
            beside["nullable"] = True
        branches += part["anyOf"] if set(part) == {"anyOf"} else [part]
    branches = [branch for _, branch in sorted({shape(branch): branch for branch in branches}.items())]
    merged = _one_enum(branches) or (branches[0] if len(branches) == 1 else None)
    if merged is None:
        return {**{key: value for key, value in beside.items() if key != "type"}, "anyOf": branches}
    return canonical({**merged, **{key: value for key, value in beside.items() if key in _KEPT_BESIDE_UNION}})


def _one_enum(branches: list[Schema]) -> Schema | None:
    """Return the union of string enumerations as one; a value of a deprecated branch is listed as such."""
    if len(branches) < 2 or any(branch.get("type") != "string" for branch in branches):  # noqa: PLR2004 - a union
        return None
    named = [(branch.get("enum") or branch.get("x-values") or [], branch) for branch in branches]
    if not any(values for values, _ in named):
        return None
    merged: Schema = {"type": "string", "enum": sorted({value for values, _ in named for value in values})}
    old = sorted({value for values, branch in named if branch.get("deprecated") for value in values})
    return {**merged, "x-deprecated-values": old} if old else merged


_STEPS: tuple[Callable[[Schema], Schema], ...] = (
    _defaults_aside,
    _types,
    _values,
    _bounds,
    _binary,
    _all_of,
    _parts,
    _any_of,
)
