# Derived from tests/_async/test_knowledge_base.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Knowledge bases, as the client offers them: the calls that go no further than the API."""

import json
from typing import Any
from uuid import UUID

import pytest

from sensay_ext import (
    ConflictError,
    InvalidArgumentError,
    NotFoundError,
    PartialFailure,
    QuotaExceededError,
    Sensay,
    TrainingFailed,
)
from sensay_ext.models import RawTextChunk
from sensay_ext.sandbox import Fault, Sandbox
from tests._sync.making import make_client
from tests.fault_server import FaultServer, reply
from tests.requests_seen import RequestsSince
from tests.requests_to_send import REPLICA_UUID

TEXT = "We are open from 9 to 5, Monday to Friday, all year round."
CREATE = "create_replica_knowledge_base"


def results(*found: dict[str, Any]) -> dict[str, Any]:
    return {"success": True, "results": list(found)}


def taken(number: int, type: str = "youtube") -> dict[str, Any]:
    return {"enqueued": True, "type": type, "knowledgeBaseID": number}


def refused(reason: str, type: str = "youtube") -> dict[str, Any]:
    return {"enqueued": False, "type": type, "error": reason}


class TestAdd:
    def test_a_text_becomes_an_entry_that_is_trained(self, sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
        added = sensay.knowledge_base.add_text(replica, TEXT, title="Hours")
        fresh = sensay.knowledge_base.get(replica, added)
        sandbox.advance(60)
        trained = sensay.knowledge_base.get(replica, added.id)

        assert (added.type, added.replica_uuid, added.siblings, added.ids) == ("text", replica, (), (added.id,))
        assert (fresh.status, fresh.title, fresh.raw_text) == ("RAW_TEXT", "Hours", TEXT)
        assert trained.status == "VECTOR_CREATED"

    def test_an_empty_text_is_refused_before_it_is_sent(self, sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
        seen = RequestsSince(sandbox)
        with pytest.raises(InvalidArgumentError, match="text has 0 characters"):
            sensay.knowledge_base.add_text(replica, "")

        assert seen.all == []

    def test_a_page_is_added_once(self, sensay: Sensay, replica: UUID) -> None:
        added = sensay.knowledge_base.add_url(replica, "https://example.com/hours", auto_refresh=True)

        assert added.type == "website"
        with pytest.raises(ConflictError):
            sensay.knowledge_base.add_url(replica, "https://example.com/hours")

    def test_a_page_of_a_refused_host_is_not_sent(self, sensay: Sensay, replica: UUID) -> None:
        with pytest.raises(InvalidArgumentError, match="url is on a host that the API does not take"):
            sensay.knowledge_base.add_url(replica, "https://docs.google.com/document/d/1")

    def test_a_playlist_becomes_several_entries(self, sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
        sandbox.add_fault(Fault(status=207, body=results(taken(1), taken(2), taken(3))), operation=CREATE)
        added = sensay.knowledge_base.add_url(replica, "https://www.youtube.com/playlist?list=PL1")

        assert (added.id, added.ids) == (1, (1, 2, 3))
        assert [sibling.replica_uuid for sibling in added.siblings] == [replica, replica]

    def test_what_the_api_does_not_take_is_an_error_in_spite_of_the_status(
        self, sensay: Sensay, replica: UUID, sandbox: Sandbox
    ) -> None:
        sandbox.add_fault(Fault(status=207, body=results(refused("too dull", "text"))), operation=CREATE)

        with pytest.raises(TrainingFailed, match="the API did not take it: too dull"):
            sensay.knowledge_base.add_text(replica, TEXT)

    def test_a_refusal_that_echoes_the_secret_does_not_show_it(
        self, sensay: Sensay, replica: UUID, sandbox: Sandbox, secret: str
    ) -> None:
        sandbox.add_fault(Fault(status=207, body=results(refused(f"not with {secret}", "text"))), operation=CREATE)

        with pytest.raises(TrainingFailed, match=r"the API did not take it: not with \[redacted\]$"):
            sensay.knowledge_base.add_text(replica, TEXT)

    def test_what_the_api_took_of_a_playlist_is_in_the_error(
        self, sensay: Sensay, replica: UUID, sandbox: Sandbox
    ) -> None:
        sandbox.add_fault(Fault(status=207, body=results(taken(1), refused("private"))), operation=CREATE)

        with pytest.raises(PartialFailure, match="the API took 1 of 2 entries: private") as caught:
            sensay.knowledge_base.add_url(replica, "https://www.youtube.com/playlist?list=PL1")
        assert [(entry.id, entry.outcome) for entry in caught.value.entries] == [(1, "pending")]

    def test_an_answer_without_an_entry_is_an_error(self, sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
        sandbox.add_fault(Fault(status=207, body=results()), operation=CREATE)

        with pytest.raises(TrainingFailed, match="it answered with no entry"):
            sensay.knowledge_base.add_text(replica, TEXT)

    def test_the_quota_is_told_from_other_refusals(
        self, sensay: Sensay, replica: UUID, sandbox: Sandbox, secret: str
    ) -> None:
        sandbox.set_quotas(entries=0, secret=secret)

        with pytest.raises(QuotaExceededError):
            sensay.knowledge_base.add_text(replica, TEXT)

    def test_a_file_gets_an_address_to_be_sent_to_which_is_not_shown(self, sensay: Sensay, replica: UUID) -> None:
        (result,) = sensay.knowledge_base._create(replica, {"filename": "handbook.pdf"}, {})
        address = str(result.to_dict()["signedURL"])

        assert address.startswith("http")
        assert address not in repr(result)


class TestList:
    def test_filters_by_status_type_and_text(self, sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
        hours = sensay.knowledge_base.add_text(replica, TEXT, title="Hours")
        sandbox.advance(60)
        fresh = sensay.knowledge_base.add_text(replica, "Something else", title="Other")
        knowledge = sensay.knowledge_base

        def ids(**filters: Any) -> list[int]:
            return [item.id for item in knowledge.list(replica, **filters)]

        assert ids(status="VECTOR_CREATED") == [hours.id]
        assert sorted(ids(status=["VECTOR_CREATED", "RAW_TEXT"], type="text")) == [hours.id, fresh.id]
        assert ids(type=["file", "website"]) == []
        assert ids(search="Hours") == [hours.id]
        assert ids(has_error=True) == []
        assert sorted(ids(has_error=False)) == [hours.id, fresh.id]

    def test_hands_every_filter_on(self) -> None:
        with FaultServer(reply(200, {"success": True, "items": [], "total": 0})) as server:
            with make_client(server.url) as client:
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
                assert [item for item in listed] == []
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

    def test_a_filter_outside_of_its_limit_is_refused_where_it_is_given(self, sensay: Sensay, replica: UUID) -> None:
        with pytest.raises(InvalidArgumentError, match="search has 2 characters"):
            sensay.knowledge_base.list(replica, search="ab")
        with pytest.raises(InvalidArgumentError, match="page_size is 101"):
            sensay.knowledge_base.list(replica, page_size=101)

    def test_the_total_costs_no_entries(self, sensay: Sensay, replica: UUID) -> None:
        for number in range(3):
            sensay.knowledge_base.add_text(replica, f"{TEXT} {number}")

        assert sensay.knowledge_base.list(replica).total() == 3
        assert sensay.knowledge_base.list(replica, max_items=1).total() == 3


class TestUpdate:
    def test_changes_what_is_given(self, sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
        added = sensay.knowledge_base.add_text(replica, TEXT, title="Hours")
        sandbox.advance(60)
        sensay.knowledge_base.update(replica, added, title="Opening hours")
        renamed = sensay.knowledge_base.get(replica, added)
        sensay.knowledge_base.update(replica, added, raw_text="We are closed.")
        rewritten = sensay.knowledge_base.get(replica, added)

        assert (renamed.title, renamed.status) == ("Opening hours", "VECTOR_CREATED")
        assert (rewritten.title, rewritten.status) == ("Opening hours", "RAW_TEXT")

    def test_spells_everything_as_the_api_does(self) -> None:
        with FaultServer(reply(200, {"success": True})) as server:
            with make_client(server.url) as client:
                client.knowledge_base.update(
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

    def test_what_an_entry_does_not_have_is_refused(self, sensay: Sensay, replica: UUID) -> None:
        with pytest.raises(TypeError, match="colour"):
            sensay.knowledge_base.update(replica, 7, colour="red")  # type: ignore[call-arg] # the mistake


@pytest.mark.parametrize("age", [0, 60], ids=["at once", "by and by"])
def test_a_deleted_entry_is_gone(sensay: Sensay, replica: UUID, sandbox: Sandbox, age: int) -> None:
    added = sensay.knowledge_base.add_text(replica, TEXT)
    sandbox.advance(age)
    sensay.knowledge_base.delete(replica, added)

    with pytest.raises(NotFoundError):
        sensay.knowledge_base.get(replica, added)


def test_the_file_types_of_the_api_can_be_asked_for(sensay: Sensay) -> None:
    groups = sensay.knowledge_base.file_types()

    assert "application/pdf" in {mime for group in groups for kind in group.file_types for mime in kind.mime_types}


@pytest.mark.parametrize("wrong", [0, -1, True, "7", None, object()])
def test_what_is_no_entry_is_refused_before_it_is_sent(sensay: Sensay, replica: UUID, wrong: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="entry is no entry"):
        sensay.knowledge_base.get(replica, wrong)
