"""The alternatives of a union: which of them are one class in truth, and what tells the others apart."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from scripts._operation_ids import snake
from scripts._shapes import ANNOTATIONS, Schema, is_class

_SCALARS = ("string", "integer", "number", "boolean")


def merged(branches: list[Schema]) -> list[Schema]:
    """Return the alternatives with those together that Python would not tell apart.

    Enumerations of one type become one, and so do objects that have the same properties. What is returned is to be
    brought into canonical form again.
    """
    together: dict[Any, list[Schema]] = defaultdict(list)
    for index, branch in enumerate(branches):
        together[_kinship(branch) or index].append(branch)
    return [part for kin in together.values() for part in _one(kin, branches)]


def _kinship(branch: Schema) -> tuple[str, ...] | None:
    kind = branch.get("type")
    if kind == "object":
        return ("object", *sorted(branch.get("properties", {})))
    listed = set(branch) - {"type", *ANNOTATIONS}
    return (str(kind),) if kind in _SCALARS and listed in ({"enum"}, {"x-values"}) else None


def _one(kin: list[Schema], branches: list[Schema]) -> list[Schema]:
    kind = kin[0].get("type")
    if kind == "object":
        return kin if len(kin) == 1 or _telling_mark(kin) else [united(kin)]
    if "x-values" in kin[0] and len(kin) == 1 and {"type": kind} in branches:
        return []
    return kin if len(kin) == 1 else [_one_enumeration(kin)]


def _one_enumeration(kin: list[Schema]) -> Schema:
    """Return the values of several enumerations as one; a value of a deprecated one is listed as such."""
    old = [*(value for branch in kin if branch.get("deprecated") for value in values(branch))]
    old += [value for branch in kin for value in branch.get("x-deprecated-values", [])]
    together = [value for branch in kin for value in values(branch)]
    form: Schema = {**_described(kin), "type": kin[0]["type"], "enum": together}
    return {**form, "x-deprecated-values": sorted(set(old))} if old else form


def values(schema: Schema) -> list[Any]:
    """Return the values that a canonical schema allows, if it lists them."""
    listed: list[Any] = schema.get("enum") or schema.get("x-values", [])
    return listed


def united(objects: list[Schema], *, deep: bool = False) -> Schema:
    """Return one object schema for several: what all require is required, what one has is optional.

    Args:
        objects: canonical schemas of objects.
        deep: unite the objects inside them too, where otherwise a union of them remains.
    """
    parts: dict[str, list[Schema]] = defaultdict(list)
    for one in objects:
        for name, part in one.get("properties", {}).items():
            parts[name].append(part)
    extras = [one.get("additionalProperties", True) for one in objects]
    required = set.intersection(*(set(one.get("required", [])) for one in objects)) if objects else set()
    return {
        **_described(objects),
        "type": "object",
        "properties": {name: _either(known, deep=deep) for name, known in parts.items()},
        "additionalProperties": _any_extra(extras),
        "required": sorted(required),
    }


def _described(schemas: list[Schema]) -> Schema:
    return next(({"description": one["description"]} for one in schemas if "description" in one), {})


def _either(known: list[Schema], *, deep: bool) -> Schema:
    if deep and len(known) > 1 and all("properties" in one for one in known):
        return {**united(known, deep=True), "nullable": any(one.get("nullable") for one in known)}
    return known[0] if len(known) == 1 else {"anyOf": known}


def _any_extra(extras: list[Any]) -> Any:
    allowed = [extra for extra in extras if extra is not False]
    if True in allowed or not extras:
        return True
    return {"anyOf": allowed} if allowed else False


def told_apart(branches: list[Schema]) -> list[str]:
    """Return a word for each alternative of a union: the value or the property that tells it from the others."""
    classes = [branch for branch in branches if is_class(branch)]
    if len(classes) < 2:  # noqa: PLR2004 - a single one needs no telling apart
        return [""] * len(branches)
    objects = [branch for branch in classes if "enum" not in branch]
    mark = _telling_mark(objects)
    return [_word(branch, objects, mark) if is_class(branch) else "" for branch in branches]


def _telling_mark(objects: list[Schema]) -> str:
    """Return the property that has another constant value in each of some objects; empty if there is none."""
    marks = set.intersection(*(_constants(one) for one in objects)) if len(objects) > 1 else set()
    for mark in sorted(marks):
        if len({repr(_constant(one, mark)) for one in objects}) == len(objects):
            return mark
    return ""


def _constants(branch: Schema) -> set[str]:
    return {name for name, part in branch.get("properties", {}).items() if len(part.get("x-values", [])) == 1}


def _constant(branch: Schema, mark: str) -> Any:
    return branch["properties"][mark]["x-values"][0]


def _word(branch: Schema, objects: list[Schema], mark: str) -> str:
    if "enum" in branch:
        return "plain"
    if mark:
        value = _constant(branch, mark)
        return snake(str(value)) if not isinstance(value, bool) else snake(mark) if value else f"not_{snake(mark)}"
    names = set(branch.get("properties", {}))
    if not names:
        return "map"
    others = [set(other["properties"]) for other in objects if other is not branch and "properties" in other]
    own = names - set().union(*others)
    if own:
        return f"with_{_first(own, branch)}"
    lacking = set.intersection(*others) - names
    return f"without_{_first(lacking, branch)}" if lacking else "with_" + "_and_".join(map(snake, sorted(names)))


def _first(names: Iterable[str], branch: Schema) -> str:
    """Return the first of some names, one that is required before those that are not."""
    required = branch.get("required", [])
    return snake(min(names, key=lambda name: (name not in required, name)))
