"""The journal of a run over a folder."""

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from sensay_ext import ConfigurationError, TrainingError
from sensay_ext._journal import Attempt, Journal, journal_path
from sensay_ext._marker import Marker
from sensay_ext._sources import FileState

MARKER = replace(Marker.at("docs", "a.md", "0" * 32), attempt="0000000a")
OTHER = replace(MARKER, attempt="0000000b")
DAY = 24 * 3600.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "er" / "journal.sqlite3"


def test_it_remembers_what_was_begun(path: Path) -> None:
    with Journal(path) as journal:
        journal.began(MARKER, 5.0)
        journal.began(OTHER, 4.0)
        journal.made(MARKER, 17)
        journal.uploaded(MARKER)
    with Journal(path) as journal:
        assert journal.attempts == [
            Attempt("0000000b", MARKER.place, None, uploaded=False, began=4.0),
            Attempt("0000000a", MARKER.place, 17, uploaded=True, began=5.0),
        ]
        journal.given_up(OTHER)
        journal.settled(journal.attempts)
        assert journal.attempts == []


def test_it_outlives_the_process_that_wrote_it(path: Path) -> None:
    program = f"""
import os, signal
from dataclasses import replace
from pathlib import Path
from sensay_ext._journal import Journal
from sensay_ext._marker import Marker
journal = Journal(Path({str(path)!r}))
journal.began(replace(Marker.at("docs", "a.md", "0" * 32), attempt="0000000a"), 5.0)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", program], check=False)  # noqa: S603 - our own program
    assert done.returncode == -9
    with Journal(path) as journal:
        assert [attempt.attempt for attempt in journal.attempts] == ["0000000a"]


def test_only_one_at_a_time_can_have_it(path: Path) -> None:
    with Journal(path), pytest.raises(TrainingError, match=r"another run is at work .*journal\.sqlite3 open"):
        Journal(path)
    Journal(path).close()


def test_what_was_removed_is_forgotten_when_lists_show_it_no_more(path: Path) -> None:
    with Journal(path) as journal:
        journal.gone(1, 0.0)
        journal.gone(2, DAY)

        assert journal.removed(DAY) == {1, 2}
        assert journal.removed(2.5 * DAY) == {2}
        assert journal.removed(DAY) == {2}


def test_digests_are_known_by_what_the_file_looked_like(path: Path) -> None:
    state = FileState(10, 20)
    with Journal(path) as journal:
        assert journal.digest("/a", state) is None
        journal.remember("/a", state, "f" * 32)
        assert journal.digest("/a", state) == "f" * 32
        for other in (FileState(11, 20), FileState(10, 21)):
            assert journal.digest("/a", other) is None
        assert journal.digest("/b", state) is None


def test_one_of_another_release_begins_anew(path: Path) -> None:
    with Journal(path) as journal:
        journal.began(MARKER, 5.0)
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version = 99")
    other.close()
    with Journal(path) as journal:
        assert journal.attempts == []


def test_a_file_that_is_no_journal_is_left_alone(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"precious" * 1000)
    with pytest.raises(ConfigurationError, match="is no journal"):
        Journal(path)
    assert path.read_bytes() == b"precious" * 1000


def test_a_place_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="cannot be opened"):
        Journal(tmp_path / "file" / "journal.sqlite3")


def test_a_closed_one_cannot_be_used(path: Path) -> None:
    journal = Journal(path)
    journal.close()
    journal.close()
    with pytest.raises(ConfigurationError, match="the journal cannot be used"):
        journal.began(MARKER, 5.0)


def test_each_replica_and_folder_has_its_own() -> None:
    one, other = UUID(int=1), UUID(int=2)
    paths = {journal_path(one, ""), journal_path(one, "docs"), journal_path(other, "")}

    assert len(paths) == 3
    assert {path.parent for path in paths} == {Path.home() / ".sensay" / "training"}


def test_without_a_home_it_has_to_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(ConfigurationError, match="give journal="):
        journal_path(UUID(int=1), "")


def test_only_the_owner_can_look_into_its_folder(path: Path) -> None:
    Journal(path).close()

    assert path.parent.stat().st_mode & 0o777 == 0o700
