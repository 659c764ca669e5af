"""The documents of the demo: the committed handbook is what its script makes, and the questions have answers in it."""

import json
from pathlib import Path

import pytest
from markitdown import MarkItDown

from scripts.demo_data.make_handbook import HANDBOOK, make
from sensay_ext._mime import FileTypes
from sensay_ext._sources import File, Text

FOLDER = HANDBOOK.parent
QUESTIONS = json.loads((FOLDER / "questions.json").read_text())


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The text of each document, with lines joined."""
    converter = MarkItDown()
    names = ("handbook.pdf", "opening-hours.txt")
    return {name: " ".join(converter.convert(FOLDER / name).text_content.split()) for name in names}


def test_the_committed_handbook_is_what_the_script_makes() -> None:
    assert HANDBOOK.read_bytes() == make()


def test_every_answer_stands_in_its_source_and_in_no_other(texts: dict[str, str]) -> None:
    for question in QUESTIONS:
        assert [name for name, text in texts.items() if question["expect"] in text] == [question["source"]]


def test_the_handbook_has_several_pages_and_reads_in_order(texts: dict[str, str]) -> None:
    pages = ["In this handbook", "was founded in 1987", "The early shift works", "Complete overhaul", "Page 5"]
    places = [texts["handbook.pdf"].index(words) for words in pages]

    assert places == sorted(places)


def test_the_documents_are_within_the_limits_of_the_api() -> None:
    hours = FOLDER / "opening-hours.txt"
    types = FileTypes()
    for path in (HANDBOOK, hours):
        File(path).check(types, content=path.read_bytes())
    Text(hours.read_text()).check()

    assert len(QUESTIONS) >= 4
    assert all(Path(FOLDER, question["source"]).is_file() for question in QUESTIONS)
