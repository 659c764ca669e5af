"""Deriving the files for threads from those for tasks."""

import runpy
import sys
from pathlib import Path

import pytest

from scripts import unasync

SOURCE = '''"""Something {prose}."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from sensay_ext._async._pool import AsyncPool
from sensay_ext._concurrency import AsyncClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

pytestmark = pytest.mark.anyio


class AsyncThing:
    def __init__(self, clock: AsyncClock, pool: AsyncPool) -> None:
        self.clock = clock
        self.pool = pool

    async def __aenter__(self) -> AsyncThing:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.pool.aclose()

    @asynccontextmanager
    async def a_very_long_name_that_fills_the_line(self, function: Callable[[], Awaitable[_T]]) -> AsyncIterator[_T]:
        async for chunk in self.aiter_raw():
            async with self:
                yield await anext(chunk, await function())
'''

EXPECTED = '''# Derived from sensay_ext/_async/_thing.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Something for threads."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sensay_ext._concurrency import Clock
from sensay_ext._sync._pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Thing:
    def __init__(self, clock: Clock, pool: Pool) -> None:
        self.clock = clock
        self.pool = pool

    def __enter__(self) -> Thing:
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.close()

    @contextmanager
    def a_very_long_name_that_fills_the_line(self, function: Callable[[], _T]) -> Iterator[_T]:
        for chunk in self.iter_raw():
            with self:
                yield next(chunk, function())
'''

SUBSTITUTIONS = (
    (r"\basync (?=def|for|with)", ""),
    (r"\bawait ", ""),
    (r"\basynccontextmanager\b", "contextmanager"),
    (r"\bAwaitable\[(_\w+)\]", r"\1"),
    (r"Async(?=[A-Z])", ""),
    (r"\bsensay_ext\._async\b", "sensay_ext._sync"),
    (r"\b__a(enter|exit)__\b", r"__\1__"),
    (r"\baclose\b", "close"),
    (r"\baiter_raw\b", "iter_raw"),
    (r"\banext\(", "next("),
    (r"pytestmark = pytest\.mark\.anyio\n", ""),
    (r"\bfor tasks; the one for threads is derived from it\b", "for threads"),
)

DERIVED = Path("sensay_ext/_sync/_thing.py")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project with one file to derive from."""
    monkeypatch.setattr(unasync, "SUBSTITUTIONS", SUBSTITUTIONS)
    (tmp_path / "pyproject.toml").write_text((unasync.ROOT / "pyproject.toml").read_text())
    source = tmp_path / "sensay_ext" / "_async" / "_thing.py"
    source.parent.mkdir(parents=True)
    source.write_text(SOURCE.format(prose="for tasks; the one for threads is derived from it"))
    return tmp_path


def test_a_file_is_derived_as_the_formatter_would_have_it(project: Path) -> None:
    assert unasync.main([], project) == 0
    assert (project / DERIVED).read_text() == EXPECTED


def test_deriving_twice_changes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unasync.main([], project)

    assert unasync.main(["--check"], project) == 0
    assert capsys.readouterr().out == "the derived files are up to date\n"


@pytest.mark.parametrize("change", ["# one more line\n", " "])
def test_a_changed_file_is_found_to_its_last_character(
    change: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unasync.main([], project)
    (project / DERIVED).write_text(EXPECTED + change)

    assert unasync.main(["--check"], project) == 1
    assert "differs: sensay_ext/_sync/_thing.py" in capsys.readouterr().out


def test_a_missing_file_is_found(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert unasync.main(["--check"], project) == 1
    assert "missing: sensay_ext/_sync/_thing.py" in capsys.readouterr().out


def test_a_file_whose_source_is_gone_is_found_and_removed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unasync.main([], project)
    extra = project / "tests" / "_sync" / "test_gone.py"
    extra.parent.mkdir(parents=True)
    extra.touch()

    assert unasync.main(["--check"], project) == 1
    assert "extra: tests/_sync/test_gone.py" in capsys.readouterr().out
    assert unasync.main([], project) == 0
    assert not extra.exists()


def test_a_substitution_that_is_not_needed_any_more_is_reported(project: Path) -> None:
    source = project / "sensay_ext" / "_async" / "_thing.py"
    source.write_text(source.read_text().replace("aiter_raw", "pieces"))

    with pytest.raises(SystemExit, match=r"found nothing to do: .*aiter_raw"):
        unasync.main([], project)
    assert not (project / DERIVED).exists()


def test_the_derived_files_of_this_project_are_up_to_date(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["unasync", "--check"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(unasync.__file__, run_name="__main__")

    assert capsys.readouterr().out == "the derived files are up to date\n"
    assert ended.value.code == 0


def test_the_derived_files_of_this_project_say_so() -> None:
    for _, target in unasync.FOLDERS:
        for path in (unasync.ROOT / target).rglob("*.py"):
            assert path.read_text().startswith("# Derived from "), path
