# Derived from sensay_ext/_async/_waiting.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Waits until entries of a knowledge base are usable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generated_client.api.knowledge_base import list_replica_knowledge_base
from sensay_ext._building import for_reading
from sensay_ext._deadline import Deadline
from sensay_ext._errors import SensayError
from sensay_ext._telling import Telling
from sensay_ext._training import ends_wait
from sensay_ext._training_options import in_time

if TYPE_CHECKING:
    from uuid import UUID

    from sensay_ext._options import CallOptions
    from sensay_ext._sync._transport import Transport
    from sensay_ext._training_options import WaitSettings
    from sensay_ext._training_poll import Poll

__all__ = ["Waiter"]


class Waiter:
    """Asks for the state of entries, all of them with one list, until each is where it should be.

    Its time begins when it is made.

    Args:
        transport: What to ask with.
        replica_uuid: Whose knowledge base it is.
        options: What the calls change.
        settings: How to wait, and who is told.
    """

    def __init__(self, transport: Transport, replica_uuid: UUID, options: CallOptions, settings: WaitSettings) -> None:
        self._transport = transport
        self._replica_uuid = replica_uuid
        self._options = for_reading(options)
        self._extra_query = options.get("extra_query", {})
        self.clock = transport.clock
        self.deadline = Deadline(self.clock, settings.max_wait)
        """When the time is over."""
        self.watch = settings.watch(self.clock.now(), identity=transport.config.identity)
        """The entries that are waited for."""
        self.tell = Telling(settings.on_progress)
        """Told what happens."""

    def wait(self, *, first_failure: bool = False) -> None:
        """Wait until nothing is pending, or the time is over.

        Args:
            first_failure: Do not wait any longer when one entry has failed.

        Raises:
            SensayError: The API refuses to say.
        """
        if self.watch.finished:
            return
        while True:
            self.look()
            if self._is_over(first_failure=first_failure):
                return
            self.clock.sleep(self.watch.next_delay(self.clock.now(), jitter=self.clock.jitter()))

    def _is_over(self, *, first_failure: bool) -> bool:
        watch = self.watch
        return watch.finished or watch.expired(self.clock.now()) or (first_failure and bool(watch.failed))

    def look(self) -> None:
        """Ask for the state once. A list that cannot be had now is no error, one that is refused is.

        Raises:
            SensayError: The API refuses to say.
        """
        poll = self.watch.poll()
        try:
            self._read(poll)
        except SensayError as problem:
            if ends_wait(problem):
                raise
            self.tell.all(self.watch.poll_failed(problem, self.clock.now()))
        else:
            self.tell.all(poll.finish(self.clock.now()))

    def _read(self, poll: Poll) -> None:
        request = list_replica_knowledge_base.build_request(self._replica_uuid)
        while (query := poll.query) is not None:
            options: CallOptions = {**self._options, "extra_query": {**self._extra_query, **query}}
            page = self._transport.send(request, in_time(options, self._transport.config, self.deadline))
            poll.take(page.items, total=page.total)
