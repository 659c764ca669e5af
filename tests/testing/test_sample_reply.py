"""Replies for tests without HTTP: as the API documents them, and read by the methods that ask for them."""

import json
from functools import cache
from typing import Any

import httpx
import pytest

from sensay_ext import TrainingEntry
from sensay_ext._operations import METHODS
from sensay_ext.sandbox._application import _for_the_framework
from sensay_ext.sandbox._document import load_document
from sensay_ext.sandbox._framework import Draft4ResponseValidator
from sensay_ext.testing import SampleReply, sample_reply
from sensay_ext.testing._samples import Sampler
from tests.contract.provider import CLIENTS, THINGS, Provider
from tests.operation_uses import USES, outcome
from tests.operations import OPERATIONS

WITHOUT_BODY = "delete_user_me"


@cache
def documented() -> dict[str, Any]:
    """What the framework of the sandbox is told of the operations."""
    paths = _for_the_framework(load_document())["paths"].values()
    return {operation["operationId"]: operation for item in paths for operation in item.values()}


def schema_of(operation: str, reply: SampleReply) -> dict[str, Any]:
    """What it is told of the body of a reply."""
    response = documented()[operation]["responses"][str(reply["status_code"])]
    schema: dict[str, Any] = response["content"]["application/json"]["schema"]
    return schema


def full(operation: str) -> SampleReply:
    """A reply, with two items if it is a list."""
    reply = sample_reply(operation)
    is_list = operation != WITHOUT_BODY and "items" in schema_of(operation, reply)["properties"]
    return sample_reply(operation, items=[{}, {}]) if is_list else reply


def in_json(result: Any) -> Any:
    """A result as the API writes it, and lists in the order in which it numbers what they hold."""
    if isinstance(result, list | tuple):
        return sorted(map(in_json, result), key=json.dumps)
    return json.loads(json.dumps(result.to_dict()).replace("+00:00", ".000Z"))


@pytest.mark.parametrize("operation", sorted(METHODS.keys() - {WITHOUT_BODY}))
def test_a_reply_is_as_documented(operation: str) -> None:
    for reply in (sample_reply(operation), full(operation)):
        assert reply["status_code"] == next(status for status in OPERATIONS[operation].statuses if status // 100 == 2)
        assert list(Draft4ResponseValidator(schema_of(operation, reply)).iter_errors(reply["json"])) == []


@pytest.mark.parametrize("operation", METHODS)
def test_it_is_the_same_each_time(operation: str) -> None:
    first = sample_reply(operation)
    before = json.dumps(first)
    first.get("json", {}).clear()

    assert sample_reply(operation) == json.loads(before)


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("operation", METHODS)
def test_the_method_that_asks_for_it_reads_it(operation: str, client: str) -> None:
    reply = full(operation)
    body = reply.get("json", {})
    provider = Provider(operation, reply["status_code"], reply.get("json"))
    sensay = CLIENTS[client](httpx.MockTransport(provider))
    result = outcome(USES[operation], sensay, THINGS)

    assert len(provider.requests) == 1
    assert sensay.drift == ()
    if isinstance(result, TrainingEntry):
        assert result.id == body["results"][0]["knowledgeBaseID"]
    elif result is None:
        assert body.keys() <= {"success"}
    else:
        assert in_json(result) in (body, *body.values())


def body(operation: str, **fields: Any) -> dict[str, Any]:
    return sample_reply(operation, **fields)["json"]


def test_texts_say_which_field_they_stand_in() -> None:
    assert body("replicas.get")["shortDescription"] == "shortDescription"
    assert body("chat.complete") == {"content": "content", "success": True}


def test_what_is_given_takes_the_place_of_what_would_be_there() -> None:
    assert body("replicas.get", name="Guide") == {**body("replicas.get"), "name": "Guide"}
    assert "purpose" not in body("replicas.get")
    assert body("replicas.get", purpose="Guides")["purpose"] == "Guides"


def test_an_object_changes_the_fields_that_it_names() -> None:
    usage = body("users.usage", conversations={"currentMonthByReplica": {"03db5651": 7}})["conversations"]

    assert usage == {"currentMonthByReplica": {"03db5651": 7}, "currentMonthTotal": 1}
    assert body("replicas.get", llm={"model": "gpt-4o"})["llm"] == {"model": "gpt-4o"}
    assert body("knowledge_base.get", file={"size": None})["file"] == {"name": "name", "size": None}


def test_each_item_of_a_list_is_filled_up() -> None:
    reply = body("replicas.list", items=({"name": "Guide"}, {"llm": {"model": "gpt-4o"}}))
    first, second = reply["items"]

    assert (first["name"], second["name"]) == ("Guide", "name")
    assert (first["llm"], second["llm"]) == ({}, {"model": "gpt-4o"})
    assert first["uuid"] != second["uuid"]
    assert reply["total"] == 2
    assert body("replicas.list", items=[])["total"] == 0
    assert body("replicas.list", items=[{}], total=40)["total"] == 40


def test_of_several_shapes_it_is_the_first_that_can_have_the_fields() -> None:
    results = body("knowledge_base.add_text", results=[{}, {"error": "Too short"}, {"enqueued": False}])["results"]

    assert [sorted(result) for result in results] == [
        ["enqueued", "knowledgeBaseID", "type"],
        ["enqueued", "error", "type"],
        ["enqueued", "error", "type"],
    ]
    mentions = body("conversations.mentions", items=[{"type": "placeholder"}, {"messages": [{"content": "Hi"}]}])
    assert mentions["items"][0] == {"count": 1, "type": "placeholder"}
    assert mentions["items"][1]["messages"][0]["content"] == "Hi"


def test_what_is_within_one_item_differs_from_what_is_within_another() -> None:
    first, second = body("conversations.mentions", items=[{}, {}])["items"]

    assert first["messages"][0]["uuid"] != second["messages"][0]["uuid"]


@pytest.mark.parametrize(
    ("operation", "fields", "said"),
    [
        ("replicas.gett", {}, r"did you mean replicas\.get\?"),
        ("conversations.get", {}, "name one of them: get_replica_chat_conversation, get_replica_conversation"),
        (
            "replicas.get",
            {"short_description": "Guides"},
            r"the reply has no field short_description; did you mean sho",
        ),
        ("chat.complete", {"temperature": 1}, "the reply has no field temperature; it has content, success"),
        ("replicas.list", {"items": [{}, {"nam": ""}]}, r"items\[1\] has no field nam; did you mean name\?"),
        ("users.usage", {"conversations": {"all": 1}}, "conversations has no field all; it has currentMonthByReplica"),
        ("knowledge_base.add_url", {"results": [{"enqueued": False, "id": 1}]}, r"results\[0\] has no field id; "),
        ("replicas.get", {"name": 7}, "name does not fit: 7 is not of type 'string'"),
        ("replicas.get", {"uuid": "one"}, "uuid does not fit: 'one' is not a 'uuid'"),
        ("replicas.get", {"name": "x" * 51}, "name does not fit: 'x+' is too long"),
        ("replicas.get", {"llm": "gpt-4o"}, "llm does not fit: 'gpt-4o' is not of type 'object'"),
        ("replicas.get", {"llm": {"model": "gpt-9"}}, r"llm\.model does not fit: 'gpt-9' is not one of"),
        ("knowledge_base.get", {"createdAt": "noon"}, "createdAt does not fit: 'noon' is not a 'date-time'"),
        ("knowledge_base.get", {"createdAt": None}, "createdAt does not fit: None is not of type 'string'"),
        ("analytics.conversations_over_time", {"items": [{"date": "June"}]}, r"items\[0\]\.date does not fit: 'June'"),
        ("users.delete_me", {"success": True}, r"users\.delete_me is answered without a body, so without success"),
    ],
)
def test_what_cannot_be_is_refused(operation: str, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said) as refused:
        sample_reply(operation, **fields)

    assert operation in str(refused.value)


def test_a_method_that_asks_for_one_operation_among_others_may_stand_for_it() -> None:
    assert (
        sample_reply("chat.stream") == sample_reply("chat.complete") == sample_reply("create_replica_chat_completion")
    )


def test_what_can_be_anything_is_null() -> None:
    document: dict[str, Any] = {"components": {"schemas": {}}}

    assert Sampler(document).value({"required": ["a"], "properties": {"a": {}}}, {}) == {"a": None}
