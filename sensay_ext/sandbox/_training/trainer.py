"""Moves entries from status to status when their time has come."""

import asyncio  # noqa: TID251 - the sandbox is a server with its own event loop
import logging
from contextlib import suppress
from datetime import datetime

from sensay_ext.sandbox._clock import Clock, from_text, to_text
from sensay_ext.sandbox._database import Database, Row
from sensay_ext.sandbox._training.steps import Steps

_LOG = logging.getLogger(__name__)

_LONGEST_SLEEP = 60.0


class Trainer:
    """Takes the steps that are due.

    What is due stands in the database, so a killed server goes on where it was.

    Args:
        database: Holds the entries.
        clock: Tells what is due.
        steps: Takes them.
    """

    def __init__(self, database: Database, clock: Clock, steps: Steps) -> None:
        self._database = database
        self._clock = clock
        self._steps = steps
        self._running: dict[int, asyncio.Task[None]] = {}
        self._changed = asyncio.Event()

    def wake(self) -> None:
        """Look again at what is due; called when an entry was created or changed."""
        self._changed.set()

    async def run(self) -> None:
        """Follow the real clock until cancelled."""
        try:
            while True:
                self._changed.clear()
                for entry in self._due(self._clock.now()):
                    self._start(entry)
                await self._sleep()
        finally:
            await self._give_up()

    async def settle(self, moment: datetime) -> None:
        """Take every step that is due by a moment, one after the other in the order of time."""
        while due := self._due(moment):
            await self._take(due[0])

    def _due(self, moment: datetime) -> list[Row]:
        entries = self._database.rows(
            "SELECT * FROM entries WHERE due_at IS NOT NULL AND due_at <= ? ORDER BY due_at, id LIMIT 100",
            to_text(moment),
        )
        return [entry for entry in entries if entry["id"] not in self._running]

    def _start(self, entry: Row) -> None:
        number: int = entry["id"]
        task = asyncio.create_task(self._take(entry))
        self._running[number] = task

        def finish(_: asyncio.Task[None]) -> None:
            del self._running[number]
            self._changed.set()

        task.add_done_callback(finish)

    async def _take(self, entry: Row) -> None:
        try:
            await self._steps.take(entry)
        except Exception:  # noqa: BLE001 - one entry's trouble must not stop the others
            _LOG.exception("Entry %s could not be processed", entry["id"])
            self._steps.give_up(entry, "The entry could not be processed")

    async def _sleep(self) -> None:
        upcoming = self._database.rows(
            "SELECT id, due_at FROM entries WHERE due_at IS NOT NULL ORDER BY due_at LIMIT ?", len(self._running) + 1
        )
        waiting = [from_text(entry["due_at"]) for entry in upcoming if entry["id"] not in self._running]
        seconds = _LONGEST_SLEEP
        if waiting:
            seconds = min(max((waiting[0] - self._clock.now()).total_seconds(), 0.0), _LONGEST_SLEEP)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._changed.wait()

    async def _give_up(self) -> None:
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
