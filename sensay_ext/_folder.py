"""The files of a folder, and what identifies their content."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from stat import S_ISREG
from typing import TYPE_CHECKING, Protocol
from unicodedata import normalize

from sensay_ext._errors import ConfigurationError, InvalidArgumentError
from sensay_ext._marker import digest
from sensay_ext._sources import FileState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["DigestCache", "FolderFile", "Selection", "scan"]

_CHUNK = 1 << 20

_TWIN = "another file has the same name, with its accents written in another way"

_FRESH = 2.0
"""Seconds for which a file that was just written to may be written to again without a trace: clocks of file systems are
coarse."""


class DigestCache(Protocol):
    """Remembers digests, so that files that have not been written to need not be read again."""

    def digest(self, path: str, state: FileState) -> str | None:
        """The digest of a file that looks like this; None if it is not known."""

    def remember(self, path: str, state: FileState, digest: str) -> None:
        """Remember a digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which files of a folder are meant.

    In a pattern, `*` stands for any characters, slashes included, `?` for one, and `[…]` for one of several; it is
    compared with the whole path within the folder.

    Args:
        include: Patterns, of which a path must match one.
        exclude: Patterns, of which it must match none.
        hidden: Whether files and folders whose names begin with a dot are meant as well.
    """

    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()
    hidden: bool = False

    @classmethod
    def of(cls, include: str | Sequence[str], exclude: str | Sequence[str], *, hidden: bool) -> Selection:
        """Take one pattern, or several."""
        included, excluded = ((each,) if isinstance(each, str) else tuple(each) for each in (include, exclude))
        return cls(include=included, exclude=excluded, hidden=hidden)

    def has(self, path: str) -> bool:
        """Whether a file is meant, by its path within the folder, with slashes."""
        if not self.hidden and any(part.startswith(".") for part in PurePosixPath(path).parts):
            return False
        return _matches(path, self.include) and not _matches(path, self.exclude)

    def enters(self, path: str) -> bool:
        """Whether files that are meant may be in a folder, by its path within the whole one."""
        if not self.hidden and PurePosixPath(path).name.startswith("."):
            return False
        return not _matches(f"{path}/", tuple(pattern for pattern in self.exclude if pattern.endswith("*")))


def _matches(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in patterns)


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderFile:
    """A file of a folder.

    Args:
        path: Its path within the folder, with slashes. Letters with accents are written in one way, since systems
            differ in how they write them.
        location: Where it is.
        state: Its length, and when it was written to.
        digest: What identifies its content; empty if it cannot be read.
        problem: Why it cannot be read; empty if it can.
    """

    path: str
    location: str
    state: FileState
    digest: str
    problem: str = ""


def scan(folder: Path, selection: Selection, cache: DigestCache, now: float) -> list[FolderFile]:
    """Look at the files of a folder and of the folders in it.

    Args:
        folder: The folder. Links to folders are not followed, links to files are.
        selection: Which files are meant.
        cache: Remembers digests.
        now: Seconds since 1970.

    Returns:
        The files, by their paths.

    Raises:
        InvalidArgumentError: There is no such folder.
        ConfigurationError: It cannot be looked into, or a folder in it cannot.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 - the method of a path lets errors of the system through
        raise InvalidArgumentError("folder is no folder that can be read", field="folder", limit="a folder")
    found = [
        _look_at(location, path, cache, now)
        for location in _walk(folder, selection)
        if selection.has(path := _within(folder, location))
    ]
    return _told_apart(sorted(found, key=lambda file: (file.path, file.location)))


def _walk(folder: Path, selection: Selection) -> Iterator[Path]:
    for place, folders, files in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if selection.enters(_within(folder, Path(place, name))))
        yield from (Path(place, name) for name in sorted(files) if _may_be_file(Path(place, name)))


def _refuse(problem: OSError) -> None:
    # It must not pass for empty: what was trained on from there would be taken for gone.
    reason = problem.strerror or type(problem).__name__
    raise ConfigurationError(f"the folder {problem.filename} cannot be read: {reason}; leave it out with exclude=")


def _may_be_file(location: Path) -> bool:
    """Whether it is a file, or one that cannot be looked at; the second is told of each by itself."""
    try:
        return S_ISREG(location.stat().st_mode)
    except OSError:
        return True


def _within(folder: Path, location: Path) -> str:
    return normalize("NFC", location.relative_to(folder).as_posix())


def _told_apart(files: list[FolderFile]) -> list[FolderFile]:
    """The same, but of files that differ only in how their accents are written, all but the first have a problem."""
    seen: set[str] = set()
    told: list[FolderFile] = []
    for file in files:
        is_twin = file.path in seen
        seen.add(file.path)
        told.append(replace(file, digest="", problem=_TWIN) if is_twin else file)
    return told


def _look_at(location: Path, path: str, cache: DigestCache, now: float) -> FolderFile:
    known = str(location.absolute())
    try:
        status = location.stat()
        state = FileState(size=status.st_size, modified=status.st_mtime_ns)
        content = cache.digest(known, state)
        if content is None:
            content = digest("file", PurePosixPath(path).name, _pieces(location))
            if status.st_mtime < now - _FRESH:
                cache.remember(known, state, content)
    except OSError as problem:
        reason = f"it cannot be read: {problem.strerror or type(problem).__name__}"
        return FolderFile(path=path, location=known, state=FileState(0, 0), digest="", problem=reason)
    return FolderFile(path=path, location=known, state=state, digest=content)


def _pieces(location: Path) -> Iterator[bytes]:
    with location.open("rb") as opened:
        while piece := opened.read(_CHUNK):
            yield piece
