"""A sandbox without a server, called as an ASGI application."""

import asyncio  # noqa: TID251 - an ASGI application runs in an event loop
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from starlette.types import Message

from sensay_ext.sandbox import Fault, SandboxApp


@asynccontextmanager
async def _client(app: SandboxApp) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"X-ORGANIZATION-SECRET": app.organization_secret, "Content-Type": "application/json"}
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox.test/v1", headers=headers) as client:
        yield client


async def _knowledge_base(client: httpx.AsyncClient) -> str:
    """Create a user and a replica, and return the path of its knowledge base."""
    await client.post("/users", json={"id": "ann"})
    body = {"name": "N", "shortDescription": "S", "greeting": "G", "ownerID": "ann", "slug": "n", "llm": {}}
    return f"/replicas/{(await client.post('/replicas', json=body)).json()['uuid']}/knowledge-base"


def test_it_is_called_as_an_application() -> None:
    app = SandboxApp(virtual_time=True, allow_network=False)

    async def talk() -> tuple[Any, Any]:
        async with _client(app) as client:
            path = await _knowledge_base(client)
            await client.post(path, json={"text": "Nothing is as it seems to be in here."})
            file = (await client.post(path, json={"filename": "a.txt"})).json()["results"][0]
            await app.settle(48)
            return (await client.get(path)).json(), file

    listed, file = asyncio.run(talk())
    app.advance(4 * 3600)
    app.close()

    assert {item["type"]: item["status"] for item in listed["items"]} == {"text": "VECTOR_CREATED", "file": "NEW"}
    assert file["signedURL"].startswith("http://sandbox.test/storage/")


def test_its_lifespan_trains_on_the_real_clock() -> None:
    app = SandboxApp(speed=1_000_000)

    async def live() -> str:
        sent: list[str] = []
        stop_now = asyncio.Event()
        messages = iter(["lifespan.startup", "lifespan.shutdown"])

        async def receive() -> dict[str, Any]:
            kind = next(messages)
            if kind == "lifespan.shutdown":
                await stop_now.wait()
            return {"type": kind}

        async def send(message: Any) -> None:
            sent.append(message["type"])

        lifespan = asyncio.create_task(app({"type": "lifespan", "asgi": {"version": "3.0"}}, receive, send))
        async with _client(app) as client:
            path = await _knowledge_base(client)
            await client.post(path, json={"text": "Nothing is as it seems to be in here."})
            for _ in range(100_000):
                status = (await client.get(path)).json()["items"][0]["status"]
                if status == "READY":
                    break
        stop_now.set()
        await lifespan
        assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
        return str(status)

    assert asyncio.run(live()) == "READY"
    app.close()


def test_a_file_that_is_longer_than_it_was_said_to_be_is_refused() -> None:
    app = SandboxApp(virtual_time=True, max_upload_bytes=200)

    async def upload(length: int) -> httpx.Response:
        async with _client(app) as client:
            results = (await client.post(await _knowledge_base(client), json={"filename": "a.txt"})).json()["results"]
            return await client.put(results[0]["signedURL"], content=b"x" * length, headers={"Content-Length": "200"})

    reply = asyncio.run(upload(201))
    app.close()

    assert (reply.status_code, reply.json()["error"]) == (400, "EntityTooLarge")


async def _break_off(app: SandboxApp, request: httpx.Request) -> None:
    """Send the beginning of a request's body, and no more of it."""
    arriving: list[Message] = [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}]

    async def receive() -> Message:
        return arriving.pop(0)

    async def send(message: Message) -> None:
        pytest.fail(f"nobody is left to be told {message}")

    headers = [(name.lower(), value) for name, value in request.headers.raw]
    scope = {"type": "http", "method": request.method, "path": request.url.path, "query_string": request.url.query}
    await app({**scope, "http_version": "1.1", "scheme": "http", "headers": headers}, receive, send)


def test_what_breaks_off_before_its_end_changes_nothing() -> None:
    app = SandboxApp(virtual_time=True)

    async def talk() -> tuple[Any, int]:
        async with _client(app) as client:
            path = await _knowledge_base(client)
            file = (await client.post(path, json={"filename": "a.txt"})).json()["results"][0]
            await _break_off(app, client.build_request("PUT", file["signedURL"], content=b"x" * 100))
            await _break_off(app, client.build_request("POST", "/users", json={"id": "bob"}))
            return (await client.get(path)).json()["items"], (await client.get("/users/bob")).status_code

    (entry,), status = asyncio.run(talk())
    app.close()

    assert (entry["status"], status) == ("NEW", 404)


@pytest.mark.parametrize("when", ["before", "unanswered"])
def test_a_connection_that_is_to_break_is_an_error_of_the_application(when: Any) -> None:
    app = SandboxApp(virtual_time=True)
    app.add_fault(Fault(connection=when))

    async def ask() -> None:
        async with _client(app) as client:
            await client.get("/users/me")

    with pytest.raises(ConnectionResetError, match="as it was told to"):
        asyncio.run(ask())
    app.close()
