"""Builds tiny documents, so that a test shows nothing but what it is about."""

from collections.abc import Iterable, Mapping
from typing import Any

from scripts.changes import Change

PATH = "/v1/things/{thing}"
PLACES = (
    "request-parameter",
    "request-body",
    "request-property",
    "response-body",
    "response-property",
    "response-header",
)
"""Where a schema can stand: the first part of the kinds of its changes."""

Json = dict[str, Any]


def document(operation: Json | None = None, *, path: str = PATH, method: str = "post", **top: Any) -> Json:
    """Return a document with one operation."""
    paths = {path: {method: {"responses": {"200": {"description": "done"}}, **(operation or {})}}}
    return {"openapi": "3.1.0", "info": {"title": "Things", "version": "1"}, "paths": paths, **top}


def empty(**top: Any) -> Json:
    """Return a document with another operation only, so that it is never without any."""
    return {**document(path="/v1/other", method="get"), **top}


def plus(*documents: Json) -> Json:
    """Return the first document with the paths of the others."""
    paths: Json = {}
    for one in documents:
        for path, item in one["paths"].items():
            paths[path] = {**paths.get(path, {}), **item}
    return {**documents[0], "paths": paths}


def content(schema: Any, media: str = "application/json") -> Json:
    """Return the content of a body."""
    return {"content": {media: {"schema": schema}}}


def request(schema: Any, media: str = "application/json", **operation: Any) -> Json:
    """Return a document whose operation takes a body of this schema."""
    return document({"requestBody": {"required": True, **content(schema, media)}, **operation})


def reply(schema: Any, status: str = "200", **operation: Any) -> Json:
    """Return a document whose operation answers with a body of this schema."""
    return document({"responses": {status: {"description": "done", **content(schema)}}, **operation})


def parameter(schema: Any, **facts: Any) -> Json:
    """Return a document whose operation takes a query parameter of this schema."""
    return document({"parameters": [{"name": "x", "in": "query", "schema": schema, **facts}]})


def header(schema: Any, **facts: Any) -> Json:
    """Return a document whose operation answers with a header of this schema."""
    headers = {"x": {"schema": schema, **facts}}
    return document({"responses": {"200": {"description": "done", "headers": headers}}})


def wrapped(schema: Any) -> Json:
    """Return an object with this schema as its one property."""
    return {"type": "object", "properties": {"x": schema}}


def at(place: str, schema: Any) -> Json:
    """Return a document that has this schema at a place."""
    builders = {
        "request-parameter": lambda: parameter(schema),
        "request-body": lambda: request(schema),
        "request-property": lambda: request(wrapped(schema)),
        "response-body": lambda: reply(schema),
        "response-property": lambda: reply(wrapped(schema)),
        "response-header": lambda: header(schema),
    }
    return builders[place]()


def told(changes: Iterable[Change]) -> list[str]:
    """Return changes as `kind level`, with an `S` where they break source code; that the version stayed is left out."""
    return [
        f"{change.kind} {change.level.label}{' S' if change.source_breaking else ''}"
        for change in changes
        if change.kind != "version-not-changed"
    ]


def only(changes: Iterable[Change]) -> Change:
    """Return the one change there is, besides that the version stayed."""
    (change,) = [change for change in changes if change.kind != "version-not-changed"]
    return change


def without(mapping: Mapping[str, Any], *keys: str) -> Json:
    """Return a mapping without some keys."""
    return {key: value for key, value in mapping.items() if key not in keys}
