"""Bodies are decompressed in small steps, and only so far."""

import gzip
import tracemalloc
import zlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensay_ext._body import BodyDecoder, BodyError

MEBIBYTE = 1 << 20


def read(data: bytes, encoding: str, *, limit: int = MEBIBYTE, step: int = 1 << 16) -> bytes:
    decoder = BodyDecoder(encoding, limit)
    edges = [*range(0, len(data), step), len(data)]
    body = b"".join(decoder.decode(data[left:right]) for left, right in pairwise(edges))
    decoder.check_complete()
    return body


@given(data=st.binary(max_size=2000), step=st.integers(min_value=1, max_value=300))
def test_a_compressed_body_is_the_same_in_any_pieces(data: bytes, step: int) -> None:
    assert data == read(gzip.compress(data), "gzip", step=step)


@pytest.mark.parametrize("encoding", ["", "identity", " Identity "])
def test_a_plain_body_stays_as_it_is(encoding: str) -> None:
    assert read(b"abc", encoding) == b"abc"


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "gzip, gzip", "x"])
def test_compression_that_was_not_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(BodyError, match="not asked for"):
        read(b"abc", encoding)


def test_an_empty_body_is_complete_in_any_encoding() -> None:
    assert (read(b"", "gzip"), read(b"", "br")) == (b"", b"")


def test_broken_data_is_refused() -> None:
    with pytest.raises(BodyError, match="not valid gzip"):
        read(b"this is no gzip", "gzip")


@pytest.mark.parametrize("cut", [1, 8, 200])
def test_data_without_its_end_is_refused(cut: int) -> None:
    data = gzip.compress(bytes(range(256)) * 40)

    with pytest.raises(BodyError, match="cut off"):
        read(data[:-cut], "gzip")


@pytest.mark.parametrize("encoding", ["", "gzip"])
@pytest.mark.parametrize(("size", "fits"), [(999, True), (1000, True), (1001, False), (5000, False)])
def test_the_limit_counts_what_comes_out(encoding: str, size: int, fits: bool) -> None:  # noqa: FBT001 - a parameter of the test
    data = gzip.compress(b"x" * size) if encoding else b"x" * size
    if fits:
        assert len(read(data, encoding, limit=1000)) == size
    else:
        with pytest.raises(BodyError, match="longer than 1000 bytes"):
            read(data, encoding, limit=1000)


def test_a_small_reply_cannot_fill_the_memory() -> None:
    compressor = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    bomb = b"".join(compressor.compress(bytes(MEBIBYTE)) for _ in range(50)) + compressor.flush()
    tracemalloc.start()
    try:
        with pytest.raises(BodyError, match="longer"):
            read(bomb, "gzip", limit=MEBIBYTE, step=len(bomb))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 4 * MEBIBYTE
