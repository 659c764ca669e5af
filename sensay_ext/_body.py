"""Decompresses the body of a reply, and keeps it small."""

from __future__ import annotations

import zlib

__all__ = ["ACCEPTED_ENCODING", "BodyDecoder", "BodyError"]

#: The only compression that is asked for. Nested or unknown ones are refused: they are how a small reply fills memory.
ACCEPTED_ENCODING = "gzip"

_GZIP_WINDOW = 16 + zlib.MAX_WBITS


class BodyError(Exception):
    """The body cannot be used; says why, without quoting it."""


class BodyDecoder:
    """Decompresses one body as it comes in.

    The library underneath would decompress a whole packet at once, whatever comes out of it; here no step makes more
    than the limit.

    Args:
        encoding: The reply's `Content-Encoding`.
        limit: Bytes after decompression.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        self._encoding = encoding.strip().lower()
        self._limit = limit
        self._size = 0
        self._inflate = zlib.decompressobj(_GZIP_WINDOW) if self._encoding == ACCEPTED_ENCODING else None

    def decode(self, chunk: bytes) -> bytes:
        """What the next bytes from the wire are.

        Raises:
            BodyError: Unknown compression, broken data, or more than the limit.
        """
        part = self._inflated(chunk)
        self._size += len(part)
        if self._size > self._limit:
            raise BodyError(f"the body is longer than {self._limit} bytes")
        return part

    def _inflated(self, chunk: bytes) -> bytes:
        if self._inflate is None:
            if self._encoding not in {"", "identity"}:
                raise BodyError("the body is compressed in a way that was not asked for")
            return chunk
        try:
            return self._inflate.decompress(chunk, self._limit - self._size + 1)
        except zlib.error:
            raise BodyError("the body is not valid gzip") from None

    def check_complete(self) -> None:
        """Call after the last bytes.

        Raises:
            BodyError: Compressed data that lacks its end.
        """
        if self._inflate is not None and self._size and not self._inflate.eof:
            raise BodyError("the compressed body is cut off")
