# Derived from tests/_async/test_analytics.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Figures about replicas, as the client offers them."""

from itertools import pairwise
from uuid import UUID

from sensay_ext import Sensay


def test_conversations_are_counted_day_by_day(alice: Sensay, replica: UUID) -> None:
    alice.chat.complete(replica, "Hi")
    counts = alice.analytics.conversations_over_time(replica)

    assert counts[-1].cumulative_conversations == 1
    assert all(earlier.date < later.date for earlier, later in pairwise(counts))
    assert all(
        earlier.cumulative_conversations <= later.cumulative_conversations for earlier, later in pairwise(counts)
    )


def test_conversations_are_counted_by_where_they_were_held(alice: Sensay, replica: UUID) -> None:
    alice.chat.complete(replica, "Hi")
    alice.chat.complete(replica, "Hi", source="embed")
    counts = alice.analytics.conversations_by_source(replica)

    assert {count.source: count.conversations for count in counts if count.conversations} == {"web": 1, "embed": 1}
