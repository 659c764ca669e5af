"""Text out of uploaded files."""

import io
import json
import resource
import sys
from types import SimpleNamespace

import psutil  # type: ignore[import-untyped] # it ships no types
import pytest

from sensay_ext.sandbox._training import converter
from tests.sandbox.api import Api, put
from tests.sandbox.documents import DOCUMENTS, docx, zipped

_ENTITIES = '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def _upload(api: Api, replica: str, name: str, content: bytes) -> int:
    result = api.add(replica, filename=name)
    assert put(result, content, "application/octet-stream").status_code == 200
    return int(result["knowledgeBaseID"])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_kind_of_document_is_read(api: Api, name: str) -> None:
    replica = api.replica()
    number = _upload(api, replica, name, DOCUMENTS[name]())
    api.sandbox.advance(108)

    assert api.entry(replica, number)["status"] == "VECTOR_CREATED", api.entry(replica, number)
    assert "nineteen seagulls" in api.ask(replica, "How many seagulls does the lighthouse keeper feed?")
    assert "evil" not in api.entry(replica, number)["rawText"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "The file is empty"),
        ("short.txt", b"x" * 49, "shorter than 50 characters"),
        ("blank.txt", b" " * 100, "shorter than 50 characters"),
        ("binary.txt", b"text\x00" * 20, "not a text"),
        ("text.pdf", b"This is no PDF document at all, but a text of some length.", "damaged"),
        ("text.docx", b"This is no zip file at all, but a text of some length here.", "damaged"),
        ("cut.docx", docx()[:-40], "damaged"),
        ("hollow.docx", zipped({"a.txt": "nothing of a document"}), "damaged"),
        ("torn.docx", zipped({"word/document.xml": "<w:document"}), "damaged"),
        ("silent.html", b"<html><body><script>only()</script></body></html>", "No text"),
        ("bomb.docx", docx(padding=210_000_000), "unpacks to more than is allowed"),
        ("many.epub", zipped({f"{number}": "" for number in range(10_001)}), "unpacks to more than is allowed"),
        ("entities.docx", docx(before=_ENTITIES), "XML entities"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + b"0" * 100, "cannot be read"),
        ("old.doc", b"\xd0\xcf\x11\xe0" + b"0" * 100, "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_ends_its_entry_with_the_reason(
    api: Api, name: str, content: bytes, reason: str
) -> None:
    replica = api.replica()
    number = _upload(api, replica, name, content)
    api.sandbox.advance(60)

    entry = api.entry(replica, number)

    assert entry["status"] == "UNPROCESSABLE"
    assert reason in entry["error"]["message"]
    assert "rawText" not in entry


def test_a_document_that_takes_too_long_is_given_up_and_its_process_ended(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sensay_ext.sandbox._training.extraction._SECONDS", 0.05)
    replica = api.replica()
    number = _upload(api, replica, "coast.docx", docx())

    api.sandbox.advance(60)

    assert "within" in api.entry(replica, number)["error"]["message"]
    assert not psutil.Process().children()


def test_a_step_that_breaks_ends_its_entry_and_no_other(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def extract(_: str, content: bytes) -> str:
        return {b"good": "The coast is clear, and so is the sea that lies before it."}[content]

    monkeypatch.setattr("sensay_ext.sandbox._training.steps.extract_text", extract)
    replica = api.replica()
    bad, good = (_upload(api, replica, "coast.docx", content) for content in (b"bad", b"good"))

    api.sandbox.advance(60)

    assert api.entry(replica, bad)["error"]["message"] == "The entry could not be processed"
    assert api.entry(replica, good)["status"] == "RAW_TEXT"
    assert f"Entry {bad} could not be processed" in caplog.text


def test_a_system_that_cannot_limit_memory_converts_without(monkeypatch: pytest.MonkeyPatch) -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "argv", ["converter", ".html"])
    monkeypatch.setattr(
        sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"<html><title>Tides</title><p>High at noon.</p>"))
    )
    written = io.StringIO()
    monkeypatch.setattr(sys, "stdout", written)

    converter.main()

    assert json.loads(written.getvalue())["title"] == "Tides"
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_long_text_is_learnt_to_its_end_but_shown_in_part(api: Api) -> None:
    replica = api.replica()
    lines = [f"Locker {number} belongs to crew member number {number * 7}." for number in range(5_000)]
    number = _upload(api, replica, "lockers.txt", "\n".join(lines).encode())
    api.sandbox.advance(108)

    assert len(api.entry(replica, number)["rawText"]) == 100_000
    assert api.ask(replica, "To whom belongs locker 4999?") == lines[4999]
