"""Figures about replicas, as the client offers them."""

from itertools import pairwise
from uuid import UUID

import pytest

from sensay_ext import AsyncSensay

pytestmark = pytest.mark.anyio


async def test_conversations_are_counted_day_by_day(alice: AsyncSensay, replica: UUID) -> None:
    await alice.chat.complete(replica, "Hi")
    counts = await alice.analytics.conversations_over_time(replica)

    assert counts[-1].cumulative_conversations == 1
    assert all(earlier.date < later.date for earlier, later in pairwise(counts))
    assert all(
        earlier.cumulative_conversations <= later.cumulative_conversations for earlier, later in pairwise(counts)
    )


async def test_conversations_are_counted_by_where_they_were_held(alice: AsyncSensay, replica: UUID) -> None:
    await alice.chat.complete(replica, "Hi")
    await alice.chat.complete(replica, "Hi", source="embed")
    counts = await alice.analytics.conversations_by_source(replica)

    assert {count.source: count.conversations for count in counts if count.conversations} == {"web": 1, "embed": 1}
