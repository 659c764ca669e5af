"""What the documentation says about requests where it is wrong or of another time, and what the client makes of it."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from sensay_ext import ConfigurationError, File, InvalidArgumentError, NotFoundError, Sensay, YouTube
from sensay_ext.params import ReplicaParams
from tests.contract.provider import CLIENTS, THINGS, Provider
from tests.operation_uses import Use, outcome
from tests.requests_to_send import SECRET

CREATED = {"success": True, "uuid": str(THINGS.replica)}
TAKEN = {"success": True, "results": [{"type": "text", "enqueued": True, "knowledgeBaseID": 12345}]}
NO_ITEMS = {"success": True, "items": [], "total": 0}

Ask = Callable[[Provider, Use], Any]


@pytest.fixture(params=CLIENTS)
def ask(request: pytest.FixtureRequest) -> Ask:
    """Ask a provider through either client."""
    make = CLIENTS[request.param]
    return lambda provider, use: outcome(use, make(httpx.MockTransport(provider)), THINGS)


def replica(**others: Any) -> ReplicaParams:
    needed: ReplicaParams = {
        "name": "Harbour guide",
        "short_description": "Knows the ferries",
        "greeting": "Ahoy!",
        "owner_id": "ada",
        "slug": "harbour-guide",
        "llm": {"model": "gpt-4o"},
    }
    return needed | others  # type: ignore[return-value] # others hold what a replica may have


def test_a_request_without_a_body_has_a_content_type_as_well(ask: Ask) -> None:
    provider = Provider("list_replicas", 200, {"type": "array", **NO_ITEMS})
    ask(provider, lambda sensay, _: sensay.replicas.list())

    assert provider.requests[0].headers["content-type"] == "application/json"


def test_the_provider_of_a_model_which_the_schema_does_not_have_is_sent_along(ask: Ask) -> None:
    provider = Provider("create_replica", 201, CREATED)
    llm: Any = {"provider": "openai", "model": "gpt-4o"}
    ask(provider, lambda sensay, _: sensay.replicas.create(**replica(llm=llm)))

    assert json.loads(provider.requests[0].content)["llm"] == llm


def test_an_example_longer_than_its_own_limit_is_not_sent(ask: Ask) -> None:
    provider = Provider("create_replica", 201, CREATED)
    words = "An old salt of 55 years from Brooklyn who loves the harbour, the ferries and his family."

    with pytest.raises(InvalidArgumentError, match="short_description has 88 characters; the API takes at most 50"):
        ask(provider, lambda sensay, _: sensay.replicas.create(**replica(short_description=words)))
    assert provider.requests == []


@pytest.mark.parametrize(("field", "shown", "limit"), [("purpose", 200, 1000), ("name", 50, 50)])
def test_of_two_limits_the_one_of_the_schema_holds(ask: Ask, field: str, shown: int, limit: int) -> None:
    provider = Provider("create_replica", 201, CREATED)
    ask(provider, lambda sensay, _: sensay.replicas.create(**replica(**{field: "x" * max(shown, limit)})))

    with pytest.raises(InvalidArgumentError, match=f"at most {limit} characters"):
        ask(provider, lambda sensay, _: sensay.replicas.create(**replica(**{field: "x" * (limit + 1)})))
    assert len(provider.requests) == 1


def test_what_is_said_may_be_ten_times_as_long_as_it_used_to(ask: Ask) -> None:
    provider = Provider("create_replica_chat_completion", 200, {"success": True, "content": "Aye."})

    assert ask(provider, lambda sensay, the: sensay.chat.complete(the.replica, "x" * 100_000)).content == "Aye."


def test_filters_by_values_that_do_not_exist_are_the_api_s_to_refuse(ask: Ask) -> None:
    provider = Provider("list_replica_knowledge_base", 200, NO_ITEMS)
    ask(provider, lambda sensay, the: sensay.knowledge_base.list(the.replica, status="PROCESSING", type="TEXT"))
    query = provider.requests[0].url.params

    assert (query["status"], query["type"]) == ("PROCESSING", "TEXT")


def test_an_address_of_a_video_within_a_list_is_sent_as_it_is(ask: Ask) -> None:
    provider = Provider("create_replica_knowledge_base", 207, TAKEN)
    url = "https://www.youtube.com/watch?v=abcdefghijk&list=RDabcdefghijk"
    ask(provider, lambda sensay, the: sensay.knowledge_base.add(the.replica, YouTube(url)))

    assert json.loads(provider.requests[0].content)["url"] == url


def test_the_key_in_the_place_of_the_user_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="the user id is the organization secret"):
        Sensay(SECRET, user_id=SECRET)


def test_a_type_of_user_ids_that_only_a_third_party_knows_is_sent(ask: Ask) -> None:
    provider = Provider("get_user", 200, {"id": "ada"})
    ask(provider, lambda sensay, _: sensay.as_user("ada@domain.example", "email").users.get("ada"))
    headers = provider.requests[0].headers

    assert (headers["x-user-id"], headers["x-user-id-type"]) == ("ada@domain.example", "email")


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "training"), ("PUT", "training/12345"), ("GET", "training/files/upload")]
)
def test_an_operation_that_is_gone_is_not_found(ask: Ask, method: str, path: str) -> None:
    provider = Provider("create_replica_knowledge_base", 207, TAKEN)

    with pytest.raises(NotFoundError):
        ask(provider, lambda sensay, the: sensay.request(method, f"/v1/replicas/{the.replica}/{path}", json={}))


@pytest.mark.parametrize(
    "signed_url",
    [
        pytest.param("https://storage.googleapis.com/bucket/ferries.txt?token=t", id="as the documentation shows"),
        pytest.param(
            "https://p.supabase.co/storage/v1/object/upload/sign/replica_files/ferries.txt?token=t",
            id="as the schema says",
        ),
    ],
)
@pytest.mark.parametrize("client", CLIENTS)
def test_a_file_goes_to_whatever_host_the_answer_names(client: str, signed_url: str) -> None:
    entry = {"type": "FILE", "enqueued": True, "knowledgeBaseID": 12345, "signedURL": signed_url}
    provider = Provider("create_replica_knowledge_base", 207, {"success": True, "results": [entry]})
    stored: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method != "PUT":
            return provider(request)
        stored.append(request)
        return httpx.Response(200, json={"Key": "replica_files/ferries.txt"})

    text = File(b"The last ferry leaves at nine in the evening, every day.", name="ferries.txt")
    added = outcome(
        lambda sensay, the: sensay.knowledge_base.add_file(the.replica, text),
        CLIENTS[client](httpx.MockTransport(answer)),
        THINGS,
    )

    assert (added.id, added.type) == (12345, "FILE")
    assert [str(request.url) for request in stored] == [signed_url]
    assert (stored[0].content, stored[0].headers["content-type"]) == (text.content, "text/plain")
    assert not {"x-organization-secret", "x-user-id", "cookie"} & stored[0].headers.keys()
