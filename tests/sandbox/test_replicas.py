"""Replicas."""

from typing import Any

import pytest

from tests.sandbox.api import Api

_FULL = {
    "name": "Full",
    "purpose": "To have everything",
    "shortDescription": "Everything",
    "greeting": "Hello",
    "type": "brand",
    "private": True,
    "whitelistEmails": ["guest@example.com"],
    "slug": "full",
    "tags": ["AI", "blockchain"],
    "suggestedQuestions": ["Why?"],
    "llm": {
        "model": "gpt-5",
        "memoryMode": "prompt-caching",
        "systemMessage": "Be brief.",
        "tools": ["answerToLife"],
        "embeddingModel": "qwen3-embedding-8b",
    },
    "voicePreviewText": "Listen",
    "isEveryConversationAccessibleBySupport": True,
}


def test_a_replica_keeps_everything_it_was_created_with(api: Api) -> None:
    owner = api.user(id="owner")
    uuid = api.replica(owner, **_FULL)

    read = api("GET", f"/replicas/{uuid}")

    assert {name: read[name] for name in _FULL} == _FULL
    assert (read["uuid"], read["ownerID"], read["success"]) == (uuid, "owner", True)


def test_what_is_left_out_is_what_the_document_says_it_is(api: Api) -> None:
    read = api("GET", f"/replicas/{api.replica(llm={'provider': 'openai'})}")

    assert read["type"] == "character"
    assert read["private"] is False
    assert read["tags"] == read["suggestedQuestions"] == read["whitelistEmails"] == []
    assert read["llm"] == {
        "model": "claude-haiku-4-5",
        "memoryMode": "rag-search",
        "tools": [],
        "embeddingModel": "multilingual-e5-large",
    }


def test_a_picture_is_read_back_under_another_address_that_then_stays(api: Api) -> None:
    owner = api.user()
    sent = "https://example.com/me.png"
    uuid = api.replica(owner, slug="picture", profileImage=sent)
    stored = api("GET", f"/replicas/{uuid}")["profileImage"]
    assert stored != sent

    body = {"name": "N", "shortDescription": "S", "greeting": "G", "ownerID": owner, "slug": "picture", "llm": {}}
    api("PUT", f"/replicas/{uuid}", {**body, "profileImage": stored})

    assert api("GET", f"/replicas/{uuid}")["profileImage"] == stored


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"name": "x" * 51}, 400),
        ({"shortDescription": "x" * 51}, 400),
        ({"greeting": "x" * 601}, 400),
        ({"slug": "x" * 51}, 400),
        ({"llm": {"model": "no-such-model"}}, 400),
        ({"llm": None}, 400),
        ({"messages": []}, 400),
        ({"ownerID": "nobody"}, 404),
        ({"slug": "taken"}, 409),
    ],
)
def test_a_replica_that_cannot_be_is_refused(api: Api, change: dict[str, Any], status: int) -> None:
    owner = api.user()
    api.replica(owner, slug="taken")
    body = {"name": "N", "shortDescription": "S", "greeting": "G", "ownerID": owner, "slug": "free", "llm": {}}

    error = api("POST", "/replicas", {**body, **change}, expect=status)

    assert error["success"] is False
    assert api("GET", "/replicas")["total"] == 1


def test_a_replica_is_replaced_as_a_whole(api: Api) -> None:
    owner = api.user()
    uuid = api.replica(owner, **_FULL)
    api.replica(owner, slug="taken")
    body = {"name": "New", "shortDescription": "S", "greeting": "G", "ownerID": owner, "slug": "new", "llm": {}}

    api("PUT", f"/replicas/{uuid}", {**body, "slug": "taken"}, expect=409)
    api("PUT", f"/replicas/{uuid}", body)

    read = api("GET", f"/replicas/{uuid}")
    assert (read["name"], read["slug"], read["tags"]) == ("New", "new", [])
    assert "purpose" not in read


def test_a_deleted_replica_is_gone_with_all_that_belongs_to_it(api: Api) -> None:
    uuid = api.replica()
    entry = api.learn(uuid, "The harbour has seven cranes, and all of them are green.")
    api.ask(uuid, "How many cranes does the harbour have?")

    api("DELETE", f"/replicas/{uuid}")

    for path in ("", "/knowledge-base", f"/knowledge-base/{entry}", "/chats", "/chat/history"):
        api("GET", f"/replicas/{uuid}{path}", expect=404)
    api("DELETE", f"/replicas/{uuid}", expect=404)


@pytest.mark.parametrize("uuid", ["nope", "00000000-0000-4000-8000-00000000000g"])
def test_a_malformed_uuid_is_a_bad_request(api: Api, uuid: str) -> None:
    api("GET", f"/replicas/{uuid}", expect=400)


def test_pages_are_numbered_from_one_and_complete(api: Api) -> None:
    owner = api.user()
    made = {api.replica(owner, name=f"Replica {number:02}") for number in range(7)}

    pages = [api("GET", f"/replicas?page={page}&page_size=3") for page in (1, 2, 3, 4)]

    assert [len(page["items"]) for page in pages] == [3, 3, 1, 0]
    assert {item["uuid"] for page in pages for item in page["items"]} == made
    assert {page["total"] for page in pages} == {7}
    assert api("GET", "/replicas?page_index=2&page_size=3") == pages[1]
    assert len(api("GET", f"/replicas?page={10**30}")["items"]) == 0
    for bad in ("page=0", "page_size=0", "page=x"):
        api("GET", f"/replicas?{bad}", expect=400)


def test_the_list_is_filtered_and_sorted(api: Api) -> None:
    ann, bob = api.user(id="ann"), api.user(id="bob")
    first = api.replica(ann, name="Zebra", slug="z", tags=["AI"])
    second = api.replica(bob, name="Antelope", slug="a", tags=["Food", "Arts"])
    api.ask(first, "Are you there?")
    api("POST", f"/replicas/{second}/integrations/telegram", {"telegram_token": "5:token", "mention": "bot"})

    def listed(query: str) -> list[str]:
        return [item["uuid"] for item in api("GET", f"/replicas?{query}")["items"]]

    assert listed("sort=name") == [second, first]
    assert listed("sort=popularity") == [first, second]
    assert listed("slug=z") == listed("search=ZEB") == listed("ownerID=ann") == listed("tags=AI&tags=Law") == [first]
    assert listed("tags=Arts,Law") == listed("integration=telegram") == [second]
    assert listed("integration=discord") == listed("slug=zz") == []


def test_list_items_have_the_older_names_as_well(api: Api) -> None:
    uuid = api.replica(llm={"systemMessage": "Be kind."})
    api("POST", f"/replicas/{uuid}/integrations/telegram", {"telegram_token": "5:token", "mention": "my_bot"})
    api.ask(uuid, "Hello?")

    (item,) = api("GET", "/replicas")["items"]

    assert item["short_description"] == item["shortDescription"]
    assert item["introduction"] == item["greeting"]
    assert item["profile_image"] == item["profileImage"]
    assert item["system_message"] == "Be kind."
    assert item["chat_history_count"] == 2
    assert item["telegram_integration"] == {"token": "5:token", "service_name": "my_bot"}
    assert item["discord_integration"] is None
    assert item["owner_uuid"] != item["ownerID"]
    assert [found["uuid"] for found in api("GET", f"/replicas?owner_uuid={item['owner_uuid']}")["items"]] == [uuid]


def test_a_telegram_bot_with_an_empty_token_is_listed_as_one(api: Api) -> None:
    uuid = api.replica()
    api("POST", f"/replicas/{uuid}/integrations/telegram", {"telegram_token": "", "mention": ""})

    (item,) = api("GET", "/replicas")["items"]

    assert item["telegram_integration"] == {"token": "", "service_name": ""}


def test_a_telegram_bot_is_connected_replaced_and_disconnected(api: Api) -> None:
    path = f"/replicas/{api.replica()}/integrations/telegram"
    api("DELETE", path, expect=404)

    first = api("POST", path, {"telegram_token": "1:a", "mention": "one"})
    second = api("POST", path, {"telegram_token": "2:b", "mention": "two"})

    assert first["id"] == second["id"]
    api("DELETE", path)
    api("DELETE", path, expect=404)
