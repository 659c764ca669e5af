"""The file storage behind the signed URLs; it answers the way the provider's storage does."""

import json
from typing import Any

import jwt
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from sensay_ext.sandbox._clock import later
from sensay_ext.sandbox._database import Row
from sensay_ext.sandbox._signed_urls import BUCKET, UPLOAD_PATH, read_token
from sensay_ext.sandbox._state import State
from sensay_ext.sandbox._training import machine


class StorageError(Exception):
    """A refusal by the storage.

    Args:
        status: The real status, which stands in the body only: the storage answers almost everything with 400.
        error: The short name of the error.
        message: What went wrong.
    """

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.error = error
        self.message = message

    @property
    def response(self) -> Response:
        """The reply."""
        body = {"statusCode": str(self.status), "error": self.error, "message": self.message}
        return JSONResponse(body, status_code=500 if self.status == 500 else 400)  # noqa: PLR2004 - its own name


class Storage:
    """The ASGI application under `/storage`.

    Args:
        state: Everything the sandbox holds.
    """

    def __init__(self, state: State) -> None:
        self._state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one upload."""
        request = Request(scope, receive)
        try:
            response = await self._upload(request)
        except StorageError as error:
            response = error.response
        except ClientDisconnect:
            # The upload broke off: nothing is stored and nobody is left to be told.
            return
        await response(scope, receive, send)

    async def _upload(self, request: Request) -> Response:
        path = request.url.path
        if request.method != "PUT" or not path.startswith(f"{UPLOAD_PATH}/{BUCKET}/"):
            raise StorageError(404, "not_found", f"Route {request.method}:{path} not found")
        name = path.removeprefix(f"{UPLOAD_PATH}/{BUCKET}/")
        self._check_token(request.query_params.get("token"), name)
        self._check_length(request.headers)
        self._find_entry(name)
        content = await self._read(request)
        self._store(name, content, request.headers.get("content-type", "application/octet-stream"))
        return JSONResponse({"Key": f"{BUCKET}/{name}"})

    def _check_token(self, token: str | None, name: str) -> None:
        if not token:
            raise StorageError(400, "InvalidRequest", "querystring must have required property 'token'")
        try:
            claims = read_token(self._state, token)
        except jwt.InvalidSignatureError as error:
            raise StorageError(400, "InvalidSignature", "The signature of the token is not valid") from error
        except jwt.InvalidTokenError as error:
            raise StorageError(400, "InvalidJWT", "The token is not valid") from error
        if claims["url"] != f"{BUCKET}/{name}":
            raise StorageError(400, "InvalidSignature", "The token was made for another object")
        if claims["exp"] <= self._state.clock.now().timestamp():
            raise StorageError(400, "InvalidJWT", '"exp" claim timestamp check failed')

    def _check_length(self, headers: Headers) -> None:
        length = headers.get("content-length")
        if length is None:
            raise StorageError(411, "MissingContentLength", "The upload must say its length")
        if int(length) > self._state.settings.max_upload_bytes:
            raise self._too_large()

    def _too_large(self) -> StorageError:
        return StorageError(413, "EntityTooLarge", "The object exceeded the maximum allowed size")

    async def _read(self, request: Request) -> bytes:
        content = bytearray()
        async for part in request.stream():
            content += part
            if len(content) > self._state.settings.max_upload_bytes:
                raise self._too_large()
        return bytes(content)

    def _find_entry(self, name: str) -> Row:
        database = self._state.database
        if database.value("SELECT 1 FROM uploads WHERE name = ?", name) is not None:
            raise StorageError(409, "Duplicate", "The resource already exists")
        entry = database.row("SELECT * FROM entries WHERE upload_name = ? AND removed_at IS NULL", name)
        if entry is None or entry["status"] != machine.NEW:
            raise StorageError(404, "not_found", "Nothing is expected at this address")
        return entry

    def _store(self, name: str, content: bytes, content_type: str) -> None:
        state = self._state
        stay = machine.time_in("file", machine.FILE_UPLOADED, state.settings.timings)
        now = state.now()
        with state.database.transaction():
            entry = self._find_entry(name)
            source: dict[str, Any] = json.loads(entry["source"])
            source["file"]["size"] = len(content)
            state.database.execute(
                "INSERT INTO uploads (name, entry_id, content, content_type, size, created_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                *(name, entry["id"], content, content_type, len(content), now),
            )
            state.database.execute(
                "UPDATE entries SET status = ?, source = ?, due_at = ?, updated_at = ?, revision = revision + 1"
                " WHERE id = ?",
                *(machine.FILE_UPLOADED, json.dumps(source), later(state.clock, stay or 0), now, entry["id"]),
            )
        state.trainer.wake()
