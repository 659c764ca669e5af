"""What a replica can be trained on: a text, a file, a web page, a video or playlist on YouTube.

A source is a value: it says what to train on, and does nothing by itself. `check()` finds what the API would refuse,
as far as that can be known without I/O, and `body()` is the body of the request that creates the knowledge base entry.
A caller who trusts the API to judge leaves `check()` out.
"""

import io
import os
from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from pathlib import PurePath
from typing import IO, ClassVar, Literal
from urllib.parse import parse_qs, urlsplit

from sensay_ext._errors import FileRejected, InvalidArgumentError
from sensay_ext._limits import LARGEST_FILE, SHORTEST_PLAIN_FILE, check_text, check_url
from sensay_ext._mime import FileTypes

Content = str | os.PathLike[str] | bytes | bytearray | IO[bytes] | Iterable[bytes]
ContentForm = Literal["path", "bytes", "stream", "pieces"]
VideoKind = Literal["video", "short", "playlist"]

_PLAIN = "text/plain"
_LONGEST_CHARACTER = 4  # bytes, in UTF-8
_LABEL = 40
_YOUTUBE_HOSTS = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com"})


def _body(title: str | None, **fields: object) -> dict[str, object]:
    return {**fields, **({} if title is None else {"title": title})}


@dataclass(frozen=True, slots=True)
class Text:
    """A text to train on.

    Args:
        text: The text.
        title: A name for the entry, for people; no part of what the replica learns.
    """

    type: ClassVar[str] = "text"

    text: str
    _: KW_ONLY
    title: str | None = None

    def __repr__(self) -> str:
        return f"Text({self.label!r}, {len(self.text)} characters)"

    @property
    def label(self) -> str:
        """A short name for reports: the title, or the beginning of the text."""
        beginning = " ".join(self.text[: 2 * _LABEL].split())
        return self.title or (beginning if len(beginning) <= _LABEL else beginning[: _LABEL - 1] + "…")

    def check(self) -> None:
        """Check the text against the documented limits.

        Raises:
            InvalidArgumentError: It is empty.
        """
        check_text(self.text)

    def body(self) -> dict[str, object]:
        """Return the body of the request that creates the entry, as the API spells it."""
        return _body(self.title, text=self.text)


@dataclass(frozen=True, slots=True)
class File:
    """A file to train on.

    Args:
        content: Path of the file; or its bytes; or a file object open for reading bytes; or an iterable of pieces.
        name: Name under which it is uploaded; its extension tells the API what it is. Taken from the path or the
            file object unless given.
        mime_type: MIME type, where the extension does not tell it.
        size: Length in bytes. Needed for pieces, and for a file object that cannot seek.
        title: A name for the entry, for people; no part of what the replica learns.

    Raises:
        InvalidArgumentError: The name or the size is missing, or the file object reads text.
    """

    type: ClassVar[str] = "file"

    content: Content
    _: KW_ONLY
    name: str | None = None
    mime_type: str | None = None
    size: int | None = None
    title: str | None = None

    def __post_init__(self) -> None:
        if isinstance(self.content, io.TextIOBase):
            raise InvalidArgumentError(
                "content is a file object that reads text; open it in binary mode", field="content", limit="bytes"
            )
        if not self.filename:
            raise InvalidArgumentError(
                "name is needed where the content does not have one", field="name", limit="a file name"
            )
        if self.form == "pieces" and self.size is None:
            raise InvalidArgumentError(
                "size is needed for an iterable, since an upload begins with its length", field="size", limit="bytes"
            )

    def __repr__(self) -> str:
        return f"File({self.filename!r})"

    @property
    def form(self) -> ContentForm:
        """In what form the content is at hand; all but `pieces` can be read again for another attempt."""
        if isinstance(self.content, str | os.PathLike):
            return "path"
        if isinstance(self.content, bytes | bytearray):
            return "bytes"
        return "stream" if hasattr(self.content, "read") else "pieces"

    @property
    def filename(self) -> str:
        """Name under which it is uploaded, without folders."""
        known = self.name
        if known is None and isinstance(self.content, str | os.PathLike):
            known = os.fspath(self.content)
        elif known is None:
            known = getattr(self.content, "name", None)
        # A file object made from a descriptor has a number for a name.
        return PurePath(known).name if isinstance(known, str) else ""

    @property
    def label(self) -> str:
        """A short name for reports: the title, or the file's name."""
        return self.title or self.filename

    def content_type(self, types: FileTypes, *, validate: bool = True) -> str:
        """Return the MIME type to upload it under.

        Args:
            types: The file types that the API takes.
            validate: Whether to refuse others; else they are left to the API.

        Raises:
            FileRejected: The API does not take such files; or the type given for it is none.
        """
        return types.mime_type(self.filename, explicit=self.mime_type, validate=validate)

    def check(self, types: FileTypes, *, size: int | None = None, content: bytes | None = None) -> None:
        """Check type and length against the documented limits.

        Args:
            types: The file types that the API takes.
            size: Length in bytes, if the caller has found it out.
            content: The whole content, if the caller has read it; `must_be_read` says when that is of use.

        Raises:
            FileRejected: The API does not take such files; or it is empty, too large, or too short for a plain text.
        """
        content_type = self.content_type(types)
        if isinstance(self.content, bytes | bytearray):
            content = bytes(self.content)
        if content is not None:
            size = len(content)
        elif size is None:
            size = self.size
        problem = size is not None and _length_problem(size, content_type, content)
        if problem:
            raise FileRejected(problem, filename=self.filename)

    def body(self) -> dict[str, object]:
        """Return the body of the request that creates the entry, as the API spells it."""
        return _body(self.title, filename=self.filename)


def must_be_read(size: int, content_type: str) -> bool:
    """Return whether only reading a file tells if it is long enough.

    The limit for plain text counts characters, of which a file has at most one and at least a quarter per byte.
    """
    doubtful = SHORTEST_PLAIN_FILE <= size < SHORTEST_PLAIN_FILE * _LONGEST_CHARACTER
    return _is_plain(content_type) and doubtful


def _is_plain(content_type: str) -> bool:
    return content_type.partition(";")[0].strip() == _PLAIN


def _length_problem(size: int, content_type: str, content: bytes | None) -> str | None:
    if not size:
        return "it is empty"
    if size > LARGEST_FILE:
        return f"it has {size} bytes; the API takes at most {LARGEST_FILE}"
    characters = size if content is None else len(content.decode(errors="replace"))
    if _is_plain(content_type) and characters < SHORTEST_PLAIN_FILE:
        return f"it has {characters} characters; the API takes plain text of at least {SHORTEST_PLAIN_FILE}"
    return None


@dataclass(frozen=True, slots=True)
class FileState:
    """What a file looked like at one moment: its length in bytes and when it was written, in nanoseconds."""

    size: int
    modified: int

    def check_unchanged(self, now: "FileState", *, filename: str) -> None:
        """Compare with a later moment.

        Raises:
            FileRejected: The file was written to in between.
        """
        if now != self:
            raise FileRejected("it changed while it was read", filename=filename)


@dataclass(frozen=True, slots=True)
class Website:
    """A public web page to train on, by the text that it shows.

    Args:
        url: Address of the page; it must be readable without a login.
        title: A name for the entry, for people; no part of what the replica learns.
        auto_refresh: Whether the API is to read the page again from time to time; it decides when.
    """

    type: ClassVar[str] = "website"

    url: str
    _: KW_ONLY
    title: str | None = None
    auto_refresh: bool | None = None

    @property
    def label(self) -> str:
        """A short name for reports: the title, or the address."""
        return self.title or self.url

    def check(self) -> None:
        """Check the address against the documented limits.

        Raises:
            InvalidArgumentError: It is no http(s) URL with a dotted host, or the API does not take that host.
        """
        check_url(self.url)

    def body(self) -> dict[str, object]:
        """Return the body of the request that creates the entry, as the API spells it."""
        refresh = {} if self.auto_refresh is None else {"autoRefresh": self.auto_refresh}
        return _body(self.title, url=self.url, **refresh)


@dataclass(frozen=True, slots=True)
class YouTube:
    """A video, short or playlist on YouTube to train on; of a playlist, each video becomes an entry of its own.

    Args:
        url: Address, of the form `https://www.youtube.com/watch?v=…`, `https://youtu.be/…`,
            `https://www.youtube.com/shorts/…` or `https://www.youtube.com/playlist?list=…`.
        title: A name for the entry, for people; no part of what the replica learns.
    """

    type: ClassVar[str] = "youtube"

    url: str
    _: KW_ONLY
    title: str | None = None

    @property
    def label(self) -> str:
        """A short name for reports: the title, or the address."""
        return self.title or self.url

    @property
    def kind(self) -> VideoKind | None:
        """What the address leads to; `None` if it has none of the forms that the API takes."""
        return video_kind(self.url)

    def check(self) -> None:
        """Check the address against the documented forms.

        Raises:
            InvalidArgumentError: It has none of them.
        """
        if self.kind is None:
            forms = "https://www.youtube.com/watch?v=…, /shorts/… or /playlist?list=…, or https://youtu.be/…"
            raise InvalidArgumentError(f"url is no video or playlist; the API takes {forms}", field="url", limit=forms)

    def body(self) -> dict[str, object]:
        """Return the body of the request that creates the entry, as the API spells it."""
        return _body(self.title, url=self.url)


Source = Text | File | Website | YouTube
"""Anything that a replica can be trained on."""


def video_kind(url: str) -> VideoKind | None:
    """Return what an address on YouTube leads to; `None` for any other address."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"}:
        return None
    first, _, rest = parts.path.strip("/").partition("/")
    if host == "youtu.be":
        return "video" if first and not rest else None
    if host not in _YOUTUBE_HOSTS:
        return None
    query = parse_qs(parts.query)
    kinds: dict[str, tuple[VideoKind, bool]] = {
        "watch": ("video", "v" in query),
        "shorts": ("short", bool(rest)),
        "playlist": ("playlist", "list" in query),
    }
    kind, complete = kinds.get(first, ("video", False))
    return kind if complete else None


def source_for_url(url: str, *, title: str | None = None, auto_refresh: bool | None = None) -> Website | YouTube:
    """Return the source that an address stands for.

    Args:
        url: Any address.
        title: A name for the entry, for people.
        auto_refresh: Whether the API is to read a web page again from time to time.
    """
    if video_kind(url) is not None:
        return YouTube(url, title=title)
    return Website(url, title=title, auto_refresh=auto_refresh)
