"""The outermost application: what holds for every request before any operation is known."""

import asyncio  # noqa: TID251 - the sandbox is a server with its own event loop
import json
import zlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.types import Message, Receive, Scope, Send

from sensay_ext.sandbox._application import build_api, report_missing
from sensay_ext.sandbox._connections import Connections
from sensay_ext.sandbox._control_api import ControlApi
from sensay_ext.sandbox._described import described_document
from sensay_ext.sandbox._document import published_document
from sensay_ext.sandbox._errors import ApiError, error_body
from sensay_ext.sandbox._faults import UPLOAD
from sensay_ext.sandbox._mishaps import Mishaps
from sensay_ext.sandbox._requests_log import RecordedRequest
from sensay_ext.sandbox._routes import Routes
from sensay_ext.sandbox._state import State
from sensay_ext.sandbox._storage import Storage
from sensay_ext.sandbox._streams import streaming, wants_stream

_API_VERSION = "2025-03-25"
_STREAMED = frozenset({"create_replica_chat_completion", "create_replica_chat_completion_telegram"})


class Gateway:
    """The sandbox as an ASGI application.

    Args:
        state: Everything the sandbox holds.
        connections: The connections of the server it runs in; None without a server.
    """

    def __init__(self, state: State, connections: Connections | None = None) -> None:
        self._state = state
        self._routes = Routes(state.document)
        self._mishaps = Mishaps(self._serve, state.faults, connections)
        report_missing(state.document)
        described = described_document(state.document)
        self._documents = {
            "/schema": published_document(state.settings.document),
            "/schema/sandbox": json.dumps(described.content, ensure_ascii=False),
        }
        self._api = build_api(described)
        self._storage = Storage(state)
        self._controls = ControlApi(state).router

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._live(scope, receive, send)
            return
        # Without a server in between nothing else may ever wait, and training would never get its turn.
        await asyncio.sleep(0)
        path: str = scope["path"]
        scope["sandbox"] = {"request_id": self._state.identifiers.request_id(), "base_url": _base_url(scope)}
        scope["sandbox"]["state"] = self._state
        if path.startswith(("/v1/", "/storage/")):
            await self._serve_recorded(scope, receive, send)
        elif path.startswith("/sandbox/"):
            await self._controls(scope, receive, send)
        elif path in self._documents and scope["method"] in {"GET", "HEAD"}:
            await Response(self._documents[path], media_type="application/json")(scope, receive, send)
        else:
            await self._api(scope, receive, send)

    async def _serve_recorded(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, method = scope["path"], scope["method"]
        found = self._routes.find(method, path)
        operation = None if found is None else found.id
        request = RecordedRequest(
            method=method,
            path=path,
            operation=UPLOAD if path.startswith("/storage/") else operation,
            headers=dict(Headers(scope=scope)),
            request_id=scope["sandbox"]["request_id"],
        )
        self._state.requests.append(request)
        scope["sandbox"]["operation"] = request.operation

        async def send_and_record(message: Message) -> None:
            if message["type"] == "http.response.start":
                request.status = message["status"]
            await send(message)

        await self._mishaps(scope, receive, send_and_record)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith("/storage/"):
            await self._storage(scope, receive, send)
        else:
            await self._serve_api(scope, receive, send)

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        training: asyncio.Task[None] | None = None

        async def send_and_train(message: Message) -> None:
            nonlocal training
            # On a virtual clock whoever moves it also lets the training happen.
            if message["type"] == "lifespan.startup.complete" and not self._state.settings.virtual_time:
                training = asyncio.create_task(self._state.trainer.run())
            elif message["type"] == "lifespan.shutdown.complete" and training is not None:
                training.cancel()
                await asyncio.wait([training])
            await send(message)

        await self._api(scope, receive, send_and_train)

    async def _serve_api(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        version = headers.get("x-api-version", _API_VERSION)

        async def send_with_version(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-API-Version"] = version
            await send(message)

        try:
            body = await self._read(scope, receive, headers)
        except ClientDisconnect:
            return
        except ApiError as error:
            reply = error_body(error.status, error.message, request_id=scope["sandbox"]["request_id"])
            await JSONResponse(reply, error.status, error.headers)(scope, receive, send_with_version)
            return
        dialect = self._state.stream
        answer: Send = send_with_version
        if scope["sandbox"]["operation"] in _STREAMED and wants_stream(headers, dialect):
            answer = streaming(send_with_version, dialect, self._state.identifiers)
        await self._api(scope, _replay(body, receive), answer)

    async def _read(self, scope: Scope, receive: Receive, headers: Headers) -> bytes:
        allowed = self._routes.methods(scope["path"])
        if allowed and scope["method"] not in allowed:
            raise ApiError(405, "Method not allowed", headers={"Allow": ", ".join(allowed)})
        if "content-type" not in headers:
            raise ApiError(415, "The Content-Type header is missing")
        return self._decoded(scope, await self._whole_body(receive), headers)

    async def _whole_body(self, receive: Receive) -> bytes:
        limit = self._state.settings.max_body_bytes
        content = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            content += message.get("body", b"")
            if len(content) > limit:
                raise ApiError(413, f"The body is larger than {limit} bytes")
            more = message.get("more_body", False)
        return bytes(content)

    def _decoded(self, scope: Scope, body: bytes, headers: Headers) -> bytes:
        encoding = headers.get("content-encoding", "identity").lower()
        if encoding == "gzip":
            body = _decompress(body, self._state.settings.max_body_bytes)
        elif encoding != "identity":
            raise ApiError(415, "The only Content-Encoding that is supported is gzip")
        changed = MutableHeaders(raw=list(scope["headers"]))
        changed["content-length"] = str(len(body))
        scope["headers"] = changed.raw
        return body


def _decompress(body: bytes, limit: int) -> bytes:
    stream = zlib.decompressobj(wbits=31)
    try:
        plain = stream.decompress(body, limit + 1)
    except zlib.error as error:
        raise ApiError(400, "The body is not valid gzip") from error
    if len(plain) > limit:
        raise ApiError(413, f"The body unpacks to more than {limit} bytes")
    if not stream.eof:
        raise ApiError(400, "The body is not valid gzip")
    return plain


def _replay(body: bytes, receive: Receive) -> Receive:
    whole: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return whole.pop() if whole else await receive()

    return replay


def _base_url(scope: Scope) -> str:
    host = Headers(scope=scope).get("host")
    if host is None:
        address, port = scope["server"]
        host = f"{address}:{port}"
    return f"{scope['scheme']}://{host}"
