"""How an entry of a knowledge base says what it was made from, so that it is recognized when its creation is in doubt.

The API has no way to say "this is the same request as before", and makes two entries of a text that is sent twice. So
the title of an entry ends with a marker:

    opening hours [sensay-ext:1f0c…]                    made from this content
    handbook.pdf [sensay-ext:1f0c…~5e1a…]               the same, in this very attempt to upload it
    docs/handbook.pdf [sensay-ext:1f0c…@9b1d…/77aa…]    made from the file in this place of this folder

The marker is a digest, and holds nothing of the content. A title is for people and for lists: the API does not train
on it, so a replica never speaks of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Marker", "digest", "new_attempt"]

_FORM = re.compile(r"\[sensay-ext:([0-9a-f]{32})(?:@([0-9a-f]{8}/[0-9a-f]{16}))?(?:~([0-9a-f]{8}))?\]\s*$")
_CONTENT = 32
_ATTEMPT = 8
_LONGEST_NAME = 120
_FOLDER = 8
_PATH = 16


def digest(kind: str, name: str, pieces: Iterable[bytes]) -> str:
    """The digest of a content.

    Args:
        kind: What the content is: `text`, `file`.
        name: Name of the file, whose ending decides what is made of it; empty for a text.
        pieces: The content.
    """
    made = sha256(f"{kind}\0{name}\0".encode(errors="surrogatepass"))
    for piece in pieces:
        made.update(piece)
    return made.hexdigest()[:_CONTENT]


def new_attempt() -> str:
    """A name that no other attempt has."""
    return uuid4().hex[:_ATTEMPT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """What a title says.

    Args:
        content: Digest of the content.
        place: Where in which folder the content stands; empty for what does not come from a folder.
        attempt: The attempt to upload it; empty for what is not uploaded.
    """

    content: str
    place: str = ""
    attempt: str = ""

    @classmethod
    def at(cls, folder: str, path: str, content: str) -> Marker:
        """The marker of a file of a folder.

        Args:
            folder: Name of the folder, as the caller keeps several of them apart.
            path: Path within the folder, with slashes.
            content: Digest of the content.
        """
        return cls(content=content, place=f"{folder_key(folder)}/{_short(path, _PATH)}")

    @classmethod
    def read(cls, title: str | None) -> Marker | None:
        """Read a title; None when it has no marker."""
        found = _FORM.search(title or "")
        if found is None:
            return None
        content, place, attempt = found.groups(default="")
        return cls(content=content, place=place, attempt=attempt)

    def title(self, name: str) -> str:
        """Write a title.

        Args:
            name: The part for people; shortened if it is very long.
        """
        shown = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
        place = f"@{self.place}" if self.place else ""
        attempt = f"~{self.attempt}" if self.attempt else ""
        return f"{shown} [sensay-ext:{self.content}{place}{attempt}]".lstrip()

    @property
    def folder(self) -> str:
        """The key of the folder; empty for what does not come from one."""
        return self.place.partition("/")[0]


def folder_key(folder: str) -> str:
    """How markers name a folder."""
    return _short(folder, _FOLDER)


def _short(text: str, length: int) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:length]
