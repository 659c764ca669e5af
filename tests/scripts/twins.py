"""Other ways to write the same OpenAPI document: the other dialect, and other styles of reference."""

import copy
from collections.abc import Callable
from typing import Any

from scripts._normalise import METHODS

Node = dict[str, Any]

_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_PROSE = ("description", "summary", "title", "example", "examples")
_SINGLES = ("items", "additionalProperties", "not")


def prose_dropped(node: Any, *, names: bool = False) -> Any:
    """Return a document without the prose that a twin may lack; `names` says that the keys are names, not keywords."""
    if isinstance(node, list):
        return [prose_dropped(part) for part in node]
    if not isinstance(node, dict):
        return node
    prose = () if names else _PROSE
    return {
        key: prose_dropped(part, names=key in ("properties", "schemas") and not names)
        for key, part in node.items()
        if key not in prose
    }


def unexplained(document: Node) -> Node:
    """Return the twin without prose in its schemas."""
    return map_schemas(document, lambda schema: {key: part for key, part in schema.items() if key not in _PROSE})


def map_schema(schema: Any, change: Callable[[Node], Node]) -> Any:
    """Apply `change` to a schema and to all inside it, the innermost first."""
    if not isinstance(schema, dict):
        return schema
    form = dict(schema)
    for key in _SINGLES:
        if key in form:
            form[key] = map_schema(form[key], change)
    for key in _LISTS:
        if key in form:
            form[key] = [map_schema(part, change) for part in form[key]]
    if "properties" in form:
        form["properties"] = {name: map_schema(part, change) for name, part in form["properties"].items()}
    return change(form)


def map_schemas(document: Node, change: Callable[[Node], Node]) -> Node:
    """Return a copy of a document with `change` applied to every schema, wherever schemas stand."""
    document = copy.deepcopy(document)
    for holder in schema_holders(document):
        holder["schema"] = map_schema(holder["schema"], change)
    schemas = document.get("components", {}).get("schemas", {})
    for name in schemas:
        schemas[name] = map_schema(schemas[name], change)
    return document


def schema_holders(document: Node) -> list[Node]:
    """Return the parameters, headers and media types of a document that hold a schema."""
    components = document.get("components", {})
    holders: list[Node] = [*components.get("parameters", {}).values(), *components.get("headers", {}).values()]
    bodies: list[Node] = [*components.get("requestBodies", {}).values(), *components.get("responses", {}).values()]
    for item in document["paths"].values():
        holders += item.get("parameters", [])
        for operation in (item[method] for method in METHODS if method in item):
            holders += operation.get("parameters", [])
            bodies += [operation.get("requestBody", {}), *operation.get("responses", {}).values()]
    for body in bodies:
        holders += [*body.get("content", {}).values(), *body.get("headers", {}).values()]
    return [holder for holder in holders if "schema" in holder]


def document_in_3_1(document: Node) -> Node:
    """Return the OpenAPI 3.1 twin of a 3.0 document."""
    twin = map_schemas(document, in_3_1)
    return {**twin, "openapi": "3.1.0", "webhooks": {}}


def in_3_1(schema: Node) -> Node:
    form = dict(schema)
    if form.pop("nullable", False):
        form = _with_null(form)
    for bound in ("minimum", "maximum"):
        if form.pop("exclusive" + bound.capitalize(), False) is True:
            form["exclusive" + bound.capitalize()] = form.pop(bound)
    if len(form.get("enum", [])) == 1:
        form["const"] = form.pop("enum")[0]
    if "example" in form:
        form["examples"] = [form.pop("example")]
    written = {"byte": {"contentEncoding": "base64"}, "binary": {"contentMediaType": "application/octet-stream"}}
    if form.get("format") in written:
        form |= written[form.pop("format")]
    return form


def _with_null(form: Node) -> Node:
    if "type" in form:
        values = {"enum": [*form["enum"], None]} if "enum" in form and None not in form["enum"] else {}
        return {**form, "type": [form["type"], "null"], **values}
    for key in ("anyOf", "oneOf"):
        if key in form:
            return {**form, key: [*form[key], {"type": "null"}]}
    if "allOf" in form:
        beside = {key: form.pop(key) for key in ("description",) if key in form}
        return {**beside, "oneOf": [form, {"type": "null"}]}
    return form  # without a type beside it, `nullable` says nothing


def document_in_3_0(document: Node) -> Node:
    """Return the OpenAPI 3.0.3 twin of a 3.1 document."""
    twin = {key: part for key, part in document.items() if key not in ("webhooks", "jsonSchemaDialect")}
    return {**map_schemas(twin, in_3_0), "openapi": "3.0.3"}


def in_3_0(schema: Node) -> Node:
    form = dict(schema)
    kinds = form.get("type")
    if isinstance(kinds, list):
        (form["type"],) = [kind for kind in kinds if kind != "null"]
        form["nullable"] = "null" in kinds
    if "const" in form:
        form["enum"] = [form.pop("const")]
    for bound in ("minimum", "maximum"):
        key = "exclusive" + bound.capitalize()
        if key in form:
            form[bound] = form[key]
            form[key] = True
    if "examples" in form:
        form["example"] = form.pop("examples")[0]
    for key in ("anyOf", "oneOf"):
        branches = [part for part in form.get(key, []) if part != {"type": "null"}]
        if len(branches) < len(form.get(key, [])):
            form |= {key: branches, "nullable": True}
    return form


def inlined(document: Node) -> Node:
    """Return the twin without references, those of a schema to itself excepted."""
    document = copy.deepcopy(document)
    document["paths"] = _expanded(document["paths"], document, ())
    return document


def _expanded(node: Any, document: Node, within: tuple[str, ...]) -> Any:
    if isinstance(node, list):
        return [_expanded(part, document, within) for part in node]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref")
    if not isinstance(reference, str):
        return {key: _expanded(part, document, within) for key, part in node.items()}
    if reference in within:
        return node
    target: Any = document
    for part in reference[2:].split("/"):
        target = target[part.replace("~1", "/").replace("~0", "~")]
    return _expanded(target, document, (*within, reference))


def hoisted(document: Node) -> Node:
    """Return the twin in which every schema, parameter, body and reply is a component of its own."""
    document = copy.deepcopy(document)
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})

    def move(schema: Node) -> Node:
        if "$ref" in schema:
            return schema
        name = f"S{len(schemas)}"
        schemas[name] = schema
        return {"$ref": f"#/components/schemas/{name}"}

    for name, schema in list(schemas.items()):
        schemas[name] = {"allOf": [map_schema(schema, move)]}
    for holder in schema_holders(document):
        holder["schema"] = map_schema(holder["schema"], move)
    for item in document["paths"].values():
        for operation in (item[method] for method in METHODS if method in item):
            _hoist_bodies(operation, components)
    return document


def _hoist_bodies(operation: Node, components: Node) -> None:
    def move(part: Node, kind: str) -> Node:
        if "$ref" in part:
            return part
        shelf = components.setdefault(kind, {})
        name = f"C{len(shelf)}"
        shelf[name] = part
        return {"$ref": f"#/components/{kind}/{name}"}

    operation["parameters"] = [move(one, "parameters") for one in operation.get("parameters", [])]
    if "requestBody" in operation:
        operation["requestBody"] = move(operation["requestBody"], "requestBodies")
    operation["responses"] = {status: move(one, "responses") for status, one in operation["responses"].items()}
