"""Replicas, as recorded."""

from uuid import UUID

import pytest

from sensay_ext import AsyncSensay, ConflictError, NotFoundError
from tests.recorded.world import OWNER, REPLICA

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("sensay_vcr")]


async def test_a_replica_is_found_changed_and_deleted(
    async_sensay: AsyncSensay, owner: AsyncSensay, replica: UUID
) -> None:
    found = await owner.replicas.get(replica)
    await async_sensay.replicas.update(replica, greeting="Good day!", purpose="Saves a walk to the workshop.")
    changed = await owner.replicas.get(replica)
    await async_sensay.replicas.delete(replica)

    assert (found.uuid, found.owner_id, found.greeting) == (replica, OWNER, REPLICA["greeting"])
    assert (changed.greeting, changed.purpose, changed.slug) == (
        "Good day!",
        "Saves a walk to the workshop.",
        REPLICA["slug"],
    )
    with pytest.raises(NotFoundError):
        await owner.replicas.get(replica)


async def test_replicas_are_listed_page_by_page(async_sensay: AsyncSensay, owner: AsyncSensay, replica: UUID) -> None:
    for number in range(2):
        await async_sensay.replicas.create(**{**REPLICA, "slug": f"{REPLICA['slug']}-{number}"})
    pager = owner.replicas.list(owner_id=OWNER, page_size=2)
    listed = [item async for item in pager]

    assert len(listed) == await pager.total() == 3
    assert replica in {item.uuid for item in listed}
    assert await owner.replicas.list(slug=REPLICA["slug"]).first() is not None


async def test_a_replica_is_there_once(async_sensay: AsyncSensay, replica: UUID) -> None:
    ensured = await async_sensay.replicas.ensure(**REPLICA)

    assert ensured.uuid == replica
    with pytest.raises(ConflictError):
        await async_sensay.replicas.create(**REPLICA)
