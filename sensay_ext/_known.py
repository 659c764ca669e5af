"""Entries of a knowledge base, by what they were made from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sensay_ext._addresses import address_keys_of
from sensay_ext._marker import Marker
from sensay_ext._training import NEW, UNPROCESSABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeAlias

    from generated_client.models import KnowledgeBaseEntry, KnowledgeBaseEntryListItem

    Listed: TypeAlias = KnowledgeBaseEntry | KnowledgeBaseEntryListItem

__all__ = ["Known", "KnownEntries"]

_UPLOADED = "FILE_UPLOADED"


@dataclass(frozen=True, slots=True)
class Known:
    """As much of an entry as tells it from others: a value that many thousands of can be kept."""

    id: int
    type: str
    status: str
    title: str
    marker: Marker | None

    @classmethod
    def of(cls, item: Listed) -> Known:
        """Keep what is needed of a listed entry."""
        return cls(item.id, str(item.type_), str(item.status), item.title or "", Marker.read(item.title))

    @property
    def is_dead(self) -> bool:
        """Whether nothing will come of it."""
        return self.status == UNPROCESSABLE

    @property
    def awaits_upload(self) -> bool:
        """Whether it is of a file that has not arrived."""
        return self.type == "file" and self.status == NEW


class KnownEntries:
    """Entries as they were listed."""

    def __init__(self) -> None:
        self._by_id: dict[int, Known] = {}
        self._by_key: defaultdict[str, list[int]] = defaultdict(list)
        self._gone: set[int] = set()

    def __iter__(self) -> Iterator[Known]:
        return iter(list(self._by_id.values()))

    def take(self, items: Iterable[Listed]) -> bool:
        """Take entries from a list; tell whether one of them was not known."""
        new = False
        for item in items:
            if item.id in self._gone:
                continue
            is_new = item.id not in self._by_id
            known = self._by_id[item.id] = Known.of(item)
            if is_new:
                new = True
                for key in {*address_keys_of(item), *_marker_keys(known.marker)}:
                    self._by_key[key].append(item.id)
        return new

    def awaits_upload(self, entry_id: int) -> bool:
        """Whether an entry is of a file that has not arrived, as far as is known."""
        return entry_id in self._by_id and self._by_id[entry_id].awaits_upload

    def note_uploaded(self, entry_id: int) -> None:
        """The file of an entry has arrived, whatever the list says."""
        known = self._by_id[entry_id]
        if known.awaits_upload:
            self._by_id[entry_id] = replace(known, status=_UPLOADED)

    def forget(self, entry_id: int) -> None:
        """An entry is gone, although lists may go on to show it for a while."""
        self._gone.add(entry_id)
        self._by_id.pop(entry_id, None)

    def with_content(self, content: str) -> list[Known]:
        """The entries that were made from a content, and not from a file of a folder."""
        return self._with(f"content:{content}")

    def with_address(self, key: str) -> list[Known]:
        """The entries that were made from an address."""
        return self._with(key)

    def with_attempt(self, attempt: str) -> list[Known]:
        """The entries that were made for an attempt to upload a file."""
        return self._with(f"attempt:{attempt}")

    def with_place(self, place: str) -> list[Known]:
        """The entries that were made from the file in a place of a folder."""
        return self._with(f"place:{place}")

    def _with(self, key: str) -> list[Known]:
        return [self._by_id[entry_id] for entry_id in self._by_key.get(key, ()) if entry_id in self._by_id]


def _marker_keys(marker: Marker | None) -> Iterable[str]:
    if marker is not None:
        if marker.attempt:
            yield f"attempt:{marker.attempt}"
        yield f"place:{marker.place}" if marker.place else f"content:{marker.content}"
