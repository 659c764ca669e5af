"""What can be trained on: the request body of each source, and what is found wrong before anything is sent."""

import io
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensay_ext._errors import FileRejected, InvalidArgumentError
from sensay_ext._limits import LARGEST_FILE
from sensay_ext._mime import FileTypes
from sensay_ext._sources import (
    File,
    FileState,
    Source,
    Text,
    Website,
    YouTube,
    must_be_read,
    source_for_url,
    video_kind,
)

TYPES = FileTypes()
LONG = b"We are open from nine to five on every day of the week but Monday."


@pytest.mark.parametrize(
    ("source", "body"),
    [
        (Text("We are open 9 to 5."), {"text": "We are open 9 to 5."}),
        (Text("We are open 9 to 5.", title="Hours"), {"text": "We are open 9 to 5.", "title": "Hours"}),
        (File("handbook.pdf"), {"filename": "handbook.pdf"}),
        (File("some/folder/handbook.pdf", title="Handbook"), {"filename": "handbook.pdf", "title": "Handbook"}),
        (File(LONG, name="hours.txt"), {"filename": "hours.txt"}),
        (Website("https://example.com"), {"url": "https://example.com"}),
        (
            Website("https://example.com", title="Home", auto_refresh=False),
            {"url": "https://example.com", "autoRefresh": False, "title": "Home"},
        ),
        (YouTube("https://youtu.be/abc", title="Tour"), {"url": "https://youtu.be/abc", "title": "Tour"}),
    ],
)
def test_each_source_says_what_entry_it_becomes(source: Source, body: dict[str, Any]) -> None:
    assert source.body() == body


def test_each_source_has_the_type_and_a_label() -> None:
    sources: list[Source] = [Text("x"), File("x.pdf"), Website("https://x.io"), YouTube("https://youtu.be/x")]

    assert [source.type for source in sources] == ["text", "file", "website", "youtube"]
    assert [source.label for source in sources] == ["x", "x.pdf", "https://x.io", "https://youtu.be/x"]
    assert {source.label for source in (Text("x", title="T"), File("x.pdf", title="T"))} == {"T"}
    assert {source.label for source in (Website("x", title="T"), YouTube("x", title="T"))} == {"T"}


def test_a_long_text_is_shown_by_its_beginning() -> None:
    source = Text("We are open\n\n9 to 5 " + "and much more " * 1000)

    assert source.label == "We are open 9 to 5 and much more and mu…"
    assert repr(source) == "Text('We are open 9 to 5 and much more and mu…', 14020 characters)"
    assert repr(File(LONG, name="hours.txt")) == "File('hours.txt')"


def test_good_sources_pass() -> None:
    Text("x").check()
    File("handbook.pdf").check(TYPES)
    File("handbook.pdf").check(TYPES, size=LARGEST_FILE)
    File(LONG, name="hours.txt").check(TYPES)
    File("data.bin", mime_type="text/csv").check(TYPES, size=1)
    Website("https://example.com").check()
    YouTube("https://www.youtube.com/shorts/abc").check()


@pytest.mark.parametrize(
    ("check", "message"),
    [
        (lambda: Text("").check(), "text has 0 characters"),
        (lambda: Website("https://docs.google.com/d/1").check(), "url is on a host"),
        (lambda: Website("example.com").check(), "url is no public web address"),
        (lambda: YouTube("https://vimeo.com/1").check(), "url is no video or playlist"),
    ],
)
def test_what_the_api_would_refuse_is_found(check: Callable[[], None], message: str) -> None:
    with pytest.raises(InvalidArgumentError, match=message):
        check()


@pytest.mark.parametrize(
    ("file", "size", "content", "message"),
    [
        (File("a.exe"), None, None, r"a\.exe: the API does not take files of type \.exe"),
        (File("a.pdf"), 0, None, r"a\.pdf: it is empty"),
        (File("a.pdf"), LARGEST_FILE + 1, None, "it has 52428801 bytes; the API takes at most 52428800"),
        (File("a.txt"), 49, None, "it has 49 characters; the API takes plain text of at least 50"),
        (File("a.txt"), None, "ä".encode() * 49, "it has 49 characters"),
        (File(b"short", name="a.txt"), None, None, "it has 5 characters"),
        (File(bytearray(b"short"), name="a.txt"), None, None, "it has 5 characters"),
        (File(b"short", name="a.bin", mime_type="text/plain; charset=utf-8"), None, None, "it has 5 characters"),
        (File(iter([b"x"]), name="a.txt", size=1), None, None, "it has 1 characters"),
    ],
)
def test_files_that_the_api_would_refuse_are_found(
    file: File, size: int | None, content: bytes | None, message: str
) -> None:
    with pytest.raises(FileRejected, match=message):
        file.check(TYPES, size=size, content=content)


@pytest.mark.parametrize("name", ["a.md", "a.csv", "a.json"])
def test_only_plain_text_has_to_have_fifty_characters(name: str) -> None:
    File(b"{}", name=name).check(TYPES)


@given(st.text(st.sampled_from("aä€🚲"), min_size=1, max_size=210))
def test_the_length_in_bytes_decides_wherever_it_can(text: str) -> None:
    size = len(text.encode())
    if not must_be_read(size, "text/plain"):
        assert (size >= 50) == (len(text) >= 50)
    assert not must_be_read(size, "application/pdf")


def test_files_know_their_form_name_and_type(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_bytes(LONG)
    with path.open("rb") as stream:
        files = [File(path), File(str(path)), File(stream), File(LONG, name="notes.md")]
        pieces = File((LONG, LONG), name="a/b/notes.md", size=2 * len(LONG))

        assert [file.form for file in (*files, pieces)] == ["path", "path", "stream", "bytes", "pieces"]
        assert {file.filename for file in (*files, pieces)} == {"notes.md"}
        assert {file.content_type(TYPES) for file in files} == {"text/markdown"}
    assert File(PurePosixPath("x.pdf"), name="other.txt").filename == "other.txt"


class FromDescriptor(io.BytesIO):
    """A file object made from a descriptor, whose name is a number."""

    name = 3


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: File(LONG), "name"),
        (lambda: File(io.BytesIO(LONG)), "name"),
        (lambda: File(FromDescriptor(LONG)), "name"),
        (lambda: File(""), "name"),
        (lambda: File([LONG], name="a.txt"), "size"),
        (lambda: File(io.StringIO("text"), name="a.txt"), "content"),  # type: ignore[arg-type] # what is refused
    ],
)
def test_a_file_that_cannot_be_uploaded_is_refused_at_once(make: Callable[[], File], field: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        make()

    assert caught.value.field == field


def test_a_file_that_changed_while_it_was_read_is_refused() -> None:
    before = FileState(10, 1)
    before.check_unchanged(FileState(10, 1), filename="a.txt")

    with pytest.raises(FileRejected, match=r"a\.txt: it changed while it was read"):
        before.check_unchanged(FileState(10, 2), filename="a.txt")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.youtube.com/watch?v=abc", "video"),
        ("https://www.youtube.com/watch?v=abc&list=RDabc", "video"),
        ("http://m.youtube.com/watch?v=abc&t=10s", "video"),
        ("https://youtube.com/shorts/abc", "short"),
        ("https://www.youtube.com/playlist?list=PL1", "playlist"),
        ("https://youtu.be/abc?t=1", "video"),
        ("https://www.youtube.com/watch", None),
        ("https://www.youtube.com/watch?v=", None),
        ("https://www.youtube.com/shorts/", None),
        ("https://www.youtube.com/playlist", None),
        ("https://www.youtube.com/@channel", None),
        ("https://youtu.be/", None),
        ("https://youtu.be/abc/def", None),
        ("https://notyoutube.com/watch?v=abc", None),
        ("ftp://youtu.be/abc", None),
        ("youtu.be/abc", None),
        ("https://[::1", None),
    ],
)
def test_addresses_on_youtube_are_told_apart(url: str, kind: str | None) -> None:
    assert video_kind(url) == YouTube(url).kind == kind


def test_an_address_becomes_the_source_that_it_stands_for() -> None:
    assert source_for_url("https://youtu.be/abc", title="T") == YouTube("https://youtu.be/abc", title="T")
    assert source_for_url("https://www.youtube.com/about") == Website("https://www.youtube.com/about")
    assert source_for_url("https://example.com", auto_refresh=True) == Website("https://example.com", auto_refresh=True)
