"""How what is new in a reply is found."""

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generated_client.models import (
    CountByReplica,
    KnowledgeBaseEntryListItem,
    ListKnowledgeBaseEntriesResponse,
    ListMentionsResponse,
    ReplicaLlm,
)
from sensay_ext._drift import Drift, DriftLog, latest_novelty

MOMENT = "2025-11-06T09:36:48.213015+00:00"
ENTRY: dict[str, Any] = {"id": 1, "type": "file", "status": "NEW", "createdAt": MOMENT, "updatedAt": MOMENT}


def seen_in(*results: Any) -> list[Drift]:
    log = DriftLog()
    for result in results:
        log.inspect(result)
    return list(log.seen)


def entry(**fields: Any) -> KnowledgeBaseEntryListItem:
    return KnowledgeBaseEntryListItem.from_dict(ENTRY | fields)


@pytest.mark.parametrize("result", [None, "text", 7, [], {"status": "NOVEL"}, [entry(status="NOVEL")], object()])
def test_what_is_no_model_is_not_looked_at(result: Any) -> None:
    assert seen_in(result) == []


def test_what_is_known_is_nothing_to_note() -> None:
    assert seen_in(entry(file={"name": "a.pdf", "mimeType": "application/pdf"}, language="de")) == []


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"status": "SYNC_ERROR"}, Drift(kind="value", place="KnowledgeBaseEntryListItem.status", detail="SYNC_ERROR")),
        ({"type": "podcast"}, Drift(kind="value", place="KnowledgeBaseEntryListItem.type", detail="podcast")),
        ({"mood": None}, Drift(kind="field", place="KnowledgeBaseEntryListItem.mood")),
        (
            {"file": {"name": "a", "mimeType": "a/b"}},
            Drift(kind="value", place="KnowledgeBaseEntryFile.mime_type", detail="a/b"),
        ),
        ({"file": {"name": "a", "colour": "red"}}, Drift(kind="field", place="KnowledgeBaseEntryFile.colour")),
    ],
)
def test_what_is_new_is_found_at_any_depth(fields: dict[str, Any], found: Drift) -> None:
    page = {"success": True, "total": 3, "items": [ENTRY, ENTRY | fields, ENTRY]}

    assert seen_in(entry(**fields)) == [found]
    assert seen_in(ListKnowledgeBaseEntriesResponse.from_dict(page)) == [found]


def test_what_is_new_is_found_in_lists_and_unions() -> None:
    llm = ReplicaLlm.from_dict({"tools": ["getTokenInfo", "makeCoffee"]})
    mentions = ListMentionsResponse.from_dict(
        {"hasMore": False, "items": [{"type": "mention", "messages": []}, {"type": "placeholder", "count": 1, "x": 2}]}
    )

    assert seen_in(llm) == [Drift(kind="value", place="ReplicaLlm.tools", detail="makeCoffee")]
    assert seen_in(mentions) == [Drift(kind="field", place="MentionPlaceholder.x")]


def test_the_keys_of_a_mapping_are_no_fields() -> None:
    assert seen_in(CountByReplica.from_dict({"4876c98d-559d-4497-b8d3-38819e00010a": 3})) == []


@given(st.lists(st.sampled_from(["NEW", "READY", "NOVEL", "NOVELER", "raw_text"]), max_size=8))
def test_each_thing_is_noted_once(statuses: list[str]) -> None:
    unknown = dict.fromkeys(status for status in statuses if status not in {"NEW", "READY"})

    assert [drift.detail for drift in seen_in(*(entry(status=status) for status in statuses))] == list(unknown)


def test_a_server_that_makes_things_up_fills_no_memory() -> None:
    log = DriftLog()
    log.inspect(entry(**{f"field{number}": number for number in range(5000)}))
    log.inspect(entry(status="X" * 5000))

    assert len(log.seen) == 1000
    assert seen_in(entry(status="X" * 5000))[0].detail == "X" * 100
    assert len(seen_in(entry(**{"X" * 5000: 1}))[0].place) == 100


def test_a_model_with_one_field_or_a_type_that_is_at_hand_is_read_as_well() -> None:
    @attrs.define
    class One:
        part: ReplicaLlm
        additional_properties: dict[str, Any] = attrs.field(init=False, factory=dict)

    assert seen_in(One(ReplicaLlm.from_dict({"model": "gpt-17"})))[0].place == "ReplicaLlm.model"


def test_versions_are_compared_where_both_are_known() -> None:
    log = DriftLog()
    for asked, answered in [(None, "2026-01-01"), ("2025-03-25", None), ("2025-03-25", "2025-03-25")]:
        log.compare_version(asked, answered)
    assert list(log.seen) == []

    log.compare_version("2025-03-25", "2026-01-01")
    assert list(log.seen) == [Drift(kind="version", place="X-API-Version", detail="2026-01-01")]


def test_what_was_found_reads_as_a_sentence() -> None:
    assert [
        str(drift)
        for drift in (
            Drift(kind="version", place="X-API-Version", detail="2026-01-01"),
            Drift(kind="field", place="Replica.mood"),
            Drift(kind="value", place="Replica.type", detail="choir\n"),
        )
    ] == [
        "the API answered in version '2026-01-01'",
        "the API sent the field 'Replica.mood', which this release does not know",
        r"the API sent the value 'choir\n' of Replica.type, which this release does not know",
    ]


def test_a_reply_without_anything_new_is_not_looked_through() -> None:
    log = DriftLog()
    before = latest_novelty()
    log.inspect(entry(), since=before)
    assert latest_novelty() is before

    before = latest_novelty()
    log.inspect(entry(status="NOVEL"), since=before)
    assert [drift.detail for drift in log.seen] == ["NOVEL"]
