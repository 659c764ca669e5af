"""Puts a finished result in the place of the old one: all of it, or nothing."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_STAGE = ".regenerate-stage"
_READY = "READY"


def replace(root: Path, result: Path) -> None:
    """Move the files and folders of `result` over those of `root`, folders as a whole.

    Everything is copied next to its goal first. Only renames are left then; a fault among them is undone, and a
    run that was killed among them is finished by the next one (`recover`).

    Raises:
        OSError: there is no room, or no right to write; `root` is as it was.
    """
    root.mkdir(parents=True, exist_ok=True)
    stage = root / _STAGE
    with _alone(root):
        _finish(root, stage)
        try:
            shutil.copytree(result, stage / "new")
            (stage / "old").mkdir()
            (stage / _READY).touch()
        except BaseException:
            _clear(stage)
            raise
        names = _units(stage / "new")
        try:
            _swap(root, stage)
        except BaseException:
            _undo(root, stage, names)  # should this fail too, the stage stays, and the next run finishes from it
            _clear(stage)
            raise
        _clear(stage)


def recover(root: Path) -> None:
    """Finish or clear away what a killed run left behind."""
    stage = root / _STAGE
    if stage.exists():
        with _alone(root):
            _finish(root, stage)


def _finish(root: Path, stage: Path) -> None:
    if (stage / _READY).exists():
        _swap(root, stage)
    _clear(stage)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Wait until no other run is replacing anything in `root`; the lock ends with the process that holds it."""
    folder = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _units(new: Path) -> list[Path]:
    """Return what moves in one piece: top-level folders, but file by file what goes into `openapi/`."""
    entries = [unit for entry in new.iterdir() for unit in (entry.iterdir() if entry.name == "openapi" else [entry])]
    return sorted(unit.relative_to(new) for unit in entries)


def _swap(root: Path, stage: Path) -> None:
    for name in _units(stage / "new"):
        goal, kept = root / name, stage / "old" / name
        kept.parent.mkdir(parents=True, exist_ok=True)
        goal.parent.mkdir(parents=True, exist_ok=True)
        if goal.exists() and not kept.exists():
            goal.rename(kept)
        (stage / "new" / name).rename(goal)


def _undo(root: Path, stage: Path, names: list[Path]) -> None:
    """Take back what a failing swap moved already."""
    for name in names:
        goal, waiting, kept = root / name, stage / "new" / name, stage / "old" / name
        if not waiting.exists():
            goal.rename(waiting)
        if kept.exists():
            kept.rename(goal)


def _clear(stage: Path) -> None:
    """Remove the stage, the word that it is ready first: half a stage must not be finished from."""
    (stage / _READY).unlink(missing_ok=True)
    shutil.rmtree(stage, ignore_errors=True)
