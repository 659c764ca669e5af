"""MIME types by the API's own list, bundled or live."""

import json
import mimetypes
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensay_ext._errors import FileRejected
from sensay_ext._file_types import SNAPSHOT
from sensay_ext._mime import FileTypes

SCHEMAS = json.loads((Path(__file__).parents[1] / "openapi" / "client.json").read_text())["components"]["schemas"]


def live(*types: dict[str, Any]) -> FileTypes:
    """A list as the endpoint answers it."""
    return FileTypes.from_json({"success": True, "mediaGroups": [{"label": "x", "fileTypes": [*types]}]})


@pytest.mark.parametrize(
    ("filename", "expected"),
    [
        ("handbook.pdf", "application/pdf"),
        ("HANDBOOK.PDF", "application/pdf"),
        ("a folder/notes.v2.txt", "text/plain"),
        ("page.htm", "text/html"),
        ("song.mp3", "audio/mpeg"),
        ("film.mov", "video/quicktime"),
        ("table.xlsb", "application/vnd.ms-excel.sheet.binary.macroenabled.12"),
        ("config.yml", "application/yaml"),
    ],
)
def test_the_extension_decides(filename: str, expected: str) -> None:
    assert FileTypes().mime_type(filename) == expected


def test_the_snapshot_has_exactly_the_mime_types_that_the_api_reports() -> None:
    ours = [mime_type for kind in SNAPSHOT for mime_type in kind.mime_types]

    assert set(ours) == set(SCHEMAS["KnowledgeBaseEntryFileMimeType"]["enum"])


def test_the_snapshot_names_every_extension_once() -> None:
    extensions = [extension for kind in SNAPSHOT for extension in kind.extensions]

    assert len(extensions) == len(set(extensions)) == 48
    assert FileTypes().extensions == tuple(sorted(extensions))


def test_the_machine_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(mimetypes.types_map, ".md", "application/x-genesis-rom")

    assert FileTypes().mime_type("notes.md") == "text/markdown"


@pytest.mark.parametrize(
    ("filename", "message"),
    [
        ("virus.exe", r"virus\.exe: the API does not take files of type \.exe, only \.aac .* \.yml"),
        ("README", "README: the API does not take files without an extension"),
        (".txt", "files without an extension"),
        ("secret/place/x.bin", r"^x\.bin: "),
    ],
)
def test_an_unknown_extension_is_refused_with_what_would_do(filename: str, message: str) -> None:
    with pytest.raises(FileRejected, match=message):
        FileTypes().mime_type(filename)


@pytest.mark.parametrize("filename", ["virus.exe", "README"])
def test_an_unknown_extension_can_be_left_to_the_api(filename: str) -> None:
    assert FileTypes().mime_type(filename, validate=False) == "application/octet-stream"
    assert FileTypes().mime_type(filename, explicit="text/plain", validate=False) == "text/plain"


def test_an_explicit_mime_type_goes_for_any_extension() -> None:
    assert FileTypes().mime_type("data.bin", explicit="text/plain; charset=utf-8") == "text/plain; charset=utf-8"


@pytest.mark.parametrize("explicit", ["", "text", "text/", "text/plain\r\nX-Evil: 1", "text/plain;", "a/b c"])
def test_an_explicit_mime_type_must_be_one(explicit: str) -> None:
    with pytest.raises(FileRejected, match="MIME type"):
        FileTypes().mime_type("data.txt", explicit=explicit)


def test_the_live_list_overrides_the_snapshot() -> None:
    types = live(
        {"extensions": [".FOO", "bar"], "mimeTypes": ["application/foo"], "supportLevel": "preview"},
        {"extensions": [".pdf"], "mimeTypes": ["application/pdf"], "supportLevel": "disabled"},
    )

    assert types.mime_type("x.foo") == types.mime_type("x.bar") == "application/foo"
    assert types.extensions == (".bar", ".foo")
    with pytest.raises(FileRejected, match="at present"):
        types.mime_type("x.pdf")
    assert types.mime_type("x.pdf", validate=False) == "application/pdf"
    with pytest.raises(FileRejected, match=r"\.txt, only \.bar \.foo"):
        types.mime_type("x.txt")


def test_the_usual_type_is_preferred_wherever_the_live_list_has_it() -> None:
    assert live({"extensions": [".tiff"], "mimeTypes": ["image/tif", "image/tiff"]}).mime_type("x.tiff") == "image/tiff"
    assert live({"extensions": [".tiff"], "mimeTypes": ["image/x-tiff"]}).mime_type("x.tiff") == "image/x-tiff"


def test_an_extension_listed_twice_counts_where_it_is_supported() -> None:
    off = {"extensions": [".json"], "mimeTypes": ["text/json"], "supportLevel": "disabled"}
    on = {"extensions": [".json"], "mimeTypes": ["application/json"], "supportLevel": "production"}

    assert live(off, on).mime_type("x.json") == live(on, off).mime_type("x.json") == "application/json"


@pytest.mark.parametrize(
    "reply", [{}, {"mediaGroups": None}, {"mediaGroups": [{}]}, {"mediaGroups": [{"fileTypes": [{}]}]}]
)
def test_an_empty_live_list_leaves_the_snapshot(reply: dict[str, Any]) -> None:
    assert FileTypes.from_json(reply).extensions == FileTypes().extensions


@given(st.text("abc./\\ ", max_size=12), st.sampled_from(FileTypes().extensions))
def test_what_stands_before_the_extension_does_not_matter(stem: str, extension: str) -> None:
    assert FileTypes().mime_type(f"{stem}x{extension}") == FileTypes().mime_type(f"x{extension}")
