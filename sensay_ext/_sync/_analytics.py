# Derived from sensay_ext/_async/_analytics.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Figures about replicas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generated_client.api.analytics import (
    get_replica_analytics_conversation_historical,
    list_replica_analytics_conversation_sources,
)
from sensay_ext._ids import uuid_of
from sensay_ext._sync._resource import Resource

if TYPE_CHECKING:
    from typing import Unpack

    from generated_client import models
    from sensay_ext._ids import UuidLike
    from sensay_ext._options import CallOptions

__all__ = ["Analytics"]


class Analytics(Resource):
    """Figures about the conversations of a replica."""

    def conversations_over_time(
        self, replica: UuidLike, **options: Unpack[CallOptions]
    ) -> list[models.ConversationCountItem]:
        """Count the conversations of the last 30 days.

        The numbers are running totals: those of a single day are the difference to the day before. Days are UTC.

        Args:
            replica: The replica, or its uuid.
            **options: What this call changes.

        Returns:
            A running total for each day.

        Raises:
            NotFoundError: There is no such replica, or not for this user.
            SensayError: Any other of the tree.
        """
        builder = get_replica_analytics_conversation_historical.build_request
        return (self._call(options, builder, uuid_of(replica, "replica"))).items

    def conversations_by_source(
        self, replica: UuidLike, **options: Unpack[CallOptions]
    ) -> list[models.ConversationSourceCount]:
        """Count the conversations by where they were held.

        Args:
            replica: The replica, or its uuid.
            **options: What this call changes.

        Returns:
            A number for each place, such as `web` or `telegram`.

        Raises:
            NotFoundError: There is no such replica, or not for this user.
            SensayError: Any other of the tree.
        """
        builder = list_replica_analytics_conversation_sources.build_request
        return (self._call(options, builder, uuid_of(replica, "replica"))).items
