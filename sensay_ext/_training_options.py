"""Keyword arguments of everything that waits for training."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from sensay_ext._errors import InvalidArgumentError
from sensay_ext._identity import NOBODY, Identity
from sensay_ext._options import CallOptions
from sensay_ext._params import ReplicaParams, split
from sensay_ext._seconds import LONGEST_WAIT, check_seconds
from sensay_ext._timeout import as_timeout
from sensay_ext._training import Target
from sensay_ext._training_watch import Watch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sensay_ext._config import Config
    from sensay_ext._deadline import Deadline
    from sensay_ext._telling import OnProgress
    from sensay_ext._training import Pace

__all__ = ["NewReplicaOptions", "ReturnWhen", "TrainOptions", "WaitOptions", "WaitSettings", "in_time", "no_others"]

_MOST_AT_ONCE = 100
"""Connections that a client makes at most; what has to wait for one would fail."""

_LAST_CALL = 5.0
"""Seconds that a call is given although the time is over: the last look at the entries is one."""

ReturnWhen = Literal["all", "first_failure"]


class WaitOptions(CallOptions, total=False):
    """How to wait, and options of the calls."""

    until: Target
    """`usable`, when the replica answers from the entries; or `ready`, when the API has optimized them, which takes up
    to a day. The first is the default."""

    max_wait: float | None
    """Seconds for all of it, from now on; None for no end. The client has a default, of half an hour."""

    poll_interval: Pace
    """Seconds between two looks, or a function that gives them by the age of the youngest entry in seconds. Without
    it, it depends on what is waited for, and for how long already."""

    stall_after: float
    """Seconds without a change after which an entry is reported as stalled; 900 by default. It is waited for all the
    same."""

    on_progress: OnProgress | None
    """Called with each event; `print` is of use. It is never called twice at once."""


class TrainOptions(WaitOptions, total=False):
    """How to train, and options of the calls."""

    concurrency: int
    """How many sources may be on their way to the API at once; 8 by default, 100 at most."""

    return_when: ReturnWhen
    """`all`, the default, or `first_failure`: return as soon as one source has failed."""


class NewReplicaOptions(ReplicaParams, TrainOptions):
    """What a replica is made from, how to train it, and options of the calls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitSettings:
    """The values of `TrainOptions`, checked."""

    until: Target = "usable"
    max_wait: float | None
    poll_interval: Pace | None = None
    stall_after: float = 900.0
    on_progress: OnProgress | None = None
    concurrency: int = 8
    return_when: ReturnWhen = "all"

    def __post_init__(self) -> None:
        _one_of("until", self.until, get_args(Target))
        _one_of("return_when", self.return_when, get_args(ReturnWhen))
        check_seconds("max_wait", self.max_wait)
        check_seconds("stall_after", self.stall_after)
        if not callable(self.poll_interval):
            check_seconds("poll_interval", self.poll_interval, LONGEST_WAIT)
        if not 1 <= self.concurrency <= _MOST_AT_ONCE:
            limit = f"from 1 to {_MOST_AT_ONCE}"
            raise InvalidArgumentError(f"concurrency must be {limit}", field="concurrency", limit=limit)

    def watch(self, now: float, *, identity: Identity = NOBODY) -> Watch:
        """Begin to follow entries.

        Args:
            now: The clock as the wait begins.
            identity: Who asks, for what must not be shown.
        """
        return Watch(
            now=now,
            until=self.until,
            max_wait=self.max_wait,
            stall_after=self.stall_after,
            pace=self.poll_interval,
            identity=identity,
        )

    @classmethod
    def take(
        cls, arguments: Mapping[str, Any], max_wait: float | None
    ) -> tuple[WaitSettings, dict[str, Any], CallOptions]:
        """Tell the settings from other arguments, and from the options of the calls.

        Args:
            arguments: The keyword arguments of a method.
            max_wait: The client's default.

        Raises:
            InvalidArgumentError: A setting cannot work.
        """
        others, options = split(arguments)
        names = {field.name for field in fields(cls)}
        own = {name: others.pop(name) for name in list(others) if name in names}
        return cls(**{"max_wait": max_wait, **own}), others, options


def no_others(arguments: Mapping[str, Any]) -> None:
    """Refuse arguments that nobody knows, as for any other function.

    Raises:
        TypeError: There are some.
    """
    if arguments:
        raise TypeError(f"unexpected keyword argument: {', '.join(sorted(arguments))}")


def in_time(options: CallOptions, config: Config, deadline: Deadline) -> CallOptions:
    """The options of a call that has to end with the whole.

    Args:
        options: What the call changes.
        config: What holds where it changes nothing.
        deadline: When the whole ends.
    """
    left = deadline.remaining()
    if left is None:
        return options
    timeout = as_timeout(options["timeout"]) if "timeout" in options else config.timeout
    left = max(left, _LAST_CALL)
    if timeout.total is not None and timeout.total <= left:
        return options
    return {**options, "timeout": replace(timeout, total=left)}


def _one_of(field: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        limit = " or ".join(allowed)
        raise InvalidArgumentError(f"{field} must be {limit}", field=field, limit=limit)
