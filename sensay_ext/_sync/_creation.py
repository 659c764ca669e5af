# Derived from sensay_ext/_async/_creation.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Creating something once, although answers get lost."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar

from sensay_ext._call import Series
from sensay_ext._deadline import Deadline
from sensay_ext._errors import ConflictError, SensayError
from sensay_ext._uncertain import as_failed_attempt, is_uncertain, looks_after
from sensay_ext._watch import Watch

if TYPE_CHECKING:
    from sensay_ext._options import CallOptions
    from sensay_ext._sync._transport import Transport

__all__ = ["Creation"]

_T = TypeVar("_T")


class Creation(ABC, Generic[_T]):
    """Makes one thing, and never two of it.

    The API carries out each request that it gets, whether its answer arrives or not. So after every failure that leaves
    it open whether the thing was made, it is looked for, and asked for again only if it is not there.

    Args:
        transport: What to send with.
        options: What the calls change.
        deadline: When to give up; without one, when nothing more is to be expected.
    """

    def __init__(self, transport: Transport, options: CallOptions, deadline: Deadline | None = None) -> None:
        self._transport = transport
        self._options = options
        self._deadline = deadline or Deadline(transport.clock, None)
        self._series = Series()
        self._watch = Watch(transport.config.hooks, self._series)
        self.is_in_doubt = False
        """Whether it may have been made by an attempt that failed."""

    @abstractmethod
    def _send(self) -> _T:
        """Ask for it, with a request of the series."""

    @abstractmethod
    def _look(self, error: SensayError) -> _T | None:
        """Look for it; None when it is not there.

        Args:
            error: Why asking for it failed.
        """

    def run(self) -> _T:
        """Do it.

        Raises:
            SensayError: It could not be made; or, with `.ambiguous`, it is not known whether it was.
        """
        attempt = 0
        while True:
            attempt += 1
            began = self._transport.clock.now()
            try:
                return self._send()
            except SensayError as problem:
                error = problem
            found = self._look_after(error, began)
            if found is not None:
                return found
            delay = self._delay(error, attempt)
            if delay is None:
                raise error
            self._retrying(delay, error)
            self._transport.clock.sleep(delay)

    def _retrying(self, delay: float, error: SensayError) -> None:
        """Tell that it will be asked for again."""
        self._watch.retrying(self._series.attempts, delay, error)

    def _look_after(self, error: SensayError, began: float) -> _T | None:
        if isinstance(error, ConflictError):
            return self._look(error)
        if not is_uncertain(error):
            return None
        self.is_in_doubt = True
        clock = self._transport.clock
        for delay in looks_after(error, clock.now() - began):
            if delay and not self._deadline.allows(delay):
                raise error
            self._watch.looking(self._series.attempts, delay, error)
            clock.sleep(delay)
            try:
                found = self._look(error)
            except SensayError:
                # Whether it was made stays open, and that is what the caller has to know.
                raise error from None
            if found is not None:
                return found
        return None

    def _delay(self, error: SensayError, attempt: int) -> float | None:
        config = self._transport.config
        failed = as_failed_attempt(error, attempt)
        if failed is None or attempt > self._options.get("max_retries", config.max_retries):
            return None
        delay = config.retry_policy.delay(failed)
        return delay if delay is not None and self._deadline.allows(delay) else None
