"""Writes documents in another way without changing what they say."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from tests.scripts.changes._documents import Json

Rewrite = Callable[[Json, Random], Json]

_SETS = ("enum", "required", "parameters", "anyOf", "oneOf", "security")


def shuffled(node: Any, random: Random) -> Any:
    """Return the same with everything in another order that has none."""
    if isinstance(node, list):
        return [shuffled(item, random) for item in node]
    if not isinstance(node, dict):
        return node
    keys = list(node)
    random.shuffle(keys)
    new = {key: shuffled(node[key], random) for key in keys}
    for key in _SETS:
        if isinstance(new.get(key), list):
            random.shuffle(new[key])
    return new


def each_schema(node: Any, change: Callable[[Json], Any]) -> Any:
    """Return a document with its schemas changed, the inner ones first."""
    if isinstance(node, list):
        return [each_schema(item, change) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _schema(value, change) if key == "schema" else each_schema(value, change) for key, value in node.items()
    }


def _schema(node: Any, change: Callable[[Json], Any]) -> Any:
    if not isinstance(node, dict):
        return node
    new = dict(node)
    for key in ("items", "additionalProperties", "not"):
        if key in new:
            new[key] = _schema(new[key], change)
    for key in ("anyOf", "oneOf", "allOf"):
        if key in new:
            new[key] = [_schema(part, change) for part in new[key]]
    if "properties" in new:
        new["properties"] = {name: _schema(part, change) for name, part in new["properties"].items()}
    return change(new)


def hoisted(document: Json, random: Random) -> Json:
    """Return the document with some of its schemas named and referred to, equal ones by one name or several."""
    named: Json = {}

    def maybe(schema: Json) -> Json:
        if random.random() < 0.5:
            return schema
        name = f"M{len(named)}"
        named[name] = schema
        return {"$ref": f"#/components/schemas/{name}"}

    new = each_schema({**document, "components": {}}, maybe)
    return {**new, "components": {**document.get("components", {}), "schemas": named}}


def inlined(document: Json, _random: Random) -> Json:
    """Return the document with every reference replaced by what it refers to; it must not lead to itself."""

    def resolve(node: Any) -> Any:
        if isinstance(node, list):
            return [resolve(item) for item in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            target: Any = document
            for key in node["$ref"].removeprefix("#/").split("/"):
                target = target[key]
            return resolve(target)
        return {key: resolve(value) for key, value in node.items()}

    components = {key: part for key, part in document.get("components", {}).items() if key != "schemas"}
    return {**{key: resolve(part) for key, part in document.items() if key != "components"}, "components": components}


def in_3_0(document: Json, _random: Random) -> Json:
    """Return a document of 3.1 in the words of 3.0.3."""
    return {**each_schema(document, _older), "openapi": "3.0.3"}


def _older(schema: Json) -> Json:
    new = dict(schema)
    kinds = new.pop("type", None)
    null = isinstance(kinds, list) and "null" in kinds
    plain = [kind for kind in kinds if kind != "null"] if isinstance(kinds, list) else [kinds] * (kinds is not None)
    if len(plain) == 1:
        new["type"] = plain[0]
    elif plain:
        new["anyOf"] = [{"type": kind} | ({"nullable": True} if null else {}) for kind in plain]
    if null and len(plain) == 1:
        new["nullable"] = True
    if "const" in new:
        new["enum"] = [new.pop("const")]
    for bound in ("minimum", "maximum"):
        exclusive = "exclusive" + bound.capitalize()
        if exclusive in new and not isinstance(new[exclusive], bool):
            new[bound], new[exclusive] = new[exclusive], True
    return new


def in_3_1(document: Json, _random: Random) -> Json:
    """Return a document of 3.0.3 in the words of 3.1."""
    return {**each_schema(document, _newer), "openapi": "3.1.0", "webhooks": {}}


def _newer(schema: Json) -> Json:
    new = dict(schema)
    if new.get("nullable") is True and "type" in new:
        del new["nullable"]
        new["type"] = [new["type"], "null"]
        if "enum" in new:
            new["enum"] = [*new["enum"], None]
    if len(new.get("enum", ())) == 1:
        (new["const"],) = new.pop("enum")
    for bound in ("minimum", "maximum"):
        exclusive = new.pop("exclusive" + bound.capitalize(), False)
        if exclusive:
            new["exclusive" + bound.capitalize()] = new.pop(bound)
    return new


def reread(document: Json, _random: Random) -> Json:
    """Return the document as it comes out of a file."""
    copy: Json = json.loads(json.dumps(document, indent=2, sort_keys=True))
    return copy


REWRITES: dict[str, Rewrite] = {
    "shuffled": shuffled,
    "hoisted": hoisted,
    "inlined": inlined,
    "in 3.0": in_3_0,
    "reread": reread,
    "hoisted in 3.0, shuffled": lambda document, random: shuffled(hoisted(in_3_0(document, random), random), random),
}
