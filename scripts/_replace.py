"""Puts a finished result in the place of the old one: all of it, or nothing."""

import shutil
from collections.abc import Iterator
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
    stage = root / _STAGE
    shutil.rmtree(stage, ignore_errors=True)
    try:
        shutil.copytree(result, stage / "new")
        (stage / "old").mkdir()
        names = "\n".join(str(unit.relative_to(stage / "new")) for unit in _units(stage / "new"))
        (stage / "ready.part").write_text(names, encoding="utf-8")
        (stage / "ready.part").rename(stage / _READY)
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    try:
        _swap(root, stage)
    except BaseException:
        _undo(root, stage)
        raise
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def recover(root: Path) -> None:
    """Finish or clear away what a killed run left behind."""
    stage = root / _STAGE
    if (stage / _READY).exists():
        _swap(root, stage)
    shutil.rmtree(stage, ignore_errors=True)


def _units(new: Path) -> Iterator[Path]:
    """Yield what moves in one piece: top-level folders, but file by file what goes into `openapi/`."""
    for entry in sorted(new.iterdir()):
        yield from sorted(entry.iterdir()) if entry.name == "openapi" else (entry,)


def _swap(root: Path, stage: Path) -> None:
    new, old = stage / "new", stage / "old"
    for unit in list(_units(new)):
        name = unit.relative_to(new)
        goal, kept = root / name, old / name
        kept.parent.mkdir(parents=True, exist_ok=True)
        goal.parent.mkdir(parents=True, exist_ok=True)
        if goal.exists() and not kept.exists():
            goal.rename(kept)
        unit.rename(goal)


def _undo(root: Path, stage: Path) -> None:
    """Take back what a failing swap moved already."""
    waiting = {str(unit.relative_to(stage / "new")) for unit in _units(stage / "new")}
    for name in set((stage / _READY).read_text(encoding="utf-8").splitlines()) - waiting:
        goal = root / name
        if goal.is_dir():
            shutil.rmtree(goal)
        else:
            goal.unlink(missing_ok=True)
    for kept in list(_units(stage / "old")):
        kept.rename(root / kept.relative_to(stage / "old"))
