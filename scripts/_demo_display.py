"""Shows how training gets on: a table that changes in place on a terminal, plain lines anywhere else."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.table import Table

from sensay_ext import EntryEvent, StatusChanged, TrainingEvent, UploadProgress

_GOOD = {"VECTOR_CREATED", "READY"}


class Display:
    """Takes the events of a training and shows where each source is.

    Args:
        console: Where to show it.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._rows: dict[str, str] = {}
        self._live = Live(console=console, refresh_per_second=10, transient=False) if console.is_terminal else None

    def __enter__(self) -> Self:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def __call__(self, event: TrainingEvent | UploadProgress) -> None:
        """Show one event."""
        if isinstance(event, UploadProgress):
            self._rows[event.filename] = f"uploading, {event.sent / event.size:.0%}"
        elif isinstance(event, StatusChanged):
            seen = "" if event.previous is None else f", {event.lasted:.1f} s after {event.previous}"
            colour = "green" if event.status in _GOOD else "yellow"
            self._rows[event.label] = f"[{colour}]{event.status}[/]{seen}"
        self._show(event)

    def _show(self, event: TrainingEvent | UploadProgress) -> None:
        if self._live is None:
            if isinstance(event, EntryEvent):
                self._console.print(f"  {event}", highlight=False)
            return
        table = Table.grid(padding=(0, 2))
        for label, state in self._rows.items():
            table.add_row(" ", label, state)
        self._live.update(table)
