"""Waits until entries of a knowledge base are usable."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from generated_client.api.knowledge_base import list_replica_knowledge_base
from sensay_ext._building import for_reading
from sensay_ext._errors import SensayError
from sensay_ext._training import ends_wait

if TYPE_CHECKING:
    from uuid import UUID

    from sensay_ext._async._transport import AsyncTransport
    from sensay_ext._options import CallOptions
    from sensay_ext._telling import Telling
    from sensay_ext._training_poll import Poll
    from sensay_ext._training_watch import Watch

__all__ = ["AsyncWaiter"]


class AsyncWaiter:
    """Asks for the state of entries, all of them with one list, until a watch is satisfied.

    Args:
        transport: What to ask with.
        replica_uuid: Whose knowledge base it is.
        options: What the calls change.
        tell: Told what happens.
    """

    def __init__(self, transport: AsyncTransport, replica_uuid: UUID, options: CallOptions, tell: Telling) -> None:
        self._transport = transport
        self._replica_uuid = replica_uuid
        self._options = for_reading(options)
        self._extra_query = options.get("extra_query", {})
        self._tell = tell

    async def wait(self, watch: Watch, *, first_failure: bool = False) -> None:
        """Wait until nothing in `watch` is pending, or its time is over.

        Args:
            watch: The entries, and how long to wait for them.
            first_failure: Do not wait any longer when one of them has failed.

        Raises:
            SensayError: The API refuses to say.
        """
        clock = self._transport.clock
        if watch.finished:
            return
        while True:
            await self.look(watch)
            if _is_over(watch, clock.now(), first_failure=first_failure):
                return
            await clock.sleep(watch.next_delay(clock.now(), jitter=random.random()))  # noqa: S311 - spreads requests

    async def look(self, watch: Watch) -> None:
        """Ask for the state once. A list that cannot be had now is no error, one that is refused is.

        Args:
            watch: The entries.

        Raises:
            SensayError: The API refuses to say.
        """
        poll = watch.poll()
        try:
            await self._read(poll)
        except SensayError as problem:
            if ends_wait(problem):
                raise
            self._tell.all(watch.poll_failed(problem, self._transport.clock.now()))
        else:
            self._tell.all(poll.finish(self._transport.clock.now()))

    async def _read(self, poll: Poll) -> None:
        request = list_replica_knowledge_base.build_request(self._replica_uuid)
        while (query := poll.query) is not None:
            options: CallOptions = {**self._options, "extra_query": {**self._extra_query, **query}}
            page = await self._transport.send(request, options)
            poll.take(page.items, total=page.total)


def _is_over(watch: Watch, now: float, *, first_failure: bool) -> bool:
    return watch.finished or watch.expired(now) or (first_failure and bool(watch.failed))
