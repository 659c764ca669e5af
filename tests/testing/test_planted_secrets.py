"""A recording with secrets in all places where the API has one: none survives, however it is written."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.testing.decoded import parts_found, parts_in_files
from tests.testing.places import ECHOES, PLACES, tell
from tests.testing.planting import BY_PLACE, ENCODINGS, Speaker, by_look, recording, speaker


@pytest.fixture(scope="module")
def speaking() -> Iterator[Speaker]:
    with speaker() as speaking:
        yield speaking


@pytest.mark.parametrize("place", PLACES)
def test_none_survives_where_it_stands(speaking: Speaker, tmp_path: Path, place: str) -> None:
    secret, plant = PLACES[place]
    with recording(speaking, tmp_path / "cassette.yaml") as made:
        plant(made, secret)

    assert (tmp_path / "cassette.yaml").exists()
    assert parts_in_files(tmp_path, [secret]) == []


@pytest.mark.parametrize("echo", ECHOES)
def test_none_survives_where_it_is_repeated(speaking: Speaker, tmp_path: Path, echo: str) -> None:
    with recording(speaking, tmp_path / "cassette.yaml") as made:
        tell(made)
        for write in ENCODINGS.values():
            for secret in BY_PLACE:
                ECHOES[echo](made, write(secret))

    assert parts_in_files(tmp_path, BY_PLACE) == []


@pytest.mark.parametrize("echo", ECHOES)
def test_what_looks_like_a_secret_needs_no_other_sign(speaking: Speaker, tmp_path: Path, echo: str) -> None:
    planted = []
    with recording(speaking, tmp_path / "cassette.yaml") as made:
        # Elsewhere the same encoding gets another token.
        for number, write in enumerate(ENCODINGS.values(), start=list(ECHOES).index(echo)):
            for secret in by_look(number):
                ECHOES[echo](made, write(secret))
                planted.append(secret)

    assert parts_in_files(tmp_path, planted) == []


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_search_would_find_them(encoding: str) -> None:
    for secret in (*BY_PLACE, *by_look(0), *by_look(1), *by_look(2)):
        written = f"<{ENCODINGS[encoding](secret)}>".encode()

        for data in (written, b"\x00\xff" + written + b"\xfe", gzip.compress(written)):
            assert parts_found(data, [secret])
