"""Threads that do the same with many things, and end together."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from threading import Condition, Event, Lock, Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Crew", "CrewStopped", "Shield", "obey", "stop_event"]

_T = TypeVar("_T")

_stop: ContextVar[Event | None] = ContextVar("sensay_ext_stop", default=None)


class CrewStopped(BaseException):
    """Ends a job that is not wanted any more; never leaves the crew."""


def stop_event() -> Event | None:
    """What is set when the crew of this thread stops; None outside of a crew."""
    return _stop.get()


def obey(stop: Event) -> None:
    """Let this thread end, where it next waits or checks, when that is set."""
    _stop.set(stop)


class Shield:
    """Keeps what tidies up from being cancelled."""

    @staticmethod
    @contextmanager
    def raised() -> Iterator[None]:
        """While this lasts, the thread goes on although its crew stops."""
        token = _stop.set(None)
        try:
            yield
        finally:
            _stop.reset(token)


class Crew:
    """Does the same with many things, several at a time."""

    @staticmethod
    def each(job: Callable[[_T], None], items: Iterable[_T], *, at_once: int) -> None:
        """Do `job` with every item, in order of beginning.

        The first exception ends it, and so does an interrupt: jobs under way end where they next wait or `check`,
        further ones do not begin.

        Args:
            job: What to do with one item.
            items: The items; taken one by one as there is room.
            at_once: How many jobs may be under way.
        """
        waiting, lock = iter(items), Lock()

        def work(stop: Event) -> None:
            while not stop.is_set():
                with lock:
                    item = next(waiting, _NOTHING)
                if item is _NOTHING:
                    return
                job(item)  # type: ignore[arg-type] # it is one of the items

        _Threads(work).run(at_once)

    @staticmethod
    def check() -> None:
        """Go on, unless this job is not wanted any more.

        Raises:
            CrewStopped: It is not.
        """
        stop = stop_event()
        if stop is not None and stop.is_set():
            raise CrewStopped


class _Threads:
    """Threads that are waited for, whatever happens.

    An executor would not do: an interrupt while it starts a thread leaves that thread behind.

    Args:
        work: What each thread does.
    """

    def __init__(self, work: Callable[[Event], None]) -> None:
        self._work = work
        self._stop = Event()
        self._changed = Condition()
        self._working = 0
        self._ended = 0
        self._problems: list[BaseException] = []

    def run(self, count: int) -> None:
        """Start so many, and wait for the end of all of them.

        Raises:
            BaseException: The first that one of them raised.
        """
        try:
            for _ in range(count):
                Thread(target=copy_context().run, args=(self._live,)).start()
            with self._changed:
                self._changed.wait_for(lambda: self._ended == count)
        finally:
            # One that was started, and has not begun to work, will find that it need not.
            self._stop.set()
            with self._changed:
                self._changed.wait_for(lambda: not self._working)
        for problem in self._problems:
            raise problem

    def _live(self) -> None:
        obey(self._stop)
        with self._changed:
            self._working += 1
        try:
            self._work(self._stop)
        except CrewStopped:
            pass
        except BaseException as problem:  # noqa: BLE001 - raised again by whoever waits
            self._problems.append(problem)
            self._stop.set()
        finally:
            with self._changed:
                self._working -= 1
                self._ended += 1
                self._changed.notify_all()


_NOTHING = object()
