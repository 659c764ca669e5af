"""All of a result takes the place of the old one, or nothing."""

import errno
import threading
from pathlib import Path
from typing import Any

import pytest

from scripts import _replace
from scripts._replace import recover, replace
from tests.scripts.trees import contents


def fill(root: Path, word: str, *files: str) -> Path:
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(word, encoding="utf-8")
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with an older result and files of other people."""
    files = ("openapi/upstream.json", "openapi/overlay.yaml", "generated_client/a.py", "generated_client/models/b.py")
    return fill(tmp_path / "tree", "old", *files, "README.md")


@pytest.fixture
def result(tmp_path: Path) -> Path:
    """A newer result."""
    files = ("openapi/upstream.json", "openapi/client.json", "generated_client/a.py", "generated_client/api/c.py")
    return fill(tmp_path / "result", "new", *files)


REPLACED = {
    "README.md": b"old",
    "openapi": b"a folder",
    "openapi/overlay.yaml": b"old",
    "openapi/upstream.json": b"new",
    "openapi/client.json": b"new",
    "generated_client": b"a folder",
    "generated_client/a.py": b"new",
    "generated_client/api": b"a folder",
    "generated_client/api/c.py": b"new",
}


class Fault:
    """Lets renames fail from one of them on.

    Args:
        first: the first rename that fails, counted from 1.
        times: how many fail.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, first: int, times: int = 1) -> None:
        self.renames = 0
        really: Any = Path.rename

        def rename(path: Path, goal: Path) -> Path:
            self.renames += 1
            if first <= self.renames < first + times:
                raise OSError(errno.EIO, "Input/output error", str(path))
            moved: Path = really(path, goal)
            return moved

        monkeypatch.setattr(Path, "rename", rename)


def test_folders_are_replaced_as_a_whole_and_openapi_file_by_file(root: Path, result: Path) -> None:
    replace(root, result)

    assert contents(root) == REPLACED
    assert contents(result)["openapi/client.json"] == b"new"


def test_what_was_not_there_comes_to_be(tmp_path: Path, result: Path) -> None:
    replace(tmp_path / "a" / "new" / "tree", result)

    assert contents(tmp_path / "a" / "new" / "tree") == contents(result)


@pytest.mark.parametrize("first", range(1, 6))
def test_a_fault_among_the_renames_is_undone(
    root: Path, result: Path, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    before = contents(root)
    fault = Fault(monkeypatch, first)

    with pytest.raises(OSError, match="Input/output"):
        replace(root, result)
    assert fault.renames >= first
    assert contents(root) == before


@pytest.mark.parametrize("first", range(1, 6))
def test_a_disk_that_fails_for_good_is_finished_when_it_works_again(
    root: Path, result: Path, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    before = contents(root)
    with monkeypatch.context() as patch:
        Fault(patch, first, times=1000)
        with pytest.raises(OSError, match="Input/output"):
            replace(root, result)
    recover(root)

    assert contents(root) in (before, REPLACED)


def test_a_disk_that_is_full_while_copying_changes_nothing(
    root: Path, result: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(root)

    def copytree(_source: Path, goal: Path) -> None:
        fill(goal, "half", "openapi/upstream.json")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("scripts._replace.shutil.copytree", copytree)
    with pytest.raises(OSError, match="No space left"):
        replace(root, result)
    assert contents(root) == before


@pytest.mark.parametrize("point", ["shutil.copytree", "_swap", "_clear"])
def test_what_a_killed_run_left_behind_is_finished_or_cleared_away(
    root: Path, result: Path, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    before = contents(root)
    kill_at(monkeypatch, point)
    with pytest.raises(Killed):
        replace(root, result)
    monkeypatch.undo()
    recover(root)

    assert contents(root) == (before if point == "shutil.copytree" else REPLACED)


class Killed(BaseException):
    """Ends a run here."""


def kill_at(monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    """Let a run end for good at a step: nothing is cleared away or undone after it."""

    def end(*_: object) -> None:
        raise Killed

    really_clear = _replace._clear
    calls: list[Path] = []

    def clear(stage: Path) -> None:
        calls.append(stage)
        if len(calls) > 1:  # the first one clears away what was left before
            raise Killed
        really_clear(stage)

    monkeypatch.setattr("scripts._replace._clear", clear)
    monkeypatch.setattr("scripts._replace._undo", end)
    if point != "_clear":
        monkeypatch.setattr(f"scripts._replace.{point}", end)


def test_a_half_cleared_stage_is_not_finished_from(root: Path, result: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("scripts._replace.shutil.rmtree", lambda *_, **__: None)
        replace(root, result)
    (root / "generated_client" / "a.py").write_text("edited", encoding="utf-8")
    recover(root)

    assert contents(root) == {**REPLACED, "generated_client/a.py": b"edited"}


def test_a_folder_that_was_never_touched_needs_no_recovery(tmp_path: Path) -> None:
    recover(tmp_path / "not there")

    assert contents(tmp_path) == {}


def test_two_runs_replace_one_after_the_other(root: Path, result: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = threading.Event()
    go_on = threading.Event()
    really = _replace._swap

    def swap(*arguments: Any) -> None:
        if not inside.is_set():
            inside.set()
            assert go_on.wait(10)
        really(*arguments)

    monkeypatch.setattr("scripts._replace._swap", swap)
    first = threading.Thread(target=replace, args=(root, result))
    second = threading.Thread(target=recover, args=(root,))
    first.start()
    assert inside.wait(10)
    second.start()
    go_on.set()
    first.join(10)
    second.join(10)

    assert contents(root) == REPLACED
