"""What happens while training is waited for. Each event reads well when it is printed."""

from collections.abc import Mapping
from dataclasses import dataclass


def _seconds(duration: float) -> str:
    if duration < 100:  # noqa: PLR2004 - from here on, tenths of a second tell nobody anything
        return f"{duration:.1f} s"
    minutes, seconds = divmod(round(duration), 60)
    return f"{minutes} min {seconds} s" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"  # noqa: PLR2004 - the same for minutes


@dataclass(frozen=True, slots=True)
class TrainingEvent:
    """Anything that happens during a wait; `elapsed` counts in seconds from its beginning."""

    elapsed: float


@dataclass(frozen=True, slots=True)
class EntryEvent(TrainingEvent):
    """Anything that happens to one entry; `label` is its source's name for people, or empty."""

    entry_id: int
    label: str

    @property
    def entry(self) -> str:
        """The entry, in words."""
        return f"entry {self.entry_id}" + (f" ({self.label})" if self.label else "")


@dataclass(frozen=True, slots=True)
class StatusChanged(EntryEvent):
    """An entry has a new status; `previous` is `None` when it is seen for the first time.

    `lasted` is how many seconds it was in the previous status, as far as the polls tell.
    """

    status: str
    previous: str | None = None
    lasted: float = 0.0

    def __str__(self) -> str:
        if self.previous is None:
            return f"{self.entry}: {self.status}"
        return f"{self.entry}: {self.previous} → {self.status} after {_seconds(self.lasted)}"


@dataclass(frozen=True, slots=True)
class EntryStalled(EntryEvent):
    """An entry does not get on, but may yet: it has an error with its status unchanged, or no change for long."""

    status: str
    reason: str
    fingerprint: str | None = None

    def __str__(self) -> str:
        return f"{self.entry}: stalled at {self.status}: {self.reason}"


@dataclass(frozen=True, slots=True)
class EntryDone(EntryEvent):
    """An entry is as far as was waited for."""

    status: str

    def __str__(self) -> str:
        return f"{self.entry}: done, {self.status} after {_seconds(self.elapsed)}"


@dataclass(frozen=True, slots=True)
class EntryFailed(EntryEvent):
    """An entry will not become usable."""

    reason: str
    fingerprint: str | None = None

    def __str__(self) -> str:
        return f"{self.entry}: failed: {self.reason}"


@dataclass(frozen=True, slots=True)
class SourceFailed(TrainingEvent):
    """A source was not taken, or not all of it; `label` is its name for people."""

    label: str
    reason: str

    def __str__(self) -> str:
        # The errors of files begin with the file's name.
        return f"{self.label}: failed: {self.reason.removeprefix(f'{self.label}: ')}"


@dataclass(frozen=True, slots=True)
class EntryRemoved(EntryEvent):
    """An entry was removed, since something else took its place or its file is gone."""

    def __str__(self) -> str:
        return f"{self.entry}: removed"


@dataclass(frozen=True, slots=True)
class PollFailed(TrainingEvent):
    """The state could not be asked for; the wait goes on."""

    reason: str

    def __str__(self) -> str:
        return f"could not ask for the state, will ask again: {self.reason}"


@dataclass(frozen=True, slots=True)
class Progress(TrainingEvent):
    """How many entries are where; given whenever that has changed."""

    done: int
    failed: int
    pending: int
    statuses: Mapping[str, int]

    @property
    def total(self) -> int:
        """Entries waited for."""
        return self.done + self.failed + self.pending

    def __str__(self) -> str:
        where = ", ".join(f"{count} {status}" for status, count in sorted(self.statuses.items()))
        failed = f", {self.failed} failed" if self.failed else ""
        return f"{self.done} of {self.total} done{failed} after {_seconds(self.elapsed)} ({where})"


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadProgress:
    """So much of a file has been handed to the connection.

    Args:
        filename: Name of the file.
        label: Its source's name for people, as in the events of its entry.
        sent: Bytes of the present attempt.
        size: Bytes in all.
        attempt: 1 for the first.
    """

    filename: str
    label: str
    sent: int
    size: int
    attempt: int

    def __str__(self) -> str:
        again = f", attempt {self.attempt}" if self.attempt > 1 else ""
        return f"{self.label}: {self.sent} of {self.size} bytes sent{again}"
