# Derived from tests/recorded/_async/test_replicas.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Replicas, as recorded."""

from uuid import UUID

import pytest

from sensay_ext import ConflictError, NotFoundError, Sensay
from tests.recorded.world import OWNER, REPLICA

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("sensay_vcr")]


def test_a_replica_is_found_changed_and_deleted(sensay: Sensay, owner: Sensay, replica: UUID) -> None:
    found = owner.replicas.get(replica)
    sensay.replicas.update(replica, greeting="Good day!", purpose="Saves a walk to the workshop.")
    changed = owner.replicas.get(replica)
    sensay.replicas.delete(replica)

    assert (found.uuid, found.owner_id, found.greeting) == (replica, OWNER, REPLICA["greeting"])
    assert (changed.greeting, changed.purpose, changed.slug) == (
        "Good day!",
        "Saves a walk to the workshop.",
        REPLICA["slug"],
    )
    with pytest.raises(NotFoundError):
        owner.replicas.get(replica)


def test_replicas_are_listed_page_by_page(sensay: Sensay, owner: Sensay, replica: UUID) -> None:
    for number in range(2):
        sensay.replicas.create(**{**REPLICA, "slug": f"{REPLICA['slug']}-{number}"})
    pager = owner.replicas.list(owner_id=OWNER, page_size=2)
    listed = [item for item in pager]

    assert len(listed) == pager.total() == 3
    assert replica in {item.uuid for item in listed}
    assert owner.replicas.list(slug=REPLICA["slug"]).first() is not None


def test_a_replica_is_there_once(sensay: Sensay, replica: UUID) -> None:
    ensured = sensay.replicas.ensure(**REPLICA)

    assert ensured.uuid == replica
    with pytest.raises(ConflictError):
        sensay.replicas.create(**REPLICA)
