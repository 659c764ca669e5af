# Derived from tests/recorded/_async/test_knowledge_base.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Knowledge bases, as recorded."""

from pathlib import Path
from uuid import UUID

import pytest

from sensay_ext import NotFoundError, Sensay, Text
from sensay_ext.sandbox import Sandbox
from tests.recorded.world import HOURS, PROSE

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("sensay_vcr")]


def test_a_text_is_added_read_changed_and_deleted(owner: Sensay, replica: UUID) -> None:
    knowledge = owner.knowledge_base
    added = knowledge.add_text(replica, HOURS, title="Hours")
    knowledge.wait_until_ready(replica, added)
    found = knowledge.get(replica, added.id)
    knowledge.update(replica, added.id, raw_text=HOURS.replace("18:00", "19:00"))
    (usable,) = knowledge.wait_until_ready(replica, added)
    changed = knowledge.get(replica, added.id)
    knowledge.delete(replica, added.id)

    assert (found.status, found.raw_text) == ("VECTOR_CREATED", HOURS)
    assert found.title is not None
    assert found.title.startswith("Hours")
    assert usable.status == "VECTOR_CREATED"
    assert changed.raw_text == HOURS.replace("18:00", "19:00")
    with pytest.raises(NotFoundError):
        knowledge.get(replica, added.id)


def test_a_file_goes_to_its_signed_url(owner: Sensay, replica: UUID, tmp_path: Path) -> None:
    path = tmp_path / "workshop.md"
    path.write_text(PROSE)
    added = owner.knowledge_base.add_file(replica, path)
    (usable,) = owner.knowledge_base.wait_until_ready(replica, added)
    found = owner.knowledge_base.get(replica, added.id)

    assert usable.status == "VECTOR_CREATED"
    assert found.file is not None
    assert (found.file.name, found.file.size) == ("workshop.md", len(PROSE))


def test_a_file_need_not_be_text(owner: Sensay, replica: UUID) -> None:
    handbook = (Path(__file__).parents[3] / "scripts" / "demo_data" / "handbook.pdf").read_bytes()
    added = owner.knowledge_base.add_file(replica, handbook, name="handbook.pdf")
    (usable,) = owner.knowledge_base.wait_until_ready(replica, added)

    assert usable.status == "VECTOR_CREATED"


@pytest.mark.sandbox_only
def test_a_video_is_read_by_its_captions(owner: Sensay, replica: UUID, sandbox: Sandbox | None) -> None:
    if sandbox is not None:
        sandbox.add_video("aaaaaaaaaaa", transcript="Oil the chain once a month.", title="Chains")
    added = owner.knowledge_base.add_url(replica, "https://www.youtube.com/watch?v=aaaaaaaaaaa")
    owner.knowledge_base.wait_until_ready(replica, added)
    found = owner.knowledge_base.get(replica, added.id)

    assert found.youtube is not None
    assert found.youtube.transcription == "Oil the chain once a month."


def test_entries_are_listed_as_asked_for(owner: Sensay, replica: UUID) -> None:
    for number in range(3):
        owner.knowledge_base.add(replica, Text(f"This is chapter {number}."))
    newest = [item.id for item in owner.knowledge_base.list(replica, sort_order="desc", page_size=2)]
    files = owner.knowledge_base.list(replica, type="file", has_error=False)

    assert newest == sorted(newest, reverse=True)
    assert len(newest) == owner.knowledge_base.list(replica, type=["text", "website"]).total() == 3
    assert files.total() == 0


def test_the_api_tells_which_files_it_takes(owner: Sensay) -> None:
    groups = owner.knowledge_base.file_types()

    assert any("pdf" in extension for group in groups for kind in group.file_types for extension in kind.extensions)


@pytest.mark.sandbox_only
def test_what_failed_is_tried_again(owner: Sensay, replica: UUID, sandbox: Sandbox | None) -> None:
    if sandbox is not None:
        sandbox.fail_training("too busy", operation="text")
    first = owner.training.train(replica, [Text(HOURS)])
    again = owner.knowledge_base.retry_failed(replica)

    assert (first.ok, again.ok) == (False, True)
