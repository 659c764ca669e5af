"""A small document with every construct that the templates handle; the tests change copies of it."""

from copy import deepcopy
from typing import Any

_FAILURE = {
    "description": "It failed.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Failure"}}},
}


def _reply(name: str) -> dict[str, Any]:
    return {
        "description": "It worked.",
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}},
    }


def _body(name: str, *, required: bool) -> dict[str, Any]:
    return {"required": required, "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}


def _parameter(name: str, schema: dict[str, Any], place: str = "query", **more: Any) -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": schema, **more}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


_SCHEMAS: dict[str, Any] = {
    "PetKind": {"type": "string", "enum": ["cat", "dog", "guinea pig"]},
    "Keeper": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
    "Pet": {
        "type": "object",
        "x-direction": "reply",
        "additionalProperties": False,
        "required": ["petID", "name", "kind", "age", "weight", "tame", "tags", "keeper", "bornAt", "chip"],
        "properties": {
            "petID": {"type": "string", "format": "uuid"},
            "name": {"type": "string", "description": 'What it answers to; """ and \\ do no harm.'},
            "kind": _ref("PetKind"),
            "age": {"type": "integer"},
            "weight": {"type": "number"},
            "tame": {"type": "boolean"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "keeper": _ref("Keeper"),
            "bornAt": {"type": "string", "format": "date-time"},
            "chip": {"type": "string", "nullable": True},
            "nickname": {"type": "string"},
            "note": {"type": "string", "nullable": True},
            "birthday": {"type": "string", "format": "date"},
            "formerKeeper": {"allOf": [_ref("Keeper")], "nullable": True},
            "scores": {"type": "array", "items": {"type": "integer", "nullable": True}},
            "anything": {},
        },
    },
    "PetCreate": {
        "type": "object",
        "x-direction": "request",
        "required": ["name"],
        "properties": {
            "name": {"type": "string"},
            "kind": {"allOf": [_ref("PetKind")], "default": "cat"},
            "nickname": {"type": "string", "default": "Mimi"},
            "note": {"type": "string", "nullable": True},
            "formerKeeper": {"allOf": [_ref("Keeper")], "nullable": True},
        },
    },
    "PetUpdate": {
        "type": "object",
        "x-direction": "both",
        "properties": {"name": {"type": "string"}, "note": {"type": "string", "nullable": True}},
    },
    "Visit": {
        "type": "object",
        "required": ["type"],
        "properties": {"type": _ref("VisitType"), "reason": {"type": "string"}},
    },
    "VisitType": {"type": "string", "enum": ["visit"]},
    "Purchase": {
        "type": "object",
        "required": ["type"],
        "properties": {"type": _ref("PurchaseType"), "price": {"type": "number"}},
    },
    "PurchaseType": {"type": "string", "enum": ["purchase"]},
    "Refusal": {
        "type": "object",
        "required": ["error"],
        "properties": {"error": {"type": "string"}},
    },
    "History": {
        "type": "object",
        "required": ["events"],
        "properties": {
            "events": {"type": "array", "items": {"anyOf": [_ref("Visit"), _ref("Purchase"), _ref("Refusal")]}},
            "reference": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
        },
    },
    "Node": {
        "type": "object",
        "required": ["name"],
        "properties": {"name": {"type": "string"}, "children": {"type": "array", "items": _ref("Node")}},
    },
    "Counts": {"type": "object", "additionalProperties": {"type": "integer"}},
    "Access": {
        "type": "object",
        "required": ["apiKey", "tokenCount", "maxTokens"],
        "properties": {
            "apiKey": {"type": "string"},
            "accessToken": {"type": "string"},
            "signedURL": {"type": "string"},
            "password": {"type": "string"},
            "clientSecret": {"type": "string"},
            "tokenCount": {"type": "integer"},
            "maxTokens": {"type": "integer"},
        },
    },
    "Failure": {
        "type": "object",
        "required": ["error"],
        "properties": {"error": {"type": "string"}, "request_id": {"type": "string"}},
    },
}

_PATHS: dict[str, Any] = {
    "/v1/pets": {
        "get": {
            "operationId": "list_pets",
            "tags": ["Pet care"],
            "summary": "Page through the pets",
            "parameters": [
                _parameter("pageSize", {"type": "integer", "default": 24}),
                _parameter("kind", {"type": "array", "items": _ref("PetKind")}),
                _parameter("tag", {"type": "array", "items": {"type": "string"}}, explode=False),
                _parameter("bornAfter", {"type": "string", "format": "date-time"}),
                _parameter("tame", {"type": "boolean"}),
                _parameter("search", {"type": "string"}),
            ],
            "responses": {"200": _reply("History"), "400": _FAILURE},
        },
        "post": {
            "operationId": "create_pet",
            "tags": ["Pet care"],
            "requestBody": _body("PetCreate", required=True),
            "responses": {"201": _reply("Pet"), "207": _reply("History"), "400": _FAILURE, "409": _FAILURE},
        },
    },
    "/v1/shops/{shop}/pets/{petID}": {
        "get": {
            "operationId": "get_pet",
            "tags": ["Shops"],
            "parameters": [
                _parameter("shop", {"type": "string"}, "path"),
                _parameter("petID", {"type": "string", "format": "uuid"}, "path"),
            ],
            "responses": {"200": _reply("Pet"), "404": {"description": "It is not there."}},
        },
        "patch": {
            "operationId": "update_pet",
            "tags": ["Shops"],
            "parameters": [
                _parameter("shop", {"type": "string"}, "path"),
                _parameter("petID", {"type": "string", "format": "uuid"}, "path"),
            ],
            "requestBody": _body("PetUpdate", required=False),
            "responses": {"200": _reply("Pet")},
        },
        "delete": {
            "operationId": "delete_pet",
            "tags": ["Shops"],
            "parameters": [
                _parameter("shop", {"type": "string"}, "path"),
                _parameter("petID", {"type": "string", "format": "uuid"}, "path"),
            ],
            "responses": {"202": _reply("Counts"), "204": {"description": "It is gone."}},
        },
    },
}


def sample() -> dict[str, Any]:
    """Return a fresh copy of the document."""
    security: list[dict[str, list[str]]] = [{"ShopSecret": []}, {"ShopSecret": [], "UserID": [], "UserIDType": []}]
    document: dict[str, Any] = {
        "openapi": "3.0.3",
        "info": {"title": "Pets", "version": "1"},
        "paths": _PATHS,
        "components": {
            "schemas": _SCHEMAS,
            "securitySchemes": {
                "ShopSecret": {"type": "apiKey", "in": "header", "name": "X-SHOP-SECRET"},
                "UserID": {"type": "apiKey", "in": "header", "name": "X-USER-ID"},
                "UserIDType": {"type": "apiKey", "in": "header", "name": "X-USER-ID-TYPE"},
            },
        },
    }
    document = deepcopy(document)
    for item in document["paths"].values():
        for operation in item.values():
            operation["security"] = security
    return document
