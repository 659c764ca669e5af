# Derived from sensay_ext/_async/_content.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""The bytes of a file on their way to the storage."""

from __future__ import annotations

import io
import os
from contextlib import closing, contextmanager
from typing import IO, TYPE_CHECKING, cast

from sensay_ext._concurrency import Blocking, Crew
from sensay_ext._errors import FileRejected, SensayError
from sensay_ext._marker import digest
from sensay_ext._sources import FileState, must_be_read

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from sensay_ext._mime import FileTypes
    from sensay_ext._sources import File

__all__ = ["FileContent"]

_CHUNK = 1 << 20
"""Bytes read at a time: few enough to keep memory flat, enough that a hand-over to a thread does not count."""


class FileContent:
    """The content of a file, read piece by piece, as often as an upload needs it.

    Args:
        file: The file.
        size: Its length in bytes.
        state: What it looked like when its length was found out; None for what cannot change.
        start: Where the content begins in a file object; None where that cannot be gone back to.
    """

    def __init__(self, file: File, size: int, *, state: FileState | None = None, start: int | None = None) -> None:
        self._file = file
        self.filename = file.filename
        self.label = file.label
        self.state = state
        self._start = start
        self._is_used = False
        self.size = size
        self.is_lasting = file.form in {"path", "bytes"} or start is not None
        """Whether the content can be read any number of times."""

    @classmethod
    def of(cls, file: File) -> FileContent:
        """Find out how long the content of a file is.

        Raises:
            FileRejected: It cannot be read, or nobody can tell how long it is.
        """
        with _reading(file):
            return Blocking.run(cls._measure, file)

    @classmethod
    def _measure(cls, file: File) -> FileContent:
        if file.form == "path":
            state = _state_of_path(file)
            return cls(file, state.size, state=state)
        if file.form == "bytes":
            return cls(file, len(cast("bytes", file.content)))
        if file.form == "stream":
            stream = cast("IO[bytes]", file.content)
            if stream.seekable():
                start = stream.tell()
                end = stream.seek(0, io.SEEK_END)
                stream.seek(start)
                return cls(file, end - start if file.size is None else file.size, start=start)
        if file.size is None:
            raise FileRejected("its size is needed, since it cannot be found out", filename=file.filename)
        return cls(file, file.size)

    @property
    def can_repeat(self) -> bool:
        """Whether the content can be read from its beginning now."""
        return self.is_lasting or not self._is_used

    def check(self, types: FileTypes) -> None:
        """Check type and length against the documented limits.

        Raises:
            FileRejected: The API does not take such files; or it is empty, too large, or too short for a plain text.
        """
        whole = None
        if self.is_lasting and must_be_read(self.size, self._file.content_type(types)):
            with closing(self._pieces()) as pieces:
                whole = b"".join([piece for piece in pieces])
        self._file.check(types, size=self.size, content=whole)

    def digest(self) -> str | None:
        """The digest that identifies the content; None for what can be read only once.

        Raises:
            FileRejected: It cannot be read.
        """
        if not self.is_lasting:
            return None
        with _reading(self._file):
            return Blocking.run(self._digest)

    def _digest(self) -> str:
        opened = self._open()
        try:
            return digest("file", self._file.filename, _read_through(opened))
        finally:
            self._close(opened)

    def chunks(self, on_sent: Callable[[int], None]) -> Generator[bytes, None]:
        """Give the content in pieces, exactly as many bytes as `size` says.

        The last piece is held back until it is certain that the file is still the same: a body that lacks it is
        dropped by the storage, while a complete one of mixed bytes would be kept.

        Args:
            on_sent: Told how many bytes have been taken so far.

        Raises:
            FileRejected: The file changed since its length was found out, or cannot be read any more.
        """
        sent = 0
        with closing(self._pieces()) as pieces:
            for piece in pieces:
                Crew.check()
                sent += len(piece)
                if sent > self.size:
                    raise self._changed()
                if sent == self.size:
                    self._check_unchanged()
                yield piece
                on_sent(sent)
        if sent < self.size:
            raise self._changed()

    def _pieces(self) -> Generator[bytes, None]:
        self._is_used = True
        with _reading(self._file):
            if self._file.form == "pieces":
                for piece in cast("Iterable[bytes]", self._file.content):
                    yield piece
                return
            with self._opened() as opened:
                left = self.size
                # One byte more than there should be, to notice a file that grew.
                while piece := Blocking.run(opened.read, min(_CHUNK, left + 1)):
                    left -= len(piece)
                    yield piece
                    if left < 0:
                        return

    @contextmanager
    def _opened(self) -> Iterator[IO[bytes]]:
        opened = Blocking.run(self._open)
        try:
            yield opened
        finally:
            self._close(opened)

    def _open(self) -> IO[bytes]:
        content = self._file.content
        if self._file.form == "stream":
            stream = cast("IO[bytes]", content)
            if self._start is not None:
                stream.seek(self._start)
            return stream
        if isinstance(content, bytes | bytearray):
            return io.BytesIO(content)
        return open(cast("str", content), "rb")  # noqa: PTH123 - a path may be text, which need not be converted

    def _close(self, opened: IO[bytes]) -> None:
        # A file object that the caller opened is the caller's to close.
        if opened is not self._file.content:
            opened.close()

    def _check_unchanged(self) -> None:
        if self.state is not None:
            now = Blocking.run(_state_of_path, self._file)
            self.state.check_unchanged(now, filename=self._file.filename)

    def _changed(self) -> FileRejected:
        return FileRejected(f"it does not have the {self.size} bytes it should have", filename=self._file.filename)


def _read_through(opened: IO[bytes]) -> Iterator[bytes]:
    while piece := opened.read(_CHUNK):
        yield piece


def _state_of_path(file: File) -> FileState:
    status = os.stat(cast("str", file.content))  # noqa: PTH116 - a path may be text, which need not be converted
    return FileState(size=status.st_size, modified=status.st_mtime_ns)


@contextmanager
def _reading(file: File) -> Iterator[None]:
    """Make an error of ours of whatever the system, or the caller's own file object or iterable, raises."""
    try:
        yield
    except SensayError:
        raise
    except Exception as problem:
        reason = getattr(problem, "strerror", None) or type(problem).__name__
        raise FileRejected(f"it cannot be read: {reason}", filename=file.filename) from problem
