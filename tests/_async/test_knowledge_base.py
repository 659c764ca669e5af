"""Knowledge bases, as the client offers them: the calls that go no further than the API."""

import json
from typing import Any
from uuid import UUID

import pytest

from sensay_ext import (
    AsyncSensay,
    ConflictError,
    InvalidArgumentError,
    NotFoundError,
    PartialFailure,
    QuotaExceededError,
    TrainingFailed,
)
from sensay_ext.models import RawTextChunk
from sensay_ext.sandbox import Fault, Sandbox
from tests._async.making import make_client
from tests.fault_server import FaultServer, reply
from tests.requests_seen import RequestsSince
from tests.requests_to_send import REPLICA_UUID

pytestmark = pytest.mark.anyio

TEXT = "We are open from 9 to 5, Monday to Friday, all year round."
CREATE = "create_replica_knowledge_base"


def results(*found: dict[str, Any]) -> dict[str, Any]:
    return {"success": True, "results": list(found)}


def taken(number: int, type: str = "youtube") -> dict[str, Any]:
    return {"enqueued": True, "type": type, "knowledgeBaseID": number}


def refused(reason: str, type: str = "youtube") -> dict[str, Any]:
    return {"enqueued": False, "type": type, "error": reason}


class TestAdd:
    async def test_a_text_becomes_an_entry_that_is_trained(
        self, sensay: AsyncSensay, replica: UUID, sandbox: Sandbox
    ) -> None:
        added = await sensay.knowledge_base.add_text(replica, TEXT, title="Hours")
        fresh = await sensay.knowledge_base.get(replica, added)
        sandbox.advance(60)
        trained = await sensay.knowledge_base.get(replica, added.id)

        assert (added.type, added.replica_uuid, added.siblings, added.ids) == ("text", replica, (), (added.id,))
        assert (fresh.status, fresh.title, fresh.raw_text) == ("RAW_TEXT", "Hours", TEXT)
        assert trained.status == "VECTOR_CREATED"

    async def test_an_empty_text_is_refused_before_it_is_sent(
        self, sensay: AsyncSensay, replica: UUID, sandbox: Sandbox
    ) -> None:
        seen = RequestsSince(sandbox)
        with pytest.raises(InvalidArgumentError, match="text has 0 characters"):
            await sensay.knowledge_base.add_text(replica, "")

        assert seen.all == []

    async def test_a_page_is_added_once(self, sensay: AsyncSensay, replica: UUID) -> None:
        added = await sensay.knowledge_base.add_url(replica, "https://example.com/hours", auto_refresh=True)

        assert added.type == "website"
        with pytest.raises(ConflictError):
            await sensay.knowledge_base.add_url(replica, "https://example.com/hours")

    async def test_a_page_of_a_refused_host_is_not_sent(self, sensay: AsyncSensay, replica: UUID) -> None:
        with pytest.raises(InvalidArgumentError, match="url is on a host that the API does not take"):
            await sensay.knowledge_base.add_url(replica, "https://docs.google.com/document/d/1")

    async def test_a_playlist_becomes_several_entries(
        self, sensay: AsyncSensay, replica: UUID, sandbox: Sandbox
    ) -> None:
        sandbox.add_fault(Fault(status=207, body=results(taken(1), taken(2), taken(3))), operation=CREATE)
        added = await sensay.knowledge_base.add_url(replica, "https://www.youtube.com/playlist?list=PL1")

        assert (added.id, added.ids) == (1, (1, 2, 3))
        assert [sibling.replica_uuid for sibling in added.siblings] == [replica, replica]

    async def test_what_the_api_does_not_take_is_an_error_in_spite_of_the_status(
        self, sensay: AsyncSensay, replica: UUID, sandbox: Sandbox
    ) -> None:
        sandbox.add_fault(Fault(status=207, body=results(refused("too dull", "text"))), operation=CREATE)

        with pytest.raises(TrainingFailed, match="the API did not take it: too dull"):
            await sensay.knowledge_base.add_text(replica, TEXT)

    async def test_a_refusal_that_echoes_the_secret_does_not_show_it(
        self, sensay: AsyncSensay, replica: UUID, sandbox: Sandbox, secret: str
    ) -> None:
        sandbox.add_fault(Fault(status=207, body=results(refused(f"not with {secret}", "text"))), operation=CREATE)

        with pytest.raises(TrainingFailed, match=r"the API did not take it: not with \[redacted\]$"):
            await sensay.knowledge_base.add_text(replica, TEXT)

    async def test_what_the_api_took_of_a_playlist_is_in_the_error(
        self, sensay: AsyncSensay, replica: UUID, sandbox: Sandbox
    ) -> None:
        sandbox.add_fault(Fault(status=207, body=results(taken(1), refused("private"))), operation=CREATE)

        with pytest.raises(PartialFailure, match="the API took 1 of 2 entries: private") as caught:
            await sensay.knowledge_base.add_url(replica, "https://www.youtube.com/playlist?list=PL1")
        assert [(entry.id, entry.outcome) for entry in caught.value.entries] == [(1, "pending")]

    async def test_an_answer_without_an_entry_is_an_error(
        self, sensay: AsyncSensay, replica: UUID, sandbox: Sandbox
    ) -> None:
        sandbox.add_fault(Fault(status=207, body=results()), operation=CREATE)

        with pytest.raises(TrainingFailed, match="it answered with no entry"):
            await sensay.knowledge_base.add_text(replica, TEXT)

    async def test_the_quota_is_told_from_other_refusals(
        self, sensay: AsyncSensay, replica: UUID, sandbox: Sandbox, secret: str
    ) -> None:
        sandbox.set_quotas(entries=0, secret=secret)

        with pytest.raises(QuotaExceededError):
            await sensay.knowledge_base.add_text(replica, TEXT)

    async def test_a_file_gets_an_address_to_be_sent_to_which_is_not_shown(
        self, sensay: AsyncSensay, replica: UUID
    ) -> None:
        (result,) = await sensay.knowledge_base._create(replica, {"filename": "handbook.pdf"}, {})
        address = str(result.to_dict()["signedURL"])

        assert address.startswith("http")
        assert address not in repr(result)


class TestList:
    async def test_filters_by_status_type_and_text(self, sensay: AsyncSensay, replica: UUID, sandbox: Sandbox) -> None:
        hours = await sensay.knowledge_base.add_text(replica, TEXT, title="Hours")
        sandbox.advance(60)
        fresh = await sensay.knowledge_base.add_text(replica, "Something else", title="Other")
        knowledge = sensay.knowledge_base

        async def ids(**filters: Any) -> list[int]:
            return [item.id async for item in knowledge.list(replica, **filters)]

        assert await ids(status="VECTOR_CREATED") == [hours.id]
        assert sorted(await ids(status=["VECTOR_CREATED", "RAW_TEXT"], type="text")) == [hours.id, fresh.id]
        assert await ids(type=["file", "website"]) == []
        assert await ids(search="Hours") == [hours.id]
        assert await ids(has_error=True) == []
        assert sorted(await ids(has_error=False)) == [hours.id, fresh.id]

    async def test_hands_every_filter_on(self) -> None:
        with FaultServer(reply(200, {"success": True, "items": [], "total": 0})) as server:
            async with make_client(server.url) as client:
                listed = client.knowledge_base.list(
                    REPLICA_UUID,
                    status=["READY", "SYNC_ERROR"],
                    type="text",
                    search="abc",
                    has_error=True,
                    sort_by="createdAt",
                    sort_order="asc",
                    page=2,
                    page_size=5,
                )
                assert [item async for item in listed] == []
        _, _, query = server.requests[0].target.partition("?")

        assert sorted(query.split("&")) == [
            "hasError=true",
            "page=2",
            "pageSize=5",
            "search=abc",
            "sortBy=createdAt",
            "sortOrder=asc",
            "status=READY",
            "status=SYNC_ERROR",
            "type=text",
        ]

    async def test_a_filter_outside_of_its_limit_is_refused_where_it_is_given(
        self, sensay: AsyncSensay, replica: UUID
    ) -> None:
        with pytest.raises(InvalidArgumentError, match="search has 2 characters"):
            sensay.knowledge_base.list(replica, search="ab")
        with pytest.raises(InvalidArgumentError, match="page_size is 101"):
            sensay.knowledge_base.list(replica, page_size=101)

    async def test_the_total_costs_no_entries(self, sensay: AsyncSensay, replica: UUID) -> None:
        for number in range(3):
            await sensay.knowledge_base.add_text(replica, f"{TEXT} {number}")

        assert await sensay.knowledge_base.list(replica).total() == 3
        assert await sensay.knowledge_base.list(replica, max_items=1).total() == 3


class TestUpdate:
    async def test_changes_what_is_given(self, sensay: AsyncSensay, replica: UUID, sandbox: Sandbox) -> None:
        added = await sensay.knowledge_base.add_text(replica, TEXT, title="Hours")
        sandbox.advance(60)
        await sensay.knowledge_base.update(replica, added, title="Opening hours")
        renamed = await sensay.knowledge_base.get(replica, added)
        await sensay.knowledge_base.update(replica, added, raw_text="We are closed.")
        rewritten = await sensay.knowledge_base.get(replica, added)

        assert (renamed.title, renamed.status) == ("Opening hours", "VECTOR_CREATED")
        assert (rewritten.title, rewritten.status) == ("Opening hours", "RAW_TEXT")

    async def test_spells_everything_as_the_api_does(self) -> None:
        with FaultServer(reply(200, {"success": True})) as server:
            async with make_client(server.url) as client:
                await client.knowledge_base.update(
                    REPLICA_UUID,
                    7,
                    generated_facts=["a fact"],
                    raw_text_chunks=[{"content": "a", "chunk_index": 0}, RawTextChunk(content="b", chunk_index=1)],
                    generated_title="A title",
                    summary="A summary",
                    language="de",
                    error={"message": "No"},
                    file={"name": "a.pdf", "mime_type": "application/pdf", "size": None},
                    website={"url": "https://example.com", "auto_refresh": True},
                    youtube={"url": "https://youtu.be/1", "visual_transcription": "A cat"},
                    extra_body={"status": "NEW"},
                )

        assert server.requests[0].target == f"/v1/replicas/{REPLICA_UUID}/knowledge-base/7"
        assert json.loads(server.requests[0].body) == {
            "generatedFacts": ["a fact"],
            "rawTextChunks": [{"content": "a", "chunkIndex": 0}, {"content": "b", "chunkIndex": 1}],
            "generatedTitle": "A title",
            "summary": "A summary",
            "language": "de",
            "error": {"message": "No"},
            "file": {"name": "a.pdf", "mimeType": "application/pdf", "size": None},
            "website": {"url": "https://example.com", "autoRefresh": True},
            "youtube": {"url": "https://youtu.be/1", "visualTranscription": "A cat"},
            "status": "NEW",
        }

    async def test_what_an_entry_does_not_have_is_refused(self, sensay: AsyncSensay, replica: UUID) -> None:
        with pytest.raises(TypeError, match="colour"):
            await sensay.knowledge_base.update(replica, 7, colour="red")  # type: ignore[call-arg] # the mistake


@pytest.mark.parametrize("age", [0, 60], ids=["at once", "by and by"])
async def test_a_deleted_entry_is_gone(sensay: AsyncSensay, replica: UUID, sandbox: Sandbox, age: int) -> None:
    added = await sensay.knowledge_base.add_text(replica, TEXT)
    sandbox.advance(age)
    await sensay.knowledge_base.delete(replica, added)

    with pytest.raises(NotFoundError):
        await sensay.knowledge_base.get(replica, added)


async def test_the_file_types_of_the_api_can_be_asked_for(sensay: AsyncSensay) -> None:
    groups = await sensay.knowledge_base.file_types()

    assert "application/pdf" in {mime for group in groups for kind in group.file_types for mime in kind.mime_types}


@pytest.mark.parametrize("wrong", [0, -1, True, "7", None, object()])
async def test_what_is_no_entry_is_refused_before_it_is_sent(sensay: AsyncSensay, replica: UUID, wrong: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="entry is no entry"):
        await sensay.knowledge_base.get(replica, wrong)
