"""Training, from the sources to the answers, as recorded."""

from pathlib import Path
from uuid import UUID

import pytest

from sensay_ext import AsyncSensay, File, Source, Text
from tests.recorded.world import HOURS, PROSE, REPLICA

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("sensay_vcr")]


async def test_a_replica_is_created_and_trained_and_answers(owner: AsyncSensay) -> None:
    sources: list[Source] = [Text(HOURS, title="Hours"), File(PROSE.encode(), name="workshop.txt")]
    replica = await owner.replicas.create_and_train(**REPLICA, sources=sources, concurrency=1)
    answer = await owner.chat.complete(replica, "When is the workshop open?")
    known = await owner.chat.verify(replica, "Where is the workshop?", "Harbour Street")

    assert "18:00" in answer.content
    assert known


async def test_each_source_has_its_outcome(owner: AsyncSensay, replica: UUID) -> None:
    sources = [Text(f"This is chapter {number}.") for number in range(3)]
    report = await owner.training.train(replica, sources, concurrency=1)

    assert report.ok
    assert [len(outcome.entries) for outcome in report.outcomes] == [1, 1, 1]


async def test_a_folder_is_brought_in_and_kept_up_to_date(owner: AsyncSensay, replica: UUID, tmp_path: Path) -> None:
    for name in ("hours", "prices"):
        (tmp_path / f"{name}.md").write_text(f"Everything about {name}. " * 20)
    journal = tmp_path / ".journal.sqlite3"
    plan = await owner.training.plan(replica, tmp_path, journal=journal)
    report = await owner.training.apply(plan, journal=journal, concurrency=1)
    (tmp_path / "hours.md").write_text(PROSE)
    (tmp_path / "prices.md").unlink()
    changed = await owner.training.plan(replica, tmp_path, journal=journal)
    await owner.training.apply(changed, journal=journal, prune=True, concurrency=1)
    titles = [item.title or "" async for item in owner.knowledge_base.list(replica)]

    assert report.ok
    assert [title.partition(" [")[0] for title in titles] == ["hours.md"]
