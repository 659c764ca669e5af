"""One form for every schema: OpenAPI 3.0.3, whatever dialect (3.0, 3.1) and manner of speaking it came in.

The rules that need no knowledge of where a schema stands. What has no form in 3.0.3 and decides no type is left out;
what contradicts itself stays as it is, so that the generator stops the run and names it.
"""

from collections.abc import Callable, Iterable
from typing import Any

from scripts._shapes import ANNOTATIONS, PLACE_KEYS, Schema, shape
from scripts._unions import merged as merged_branches

_KEYWORDS = {
    "string": ("format", "minLength", "maxLength", "pattern"),
    "number": ("format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "integer": ("format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "boolean": (),
    "array": ("items", "minItems", "maxItems", "uniqueItems"),
    "object": ("properties", "required", "additionalProperties", "minProperties", "maxProperties"),
}
_OWN = ("type", "enum", "anyOf", "oneOf", "allOf", "description", "x-values", "x-deprecated-values", *PLACE_KEYS)
_KNOWN = frozenset({*_OWN, *(keyword for keywords in _KEYWORDS.values() for keyword in keywords)})
_TIGHTER = {
    **dict.fromkeys(("minimum", "minLength", "minItems", "minProperties"), max),
    **dict.fromkeys(("maximum", "maxLength", "maxItems", "maxProperties"), min),
}


def canonical(schema: Any) -> Schema:
    """Return the one form of `schema`, its references being resolved already (a recursive `$ref` may remain)."""
    if not isinstance(schema, dict):
        return {}
    form = dict(schema)
    if "$ref" not in form:
        for step in _STEPS:
            form = step(form)
    if "$ref" in form:
        form = {key: form[key] for key in ("$ref", *PLACE_KEYS) if form.get(key)}
    return {key: form[key] for key in sorted(form)}


def _keywords(form: Schema) -> Schema:
    """Write the keywords of 3.1 as those of 3.0 where there is one, and leave out prose and foreign ones.

    `default` becomes `x-default`: it tells what the server assumes, and a generator would send it with every request.
    """
    form = dict(form)
    if "default" in form:
        form["x-default"] = form.pop("default")
    if "const" in form:
        form["enum"] = [form.pop("const")]
    if form.get("contentEncoding") == "base64":
        form.setdefault("format", "byte")
    elif form.get("contentMediaType") == "application/octet-stream":
        form.setdefault("format", "binary")
    if "prefixItems" in form:
        rest = form.get("items", False)
        form["items"] = {"anyOf": [*form["prefixItems"], *([] if rest is False else [rest])]}
    form.setdefault("additionalProperties", form.get("unevaluatedProperties", True))
    if form.get("patternProperties"):
        rest = form["additionalProperties"]
        form["additionalProperties"] = {"anyOf": [*form["patternProperties"].values(), *([rest] if rest else [])]}
    return {key: value for key, value in form.items() if key in _KNOWN}


def _types(form: Schema) -> Schema:
    """Turn type lists, `null` types and bare `nullable` into `type` plus `nullable`."""
    form = dict(form)
    given = form.pop("type", [])
    kinds = {given} if isinstance(given, str) else set(given)
    if "null" in kinds:
        form["nullable"] = True
    named = sorted(kinds - {"null", "integer" if "number" in kinds else ""})
    if len(named) == 1:
        form = {key: value for key, value in form.items() if key not in _foreign(named[0])} | {"type": named[0]}
    elif named and not any(key in form for key in ("anyOf", "oneOf", "allOf")):
        branches = [_of_kind(form, kind) for kind in named if _fitting(form, kind) != []]
        form = {key: value for key, value in form.items() if key in ("description", *PLACE_KEYS)} | {"anyOf": branches}
    return form if form.get("nullable") else {key: value for key, value in form.items() if key != "nullable"}


def _foreign(kind: str) -> set[str]:
    """Return the keywords that say nothing about values of a type."""
    return set().union(*_KEYWORDS.values()) - set(_KEYWORDS.get(kind, ()))


def _of_kind(form: Schema, kind: str) -> Schema:
    values = _fitting(form, kind)
    branch = {key: form[key] for key in _KEYWORDS.get(kind, ()) if key in form}
    return {"type": kind, **branch, **({} if values is None else {"enum": values})}


def _fitting(form: Schema, kind: str) -> list[Any] | None:
    """Return the values of an enumeration that are of a type; None without an enumeration."""
    if "enum" not in form:
        return None
    kinds = {"number": ("number", "integer"), "": tuple(_KEYWORDS)}.get(kind, (kind,))
    return [value for value in form["enum"] if _kind(value) in kinds]


def _says_something(form: Schema) -> bool:
    return any(key in form for key in ("type", "enum", "anyOf", "oneOf", "allOf", "properties", "items", "$ref"))


def _values(form: Schema) -> Schema:
    """Sort an enumeration, and keep as a class only what has names: two or more strings.

    A lone value, booleans and numbers stay visible as `x-values`.
    """
    if "enum" not in form:
        return form
    form = dict(form)
    given = form.pop("enum")
    fitting = _fitting({"enum": _unique(given)}, form.get("type", "")) or []
    values = sorted(fitting, key=lambda one: (str(one), repr(one)))
    if not values:
        return {key: value for key, value in form.items() if key in ("description", "x-default", "deprecated")}
    if None in given:
        form["nullable"] = True
    kinds = {_kind(value) for value in values}
    if len(kinds) == 1:
        form.setdefault("type", kinds.pop())
    if form.get("type") == "string" and len(values) > 1:
        form["enum"] = values
    else:
        form["x-values"] = values
    return form


def _unique(values: Iterable[Any]) -> list[Any]:
    return list({repr(value): value for value in values}.values())


def _kind(value: Any) -> str:
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return kinds.get(type(value), "null")


def _bounds(form: Schema) -> Schema:
    """Write exclusive bounds as 3.0 does, and those of whole numbers as inclusive ones."""
    form = dict(form)
    for bound, step in (("minimum", 1), ("maximum", -1)):
        key = "exclusive" + bound.capitalize()
        exclusive, inclusive = form.pop(key, False), form.get(bound)
        limit = inclusive if exclusive is True else exclusive
        if exclusive is False or limit is None:
            continue
        if exclusive is not True and inclusive is not None and _TIGHTER[bound](inclusive, limit) != limit:
            continue
        whole = form.get("type") == "integer" and float(limit).is_integer()
        form[bound] = int(limit) + step if whole else limit
        if not whole:
            form[key] = True
    return form


def _parts(form: Schema) -> Schema:
    """Bring the schemas inside to their form too."""
    form = dict(form)
    if "properties" in form:
        visible = {key: part for key, part in form["properties"].items() if not _hidden(part)}
        form["properties"] = {key: canonical(visible[key]) for key in sorted(visible)}
        form.setdefault("type", "object")
    if "items" in form or form.get("type") == "array":
        form["items"] = canonical(form.get("items"))
        form.setdefault("type", "array")
    extra = form.pop("additionalProperties", True)
    if extra is False or canonical(extra):
        form["additionalProperties"] = extra and canonical(extra)
        form.setdefault("type", "object")
    return form


def _hidden(part: Any) -> bool:
    return isinstance(part, dict) and bool(part.get("x-hidden"))


def _settled(form: Schema) -> Schema:
    """Leave out what is required but not there, and a `nullable` beside nothing."""
    form = dict(form)
    required = sorted(set(form.pop("required", [])) & set(form.get("properties", {})))
    if not _says_something(form):
        form.pop("nullable", None)
    return {**form, "required": required} if required else form


def _all_of(form: Schema) -> Schema:
    """Merge an `allOf` whose parts do not contradict each other; leave any other alone."""
    if "allOf" not in form:
        return form
    beside = {key: value for key, value in form.items() if key != "allOf"}
    merged: Schema | None = {}
    for part in (*form["allOf"], beside):
        merged = _merge(merged, _partial(part)) if merged is not None else None
    if merged is None:
        return {**beside, "allOf": [canonical(part) for part in form["allOf"]]}
    return {**merged, "nullable": True} if beside.get("nullable") else merged


def _partial(part: Any) -> Schema:
    """Return the form of one part of a conjunction; what it requires may be a property of another part."""
    form = canonical(part)
    required = part.get("required") if isinstance(part, dict) and "$ref" not in form else None
    return {**form, "required": sorted(required)} if required else form


def _merge(left: Schema, right: Schema) -> Schema | None:
    """Return what both of two schemas ask for; None if no value could satisfy both, or one schema cannot say it."""
    both = {**left, **right}
    if "$ref" in both:
        return both if set(both) - {"$ref", "description", *PLACE_KEYS} <= {"type"} else None
    for key in left.keys() & right.keys():
        if left[key] != right[key]:
            both[key] = _MEETINGS[key](left[key], right[key]) if key in _MEETINGS else None
            if both[key] is None or "exclusive" + key.capitalize() in both:
                return None
    return _one_list(both)


def _meet_properties(left: Schema, right: Schema) -> Schema:
    return {**left, **{name: _merge(left.get(name, {}), part) or part for name, part in right.items()}}


_MEETINGS: dict[str, Callable[[Any, Any], Any]] = {
    **_TIGHTER,
    **dict.fromkeys(("description", "x-deprecated-values", *PLACE_KEYS), lambda _, right: right),
    **dict.fromkeys(("enum", "x-values"), lambda left, right: [value for value in left if value in right]),
    "properties": _meet_properties,
    "required": lambda left, right: sorted({*left, *right}),
    "type": lambda left, right: "integer" if {left, right} == {"integer", "number"} else None,
    "additionalProperties": lambda left, right: None if left and right else False,
}
"""What two different values of one keyword ask for together; None if nothing does."""


def _one_list(form: Schema) -> Schema | None:
    """Return a merged schema with one list of values; None if its parts have no value in common."""
    if "x-values" in form:
        allowed: list[Any] = form.pop("x-values")
        form["enum"] = [one for one in form.get("enum", allowed) if one in allowed]
    return None if form.get("enum") == [] else form


def _any_of(form: Schema) -> Schema:
    """Make one union of `oneOf` and `anyOf`, without nulls, doubles and unions inside unions.

    What stands beside the alternatives holds for each of them.
    """
    given = [*form.get("anyOf", []), *form.get("oneOf", [])]
    beside = {key: value for key, value in form.items() if key in ("description", *PLACE_KEYS)}
    shared = {key: value for key, value in form.items() if key not in ("anyOf", "oneOf", *beside)}
    if not given:
        return {**shared, **beside}
    branches: list[Schema] = []
    for branch in given:
        if _is_null(branch):
            beside["nullable"] = True
            continue
        part = _merge(_partial(shared), _partial(branch)) if shared else canonical(branch)
        if part is None and "$ref" not in branch:  # no value could satisfy this alternative
            continue
        part = canonical(part or branch)
        if part.pop("nullable", False):
            beside["nullable"] = True
        branches += part.get("anyOf", [part])
    return _union(branches, shared, beside)


def _is_null(branch: Any) -> bool:
    """Return whether an alternative is null, in one of its spellings."""
    if not isinstance(branch, dict):
        return False
    if branch.get("type") in ("null", ["null"]) or branch.get("enum") == [None] or branch.get("const", "") is None:
        return True
    return branch.get("nullable") is True and not _says_something(_keywords(branch))


def _union(branches: list[Schema], shared: Schema, beside: Schema) -> Schema:
    if any(set(branch) <= set(ANNOTATIONS) for branch in branches) or not branches:
        return canonical({**shared, **{key: value for key, value in beside.items() if key != "nullable"}})
    distinct = list({shape(branch): branch for branch in reversed(branches)}.values())
    branches = [canonical(branch) for branch in merged_branches(distinct)]
    if len(branches) == 1:
        return canonical({**branches[0], **beside})
    return {**beside, "anyOf": sorted(branches, key=shape)}


_STEPS: tuple[Callable[[Schema], Schema], ...] = (
    _keywords,
    _all_of,
    _types,
    _values,
    _bounds,
    _parts,
    _any_of,
    _settled,
)
