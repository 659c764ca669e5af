"""Displays of how a training gets on."""

import io
import sys
from collections.abc import Callable

import pytest
from rich.console import Console

from sensay_ext import (
    ConfigurationError,
    EntryDone,
    EntryFailed,
    EntryRemoved,
    EntryStalled,
    PollFailed,
    Progress,
    SourceFailed,
    StatusChanged,
    TrainingEvent,
    UploadProgress,
)
from sensay_ext._progress_board import Board
from sensay_ext.progress import Bars, Lines, display

MEBIBYTE = 1024 * 1024


def upload(sent: int, size: int, label: str = "a.pdf", attempt: int = 1) -> UploadProgress:
    return UploadProgress(filename=label, label=label, sent=sent, size=size, attempt=attempt)


STORY: list[TrainingEvent | UploadProgress] = [
    upload(MEBIBYTE, 2 * MEBIBYTE),
    upload(2 * MEBIBYTE, 2 * MEBIBYTE),
    StatusChanged(1.0, 1, "a.pdf", "FILE_UPLOADED"),
    StatusChanged(1.0, 2, "[notes]", "RAW_TEXT"),
    Progress(1.0, 0, 0, 2, {"FILE_UPLOADED": 1, "RAW_TEXT": 1}),
    EntryStalled(3.0, 2, "[notes]", "RAW_TEXT", "busy"),
    PollFailed(4.0, "503"),
    EntryFailed(5.0, 2, "[notes]", "cannot be read"),
    Progress(5.0, 0, 1, 1, {"FILE_UPLOADED": 1, "UNPROCESSABLE": 1}),
    EntryDone(20.0, 1, "a.pdf", "VECTOR_CREATED"),
    Progress(20.0, 1, 1, 0, {"VECTOR_CREATED": 1, "UNPROCESSABLE": 1}),
    EntryRemoved(21.0, 3, "old.md"),
]


class TestBoard:
    def test_an_upload_and_its_entry_are_one_source(self) -> None:
        board = Board()
        for event in STORY:
            board.take(event)

        assert [(row.label, row.state, row.told) for row in board.rows] == [
            ("a.pdf", "done", "VECTOR_CREATED"),
            ("[notes]", "failed", "cannot be read"),
            ("old.md", "removed", "removed"),
        ]
        assert board.progress == STORY[-2]
        assert all(row.is_over for row in board.rows)

    def test_two_entries_of_one_name_are_two(self) -> None:
        board = Board()
        for number in (1, 2):
            board.take(StatusChanged(1.0, number, "playlist", "NEW"))

        assert [row.label for row in board.rows] == ["playlist", "playlist"]

    def test_an_upload_is_told_in_parts(self) -> None:
        board = Board()
        row = board.take(upload(1, 4, attempt=2))

        assert row is not None
        assert (row.sent, row.told, row.is_over) == (0.25, "uploading, 25%, attempt 2", False)

    def test_a_source_that_is_not_taken_has_failed(self) -> None:
        board = Board()
        board.take(upload(1, 4))
        row = board.take(SourceFailed(2.0, "a.pdf", "a.pdf: the storage refused it"))

        assert [each.label for each in board.rows] == ["a.pdf"]
        assert row is not None
        assert (row.state, row.told, row.is_over) == ("failed", "the storage refused it", True)

    def test_an_entry_without_a_name_goes_by_its_number(self) -> None:
        row = Board().take(EntryDone(1.0, 17, "", "READY"))

        assert row is not None
        assert row.label == "entry 17"


class TestLines:
    def lines(self, events: list[TrainingEvent | UploadProgress], **options: bool) -> list[str]:
        written: list[str] = []
        with Lines(written.append, **options) as show:
            for event in events:
                show(event)
        return written

    def test_what_matters_is_written(self) -> None:
        assert self.lines(STORY) == [
            "0 of 2 done after 1.0 s (1 FILE_UPLOADED, 1 RAW_TEXT)",
            "entry 2 ([notes]): stalled at RAW_TEXT: busy",
            "could not ask for the state, will ask again: 503",
            "entry 2 ([notes]): failed: cannot be read",
            "entry 1 (a.pdf): done, VECTOR_CREATED after 20.0 s",
            "1 of 2 done, 1 failed after 20.0 s (1 UNPROCESSABLE, 1 VECTOR_CREATED)",
            "entry 3 (old.md): removed",
        ]

    def test_a_source_that_is_not_taken_is_written(self) -> None:
        assert self.lines([SourceFailed(2.0, "a.bin", "a.bin: no such type")]) == ["a.bin: failed: no such type"]

    def test_changes_can_be_written_as_well(self) -> None:
        assert "entry 1 (a.pdf): FILE_UPLOADED" in self.lines(STORY, verbose=True)

    def test_large_uploads_are_told_by_quarters_and_again_from_the_start(self) -> None:
        size = 40 * MEBIBYTE
        events = [upload(part * MEBIBYTE, size) for part in range(1, 41)]
        again = [upload(part * MEBIBYTE, size, attempt=2) for part in range(1, 21)]

        assert [line.split()[1] for line in self.lines([*events, *again])] == [
            str(part * MEBIBYTE) for part in (10, 20, 30, 40, 10, 20)
        ]


class TestBars:
    def screen(self, events: list[TrainingEvent | UploadProgress], most: int = 12) -> str:
        console = Console(file=io.StringIO(), force_terminal=True, width=120, color_system=None)
        with Bars(console, most=most) as show:
            for event in events:
                show(event)
        assert isinstance(console.file, io.StringIO)
        return console.file.getvalue()

    def test_every_source_has_a_row_and_all_of_them_a_bar(self) -> None:
        last = self.screen(STORY).rsplit("sources", 1)[-1]

        assert "1/2" in last
        assert "1 failed" in last
        for told in ("a.pdf", "[notes]", "cannot be read", "old.md"):
            assert told in last

    def test_a_file_that_is_sent_is_not_done_yet(self) -> None:
        with Bars(Console(file=io.StringIO(), force_terminal=True, width=120)) as show:
            for event in STORY[:3]:
                show(event)
            before = show._drawing.tasks[1]
            assert (before.description, before.finished) == ("a.pdf", False)
            show(STORY[9])
            after = show._drawing.tasks[1]
        assert (after.description, after.finished) == ("a.pdf", True)

    def test_what_fails_to_be_asked_for_is_written_above(self) -> None:
        assert "could not ask for the state" in self.screen(STORY)

    def test_of_many_sources_those_under_way_and_those_that_failed_are_shown(self) -> None:
        events: list[TrainingEvent | UploadProgress] = []
        for number in range(30):
            events.append(StatusChanged(1.0, number, f"text {number:02}", "RAW_TEXT"))
            if number == 0:
                events.append(EntryFailed(2.0, number, f"text {number:02}", "no"))
            elif number < 29:
                events.append(EntryDone(2.0, number, f"text {number:02}", "READY"))
        last = self.screen(events, most=4).rsplit("sources", 1)[-1]

        assert "text 00" in last
        assert "text 29" in last
        assert "text 05" not in last

    def test_more_than_fits_is_only_counted(self) -> None:
        events: list[TrainingEvent | UploadProgress] = [
            StatusChanged(1.0, number, f"text {number:02}", "RAW_TEXT") for number in range(30)
        ]
        last = self.screen(events, most=3).rsplit("sources", 1)[-1]

        assert "text 02" in last
        assert "text 03" not in last

    def test_without_the_library_it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "rich", None)
        with pytest.raises(ConfigurationError, match=r"sensay-ext\[cli\]"):
            Bars()


class Terminal(io.StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        """Claim it."""
        return True


class TestDisplay:
    @pytest.mark.parametrize(("make", "kind"), [(io.StringIO, Lines), (Terminal, Bars)])
    def test_it_suits_where_it_is_shown(self, make: Callable[[], io.StringIO], kind: type) -> None:
        stream = make()
        with display(stream) as show:
            assert isinstance(show, kind)
            for event in STORY:
                show(event)

        assert "a.pdf" in stream.getvalue()

    def test_standard_error_is_the_default(self, capsys: pytest.CaptureFixture[str]) -> None:
        with display() as show:
            show(EntryDone(1.0, 1, "a.pdf", "READY"))

        assert capsys.readouterr().err == "entry 1 (a.pdf): done, READY after 1.0 s\n"

    def test_a_terminal_without_the_library_gets_lines(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "rich.console", None)

        assert isinstance(display(Terminal()), Lines)
