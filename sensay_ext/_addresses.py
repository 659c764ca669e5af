"""Whether two addresses of the web lead to the same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from sensay_ext._sources import video_kind

if TYPE_CHECKING:
    from generated_client.models import KnowledgeBaseEntry, KnowledgeBaseEntryListItem

__all__ = ["address_key", "address_keys_of"]


def address_key(url: str) -> str:
    """What identifies the thing at an address, however the address is written.

    A video is identified by its id, since the API may write its address in another form.
    """
    try:
        parts = urlsplit(url)
        host, port, query = parts.hostname or "", parts.port, parse_qs(parts.query)
    except ValueError:
        return url
    kind = video_kind(url)
    if kind == "playlist":
        return f"playlist:{query['list'][0]}"
    if kind is not None:
        return f"video:{query['v'][0] if 'v' in query else parts.path.rstrip('/').rpartition('/')[2]}"
    return f"page:{host}{f':{port}' if port else ''}{parts.path.rstrip('/')}?{parts.query}"


def address_keys_of(entry: KnowledgeBaseEntry | KnowledgeBaseEntryListItem) -> frozenset[str]:
    """What identifies the things that an entry was made from by its address; a video may be one of a playlist."""
    holders = (entry, entry.website, entry.youtube)
    found = {address_key(holder.url) for holder in holders if holder is not None and holder.url}
    if entry.youtube is not None and entry.youtube.playlist_id:
        found.add(f"playlist:{entry.youtube.playlist_id}")
    return frozenset(found)
