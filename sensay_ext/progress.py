"""Shows how a training gets on: bars on a terminal, plain lines in a log.

    with sensay_ext.progress.display() as show:
        sensay.training.train(replica, sources, on_progress=show)

Everything here is a function of the events that `on_progress` gets, and can be had by any program from the same.
"""

from __future__ import annotations

import sys
from typing import IO, TYPE_CHECKING, Any, Self

from sensay_ext._errors import ConfigurationError
from sensay_ext._progress_board import Board
from sensay_ext._training_events import (
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

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from rich.console import Console

    from sensay_ext._progress_board import Row

__all__ = ["Bars", "Lines", "display"]

_ALWAYS = (EntryDone, EntryFailed, EntryRemoved, EntryStalled, PollFailed, SourceFailed)
_COLOURS = {"done": "green", "failed": "red", "stalled": "yellow", "removed": "dim"}
_LARGE = 5 * 1024 * 1024
_QUARTERS = 4
_ALMOST = 99.0  # of 100


class Lines:
    """Writes a line for what matters: what is done, failed, stalled or removed, and now and then a count.

    Args:
        write: Takes a line, without its end: `print`, or the `info` of a logger.
        every: Seconds between two counts at least; the last one is always written.
        verbose: Also write every change of status.
    """

    def __init__(self, write: Callable[[str], object], *, every: float = 10.0, verbose: bool = False) -> None:
        self._write = write
        self._every = every
        self._verbose = verbose
        self._next_count = 0.0
        self._quarters: dict[str, int] = {}

    def __call__(self, event: TrainingEvent | UploadProgress) -> None:
        """Take an event."""
        if isinstance(event, UploadProgress):
            wanted = self._is_new_quarter(event)
        elif isinstance(event, Progress):
            wanted = event.elapsed >= self._next_count or not event.pending
            self._next_count = event.elapsed + self._every if wanted else self._next_count
        else:
            wanted = isinstance(event, _ALWAYS) or (self._verbose and isinstance(event, StatusChanged))
        if wanted:
            self._write(str(event))

    def _is_new_quarter(self, event: UploadProgress) -> bool:
        """Whether a large file has come a quarter further; small ones are there before anybody has read the line."""
        quarter = event.sent * _QUARTERS // event.size if event.size >= _LARGE else 0
        before = self._quarters.get(event.label, 0)
        self._quarters[event.label] = quarter
        return quarter != before and quarter > 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Nothing is open."""


class Bars:
    """Shows a bar for all sources, and a row for each that is under way or has failed. Needs the extra `cli`.

    Args:
        console: Where to show them; standard error unless given.
        most: Rows to show at most.

    Raises:
        ConfigurationError: The library that draws them is not installed.
    """

    def __init__(self, console: Console | None = None, *, most: int = 12) -> None:
        try:
            from rich import console as consoles  # noqa: PLC0415 - an extra
            from rich.progress import BarColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415
            from rich.progress import Progress as Drawing  # noqa: PLC0415
        except ImportError:
            raise ConfigurationError("bars need the extra cli: pip install 'sensay-ext[cli]'") from None
        columns = (
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[count]}"),
            TextColumn("{task.fields[told]}"),
            TimeElapsedColumn(),
        )
        self._drawing = Drawing(*columns, console=console or consoles.Console(stderr=True))
        self._board = Board()
        self._most = most
        self._total = self._drawing.add_task("sources", total=None, count="", told="")
        self._tasks: dict[int, Any] = {}

    def __call__(self, event: TrainingEvent | UploadProgress) -> None:
        """Take an event."""
        row = self._board.take(event)
        if row is not None:
            self._show(row)
        counts = self._board.progress
        if isinstance(event, PollFailed):
            self._drawing.console.print(f"[yellow]{event}[/]", highlight=False)
        if counts is not None:
            told = f"[red]{counts.failed} failed[/]" if counts.failed else ""
            count = f"{counts.done}/{counts.total}"
            self._drawing.update(self._total, completed=counts.done, total=counts.total, count=count, told=told)

    def _show(self, row: Row) -> None:
        from rich.markup import escape  # noqa: PLC0415 - an extra

        colour = _COLOURS.get(row.state, "default")
        task = self._tasks.get(id(row))
        if task is None:
            if len(self._tasks) >= self._most and not self._make_room():
                return
            task = self._tasks[id(row)] = self._drawing.add_task(escape(row.label), total=100, count="", told="")
        # A bar that is full is over, and its clock stands still; after the last byte there is still the training.
        done = 100.0 if row.is_over else min(100 * (row.sent or 0), _ALMOST)
        self._drawing.update(task, completed=done, told=f"[{colour}]{escape(row.told)}[/]")

    def _make_room(self) -> bool:
        """Take away a row of which all is well; tell whether there was one."""
        rows = {id(row): row for row in self._board.rows}
        over = next((key for key in self._tasks if rows[key].state in {"done", "removed"}), None)
        if over is not None:
            self._drawing.remove_task(self._tasks.pop(over))
        return over is not None

    def __enter__(self) -> Self:
        self._drawing.start()
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._drawing.stop()


def display(stream: IO[str] | None = None, *, every: float = 10.0, verbose: bool = False) -> Bars | Lines:
    """Bars where there is a terminal and the library to draw them, plain lines anywhere else.

    Args:
        stream: Where to show them; standard error unless given.
        every: For lines: seconds between two counts at least.
        verbose: For lines: also write every change of status.

    Returns:
        A function for `on_progress`, to be used in a `with` block.
    """
    target = sys.stderr if stream is None else stream
    if target.isatty():
        try:
            from rich.console import Console  # noqa: PLC0415 - an extra
        except ImportError:
            pass
        else:
            return Bars(Console(file=target))

    def write(line: str) -> None:
        target.write(f"{line}\n")
        target.flush()

    return Lines(write, every=every, verbose=verbose)
