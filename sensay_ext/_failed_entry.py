"""Entries that failed, and what can be done about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sensay_ext._marker import Marker, digest
from sensay_ext._sources import Website, YouTube

if TYPE_CHECKING:
    from generated_client.models import KnowledgeBaseEntry, KnowledgeBaseEntryListItem

__all__ = ["FailedEntry", "whole_text"]

_CERTAINLY_WHOLE = 10_000
"""Characters up to which a text that the API shows is taken to be whole; it cuts "large" ones, and does not say where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedEntry:
    """An entry that failed, as the source of another try.

    Args:
        id: Number of the entry.
        type: What it was made from.
        label: A short name for reports.
        filename: Name of its file, if it is one.
        link: The address that it was made from, if it was.
    """

    id: int
    type: str
    label: str
    filename: str = ""
    link: Website | YouTube | None = None

    @classmethod
    def of(cls, item: KnowledgeBaseEntryListItem) -> FailedEntry:
        """Read a listed entry."""
        filename = item.file.name if item.file is not None else ""
        url = next((holder.url for holder in (item.website, item.youtube, item) if holder and holder.url), "")
        link: Website | YouTube | None = None
        if item.youtube is not None:
            link = YouTube(url, title=item.title)
        elif url:
            refresh = getattr(item.website, "auto_refresh", None)
            link = Website(url, title=item.title, auto_refresh=refresh)
        label = (item.title or "").partition(" [sensay-ext:")[0] or filename or url or f"entry {item.id}"
        return cls(id=item.id, type=str(item.type_), label=label, filename=filename, link=link)


def whole_text(entry: KnowledgeBaseEntry) -> str | None:
    """The text of an entry, if the API shows all of it.

    The marker in the title of a text tells; without one, a short text is taken to be whole.
    """
    text = entry.raw_text
    if not text:
        return None
    marker = Marker.read(entry.title)
    if marker is not None and str(entry.type_) == "text":
        is_whole = digest("text", "", [text.encode(errors="surrogatepass")]) == marker.content
    else:
        is_whole = len(text) <= _CERTAINLY_WHOLE
    return text if is_whole else None
