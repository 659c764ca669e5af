"""The one place where time, and the difference between threads and tasks, come from.

Whatever differs between the two clients stands here in two halves, `AsyncX` and `X`; everything else is written once,
for tasks, and derived for threads.
"""

from __future__ import annotations

import os
import random
import time  # noqa: TID251 - the one place
from contextlib import AbstractContextManager, suppress
from contextvars import copy_context
from threading import Event, Thread, current_thread
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

from sensay_ext._crew import Crew, CrewStopped, Shield, obey, stop_event

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Hashable, Iterable

    from anyio import CancelScope  # noqa: TID251 - see AsyncClock.sleep

__all__ = [
    "Ahead",
    "AsyncAhead",
    "AsyncBlocking",
    "AsyncClock",
    "AsyncCrew",
    "AsyncHome",
    "AsyncListening",
    "AsyncShield",
    "Blocking",
    "Clock",
    "Crew",
    "CrewStopped",
    "Home",
    "Listening",
    "Shield",
]

_P = ParamSpec("_P")
_T = TypeVar("_T")

_LONGEST_SHIELD = 15.0  # seconds
_GRACE = 0.1  # seconds


class _Times:
    """What both clocks read."""

    def now(self) -> float:
        """Seconds on a clock that only runs forward; for measuring."""
        return time.monotonic()

    def wall(self) -> float:
        """Seconds since 1970; for dates that others wrote."""
        return time.time()

    def jitter(self) -> float:
        """A random number from 0 to 1; keeps many clients from asking at the same moment."""
        return random.random()  # noqa: S311 - nothing has to be kept secret


class AsyncClock(_Times):
    """Tells the time and waits, for tasks."""

    async def sleep(self, seconds: float) -> None:
        """Let other tasks run for so many seconds; ends at once when the task is cancelled."""
        import anyio  # noqa: PLC0415, TID251 - the one place; and programs without tasks should not pay for it

        await anyio.sleep(seconds)


class Clock(_Times):
    """Tells the time and waits, for threads."""

    def sleep(self, seconds: float) -> None:
        """Block this thread for so many seconds; ends at once when its crew stops."""
        stop = stop_event()
        if stop is None:
            time.sleep(seconds)
        elif stop.wait(seconds):
            raise CrewStopped


class AsyncHome:
    """Where the connections of an async client belong."""

    @staticmethod
    def current() -> Hashable:
        """The process and the event loop: connections cannot be used in any other."""
        import asyncio  # noqa: PLC0415, TID251 - see AsyncClock.sleep

        try:
            return os.getpid(), asyncio.get_running_loop()
        except RuntimeError:  # an event loop of another library; a program that has one has only one
            return os.getpid(), None

    @staticmethod
    def is_gone(home: Any) -> bool:
        """Whether connections that belong there can never be used again."""
        pid, loop = home
        return pid == os.getpid() and loop is not None and loop.is_closed()


class Home:
    """Where the connections of a client belong."""

    @staticmethod
    def current() -> Hashable:
        """The process: a fork must not talk on its parent's connections."""
        return os.getpid()

    @staticmethod
    def is_gone(home: Any) -> bool:  # noqa: ARG004 - the other half needs it
        """Whether connections that belong there can never be used again: those of the parent are still the parent's."""
        return False


class AsyncBlocking:
    """Calls functions that wait for the disk."""

    @staticmethod
    async def run(function: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Call it in a thread, so that other tasks go on."""
        import functools  # noqa: PLC0415 - see AsyncClock.sleep

        import anyio.to_thread  # noqa: PLC0415, TID251 - see AsyncClock.sleep

        return await anyio.to_thread.run_sync(functools.partial(function, *args, **kwargs))


class Blocking:
    """Calls functions that wait for the disk."""

    @staticmethod
    def run(function: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Call it here: this thread has nothing else to do."""
        return function(*args, **kwargs)


class AsyncShield:
    """Keeps what tidies up from being cancelled."""

    @staticmethod
    def raised() -> AbstractContextManager[object]:
        """While this lasts, cancelling the task waits; it lasts a quarter of a minute at most."""
        import anyio  # noqa: PLC0415, TID251 - see AsyncClock.sleep

        return anyio.move_on_after(_LONGEST_SHIELD, shield=True)


class AsyncCrew:
    """Does the same with many things, several at a time."""

    @staticmethod
    async def each(job: Callable[[_T], Awaitable[None]], items: Iterable[_T], *, at_once: int) -> None:
        """Do `job` with every item, in order of beginning.

        The first exception ends it: jobs under way are cancelled, further ones do not begin.

        Args:
            job: What to do with one item.
            items: The items; taken one by one as there is room.
            at_once: How many jobs may be under way.
        """
        import anyio  # noqa: PLC0415, TID251 - see AsyncClock.sleep

        waiting = iter(items)

        async def work() -> None:
            for item in waiting:
                await job(item)

        try:
            async with anyio.create_task_group() as group:
                for _ in range(at_once):
                    group.start_soon(work)
        except BaseExceptionGroup as failures:
            raise _first(failures) from None

    @staticmethod
    def check() -> None:
        """Go on, unless this job is not wanted any more; tasks are cancelled without being asked."""


class AsyncListening:
    """Waits for what a server says next, until somebody hangs up."""

    def __init__(self) -> None:
        self._scope: CancelScope | None = None

    async def hear(self, following: Callable[[], Awaitable[_T]]) -> _T | None:
        """What comes next; None when `stop` came first.

        Args:
            following: Waits for it.
        """
        import anyio  # noqa: PLC0415, TID251 - see AsyncClock.sleep

        with anyio.CancelScope() as self._scope:
            return await following()
        return None

    def stop(self, hang_up: Callable[[], object]) -> None:  # noqa: ARG002 - the other half needs it
        """End a wait of another task, if there is one."""
        if self._scope is not None:
            self._scope.cancel()


class Listening:
    """Waits for what a server says next, until somebody hangs up."""

    @staticmethod
    def hear(following: Callable[[], _T]) -> _T:
        """What comes next.

        Args:
            following: Waits for it.
        """
        return following()

    @staticmethod
    def stop(hang_up: Callable[[], object]) -> None:
        """End a wait of another thread, which only what it waits for can do.

        Args:
            hang_up: Breaks the connection.
        """
        hang_up()


class AsyncAhead(Generic[_T]):
    """Work that begins before its result is needed.

    Args:
        work: What to do. On an event loop of another library it is done when the result is asked for.
    """

    def __init__(self, work: Callable[[], Coroutine[Any, Any, _T]]) -> None:
        import asyncio  # noqa: PLC0415, TID251 - see AsyncClock.sleep

        self._work = work
        self._task: asyncio.Task[_T] | None = None
        with suppress(RuntimeError):  # see `result`
            self._task = asyncio.get_running_loop().create_task(work())

    async def result(self) -> _T:
        """Return what came of it, or raise what it raised."""
        return await (self._work() if self._task is None else self._task)

    async def cancel(self) -> None:
        """End it, whether it is done or not; whatever came of it is dropped."""
        import asyncio  # noqa: PLC0415, TID251 - see AsyncClock.sleep

        if self._task is None:
            return
        self._task.cancel()
        await asyncio.wait([self._task])
        if not self._task.cancelled():
            self._task.exception()  # else its being dropped would be reported


class Ahead(Generic[_T]):
    """Work that begins before its result is needed.

    Args:
        work: What to do, in a thread.
    """

    def __init__(self, work: Callable[[], _T]) -> None:
        from concurrent.futures import Future  # noqa: PLC0415 - see AsyncClock.sleep

        self._work = work
        self._future: Future[_T] = Future()
        self._stop = Event()
        # A daemon, as nothing may have to wait for its end, the interpreter included.
        self._thread = Thread(target=copy_context().run, args=(self._do,), name="sensay-ahead", daemon=True)
        self._thread.start()

    def _do(self) -> None:
        obey(self._stop)
        try:
            Crew.check()
            self._future.set_result(self._work())
        except BaseException as problem:  # noqa: BLE001 - raised again by whoever asks for the result
            self._future.set_exception(problem)

    def result(self) -> _T:
        """Return what came of it, or raise what it raised."""
        self._thread.join()
        return self._future.result()

    def cancel(self) -> None:
        """Drop whatever comes of it; it ends where it next waits, if not before.

        A thread cannot be called back, and nobody waits for an answer that does not come. But it gets a moment to end
        by itself, as it mostly will: else it would only just begin to use connections that are closed next.
        """
        self._stop.set()
        # Something that was forgotten may be tidied up in any thread, this one included.
        if self._thread is not current_thread():
            self._thread.join(_GRACE)


def _first(failures: BaseExceptionGroup[BaseException]) -> BaseException:
    """One exception of a group, as if the jobs had been done one after the other."""
    failure = failures.exceptions[0]
    return _first(failure) if isinstance(failure, BaseExceptionGroup) else failure
