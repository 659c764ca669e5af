"""The files of a folder."""

import os
from pathlib import Path
from unicodedata import normalize

import pytest

from sensay_ext import ConfigurationError, InvalidArgumentError
from sensay_ext._folder import Selection, scan
from sensay_ext._marker import digest
from sensay_ext._sources import FileState

LONG_AGO = 1_000_000_000
NOW = LONG_AGO + 1000.0


class Cache:
    """Remembers digests."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, FileState], str] = {}

    def digest(self, path: str, state: FileState) -> str | None:
        return self.known.get((path, state))

    def remember(self, path: str, state: FileState, digest: str) -> None:
        self.known[path, state] = digest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a few files, written long ago."""
    for path in ("b.md", "a.txt", "sub/c.md", "sub/deeper/d.pdf", ".hidden", ".git/config"):
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"This is {path}.")
        os.utime(place, (LONG_AGO, LONG_AGO))
    return tmp_path


def paths(folder: Path, selection: Selection | None = None) -> list[str]:
    return [file.path for file in scan(folder, selection or Selection(), Cache(), NOW)]


def test_files_are_found_in_order_and_hidden_ones_are_not(folder: Path) -> None:
    assert paths(folder) == ["a.txt", "b.md", "sub/c.md", "sub/deeper/d.pdf"]


@pytest.mark.parametrize(
    ("include", "exclude", "hidden", "expected"),
    [
        ("*.md", (), False, ["b.md", "sub/c.md"]),
        (["*.md", "*.pdf"], "sub/deeper/*", False, ["b.md", "sub/c.md"]),
        ("sub/*", (), False, ["sub/c.md", "sub/deeper/d.pdf"]),
        ("?.md", (), False, ["b.md"]),
        ("[ab].*", (), False, ["a.txt", "b.md"]),
        ("*", ["*"], False, []),
        (".*", (), True, [".git/config", ".hidden"]),
        ("*.MD", (), False, []),
    ],
)
def test_patterns_choose(
    include: str | list[str], exclude: str | list[str], expected: list[str], *, hidden: bool, folder: Path
) -> None:
    assert paths(folder, Selection.of(include, exclude, hidden=hidden)) == expected


def test_a_file_is_described(folder: Path) -> None:
    (found,) = scan(folder, Selection.of("b.md", (), hidden=False), Cache(), NOW)

    assert found.state == FileState(13, LONG_AGO * 10**9)
    assert found.digest == digest("file", "b.md", [b"This is b.md."])
    assert Path(found.location) == folder / "b.md"


def test_a_digest_is_remembered_as_long_as_the_file_looks_the_same(folder: Path) -> None:
    cache, path = Cache(), folder / "b.md"
    one = Selection.of("b.md", (), hidden=False)
    scan(folder, one, cache, NOW)
    cache.known = dict.fromkeys(cache.known, "f" * 32)
    (same,) = scan(folder, one, cache, NOW)
    path.write_text("That is b.md")
    os.utime(path, (LONG_AGO + 1, LONG_AGO + 1))
    (other,) = scan(folder, one, cache, NOW)

    assert same.digest == "f" * 32
    assert other.digest == digest("file", "b.md", [b"That is b.md"])


def test_a_file_that_was_just_written_is_not_trusted_to_stay(folder: Path) -> None:
    cache = Cache()
    scan(folder, Selection(), cache, LONG_AGO + 1.0)

    assert cache.known == {}


def test_a_file_that_cannot_be_read_is_a_problem_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    found = scan(folder, Selection.of("a.txt", (), hidden=False), Cache(), NOW)

    assert [(file.problem, file.digest) for file in found] == [("it cannot be read: Permission denied", "")]


def test_a_folder_that_is_none_is_refused(folder: Path) -> None:
    for place in (folder / "b.md", folder / "gone"):
        with pytest.raises(InvalidArgumentError, match="folder is no folder"):
            scan(place, Selection(), Cache(), NOW)


def test_links_to_folders_are_not_followed_and_links_to_files_are(folder: Path) -> None:
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "e.md").symlink_to(folder / "b.md")
    (folder / "broken.md").symlink_to(folder / "gone.md")

    assert paths(folder) == ["a.txt", "b.md", "broken.md", "e.md", "sub/c.md", "sub/deeper/d.pdf"]


def test_a_broken_link_does_not_pass_for_a_file_that_is_gone(folder: Path) -> None:
    (folder / "broken.md").symlink_to(folder / "gone.md")
    (found,) = scan(folder, Selection.of("broken.md", (), hidden=False), Cache(), NOW)

    assert found.problem == "it cannot be read: No such file or directory"


def test_what_is_neither_file_nor_folder_is_left_out(folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")

    assert "pipe.md" not in paths(folder)


class TestFoldersThatCannotBeRead:
    @pytest.fixture(autouse=True)
    def locked(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A folder that the system does not let anybody look into."""
        look = os.scandir

        def refuse(place: str) -> object:
            if Path(place) == folder / "sub":
                raise PermissionError(13, "Permission denied", place)
            return look(place)

        monkeypatch.setattr(os, "scandir", refuse)

    def test_one_does_not_pass_for_empty(self, folder: Path) -> None:
        with pytest.raises(ConfigurationError, match=r"the folder \S+sub cannot be read: Permission denied; leave it"):
            paths(folder)

    def test_one_that_is_not_meant_is_not_looked_into(self, folder: Path) -> None:
        assert paths(folder, Selection.of("*", ["none", "s?b/*"], hidden=False)) == ["a.txt", "b.md"]
        (folder / "sub").rename(folder / ".sub")
        assert paths(folder) == ["a.txt", "b.md"]


def test_letters_with_accents_are_written_in_one_way(tmp_path: Path) -> None:
    name = "Größe.md"
    (tmp_path / normalize("NFD", name)).write_text("Large.")
    (found,) = scan(tmp_path, Selection(), Cache(), NOW)

    assert found.path == normalize("NFC", name)
    assert found.digest == digest("file", normalize("NFC", name), [b"Large."])


def test_of_files_that_differ_in_nothing_else_only_one_counts(tmp_path: Path) -> None:
    for form in ("NFC", "NFD"):
        (tmp_path / normalize(form, "Größe.md")).write_text("Large.")
    problems = [file.problem for file in scan(tmp_path, Selection(), Cache(), NOW)]

    assert len(problems) == 2
    assert sorted(map(bool, problems)) == [False, True]
    assert "accents" in max(problems)
