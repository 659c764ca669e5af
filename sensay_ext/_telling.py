"""Hands events to whoever asked for them."""

from __future__ import annotations

import logging
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sensay_ext._training_events import TrainingEvent, UploadProgress

__all__ = ["OnProgress", "ProgressEvent", "Telling"]

ProgressEvent: TypeAlias = "TrainingEvent | UploadProgress"
"""Anything that happens while a replica is trained."""

OnProgress: TypeAlias = "Callable[[TrainingEvent | UploadProgress], object]"
"""A function that is told; `print` is one."""

_logger = logging.getLogger("sensay_ext")


class Telling:
    """Calls a function with events, one at a time, from whichever thread they come.

    Args:
        on_progress: The function. What it raises is logged and goes no further: a mistake in watching a training must
            not undo the training.
    """

    __slots__ = ("_lock", "_on_progress")

    def __init__(self, on_progress: OnProgress | None = None) -> None:
        self._on_progress = on_progress
        self._lock = Lock()

    def __call__(self, event: ProgressEvent) -> None:
        """Tell of one event."""
        if self._on_progress is None:
            return
        with self._lock:
            try:
                self._on_progress(event)
            except Exception:
                _logger.exception("on_progress failed on %s", type(event).__name__)

    def all(self, events: Iterable[ProgressEvent]) -> None:
        """Tell of several events."""
        for event in events:
            self(event)
