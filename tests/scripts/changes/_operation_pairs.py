"""One-change pairs of operations and of whole documents, with what each means forward and back."""

from dataclasses import dataclass

from tests.scripts.changes._documents import PATH, Json, content, document, empty, parameter, plus, request

OPERATION = document()
KEY = {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}
MODEL = {"type": "object", "properties": {"a": {"type": "string"}}}


@dataclass(frozen=True)
class DocumentPair:
    """Two documents that differ in one thing; the expectations are `kind level`, forward, then back."""

    name: str
    before: Json
    after: Json
    forward: str
    back: str


def operation(**facts: object) -> Json:
    """Return a document whose operation has these facts."""
    return document(dict(facts))


def answers(*statuses: str, media: str = "", **facts: object) -> Json:
    """Return a document whose operation answers with these statuses."""
    body = content({}, media) if media else {}
    return operation(responses={status: {"description": "done", **body, **facts} for status in statuses})


def hook(body: str) -> Json:
    """Return what the API calls, with a body of a type."""
    return {"post": {"requestBody": content({"type": body}), "responses": {"200": {"description": "taken"}}}}


def asked(place: str, *, path_level: bool = False) -> Json:
    """Return a document whose operation, or its path, has a required parameter in a place."""
    facts = {"parameters": [{"name": "x", "in": place, "required": True, "schema": {}}]}
    one = document(None if path_level else facts)
    if path_level:
        one["paths"][PATH] |= facts
    return one


def scheme(**facts: str) -> Json:
    """Return the components with a way to authenticate."""
    return {"securitySchemes": {"key": {**KEY["key"], **facts}}}


LIFECYCLE = [
    DocumentPair(
        "operation and its path",
        empty(),
        plus(empty(), OPERATION),
        "operation-added info",
        "path-removed breaking S",
    ),
    DocumentPair(
        "operation of a path that stays",
        plus(empty(), document(method="get")),
        plus(empty(), document(method="get"), OPERATION),
        "operation-added info",
        "operation-removed breaking S",
    ),
    DocumentPair(
        "operation deprecated",
        OPERATION,
        operation(deprecated=True),
        "operation-deprecated info",
        "operation-reactivated info",
    ),
    DocumentPair(
        "sunset",
        OPERATION,
        operation(**{"x-sunset": "2099-01-01"}),
        "sunset-set info",
        "sunset-deleted breaking",
    ),
    DocumentPair(
        "sunset that is no date",
        operation(**{"x-sunset": "2099-01-01"}),
        operation(**{"x-sunset": "some day"}),
        "sunset-deleted breaking",
        "sunset-set info",
    ),
    DocumentPair(
        "sunset moved",
        operation(**{"x-sunset": "2099-01-02T00:00:00Z"}),
        operation(**{"x-sunset": "2099-01-01"}),
        "sunset-moved-earlier breaking",
        "sunset-moved-later info",
    ),
    DocumentPair(
        "beta", OPERATION, operation(**{"x-beta": True}), "operation-beta-set warning", "operation-beta-unset info"
    ),
    DocumentPair(
        "hidden",
        plus(empty(), OPERATION, document(path="/v1/secret", operation={"x-hidden": True})),
        plus(empty(), operation(**{"x-hidden": True}), document(path="/v1/secret", operation={"x-hidden": True})),
        "operation-hidden warning",
        "operation-unhidden info",
    ),
]

FACTS = [
    DocumentPair(
        "path parameter renamed",
        document(path="/v1/things/{thingId}"),
        document(path="/v1/things/{thingID}"),
        "path-parameter-renamed info S",
        "path-parameter-renamed info S",
    ),
    DocumentPair(
        "operationId",
        OPERATION,
        operation(operationId="a"),
        "operation-id-added info S",
        "operation-id-removed info S",
    ),
    DocumentPair(
        "operationId changed",
        operation(operationId="a"),
        operation(operationId="b"),
        "operation-id-changed info S",
        "operation-id-changed info S",
    ),
    DocumentPair("tag", OPERATION, operation(tags=["A"]), "tag-added info S", "tag-removed info S"),
    DocumentPair(
        "first tag",
        operation(tags=["A", "B"]),
        operation(tags=["B", "A"]),
        "main-tag-changed info S",
        "main-tag-changed info S",
    ),
    DocumentPair(
        "way to authenticate",
        operation(security=[{"key": []}]),
        operation(security=[{"user": [], "key": []}, {"key": []}]),
        "security-alternative-added info",
        "security-alternative-removed breaking",
    ),
    DocumentPair(
        "scope",
        operation(security=[{"key": ["read"]}]),
        operation(security=[{"key": ["write", "read"]}]),
        "security-scope-added breaking",
        "security-scope-removed info",
    ),
    DocumentPair(
        "server of an operation",
        OPERATION,
        operation(servers=[{"url": "https://one.example"}]),
        "operation-servers-changed warning",
        "operation-servers-changed warning",
    ),
    DocumentPair(
        "callbacks",
        operation(callbacks={"done": {"{$url}": hook("string")}}),
        operation(callbacks={"done": {"{$url}": hook("object")}}),
        "callbacks-changed warning",
        "callbacks-changed warning",
    ),
]

MESSAGES = [
    DocumentPair(
        "required parameter",
        OPERATION,
        parameter({}, required=True),
        "request-parameter-required-added breaking S",
        "request-parameter-required-removed warning S",
    ),
    *(
        DocumentPair(
            f"required parameter in {place}{' for the whole path' * path_level}",
            OPERATION,
            asked(place, path_level=path_level),
            "request-parameter-required-added breaking S",
            "request-parameter-required-removed warning S",
        )
        for place, path_level in (("header", False), ("cookie", False), ("query", True))
    ),
    DocumentPair(
        "deprecated parameter removed",
        parameter({}, deprecated=True),
        OPERATION,
        "request-parameter-removed-with-deprecation info S",
        "request-parameter-optional-added info",
    ),
    DocumentPair(
        "optional parameter",
        OPERATION,
        parameter({}),
        "request-parameter-optional-added info",
        "request-parameter-optional-removed warning S",
    ),
    DocumentPair(
        "deprecated parameter",
        parameter({}),
        parameter({}, deprecated=True),
        "request-parameter-deprecated info",
        "request-parameter-reactivated info",
    ),
    DocumentPair(
        "parameter became required",
        parameter({}),
        parameter({}, required=True),
        "request-parameter-became-required breaking S",
        "request-parameter-became-optional info",
    ),
    DocumentPair(
        "lists written in another way",
        parameter({"type": "array"}),
        parameter({"type": "array"}, explode=False),
        "request-parameter-style-changed breaking",
        "request-parameter-style-changed breaking",
    ),
    DocumentPair(
        "lists with another separator",
        parameter({"type": "array"}, explode=False),
        parameter({"type": "array"}, explode=False, style="pipeDelimited"),
        "request-parameter-style-changed breaking",
        "request-parameter-style-changed breaking",
    ),
    DocumentPair(
        "required body",
        OPERATION,
        request({}),
        "request-body-added-required breaking S",
        "request-body-removed breaking S",
    ),
    DocumentPair(
        "optional body",
        OPERATION,
        operation(requestBody=content({})),
        "request-body-added-optional info",
        "request-body-removed breaking S",
    ),
    DocumentPair(
        "body became required",
        operation(requestBody=content({})),
        request({}),
        "request-body-became-required breaking S",
        "request-body-became-optional info",
    ),
    DocumentPair(
        "media type of requests",
        request({}),
        operation(requestBody={"required": True, "content": {"application/json": {}, "text/plain": {}}}),
        "request-media-type-added info",
        "request-media-type-removed breaking S",
    ),
    DocumentPair(
        "success status",
        answers("200"),
        answers("200", "202"),
        "response-success-status-added info S",
        "response-success-status-removed breaking S",
    ),
    DocumentPair(
        "error status",
        answers("200"),
        answers("200", "429"),
        "response-error-status-added info",
        "response-error-status-removed info",
    ),
    DocumentPair(
        "media type of replies",
        answers("200"),
        answers("200", media="text/event-stream"),
        "response-media-type-added info S",
        "response-media-type-removed breaking S",
    ),
    DocumentPair(
        "required header of replies",
        answers("200"),
        answers("200", headers={"Retry-After": {"schema": {}, "required": True}}),
        "response-header-required-added info",
        "response-header-required-removed breaking",
    ),
    DocumentPair(
        "optional header of replies",
        answers("200"),
        answers("200", headers={"Retry-After": {"schema": {}}}),
        "response-header-optional-added info",
        "response-header-optional-removed warning",
    ),
    DocumentPair(
        "lists written in another way in a header of replies",
        answers("200", headers={"Retry-After": {"schema": {"type": "array"}}}),
        answers("200", headers={"Retry-After": {"schema": {"type": "array"}, "explode": True}}),
        "response-header-style-changed breaking",
        "response-header-style-changed breaking",
    ),
    DocumentPair(
        "header of replies became required",
        answers("200", headers={"Retry-After": {"schema": {}}}),
        answers("200", headers={"Retry-After": {"schema": {}, "required": True}}),
        "response-header-became-required info",
        "response-header-became-optional breaking",
    ),
]

BESIDE = [
    *(
        DocumentPair(
            f"{what} of the secret",
            document(components=scheme()),
            document(components=scheme(**fact)),
            "security-scheme-changed breaking S",
            "security-scheme-changed breaking S",
        )
        for what, fact in (
            ("name of the header", {"name": "X-Other"}),
            ("place", {"in": "query"}),
            ("kind", {"type": "http", "scheme": "bearer"}),
        )
    ),
    DocumentPair(
        "way to authenticate described",
        document(),
        document(components=scheme()),
        "security-scheme-added info",
        "security-scheme-removed info",
    ),
    DocumentPair(
        "address",
        document(servers=[{"url": "https://one.example"}]),
        document(servers=[{"url": "https://two.example"}]),
        "servers-changed warning",
        "servers-changed warning",
    ),
    DocumentPair(
        "version",
        document(info={"title": "Things", "version": "1"}),
        document(info={"title": "Things", "version": "2"}),
        "version-changed info",
        "version-changed info",
    ),
    DocumentPair(
        "webhook",
        document(),
        document(webhooks={"made": hook("string")}),
        "webhook-added info",
        "webhook-removed breaking",
    ),
    DocumentPair(
        "webhook changed",
        document(webhooks={"made": hook("string")}),
        document(webhooks={"made": hook("object")}),
        "webhook-changed warning",
        "webhook-changed warning",
    ),
    DocumentPair(
        "model with a class",
        document(),
        document(components={"schemas": {"Thing": MODEL}}),
        "component-schema-added info S",
        "component-schema-removed info S",
    ),
    DocumentPair(
        "model without a class",
        document(),
        document(components={"schemas": {"Name": {"type": "string", "maxLength": 9}}}),
        "component-schema-added info",
        "component-schema-removed info",
    ),
    DocumentPair(
        "variant",
        document(),
        plus(document(), document(path="/v1/secret", operation={"x-hidden": True})),
        "variant-changed info",
        "variant-changed info",
    ),
]

DOCUMENT_PAIRS = [*LIFECYCLE, *FACTS, *MESSAGES, *BESIDE]
