"""The state of a wait for several entries, without I/O and without a clock.

    watch = Watch(now=clock(), until="usable", max_wait=1800)
    watch.add(entry_id, "file", label="handbook.pdf", now=clock())
    while True:
        poll = watch.poll()
        try:
            while (query := poll.query) is not None:     # parameters of the list endpoint
                page = list_entries(query)
                poll.take(page.items, total=page.total)
            events = poll.finish(clock())
        except SensayError as error:
            if ends_wait(error):
                raise
            events = watch.poll_failed(error, clock())
        for event in events:
            on_progress(event)
        if watch.finished or watch.expired(clock()):
            break
        sleep(watch.next_delay(clock(), jitter=random()))
    watch.raise_for_failures(clock())

Times are seconds of one monotonic clock, whichever the caller uses. Entries may be added while the wait goes on. To
go on with a wait in another process, its ids are enough.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sensay_ext._errors import PartialFailure, SensayError, TrainingError, TrainingFailed, TrainingTimeout
from sensay_ext._identity import NOBODY, Identity
from sensay_ext._training import Entry, Outcome, Pace, Target, judge, poll_interval
from sensay_ext._training_events import (
    EntryDone,
    EntryFailed,
    EntryStalled,
    PollFailed,
    Progress,
    StatusChanged,
    TrainingEvent,
)
from sensay_ext._training_poll import Poll

_SETTLING = 30.0  # seconds in which a list may still show what an entry was before it was changed
_ABSENT_POLLS = 3
_FIRST_SEEN_WITHIN = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class EntryState:
    """What is known of one entry: a value, for reports and errors.

    `timings` has each status with the seconds after which it was first seen, from when the entry was waited for.
    """

    id: int
    type: str | None
    label: str
    outcome: Outcome
    status: str | None
    message: str | None
    fingerprint: str | None
    timings: tuple[tuple[str, float], ...]


@dataclass(slots=True)
class _Tracked:
    id: int
    type: str | None
    label: str
    since: float
    before: str | None
    status: str | None = None
    status_since: float = 0.0
    outcome: Outcome = "pending"
    message: str | None = None
    fingerprint: str | None = None
    absent: int = 0
    stalled: frozenset[str] = frozenset()
    timings: list[tuple[str, float]] = field(default_factory=list)

    def state(self) -> EntryState:
        return EntryState(
            self.id,
            self.type,
            self.label,
            self.outcome,
            self.status,
            self.message,
            self.fingerprint,
            tuple(self.timings),
        )


class Watch:
    """Follows entries until each is where it was waited for to be, or cannot get there.

    Args:
        now: The clock as the wait begins.
        until: `usable` (VECTOR_CREATED or READY) or `ready`.
        max_wait: Seconds after which the wait is over; `None` for no end.
        stall_after: Seconds without a change of status after which an entry counts as stalled.
        pace: Seconds between polls, or a function of age that gives them; adapts to type and age unless given.
        identity: Who asks, for what must not be shown, should the API give it as the reason of a failure.
    """

    def __init__(
        self,
        *,
        now: float,
        until: Target = "usable",
        max_wait: float | None = None,
        stall_after: float = 900.0,
        pace: Pace | None = None,
        identity: Identity = NOBODY,
    ) -> None:
        self._began = now
        self._until = until
        self._deadline = None if max_wait is None else now + max_wait
        self._stall_after = stall_after
        self._pace = pace
        self._identity = identity
        self._entries: dict[int, _Tracked] = {}
        self._pages: dict[int, int] = {}
        self._pages_of: str | None = None
        self._last_progress: tuple[object, ...] = ()

    def add(
        self, entry_id: int, entry_type: str | None = None, *, now: float, label: str = "", before: str | None = None
    ) -> None:
        """Wait for one more entry.

        Args:
            entry_id: Id of the entry.
            entry_type: What it is made from, as the API said when it was created; decides how often to look.
            now: The clock.
            label: Its source's name for people.
            before: The status it had before a change that starts its training again; seeing that one counts for
                nothing until the lists have caught up.
        """
        self._entries[entry_id] = _Tracked(entry_id, entry_type, label, now, before)

    @property
    def states(self) -> tuple[EntryState, ...]:
        """All entries, in the order in which they were added."""
        return tuple(entry.state() for entry in self._entries.values())

    @property
    def pending(self) -> tuple[EntryState, ...]:
        """Entries that are still waited for."""
        return self._having("pending")

    @property
    def done(self) -> tuple[EntryState, ...]:
        """Entries that are where they were waited for to be."""
        return self._having("done")

    @property
    def failed(self) -> tuple[EntryState, ...]:
        """Entries that will not get there."""
        return self._having("failed")

    @property
    def finished(self) -> bool:
        """Whether nothing is waited for any more."""
        return not any(True for _ in self._open())

    def expired(self, now: float) -> bool:
        """Return whether the wait is over although entries are pending."""
        return self._deadline is not None and now >= self._deadline and not self.finished

    def poll(self, *, page_size: int = 100) -> Poll:
        """Begin a round of list requests."""
        types = {entry.type for entry in self._entries.values()}
        # A list of one is the same in every way to write a list in a query, of which the API documents none.
        only = types.pop() if len(types) == 1 else None
        if only != self._pages_of:
            self._pages, self._pages_of = {}, only
        hints = {entry.id: self._pages.get(entry.id) for entry in self._open()}
        return Poll(hints, entry_type=only, page_size=page_size, done=self._observe)

    def poll_failed(self, error: SensayError, now: float) -> list[TrainingEvent]:
        """Note that a round of list requests failed."""
        return [PollFailed(now - self._began, str(error))]

    def next_delay(self, now: float, *, jitter: float = 0.0) -> float:
        """Return how many seconds to sleep before the next round, never beyond the end of the wait.

        Args:
            now: The clock.
            jitter: A random number from 0 to 1.
        """
        delay = min((self._delay(entry, now, jitter) for entry in self._open()), default=0.0)
        return delay if self._deadline is None else max(0.0, min(delay, self._deadline - now))

    def error(self, now: float) -> TrainingError | None:
        """Return the error that the state of the wait amounts to; `None` if all entries are done."""
        pending, failed, elapsed = self.pending, self.failed, now - self._began
        if pending:
            message = f"{len(pending)} of {len(self._entries)} entries were not {self._until} after {elapsed:.0f} s"
            return TrainingTimeout(f"{message}: {_summary(pending)}", entries=pending + failed, elapsed=elapsed)
        if not failed:
            return None
        kind = TrainingFailed if len(failed) == len(self._entries) else PartialFailure
        message = f"{len(failed)} of {len(self._entries)} entries failed: {_summary(failed)}"
        return kind(message, entries=failed, elapsed=elapsed)

    def raise_for_failures(self, now: float) -> None:
        """Raise what the state of the wait amounts to.

        Raises:
            TrainingTimeout: Entries are pending; the error carries them and those that failed.
            TrainingFailed: All entries failed.
            PartialFailure: Some entries failed; the error carries them.
        """
        error = self.error(now)
        if error is not None:
            raise error

    def _having(self, outcome: Outcome) -> tuple[EntryState, ...]:
        return tuple(entry.state() for entry in self._entries.values() if entry.outcome == outcome)

    def _open(self) -> Iterable[_Tracked]:
        return (entry for entry in self._entries.values() if entry.outcome == "pending")

    def _delay(self, entry: _Tracked, now: float, jitter: float) -> float:
        usable = judge(entry.status or "", "usable") == "done"
        age = now - (entry.status_since if usable else entry.since)
        if self._pace is None:
            return poll_interval(entry.type, age, status=entry.status, jitter=jitter)
        return self._pace(age) if callable(self._pace) else self._pace

    def _observe(
        self, found: Mapping[int, Entry], pages: Mapping[int, int], now: float, *, complete: bool
    ) -> list[TrainingEvent]:
        self._pages.update(pages)
        events: list[TrainingEvent] = []
        for entry in list(self._open()):
            seen = found.get(entry.id)
            if seen is not None:
                events += self._seen(entry, seen, now)
            elif complete:
                events += self._absent(entry, now)
        return [*events, *self._progress(now)]

    def _seen(self, entry: _Tracked, seen: Entry, now: float) -> Iterable[TrainingEvent]:
        status, elapsed = str(seen.status), now - self._began
        entry.type, entry.absent = str(seen.type_), 0
        message = seen.error.message if seen.error else None
        entry.message = message and self._identity.masked(message)
        entry.fingerprint = seen.error.fingerprint if seen.error else None
        if status != entry.status:
            lasted = now - entry.status_since if entry.status else 0.0
            yield StatusChanged(elapsed, entry.id, entry.label, status, entry.status, lasted)
            entry.status, entry.status_since = status, now
            entry.timings.append((status, now - entry.since))
        if entry.before == status and now - entry.since < _SETTLING:
            return
        entry.before = None
        entry.outcome = judge(status, self._until)
        if entry.outcome == "done":
            yield EntryDone(elapsed, entry.id, entry.label, status)
        elif entry.outcome == "failed":
            reason = entry.message or "the API cannot process it"
            yield EntryFailed(elapsed, entry.id, entry.label, reason, entry.fingerprint)
        else:
            yield from self._stall(entry, status, now)

    def _stall(self, entry: _Tracked, status: str, now: float) -> Iterable[TrainingEvent]:
        reason = entry.message
        if reason is None and now - entry.status_since >= self._stall_after:
            reason = f"no change for {self._stall_after:.0f} s"
        if reason is not None and f"{status} {reason}" not in entry.stalled:
            entry.stalled |= {f"{status} {reason}"}
            yield EntryStalled(now - self._began, entry.id, entry.label, status, reason, entry.fingerprint)

    def _absent(self, entry: _Tracked, now: float) -> Iterable[TrainingEvent]:
        # A list may lag behind a create, and paging may miss an entry once; only what stays away is gone.
        entry.absent += 1
        known = entry.status is not None or now - entry.since >= _FIRST_SEEN_WITHIN
        if known and entry.absent >= _ABSENT_POLLS:
            entry.outcome, entry.message = "failed", "it is no longer in the knowledge base"
            yield EntryFailed(now - self._began, entry.id, entry.label, entry.message)

    def _progress(self, now: float) -> Iterable[TrainingEvent]:
        outcomes = Counter(entry.outcome for entry in self._entries.values())
        statuses = Counter(entry.status or "not listed yet" for entry in self._entries.values())
        progress = (outcomes, statuses)
        if progress != self._last_progress:
            self._last_progress = progress
            yield Progress(now - self._began, outcomes["done"], outcomes["failed"], outcomes["pending"], dict(statuses))


def _summary(entries: tuple[EntryState, ...], most: int = 5) -> str:
    parts = [f"{entry.label or entry.id}: {entry.message or entry.status or 'not listed'}" for entry in entries[:most]]
    return "; ".join([*parts, *([f"and {len(entries) - most} more"] if len(entries) > most else [])])
