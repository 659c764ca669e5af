"""The ASGI application: the API document, served by the handlers."""

import inspect
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from sensay_ext.sandbox._call import Call
from sensay_ext.sandbox._document import Document, Operation
from sensay_ext.sandbox._errors import ApiError, error_body
from sensay_ext.sandbox._framework import (
    AsyncApp,
    ConnexionRequest,
    ConnexionResponse,
    ContextMiddleware,
    ExceptionMiddleware,
    LifespanMiddleware,
    ProblemException,
    RequestValidationMiddleware,
    Resolver,
    ResponseValidationMiddleware,
    RoutingMiddleware,
    SwaggerUIMiddleware,
    SwaggerUIOptions,
    current_scope,
)
from sensay_ext.sandbox._identity import authenticate
from sensay_ext.sandbox._operations import Handler, find_handlers
from sensay_ext.sandbox._validation import validator_map

if TYPE_CHECKING:
    from sensay_ext.sandbox._state import State

_LOG = logging.getLogger(__name__)

Endpoint = Callable[..., Awaitable[Any]]


@lru_cache(maxsize=4)
def build_api(document: Document) -> ASGIApp:
    """Build the application that serves a document's operations.

    It is the same one for all sandboxes with that document, which saves them from reading it again: whose state a
    request is about stands in its scope.

    Args:
        document: The document to validate against.

    Returns:
        The application.
    """
    handlers = find_handlers()
    endpoints = {
        operation.id: _endpoint(operation, handlers.get(operation.id)) for operation in document.operations.values()
    }
    app = AsyncApp(
        "sensay_ext.sandbox",
        middlewares=[
            ExceptionMiddleware,
            SwaggerUIMiddleware,
            RoutingMiddleware,
            _Authentication,
            RequestValidationMiddleware,
            ResponseValidationMiddleware,
            LifespanMiddleware,
            ContextMiddleware,
        ],
        resolver=Resolver(endpoints.__getitem__),
        validate_responses=True,
        validator_map=validator_map(),
        swagger_ui_options=SwaggerUIOptions(serve_spec=False, spec_path="/schema/sandbox"),
    )
    app.add_api(_for_the_framework(document))
    for kind in (ApiError, ProblemException, HTTPException, Exception):
        app.add_error_handler(kind, _reply_to_error)
    application: ASGIApp = app
    return application


def report_missing(document: Document) -> None:
    """Log the operations that have no handler and so answer 501."""
    missing = sorted(document.operations.keys() - find_handlers().keys())
    if missing:
        _LOG.warning("The sandbox has no handler for %s: they answer 501", ", ".join(missing))


def _for_the_framework(document: Document) -> dict[str, Any]:
    # The framework wants every schema to have its type in view, and null to be allowed where the type stands.
    def flatten(node: Any, within: tuple[str, ...] = ()) -> Any:
        if isinstance(node, list):
            return [flatten(item, within) for item in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            # What holds itself cannot be written out; from the second time on it may be anything.
            name: str = node["$ref"]
            return {} if name in within else flatten(document.resolve(node), (*within, name))
        flat = {key: flatten(value, within) for key, value in node.items() if key != "allOf"}
        for part in node.get("allOf", []):
            flat = {**flatten(part, within), **flat}
        return flat

    content = document.content
    flattened: dict[str, Any] = flatten({key: value for key, value in content.items() if key != "components"})
    flattened["servers"] = [{"url": "/"}]
    flattened["components"] = {"securitySchemes": content["components"]["securitySchemes"]}
    return flattened


def _endpoint(operation: Operation, handler: Handler | None) -> Endpoint:
    is_async = inspect.iscoroutinefunction(handler)

    async def serve(**given: Any) -> tuple[dict[str, Any] | None, int]:
        if handler is None:
            raise ApiError(501, f"The sandbox does not serve {operation.id} yet")
        request = current_scope["sandbox"]
        state: State = request["state"]
        stale = request.get("stale") and operation.method == "GET"
        call = Call(
            state=state,
            database=(stale and state.frozen) or state.database,
            operation=operation,
            caller=request["caller"],
            body=given.pop("body", None) or {},
            parameters={name: value for name, value in given.items() if value is not None},
            base_url=request["base_url"],
        )
        # What has to wait for others in between handles its transactions itself.
        with nullcontext() if is_async else state.database.transaction():
            reply = handler(call)
        status, body = await reply if isinstance(reply, Awaitable) else reply
        return body, status

    serve.__name__ = operation.id
    return serve


class _Authentication:
    """Finds out who asks, before anything of the request is looked at.

    Args:
        app: The next application.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Authenticate a request to an operation; others have nothing to protect."""
        operation_id = scope.get("extensions", {}).get("connexion_routing", {}).get("operation_id")
        if operation_id is not None:
            state: State = scope["sandbox"]["state"]
            operation = state.document.operations[operation_id]
            scope["sandbox"]["caller"] = authenticate(state.database, state.clock, operation, Headers(scope=scope))
        await self._app(scope, receive, send)


async def _reply_to_error(request: ConnexionRequest, error: Exception) -> ConnexionResponse:
    headers: dict[str, str] = {}
    code = None
    if isinstance(error, ApiError):
        status, message, code, headers = error.status, error.message, error.code, error.headers
    elif isinstance(error, HTTPException):
        status, message, headers = error.status_code, str(error.detail), dict(error.headers or {})
    else:
        _LOG.error("An operation failed", exc_info=error)
        status, message = 500, "The sandbox failed; its log says how"
    body = error_body(status, message, request_id=request.scope["sandbox"]["request_id"], code=code)
    return ConnexionResponse(status, content_type="application/json", body=json.dumps(body), headers=headers)
