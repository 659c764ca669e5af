"""The generated HTTP client and the functions that send with it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

Load = Callable[[str], Any]
Handler = Callable[[httpx.Request], httpx.Response]
PET = "3d1b9a2c-0c51-4c5e-9f63-2f5c6f0f7d2a"


class Server:
    """Answers what it was told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answer = httpx.Response(200, json={"events": []})
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        self.asked.append(request)
        return self.answer


@pytest.fixture
def server() -> Server:
    """Return a server inside this process."""
    return Server()


@pytest.fixture
def connect(load: Load, server: Server) -> Iterator[Callable[..., Any]]:
    """Return the making of clients of the server; they are closed at the end."""
    made: list[Any] = []

    def make(**options: Any) -> Any:
        arguments = {"httpx_args": {"transport": httpx.MockTransport(server)}, **options}
        made.append(load("client").Client("https://localhost", **arguments))
        return made[-1]

    yield make
    for client in made:
        client.get_httpx_client().close()


@pytest.fixture
def anyio_backend() -> str:
    """Return the event loop that the asynchronous test runs on."""
    return "asyncio"


@pytest.fixture
def list_pets(load: Load) -> Any:
    """Return the module of an operation."""
    return load("api.pet_care.list_pets")


def test_a_documented_success_is_read(connect: Any, server: Server, list_pets: Any, models: Any) -> None:
    reply = list_pets.sync_detailed(client=connect(), kind=["cat", "dog"], tame=True)

    assert (reply.status_code, reply.parsed) == (200, models.History(events=[]))
    assert str(server.asked[0].url) == "https://localhost/v1/pets?kind=cat&kind=dog&tame=true"
    assert list_pets.sync(client=connect()) == models.History(events=[])


def test_a_body_is_sent_as_json(connect: Any, server: Server, load: Load, models: Any) -> None:
    server.answer = httpx.Response(409, json={"error": "taken"})

    outcome = load("api.pet_care.create_pet").sync(client=connect(), body=models.PetCreate(name="Mimi", note=None))

    assert outcome == models.Failure(error="taken")
    assert json.loads(server.asked[0].content) == {"name": "Mimi", "note": None}


@pytest.mark.anyio
async def test_the_asynchronous_functions_do_the_same(load: Load, server: Server, list_pets: Any, models: Any) -> None:
    client = load("client").Client("https://localhost", httpx_args={"transport": httpx.MockTransport(server)})

    async with client:
        reply = await list_pets.asyncio_detailed(client=client, page_size=3)
        parsed = await list_pets.asyncio(client=client)

    assert (reply.parsed, parsed) == (models.History(events=[]), models.History(events=[]))
    assert [str(request.url) for request in server.asked] == [
        "https://localhost/v1/pets?pageSize=3",
        "https://localhost/v1/pets",
    ]


@pytest.mark.parametrize(
    "body", [b"", b"<html>bad gateway</html>", b"[]", b"{}", b'{"error": 5}', b"\xff\xfe", b"[" * 100_000]
)
def test_a_failure_that_is_not_the_documented_json_keeps_its_status(
    connect: Any, server: Server, list_pets: Any, body: bytes
) -> None:
    server.answer = httpx.Response(400, content=body)

    reply = list_pets.sync_detailed(client=connect())

    assert (reply.status_code, reply.parsed, reply.content) == (400, None, body)


def test_a_failure_without_documented_body_has_no_model(connect: Any, server: Server, load: Load) -> None:
    server.answer = httpx.Response(404, content=b"<html>")

    reply = load("api.shops.get_pet").sync_detailed("s", PET, client=connect())

    assert (reply.status_code, reply.parsed) == (404, None)


@pytest.mark.parametrize("body", [b"", b"<html>", b"null", b"[]", b'{"events": [', b"\xff\xfe", b"[" * 100_000])
def test_a_success_that_does_not_fit_is_refused(
    connect: Any, server: Server, list_pets: Any, errors: Any, body: bytes
) -> None:
    server.answer = httpx.Response(200, content=body)

    with pytest.raises(errors.ParseError) as caught:
        list_pets.sync_detailed(client=connect())

    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize("status", [204, 302, 403, 429, 502, 544])
def test_an_undocumented_status_is_refused_without_its_body(
    connect: Any, server: Server, list_pets: Any, errors: Any, status: int
) -> None:
    server.answer = httpx.Response(status, content=b"zq-SENTINEL-7f3a", headers={"location": "https://localhost/"})

    with pytest.raises(errors.UnexpectedStatus) as caught:
        list_pets.sync(client=connect())

    assert (caught.value.status_code, str(caught.value)) == (status, f"unexpected status {status}")
    reply = list_pets.sync_detailed(client=connect(raise_on_unexpected_status=False))
    assert (reply.status_code, reply.parsed) == (status, None)


def test_a_success_without_body_is_not_decoded(connect: Any, server: Server, load: Load) -> None:
    server.answer = httpx.Response(204, content=b"gone")

    assert load("api.shops.delete_pet").sync_detailed("s", PET, client=connect()).parsed is None


def test_waiting_has_an_end_by_default(load: Load) -> None:
    with load("client").Client("https://localhost") as client:
        assert client.get_httpx_client().timeout == httpx.Timeout(connect=5, read=60, write=60, pool=5)


@pytest.mark.parametrize(("method", "seen"), [("with_headers", "alice"), ("with_cookies", "cookie")])
def test_a_changed_client_leaves_the_first_as_it_was(
    connect: Any, server: Server, list_pets: Any, method: str, seen: str
) -> None:
    given: dict[str, dict[str, str]] = {"headers": {"X-Own": "1"}, "cookies": {}}
    parent = connect(**given)
    list_pets.sync(client=parent)
    child = getattr(parent, method)({"alice": "1"})
    given["headers"]["alice"] = "0"

    list_pets.sync(client=child)
    list_pets.sync(client=parent)

    assert [seen in request.headers for request in server.asked] == [False, True, False]
    assert all(request.headers["X-Own"] == "1" for request in server.asked)
    assert child.get_httpx_client() is not parent.get_httpx_client()
    child.get_httpx_client().close()


def test_another_timeout_does_not_reach_the_parent(connect: Any) -> None:
    parent = connect()
    before = parent.get_httpx_client().timeout
    child = parent.with_timeout(httpx.Timeout(1))

    assert child.get_httpx_client().timeout == httpx.Timeout(1)
    assert parent.get_httpx_client().timeout == before
    child.get_httpx_client().close()


def test_the_secret_and_the_user_travel_in_the_headers_of_the_document(
    load: Load, server: Server, list_pets: Any
) -> None:
    client = load("client").AuthenticatedClient(
        "https://localhost", "s3cret", user_id="alice", httpx_args={"transport": httpx.MockTransport(server)}
    )
    with client:
        list_pets.sync(client=client)

    headers = server.asked[0].headers
    assert (headers["X-SHOP-SECRET"], headers["X-USER-ID"]) == ("s3cret", "alice")
    assert "X-USER-ID-TYPE" not in headers
    assert "Authorization" not in headers


def test_a_client_of_ones_own_can_be_set(load: Load, server: Server, list_pets: Any, models: Any) -> None:
    with httpx.Client(base_url="https://localhost", transport=httpx.MockTransport(server)) as own:
        client = load("client").Client("https://elsewhere").set_httpx_client(own)

        assert list_pets.sync(client=client) == models.History(events=[])
