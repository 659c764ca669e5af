"""One round of list requests that finds all the entries waited for with as few requests as can be.

The list is asked for in pages of the largest size, newest entries first: what was created last is what is waited for.
The round ends as soon as every entry has been found. Where they were is remembered, so the next round begins with
those pages and leaves out the others; no page is asked for twice in a round.

A filter by status would look cheaper, and is not: it hides the entries that have just finished, which then have to be
asked for one by one, and it hides those in a status that this release does not know. A filter by type is used when
all entries have the same one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import ceil
from typing import Protocol

from sensay_ext._training import Entry
from sensay_ext._training_events import TrainingEvent

Query = dict[str, int | str | list[str]]


class Observer(Protocol):
    """Takes what a round found."""

    def __call__(
        self, found: Mapping[int, Entry], pages: Mapping[int, int], now: float, *, complete: bool
    ) -> list[TrainingEvent]: ...


class Poll:
    """One round.

    Args:
        hints: The ids to find, each with the page on which it was last time, if that is known.
        entry_type: The type of all of them, if they have the same one.
        page_size: Entries to ask for at a time.
        done: Takes what was found.
    """

    def __init__(
        self, hints: Mapping[int, int | None], *, entry_type: str | None, page_size: int, done: Observer
    ) -> None:
        self._missing = {entry_id: hint or 1 for entry_id, hint in hints.items()}
        self._entry_type = entry_type
        self._page_size = page_size
        self._done = done
        self._last_page: int | None = None
        self._read: set[int] = set()
        self._found: dict[int, Entry] = {}
        self._pages: dict[int, int] = {}

    @property
    def query(self) -> Query | None:
        """Parameters of the next list request, as the API spells them; `None` when the round is over."""
        page = self._next_page()
        if page is None:
            return None
        query: Query = {"page": page, "pageSize": self._page_size, "sortBy": "createdAt", "sortOrder": "desc"}
        return query if self._entry_type is None else {**query, "type": [self._entry_type]}

    def take(self, entries: Sequence[Entry], *, total: int | None = None) -> None:
        """Take the page that was asked for last.

        Args:
            entries: Its entries.
            total: How many entries the list has.
        """
        page = self._next_page()
        if page is None:
            return
        self._read.add(page)
        if total is not None:
            self._last_page = ceil(total / self._page_size)
        elif len(entries) < self._page_size:
            self._last_page = page
        for entry in entries:
            if self._missing.pop(entry.id, None) is not None:
                self._found[entry.id] = entry
                self._pages[entry.id] = page

    def finish(self, now: float) -> list[TrainingEvent]:
        """End the round.

        Args:
            now: The clock.

        Returns:
            What has changed since the last round.
        """
        return self._done(self._found, self._pages, now, complete=self._next_page() is None)

    def _next_page(self) -> int | None:
        """The unread page nearest to where a missing entry was: lists shift by a few places, if at all."""
        if not self._missing:
            return None
        return min(self._unread(), key=self._distance(), default=None)

    def _unread(self) -> Iterable[int]:
        furthest = max(*self._missing.values(), *self._read, 0) + 1 if self._last_page is None else self._last_page
        return (page for page in range(1, furthest + 1) if page not in self._read)

    def _distance(self) -> Callable[[int], tuple[int, int]]:
        hints = set(self._missing.values())
        return lambda page: (min(abs(page - hint) for hint in hints), -page)
