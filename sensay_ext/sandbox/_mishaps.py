"""Carries the faults out."""

import asyncio  # noqa: TID251 - the sandbox is a server with its own event loop
import json
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sensay_ext.sandbox._connections import Connections
from sensay_ext.sandbox._errors import error_body
from sensay_ext.sandbox._faults import Fault, Faults

_SLICES_PER_SECOND = 20


class Mishaps:
    """Serves requests, unless a fault is set for them.

    Args:
        app: What serves them.
        faults: The faults that are set.
        connections: The server's connections; None without a server.
    """

    def __init__(self, app: ASGIApp, faults: Faults, connections: Connections | None) -> None:
        self._app = app
        self._faults = faults
        self._connections = connections

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or let it go wrong."""
        operation = scope["sandbox"]["operation"]
        rule = self._faults.of_request(operation, Headers(scope=scope).get("x-user-id"), scope["method"])
        if rule is None:
            await self._app(scope, receive, send)
            return
        fault = rule.fault
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.connection == "before":
            await _read(receive, fault.after_bytes)
            await self._break(fault, scope, receive)
        elif fault.status is not None and not fault.late:
            await _answer(fault, fault.status, scope)(scope, receive, send)
        else:
            await self._spoil(fault, scope, receive, send)

    async def _spoil(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        scope["sandbox"]["stale"] = fault.stale
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        await self._app(scope, receive, keep)
        body = b"".join(message.get("body", b"") for message in messages[1:])
        if fault.connection == "unanswered":
            await self._break(fault, scope, receive)
        elif fault.connection is not None:
            await send(messages[0])
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
            await self._break(fault, scope, receive)
        elif fault.status is not None:
            await _answer(fault, fault.status, scope)(scope, receive, send)
        else:
            await send(messages[0])
            await _send_slowly(body, fault.bytes_per_second, send)

    async def _break(self, fault: Fault, scope: Scope, receive: Receive) -> None:
        if self._connections is None:
            raise ConnectionResetError("The sandbox broke the connection, as it was told to")
        if fault.connection == "close":
            self._connections.close(scope["client"])
        else:
            self._connections.reset(scope["client"])
        # Returning before the server has noticed would look like an application that forgot to answer.
        while (await receive())["type"] != "http.disconnect":
            pass


async def _read(receive: Receive, limit: int | None) -> None:
    # Without the rest of its request a client would see other symptoms of the same break, depending on the moment.
    size, more = 0, True
    while more and (limit is None or size < limit):
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)


def _answer(fault: Fault, status: int, scope: Scope) -> Response:
    content: bytes | str
    media_type = "application/json"
    if isinstance(fault.body, bytes | str):
        content, media_type = fault.body, "text/html"
    elif fault.body is not None:
        content = json.dumps(fault.body)
    else:
        content = json.dumps(_default_body(fault, status, scope))
    headers = dict(fault.headers)
    return Response(content, status, headers, None if "content-type" in map(str.lower, headers) else media_type)


def _default_body(fault: Fault, status: int, scope: Scope) -> dict[str, Any]:
    message = f"The sandbox was told to answer {status}"
    return error_body(status, message, request_id=scope["sandbox"]["request_id"], code=fault.code)


async def _send_slowly(body: bytes, bytes_per_second: float | None, send: Send) -> None:
    if bytes_per_second is None:
        await send({"type": "http.response.body", "body": body, "more_body": False})
        return
    size = max(1, int(bytes_per_second / _SLICES_PER_SECOND))
    for start in range(0, len(body), size):
        piece = body[start : start + size]
        await asyncio.sleep(len(piece) / bytes_per_second)
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
