"""Small OpenAPI documents, written by hand or by chance."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from scripts._normalise import normalise
from scripts._overlay import NamingTable

Json = dict[str, Any]

STRING: Json = {"type": "string"}
INTEGER: Json = {"type": "integer"}


def ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def thing(**properties: Any) -> Json:
    """Return the schema of an object."""
    return {"type": "object", "properties": properties}


def listing(items: Json) -> Json:
    return {"type": "array", "items": items}


def operation(
    reply: Any = None, body: Any = None, *, parameters: Sequence[Json] = (), error: Any = None, **more: Any
) -> Json:
    """Return an operation that takes and gives JSON."""
    form: Json = {"responses": {"200": {"description": "done", **content(reply)}}, **more}
    if parameters:
        form["parameters"] = list(parameters)
    if body is not None:
        form["requestBody"] = content(body)
    if error is not None:
        form["responses"]["400"] = {"description": "wrong", **content(error)}
    return form


def content(schema: Any) -> Json:
    return {} if schema is None else {"content": {"application/json": {"schema": schema}}}


def parameter(name: str, schema: Any = None, *, where: str = "query", **more: Any) -> Json:
    return {"name": name, "in": where, "required": where == "path", "schema": schema or STRING, **more}


def document(
    paths: Mapping[str, Mapping[str, Any]], schemas: Mapping[str, Any] | None = None, *, version: str = "3.0.3"
) -> Json:
    """Return a document; the parameters that its paths name are declared as strings."""
    whole: Json = {"openapi": version, "info": {"title": "Small", "version": "1"}, "paths": {}}
    for path, item in paths.items():
        names = [part.partition("}")[0] for part in path.split("{")[1:]]
        declared = [parameter(name, where="path") for name in names]
        whole["paths"][path] = {**({"parameters": declared} if declared else {}), **item}
    return {**whole, "components": {"schemas": dict(schemas or {})}}


def client(whole: Json, *, hidden: bool = False) -> Json:
    """Return the normal form of a document, without any better names."""
    return normalise(whole, NamingTable([]), hidden=hidden)


def classes(whole: Json) -> dict[str, Json]:
    """Return the named schemas of a document's normal form, that of errors excepted."""
    schemas: dict[str, Json] = client(whole)["components"]["schemas"]
    return {name: schema for name, schema in schemas.items() if name != "ErrorResponse"}


def reply_of(whole: Json, path: str, method: str = "get", status: str = "200") -> Json:
    """Return the schema of a reply in a document's normal form."""
    reply = client(whole)["paths"][path][method]["responses"][status]
    schema: Json = reply["content"]["application/json"]["schema"]
    return schema


_WORDS = (
    "id",
    "items",
    "data",
    "success",
    "fooBar",
    "foo_bar",
    "type",
    "class",
    "default",
    "example",
    "2fa",
    "名",
    "total",
)
_COMPONENTS = ("Thing", "Other", "Part")
_PATHS = (
    "/",
    "/v1/things",
    "/v1/things/{id}",
    "/v1/things/{id}/run",
    "/v2/things",
    "/v1/{kind}/parts",
    "/v1/x-y",
    "/v1/x_y",
)

_values = st.one_of(st.sampled_from(["a", "A", "b", "1", ""]), st.integers(0, 3), st.booleans())
_notes = st.fixed_dictionaries(
    {}, optional={"description": st.just("words"), "deprecated": st.just(value=True), "x-hidden": st.booleans()}
)


@st.composite
def _scalars(draw: st.DrawFn, *, new: bool) -> Json:
    kind = draw(st.sampled_from(["string", "integer", "number", "boolean"]))
    schema: Json = {"type": kind, **draw(_notes)}
    if kind == "string" and draw(st.booleans()):
        schema |= draw(st.sampled_from([{"format": "uuid"}, {"enum": ["a", "b"]}, {"enum": ["a"]}, {"minLength": 1}]))
    if kind in ("integer", "number") and draw(st.booleans()):
        exclusive = {"exclusiveMinimum": 0} if new else {"minimum": 0, "exclusiveMinimum": True}
        schema |= draw(st.sampled_from([exclusive, {"minimum": 1}, {"maximum": 3}, {"enum": [1, 2]}]))
    if draw(st.booleans()):
        schema |= {"type": [kind, "null"]} if new else {"nullable": True}
    return schema


def _newer(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """Return schemas that only 3.1 can write."""
    return st.one_of(
        st.builds(lambda value: {"const": value}, _values),
        st.just({"type": "null"}),
        st.builds(lambda items: {"type": ["array", "string", "null"], "items": items}, inner),
        st.builds(lambda parts: {"type": "array", "prefixItems": parts}, st.lists(inner, min_size=1, max_size=2)),
        st.builds(lambda part: {"type": "object", "patternProperties": {"^x": part}}, inner),
        st.builds(lambda name, part: {**ref(name), **part}, st.sampled_from(_COMPONENTS), inner),
    )


def schemas(*, new: bool = True) -> st.SearchStrategy[Any]:
    """Generate schemas of OpenAPI 3.1, or of 3.0 where not `new`."""
    leaves: st.SearchStrategy[Any] = st.one_of(
        _scalars(new=new),
        st.builds(ref, st.sampled_from(_COMPONENTS)),
        st.just({}),
        st.builds(lambda values: {"enum": values}, st.lists(_values, min_size=1, max_size=3, unique=True)),
    )
    return st.recursive(leaves, lambda inner: _composed(inner, new=new), max_leaves=8)


def _composed(inner: st.SearchStrategy[Any], *, new: bool) -> st.SearchStrategy[Any]:
    names = st.sampled_from(_WORDS)
    objects = st.fixed_dictionaries(
        {"type": st.just("object"), "properties": st.dictionaries(names, inner, max_size=3)},
        optional={
            "required": st.lists(names, min_size=1, max_size=2, unique=True),
            "additionalProperties": st.booleans() | inner,
            "nullable" if not new else "$comment": st.just(value=True) if not new else st.just("words"),
            "anyOf": st.lists(inner, min_size=1, max_size=2),
        },
    )
    unions = st.builds(
        lambda key, parts, notes: {key: parts, **notes},
        st.sampled_from(["anyOf", "oneOf", "allOf"]),
        st.lists(inner, min_size=1, max_size=3),
        _notes,
    )
    older = st.one_of(objects, st.builds(listing, inner), unions)
    return older | _newer(inner) if new else older


@st.composite
def documents(draw: st.DrawFn, *, new: bool = True) -> Json:
    """Generate documents of OpenAPI 3.1, or of 3.0 where not `new`."""
    schema = schemas(new=new)
    paths: dict[str, Json] = {}
    for path in draw(st.lists(st.sampled_from(_PATHS), min_size=1, max_size=3, unique=True)):
        methods = draw(
            st.lists(st.sampled_from(["get", "post", "put", "patch", "delete"]), min_size=1, max_size=2, unique=True)
        )
        paths[path] = {method: draw(_operations(schema, bodies=method not in ("get", "delete"))) for method in methods}
    named = {name: draw(schema) for name in _COMPONENTS}
    return document(paths, named, version="3.1.0" if new else "3.0.3")


@st.composite
def _operations(draw: st.DrawFn, schema: st.SearchStrategy[Any], *, bodies: bool) -> Json:
    names = draw(st.lists(st.sampled_from(_WORDS), max_size=2, unique=True))
    return operation(
        draw(schema),
        draw(schema) if bodies else None,
        parameters=[parameter(name, draw(schema)) for name in names],
        error=draw(st.none() | schema),
    )
