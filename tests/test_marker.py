"""What titles say of where an entry comes from."""

import re

from hypothesis import given
from hypothesis import strategies as st

from sensay_ext._marker import Marker, digest, folder_key, new_attempt

TEXTS = st.text()
HEX = "0123456789abcdef"


def hexadecimal(length: int) -> st.SearchStrategy[str]:
    return st.text(HEX, min_size=length, max_size=length)


MARKERS = st.builds(
    lambda content, place, attempt: Marker(content=content, place=place, attempt=attempt),
    hexadecimal(32),
    st.one_of(st.just(""), st.builds("{}/{}".format, hexadecimal(8), hexadecimal(16))),
    st.one_of(st.just(""), hexadecimal(8)),
)


@given(MARKERS, TEXTS)
def test_what_is_written_is_read(marker: Marker, name: str) -> None:
    assert Marker.read(marker.title(name)) == marker


@given(MARKERS, TEXTS)
def test_a_title_is_never_very_long_and_begins_with_the_name(marker: Marker, name: str) -> None:
    title = marker.title(name)

    assert len(title) <= 220
    assert title.lstrip().startswith((name[:119].strip() and name[:119].lstrip()) or "[sensay-ext:")


@given(TEXTS)
def test_other_titles_have_no_marker(title: str) -> None:
    assert Marker.read(title) is None


def test_no_title_has_no_marker() -> None:
    assert Marker.read(None) is None


def test_a_name_that_looks_like_a_marker_does_no_harm() -> None:
    mine, other = (Marker(content=digit * 32) for digit in "ab")

    assert Marker.read(mine.title(other.title("Hours"))) == mine


@given(TEXTS, TEXTS, st.lists(st.binary(max_size=20), max_size=5))
def test_a_digest_depends_on_the_content_and_not_on_its_pieces(kind: str, name: str, pieces: list[bytes]) -> None:
    made = digest(kind, name, pieces)

    assert made == digest(kind, name, [b"".join(pieces)])
    assert made != digest(kind, name, [*pieces, b"!"])
    assert made != digest(kind, name + "!", pieces)
    assert re.fullmatch("[0-9a-f]{32}", made)


def test_a_place_is_one_of_a_folder() -> None:
    content = "0" * 32
    here, same = Marker.at("docs", "a/b.md", content), Marker.at("docs", "a/b.md", "1" * 32)

    assert here.place == same.place
    assert here.place != Marker.at("docs", "a/c.md", content).place
    assert here.place != Marker.at("other", "a/b.md", content).place
    assert here.folder == folder_key("docs") == Marker.at("docs", "z", content).folder
    assert not Marker(content=content).folder


def test_every_attempt_is_another() -> None:
    assert len({new_attempt() for _ in range(100)}) == 100
