"""Trains a replica on many sources."""

from __future__ import annotations

import os
from threading import Lock
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar, cast

from sensay_ext._addresses import address_key
from sensay_ext._concurrency import AsyncCrew
from sensay_ext._errors import (
    AuthenticationError,
    PartialFailure,
    PermissionDeniedError,
    QuotaExceededError,
    SensayError,
)
from sensay_ext._report import SourceOutcome, TrainingReport, label_of
from sensay_ext._sources import File, Text, Website, YouTube
from sensay_ext._training_events import SourceFailed

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from sensay_ext._async._waiting import AsyncWaiter
    from sensay_ext._failed_entry import FailedEntry
    from sensay_ext._plan import PlannedAction
    from sensay_ext._sources import Source
    from sensay_ext._training_entry import TrainingEntry
    from sensay_ext._training_options import WaitSettings
    from sensay_ext._training_watch import EntryState

__all__ = ["AsyncTrainer"]

_S = TypeVar("_S", bound="Source | FailedEntry | PlannedAction")
_S_contra = TypeVar("_S_contra", bound="Source | FailedEntry | PlannedAction", contravariant=True)

_GENERAL = (AuthenticationError, PermissionDeniedError, QuotaExceededError)
"""What one source is refused for, every other one would be, too."""


class AsyncSubmitter(Protocol[_S_contra]):
    """Makes entries of sources."""

    async def submit(self, source: _S_contra, /) -> TrainingEntry:
        """Make the entries of a source."""


class AsyncTrainer(Generic[_S]):
    """Submits sources, several at a time, and waits for all of their entries at once.

    While sources are still being submitted, whoever has just submitted one looks at the entries if it is time to.

    Args:
        submission: Makes entries of sources.
        waiter: Waits for entries; its time began with the training.
        settings: How to train.
        before: The status that entries had until now, where it is not new ones that are made.
    """

    def __init__(
        self,
        submission: AsyncSubmitter[_S],
        waiter: AsyncWaiter,
        settings: WaitSettings,
        *,
        before: str | None = None,
    ) -> None:
        self._clock = waiter.clock
        self._submission = submission
        self._waiter = waiter
        self._watch = waiter.watch
        self._first_failure = settings.return_when == "first_failure"
        self._concurrency = settings.concurrency
        self._deadline = waiter.deadline
        self._before = before
        self._sources: list[_S] = []
        self._ids: dict[int, tuple[int, ...]] = {}
        self._errors: dict[int, SensayError] = {}
        self._twins: dict[Hashable, int] = {}
        self._twin_of: dict[int, int] = {}
        self._is_stopped = False
        # Threads put their entries down here, since a watch is not made for several at once.
        self._added: list[tuple[_S, tuple[EntryState, ...]]] = []
        self._looking = Lock()
        self._next_look: float | None = None

    async def train(self, sources: Iterable[_S]) -> TrainingReport:
        """Do it.

        Raises:
            SensayError: The state cannot be asked for.
        """
        waiting = iter(sources)
        await AsyncCrew.each(self._submit, self._numbered(waiting), at_once=self._concurrency)
        self._sources.extend(waiting)
        self._take_added()
        if not (self._first_failure and self._errors):
            await self._waiter.wait(first_failure=self._first_failure)
        return self._report()

    def _numbered(self, sources: Iterator[_S]) -> Iterator[tuple[int, _S]]:
        for index, source in enumerate(sources):
            self._sources.append(source)
            if self._is_stopped or self._deadline.is_over():
                return
            first = self._twins.setdefault(_identity(source), index)
            if first == index:
                yield index, source
            else:
                self._twin_of[index] = first

    async def _submit(self, job: tuple[int, _S]) -> None:
        index, source = job
        try:
            entry = await self._submission.submit(source)
            self._put_down(index, source, entry.state, *(sibling.state for sibling in entry.siblings))
        except PartialFailure as error:
            self._put_down(index, source, *error.entries)
            self._note_failure(index, source, error)
        except SensayError as error:
            self._note_failure(index, source, error)
        await self._look_if_due()

    def _note_failure(self, index: int, source: _S, error: SensayError) -> None:
        self._errors[index] = error
        if self._first_failure or isinstance(error, _GENERAL):
            self._is_stopped = True
        self._waiter.tell(SourceFailed(self._deadline.elapsed, label_of(source), str(error)))

    def _put_down(self, index: int, source: _S, *entries: EntryState) -> None:
        self._ids[index] = tuple(entry.id for entry in entries)
        self._added.append((source, entries))

    def _take_added(self) -> None:
        now = self._clock.now()
        while self._added:
            source, entries = self._added.pop()
            for entry in entries:
                self._watch.add(entry.id, entry.type, now=now, label=source.label, before=self._before)

    async def _look_if_due(self) -> None:
        if not self._looking.acquire(blocking=False):
            return  # somebody else does it
        try:
            self._take_added()
            now = self._clock.now()
            if self._next_look is not None and now >= self._next_look:
                await self._waiter.look()
                if self._first_failure and self._watch.failed:
                    self._is_stopped = True
                now = self._clock.now()
                self._next_look = None
            if self._next_look is None and not self._watch.finished:
                self._next_look = now + self._watch.next_delay(now)
        finally:
            self._looking.release()

    def _report(self) -> TrainingReport:
        states = {state.id: state for state in self._watch.states}
        outcomes = []
        for place, source in enumerate(self._sources):
            index = self._twin_of.get(place, place)
            entries = tuple(states[entry_id] for entry_id in self._ids.get(index, ()))
            outcomes.append(SourceOutcome(source=source, entries=entries, error=self._errors.get(index)))
        return TrainingReport(outcomes=tuple(outcomes), elapsed=self._deadline.elapsed)


def _identity(source: Source | FailedEntry | PlannedAction) -> Hashable:
    """What tells a source from another one, as far as that can be seen without reading files."""
    if isinstance(source, Text):
        return "text", source.text
    if isinstance(source, File):
        path = isinstance(source.content, str | os.PathLike)
        return "file", source.filename, os.fspath(cast("str", source.content)) if path else id(source.content)
    if isinstance(source, Website | YouTube):
        return "address", address_key(source.url)
    return id(source)
