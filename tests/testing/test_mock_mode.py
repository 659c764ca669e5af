"""Clients whose requests never become HTTP: replies are routed to them, as the guide for users shows."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest
import respx
from respx.models import AllMockedAssertionError

from sensay_ext import APIConnectionError, APITimeoutError, AsyncSensay, RateLimitError, Sensay
from sensay_ext.testing import VirtualClock, sample_reply

BASE_URL = "https://api.sensay.io"
REPLICA = sample_reply("replicas.get")["json"]["uuid"]
HANDBOOK = "We are open from 9 to 5, except on Mondays and in the holidays."
CHAT = f"/v1/replicas/{REPLICA}/chat/completions"


@pytest.fixture
def router() -> respx.Router:
    return respx.Router(base_url=BASE_URL)


@contextmanager
def all_mocked() -> Iterator[None]:
    """Fail the test for a request without a route: the client would report it as a lost connection."""
    try:
        yield
    except AllMockedAssertionError as problem:
        pytest.fail(str(problem))


@pytest.fixture
def sensay(router: respx.Router) -> Sensay:
    @all_mocked()
    def answer(request: httpx.Request) -> httpx.Response:
        return router.handler(request)

    return Sensay("unused", user_id="alice", http_client=httpx.Client(transport=httpx.MockTransport(answer)))


@pytest.fixture
def async_sensay(router: respx.Router) -> AsyncSensay:
    async def answer(request: httpx.Request) -> httpx.Response:
        with all_mocked():
            return await router.async_handler(request)

    http_client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    return AsyncSensay("unused", user_id="alice", http_client=http_client)


def test_a_route_answers_the_client_for_threads(router: respx.Router, sensay: Sensay) -> None:
    route = router.post(CHAT).respond(**sample_reply("chat.complete", content="From 9 to 5."))

    assert sensay.chat.complete(REPLICA, "When are you open?").content == "From 9 to 5."
    sent = route.calls.last.request
    assert json.loads(sent.content)["content"] == "When are you open?"
    assert sent.headers["X-USER-ID"] == "alice"


@pytest.mark.anyio
async def test_a_route_answers_the_client_for_tasks(router: respx.Router, async_sensay: AsyncSensay) -> None:
    router.post(CHAT).respond(**sample_reply("chat.complete", content="From 9 to 5."))

    assert (await async_sensay.chat.complete(REPLICA, "When are you open?")).content == "From 9 to 5."


def test_a_reply_answers_without_a_router() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(**sample_reply("users.me", id="alice")))
    with Sensay("unused", user_id="alice", http_client=httpx.Client(transport=transport)) as sensay:
        assert sensay.users.me().id == "alice"


def test_a_list_is_read_to_its_end(router: respx.Router, sensay: Sensay) -> None:
    route = router.get("/v1/replicas").respond(**sample_reply("replicas.list", items=[{"name": "A"}, {"name": "B"}]))

    assert [replica.name for replica in sensay.replicas.list()] == ["A", "B"]
    assert route.call_count == 1


def test_an_answer_is_read_as_a_stream(router: respx.Router, sensay: Sensay) -> None:
    router.post(CHAT).respond(**sample_reply("chat.stream", content="From 9 to 5."))

    with sensay.chat.stream(REPLICA, "When are you open?") as stream:
        assert "".join(stream.text_stream()) == "From 9 to 5."


def test_a_file_is_taken(router: respx.Router, sensay: Sensay, tmp_path: Path) -> None:
    (tmp_path / "handbook.txt").write_text(HANDBOOK)
    group = {"fileTypes": [{"extensions": ["txt"], "mimeTypes": ["text/plain"], "supportLevel": "production"}]}
    taken = {"type": "file", "knowledgeBaseID": 7, "signedURL": "https://files.example.com/upload?token=unused"}
    router.get("/v1/knowledge-base/file-types").respond(
        **sample_reply("knowledge_base.file_types", mediaGroups=[group])
    )
    router.post(path__regex="/knowledge-base$").respond(
        **sample_reply("create_replica_knowledge_base", results=[taken])
    )
    upload = router.put("https://files.example.com/upload").respond()

    assert sensay.knowledge_base.add_file(REPLICA, tmp_path / "handbook.txt").id == 7
    assert upload.calls.last.request.content == HANDBOOK.encode()


def test_what_has_no_body_is_done(router: respx.Router, sensay: Sensay) -> None:
    route = router.delete("/v1/users/me").respond(**sample_reply("users.delete_me"))
    sensay.users.delete_me()

    assert route.called


def test_further_attempts_take_no_time(router: respx.Router, sensay: Sensay, sensay_clock: VirtualClock) -> None:
    router.get("/v1/users/me").side_effect = [
        httpx.Response(429, headers={"Retry-After": "7"}, json={"error": "Too many requests"}),
        httpx.Response(**sample_reply("users.me", name="Alice")),
    ]

    assert sensay.users.me().name == "Alice"
    assert sum(sensay_clock.slept) >= 7


def test_an_error_is_raised(router: respx.Router, sensay: Sensay) -> None:
    router.post(CHAT).respond(429, json={"error": "Too many requests", "request_id": "1"}, headers={"Retry-After": "7"})

    with pytest.raises(RateLimitError) as raised:
        sensay.chat.complete(REPLICA, "When are you open?", max_retries=0)
    assert (raised.value.retry_after, raised.value.request_id) == (7, "1")


def test_what_the_network_does_is_raised(router: respx.Router, sensay: Sensay) -> None:
    router.post(CHAT).side_effect = httpx.ReadTimeout

    with pytest.raises(APITimeoutError):
        sensay.chat.complete(REPLICA, "When are you open?", max_retries=0)


def test_a_request_without_a_route_fails_the_test_whatever_the_program_catches(sensay: Sensay) -> None:
    with pytest.raises(pytest.fail.Exception, match="not mocked"), suppress(Exception):
        sensay.users.me()


@pytest.mark.anyio
async def test_and_so_it_does_for_tasks(async_sensay: AsyncSensay) -> None:
    with pytest.raises(pytest.fail.Exception, match="not mocked"), suppress(Exception):
        await async_sensay.users.me()


def test_otherwise_it_is_a_connection_that_fails_and_says_so(router: respx.Router) -> None:
    sensay = Sensay("unused", max_retries=0, http_client=httpx.Client(transport=httpx.MockTransport(router.handler)))

    with pytest.raises(APIConnectionError, match="not mocked"):
        sensay.users.get("alice")


def test_a_route_that_nobody_asks_for_is_told(router: respx.Router) -> None:
    router.get("/v1/users/me").respond(**sample_reply("users.me"))

    with pytest.raises(AssertionError, match="not called"):
        router.assert_all_called()
