# Derived from tests/_async/test_replicas.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Replicas, as the client offers them."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from sensay_ext import (
    APIConnectionError,
    ConflictError,
    InvalidArgumentError,
    NotFoundError,
    QuotaExceededError,
    Sensay,
)
from sensay_ext.models import ReplicaLlm, UpdateReplicaLlm
from sensay_ext.params import ReplicaParams
from sensay_ext.sandbox import Fault, Sandbox
from tests._sync.making import make_client
from tests.fault_server import FaultServer, reply
from tests.requests_seen import RequestsSince
from tests.requests_to_send import REPLICA, REPLICA_UUID


def params(slug: str = "porter", **others: Any) -> ReplicaParams:
    needed: ReplicaParams = {
        "name": "Porter",
        "short_description": "Opens doors",
        "greeting": "Hi!",
        "owner_id": "alice",
        "slug": slug,
        "llm": {"model": "gpt-4o"},
    }
    return needed | others  # type: ignore[return-value] # others hold what a replica may have


@pytest.fixture(autouse=True)
def _owner(alice: Sensay) -> Sensay:
    return alice


def test_a_replica_has_what_it_was_given(sensay: Sensay) -> None:
    created = sensay.replicas.create(**params(purpose="To help", tags=["Science"], private=True, type="brand"))
    replica = sensay.replicas.get(created)

    assert (replica.name, replica.greeting, replica.purpose, replica.private) == ("Porter", "Hi!", "To help", True)
    assert (replica.type_, replica.tags, replica.llm.model) == ("brand", ["Science"], "gpt-4o")


@pytest.mark.parametrize(
    "llm",
    [
        {"model": "gpt-4o", "system_message": "Be brief."},
        {"model": "gpt-4o", "systemMessage": "Be brief."},
        ReplicaLlm(system_message="Be brief."),
    ],
    ids=["our names", "the names of the API", "a model"],
)
def test_the_way_it_thinks_is_given_as_mapping_or_model(sensay: Sensay, llm: Any) -> None:
    created = sensay.replicas.create(**params(llm=llm))

    assert (sensay.replicas.get(created)).llm.system_message == "Be brief."


def test_what_the_api_learns_tomorrow_can_be_sent_today() -> None:
    with FaultServer(reply(201, {"success": True, "uuid": str(REPLICA_UUID)})) as server:
        with make_client(server.url) as client:
            client.replicas.create(
                **params(llm={"model": "gpt-17", "temper": "mild"}, type="choir", extra_body={"colour": "red"})
            )
    body = json.loads(server.requests[0].body)

    assert body["llm"] == {"model": "gpt-17", "temper": "mild"}
    assert (body["type"], body["colour"]) == ("choir", "red")


def test_a_missing_field_is_missed_as_with_any_function(sensay: Sensay) -> None:
    with pytest.raises(TypeError, match="'greeting'"):
        sensay.replicas.create(name="Porter", short_description="Opens doors", owner_id="alice", slug="s", llm={})  # type: ignore[call-arg] # the mistake


@pytest.mark.parametrize(
    ("field", "value", "limit"),
    [
        ("name", "x" * 51, "at most 50 characters"),
        ("short_description", "x" * 51, "at most 50 characters"),
        ("greeting", "x" * 601, "at most 600 characters"),
        ("slug", "x" * 51, "at most 50 characters"),
        ("purpose", "x" * 1001, "at most 1000 characters"),
        ("voice_preview_text", "x" * 401, "at most 400 characters"),
        ("profile_image", "photo.jpg", "an http or https URL whose host has a dot"),
    ],
)
def test_what_is_outside_of_a_limit_is_refused_before_it_is_sent(
    sensay: Sensay, sandbox: Sandbox, field: str, value: str, limit: str
) -> None:
    seen = RequestsSince(sandbox)
    with pytest.raises(InvalidArgumentError) as caught:
        sensay.replicas.create(**params(**{field: value}))

    assert (caught.value.field, caught.value.limit) == (field, limit)
    assert seen.all == []


def test_the_api_judges_where_the_client_is_told_not_to() -> None:
    with FaultServer(reply(201, {"success": True, "uuid": str(REPLICA_UUID)})) as server:
        with make_client(server.url, validate=False) as client:
            created = client.replicas.create(**params(name="x" * 51))

    assert created.uuid == REPLICA_UUID


def test_a_taken_slug_is_a_conflict(sensay: Sensay) -> None:
    sensay.replicas.create(**params())

    with pytest.raises(ConflictError):
        sensay.replicas.create(**params())


def test_the_quota_is_told_from_other_refusals(sensay: Sensay, sandbox: Sandbox, secret: str) -> None:
    sandbox.set_quotas(replicas=0, secret=secret)

    with pytest.raises(QuotaExceededError):
        sensay.replicas.create(**params())


class TestNaming:
    def test_a_replica_is_named_by_its_uuid_or_by_anything_that_has_it(self, sensay: Sensay, replica: UUID) -> None:
        whole = sensay.replicas.get(str(replica))
        listed = sensay.replicas.list(slug=whole.slug).first()
        assert listed is not None

        assert [(sensay.replicas.get(name)).uuid for name in (replica, whole, listed)] == [replica] * 3

    @pytest.mark.parametrize("wrong", ["", "guide", "03db5651-cb61-4bdf-9ef0", None, 7, object()])
    def test_anything_else_is_refused_before_it_is_sent(self, sensay: Sensay, sandbox: Sandbox, wrong: Any) -> None:
        seen = RequestsSince(sandbox)
        with pytest.raises(InvalidArgumentError, match="replica is no uuid"):
            sensay.replicas.get(wrong)

        assert seen.all == []


class TestList:
    def test_goes_through_all_pages(self, sensay: Sensay) -> None:
        slugs = [f"porter-{number}" for number in range(5)]
        for slug in slugs:
            sensay.replicas.create(**params(slug))

        assert sorted([item.slug for item in sensay.replicas.list(page_size=2)]) == slugs
        assert sensay.replicas.list().total() == 5

    def test_hands_every_filter_on(self) -> None:
        with FaultServer(reply(200, {"success": True, "type": "array", "items": [], "total": 0})) as server:
            with make_client(server.url) as client:
                listed = client.replicas.list(
                    search="a b",
                    slug="s",
                    owner_id="alice",
                    owner_uuid="u",
                    tags=["AI", "new"],
                    integration="telegram",
                    sort="popularity",
                    page=3,
                    page_size=7,
                    extra_query={"page_index": 9},
                )
                assert listed.first() is None
        _, _, query = server.requests[0].target.partition("?")

        assert sorted(query.split("&")) == [
            "integration=telegram",
            "ownerID=alice",
            "owner_uuid=u",
            "page=3",
            "page_index=9",
            "page_size=7",
            "search=a+b",
            "slug=s",
            "sort=popularity",
            "tags=AI",
            "tags=new",
        ]

    def test_a_filter_that_does_not_exist_is_refused(self, sensay: Sensay) -> None:
        with pytest.raises(TypeError, match="colour"):
            sensay.replicas.list(colour="red")  # type: ignore[call-arg] # the mistake


class TestUpdate:
    def test_leaves_what_is_not_given(self, sensay: Sensay, replica: UUID) -> None:
        sensay.replicas.update(replica, profile_image="https://example.com/photo.jpg", tags=["Science"])
        before = sensay.replicas.get(replica)
        sensay.replicas.update(replica, purpose="To help")
        after = sensay.replicas.get(replica)

        assert (before.purpose, after.purpose) == (None, "To help")
        after.purpose = None
        assert after == before

    def test_leaves_what_is_not_given_of_how_it_thinks(self, sensay: Sensay, replica: UUID) -> None:
        sensay.replicas.update(replica, llm={"model": "gpt-5"})
        llm = (sensay.replicas.get(replica)).llm

        assert (llm.model, llm.system_message) == ("gpt-5", "Be brief.")

    def test_a_model_of_how_it_thinks_replaces_all_of_it(self, sensay: Sensay, replica: UUID) -> None:
        sensay.replicas.update(replica, llm=UpdateReplicaLlm(system_message="Be long."))

        assert (sensay.replicas.get(replica)).llm.system_message == "Be long."

    def test_none_brings_the_default_back(self, sensay: Sensay, replica: UUID) -> None:
        sensay.replicas.update(replica, private=True)
        sensay.replicas.update(replica, private=None)

        assert (sensay.replicas.get(replica)).private is False

    def test_sends_nothing_that_the_api_does_not_take_back(self) -> None:
        read = {**REPLICA, "distilledKnowledge": "much", "heygenAvatarID": None, "private": True, "tags": []}
        read["llm"] = {"model": "gpt-4o", "novelty": 1}
        with FaultServer(reply(200, read), reply(200, {"success": True})) as server:
            with make_client(server.url) as client:
                client.replicas.update(REPLICA_UUID, name="New name", extra_body={"colour": "red"})

        assert [request.method for request in server.requests] == ["GET", "PUT"]
        assert not server.requests[0].body
        assert json.loads(server.requests[1].body) == {
            "name": "New name",
            "shortDescription": "A helpful assistant",
            "greeting": "Hi there!",
            "ownerID": "test_user_id",
            "slug": "my-replica",
            "llm": {"model": "gpt-4o"},
            "private": True,
            "tags": [],
            "colour": "red",
        }

    def test_leaves_what_is_not_named_to_the_api(self) -> None:
        stored = {"greeting": "x" * 601, "profileImage": "", "purpose": "x" * 1001, "voicePreviewText": ""}
        with FaultServer(reply(200, REPLICA | stored), reply(200, {"success": True})) as server:
            with make_client(server.url) as client:
                client.replicas.update(REPLICA_UUID, name="New name")

        assert json.loads(server.requests[1].body) == {
            "name": "New name",
            "shortDescription": "A helpful assistant",
            "greeting": "x" * 601,
            "ownerID": "test_user_id",
            "slug": "my-replica",
            "llm": {"model": "gpt-4o"},
            "purpose": "x" * 1001,
            "voicePreviewText": "",
        }

    def test_leaves_all_to_the_api_where_the_client_is_told_not_to_judge(self) -> None:
        with FaultServer(reply(200, REPLICA | {"profileImage": ""}), reply(200, {"success": True})) as server:
            with make_client(server.url, validate=False) as client:
                client.replicas.update(REPLICA_UUID, name="x" * 51)
        body = json.loads(server.requests[1].body)

        assert (body["name"], body["profileImage"]) == ("x" * 51, "")

    @pytest.mark.parametrize(
        ("changes", "error", "message"),
        [
            ({"name": "x" * 51}, InvalidArgumentError, "name has 51 characters"),
            ({"profile_image": "photo.jpg"}, InvalidArgumentError, "profile_image is no public web address"),
            ({"llm": {"system_message": "x" * 30_001}}, InvalidArgumentError, "system_message has 30001 characters"),
            ({"llm": "gpt-4o"}, InvalidArgumentError, "llm is neither a mapping nor a UpdateReplicaLlm"),
            ({"tags": object()}, InvalidArgumentError, "object has no JSON form"),
            ({"nmae": "x"}, TypeError, "'nmae'"),
        ],
    )
    def test_says_what_is_wrong_before_anything_is_sent(
        self, changes: dict[str, Any], error: type[Exception], message: str
    ) -> None:
        with FaultServer() as server:
            with make_client(server.url) as client:
                with pytest.raises(error, match=message):
                    client.replicas.update(REPLICA_UUID, **changes)

        assert server.requests == []

    def test_there_must_be_one(self, sensay: Sensay) -> None:
        with pytest.raises(NotFoundError):
            sensay.replicas.update(uuid4(), name="Nobody")


def test_a_deleted_replica_is_gone(sensay: Sensay, replica: UUID) -> None:
    sensay.replicas.delete(replica)

    with pytest.raises(NotFoundError):
        sensay.replicas.get(replica)
    with pytest.raises(NotFoundError):
        sensay.replicas.delete(replica)


class TestEnsure:
    def test_makes_a_replica_once(self, sensay: Sensay) -> None:
        made = sensay.replicas.ensure(**params())
        found = sensay.replicas.ensure(**params(name="Another name"))

        assert (made.name, found) == ("Porter", made)

    def test_finds_it_on_whatever_page_it_is(self, sensay: Sensay, sandbox: Sandbox) -> None:
        first = sensay.replicas.create(**params("a"))
        second = sensay.replicas.create(**params("b"))
        listed = [item for item in sensay.replicas.list()]
        # An API that ignores the filter, and caps the size of pages.
        pages = [{"success": True, "type": "array", "items": [item.to_dict()], "total": 2} for item in listed]
        for page in pages:
            sandbox.add_fault(Fault(status=200, body=page), operation="list_replicas")

        found = sensay.replicas.ensure(**params(listed[1].slug))

        assert found.uuid == {"a": first, "b": second}[listed[1].slug].uuid

    def test_takes_the_replica_that_somebody_else_made_in_between(self, sensay: Sensay, sandbox: Sandbox) -> None:
        made = sensay.replicas.create(**params())
        empty = {"success": True, "type": "array", "items": [], "total": 0}
        sandbox.add_fault(Fault(status=200, body=empty), operation="list_replicas")

        assert (sensay.replicas.ensure(**params())).uuid == made.uuid

    def test_finds_the_replica_that_was_made_although_the_answer_was_lost(
        self, sensay: Sensay, sandbox: Sandbox
    ) -> None:
        sandbox.add_fault(Fault(connection="unanswered"), operation="create_replica")

        assert (sensay.replicas.ensure(**params())).slug == "porter"
        assert sensay.replicas.list().total() == 1

    def test_says_what_went_wrong_when_there_is_none_afterwards(self, sensay: Sensay, sandbox: Sandbox) -> None:
        sandbox.add_fault(Fault(connection="before"), operation="create_replica", times=None)

        with pytest.raises(APIConnectionError):
            sensay.replicas.ensure(**params())

    def test_says_that_the_slug_belongs_to_somebody_else(self, sensay: Sensay, sandbox: Sandbox) -> None:
        sandbox.fail_next(409, operation="create_replica")

        with pytest.raises(ConflictError):
            sensay.replicas.ensure(**params())

    def test_other_failures_are_not_looked_into(self, sensay: Sensay, sandbox: Sandbox, secret: str) -> None:
        sandbox.set_quotas(replicas=0, secret=secret)
        seen = RequestsSince(sandbox)

        with pytest.raises(QuotaExceededError):
            sensay.replicas.ensure(**params())
        assert [request.operation for request in seen.all] == ["list_replicas", "create_replica"]

    def test_what_is_wrong_is_said_before_anything_is_sent(self, sensay: Sensay, sandbox: Sandbox) -> None:
        seen = RequestsSince(sandbox)
        with pytest.raises(InvalidArgumentError, match="name has 51 characters"):
            sensay.replicas.ensure(**params(name="x" * 51))
        with pytest.raises(TypeError, match="'slug'"):
            sensay.replicas.ensure(name="x")  # type: ignore[call-arg] # the mistake

        assert seen.all == []
