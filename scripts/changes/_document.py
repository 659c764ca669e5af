"""The operations of one document, in the form in which they are compared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scripts._errors import PipelineError
from scripts._normalise import METHODS
from scripts._operation_ids import operation_ids
from scripts.changes._keywords import notes
from scripts.changes._reader import Reader
from scripts.changes._schema import Notes, Raw

_INVALID = "the document is not valid OpenAPI"
_NAMELESS_HEADERS = frozenset({"accept", "content-type", "authorization"})
"""Header parameters of these names mean nothing in OpenAPI."""

Alternative = frozenset[tuple[str, frozenset[str]]]
"""What one way to authenticate needs: schemes, each with its scopes."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query, header, cookie or path parameter, or a header of a reply."""

    name: str
    place: str
    required: bool
    schema: Raw
    style: str
    explode: bool
    notes: Notes


@dataclass(frozen=True, slots=True)
class Reply:
    """What an operation answers with one status."""

    content: Mapping[str, Raw]
    headers: Mapping[str, Parameter]


@dataclass(frozen=True, slots=True)
class Body:
    """What an operation is sent."""

    required: bool
    content: Mapping[str, Raw]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a document."""

    method: str
    path: str
    own_id: str | None
    """The operationId in the document itself."""
    notes: Notes
    tags: tuple[str, ...]
    security: frozenset[Alternative]
    servers: tuple[str, ...]
    parameters: Mapping[tuple[str, str], Parameter] = field(repr=False)
    body: Body | None = field(repr=False)
    replies: Mapping[str, Reply] = field(repr=False)
    callbacks: "Mapping[str, Operation]" = field(repr=False)
    """What the API calls in turn, by name, address and method."""


class Document:
    """A document's operations, by method and path, and what stands beside them.

    Args:
        raw: the OpenAPI document.
        hidden: count operations, parameters and properties that are marked `x-hidden`, too.

    Raises:
        PipelineError: it is not built like an OpenAPI document.
    """

    def __init__(self, raw: Mapping[str, Any], *, hidden: bool = False) -> None:
        self.raw = raw
        self.reader = Reader(raw, hidden=hidden)
        paths = {path: item for path, item in mapping(raw, "paths").items() if path.startswith("/")}
        self.operations = dict(self._operations(paths))
        webhooks = self._operations(mapping(raw, "webhooks"))
        self.webhooks = {f"{method.upper()} {name}": one for (method, name), one in webhooks}
        shown = [key for key, one in self.operations.items() if hidden or not one.notes.hidden]
        self._names = operation_ids(shown)

    def client_name(self, operation: Operation) -> str:
        """Return the operation's name in the generated client, which leaves hidden ones out."""
        return self._names.get((operation.method, operation.path), "")

    @property
    def variant(self) -> str:
        """`full` if the document shows hidden operations, else `public`."""
        return "full" if any(one.notes.hidden for one in self.operations.values()) else "public"

    def part(self, *keys: str) -> dict[str, Any]:
        """Return an object of the document by its keys, an empty one if it is absent."""
        node: Any = self.raw
        for key in keys:
            node = mapping(node, key)
        return dict(node)

    def _operations(self, items: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Operation]]:
        for name, node in items.items():
            item = self.reader.follow(node)
            for method in METHODS:
                if method in item:
                    yield (method, name), self._operation(method, name, item, self.reader.follow(item[method]))

    def _callbacks(self, raw: Mapping[str, Any]) -> Iterator[tuple[str, Operation]]:
        for name, node in mapping(raw, "callbacks").items():
            for (method, address), operation in self._operations(self.reader.follow(node)):
                yield f"{name} {method.upper()} {address}", operation

    def _operation(self, method: str, path: str, item: dict[str, Any], raw: dict[str, Any]) -> Operation:
        parameters = dict(self._parameters(item)) | dict(self._parameters(raw))
        security = raw.get("security", self.raw.get("security"))
        servers = raw.get("servers", item.get("servers", []))
        own_notes = notes(raw) if not item.get("x-hidden") else notes({**raw, "x-hidden": True})
        return Operation(
            method=method,
            path=path,
            own_id=raw.get("operationId"),
            notes=own_notes,
            tags=tuple(raw.get("tags", [])),
            security=frozenset(self._alternatives(security)),
            servers=server_urls(servers),
            parameters=parameters,
            body=self._body(raw),
            replies=dict(self._replies(mapping(raw, "responses"))),
            callbacks=dict(self._callbacks(raw)),
        )

    def _parameters(self, raw: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Parameter]]:
        for node in listed(raw, "parameters"):
            one = self.reader.follow(node)
            name, place = one.get("name"), one.get("in")
            if not isinstance(name, str) or place not in ("query", "header", "cookie", "path"):
                raise PipelineError(f"a parameter has the name {name!r} and stands in {place!r}", _INVALID)
            key = name.lower() if place == "header" else name
            if place != "header" or key not in _NAMELESS_HEADERS:
                yield (place, key), self._parameter(one, name, place)

    def _parameter(self, raw: Mapping[str, Any], name: str, place: str) -> Parameter:
        content = mapping(raw, "content")
        media = next(iter(content), "")
        schema = self.reader.follow(content[media]).get("schema", {}) if content else raw.get("schema", {})
        style = media or raw.get("style", "form" if place in ("query", "cookie") else "simple")
        return Parameter(
            name=name,
            place=place,
            required=place == "path" or raw.get("required") is True,
            schema=schema,
            style=style,
            explode=raw.get("explode", style == "form") is True,
            notes=self.reader.read(schema).notes.under(notes(raw)),
        )

    def _body(self, raw: Mapping[str, Any]) -> Body | None:
        if "requestBody" not in raw:
            return None
        body = self.reader.follow(raw["requestBody"])
        return Body(required=body.get("required") is True, content=self._content(body))

    def _replies(self, raw: Mapping[str, Any]) -> Iterator[tuple[str, Reply]]:
        for status, node in raw.items():
            if not str(status).startswith("x-"):
                yield str(status), self._reply(node)

    def _reply(self, node: Any) -> Reply:
        reply = self.reader.follow(node)
        headers = {}
        for name, header in mapping(reply, "headers").items():
            if name.lower() != "content-type":
                headers[name.lower()] = self._parameter(self.reader.follow(header), name, "header")
        return Reply(content=self._content(reply), headers=headers)

    def _content(self, raw: Mapping[str, Any]) -> dict[str, Raw]:
        content = mapping(raw, "content")
        return {
            media.split(";")[0].strip().lower(): self.reader.follow(node).get("schema", {})
            for media, node in content.items()
        }

    @staticmethod
    def _alternatives(security: Any) -> Iterator[Alternative]:
        """Yield the ways to authenticate; that none is named is the way of needing nothing."""
        for alternative in security or [{}]:
            yield frozenset((scheme, frozenset(scopes)) for scheme, scopes in alternative.items())


def server_urls(servers: Any) -> tuple[str, ...]:
    """Return the addresses of servers, their variables at their defaults."""
    urls = []
    for server in servers:
        url = server.get("url", "/")
        for name, variable in server.get("variables", {}).items():
            url = url.replace(f"{{{name}}}", str(variable.get("default", "")))
        urls.append(url.rstrip("/"))
    return tuple(urls)


def mapping(raw: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return an object inside of an object of the document, an empty one if it is absent."""
    value = raw.get(key, {})
    if not isinstance(value, dict):
        raise PipelineError(f"{key!r} is not an object", _INVALID)
    return value


def listed(raw: Mapping[str, Any], key: str) -> list[Any]:
    """Return a list inside of an object of the document, an empty one if it is absent."""
    value = raw.get(key, [])
    if not isinstance(value, list):
        raise PipelineError(f"{key!r} is not a list", _INVALID)
    return value
