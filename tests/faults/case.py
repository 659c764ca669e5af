"""One thing that can go wrong on the way, and what has to come of it."""

import socket
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self, TypeAlias
from unittest.mock import patch

from generated_client.models import Replica
from generated_client.types import Request
from sensay_ext._options import CallOptions
from tests.clocks import FakeAsyncClock, FakeClock
from tests.fault_server import FaultServer, Instruction, head, reply
from tests.requests_to_send import COMPLETION, GET, REPLICA, SECRET

OK = reply(200, REPLICA)
COMPLETED = reply(200, COMPLETION)
JSON = {"Content-Type": "application/json"}
HTML = {"Content-Type": "text/html"}
GZIP = {**JSON, "Content-Encoding": "gzip"}

CUT = head(200, {**JSON, "Content-Length": "500"}) + b'{"success":'
"""The beginning of a reply."""


_UNKNOWN = socket.gaierror(socket.EAI_NONAME, "Name or service not known")


@dataclass(frozen=True)
class Scene:
    """What the instructions of a case may need to know.

    Args:
        elsewhere: Address of the other server.
        advance: Moves the clock of the client on.
    """

    elsewhere: str
    advance: Callable[[float], None]


Faults: TypeAlias = tuple[Instruction, ...] | Callable[[Scene], tuple[Instruction, ...]]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One fault.

    Args:
        name: What goes wrong.
        promise: The promise that it proves, by its number in `promises`; None for what is told apart beyond those.
        request: What is asked.
        streamed: Whether the answer is read while it comes in.
        calls: How many times it is asked.
        before: How an earlier request, on the same connection, is answered.
        closed_after_it: Whether the connection ends with that answer.
        faults: What the server does with each request.
        listening: When the server takes connections: `always`, `after a wait` or `never`.
        known: Whether there is a host of the server's name.
        elsewhere: What another server does, which a redirect leads to; None when nothing leads there.
        interrupted: Whether the user interrupts the wait for the next attempt.
        seen: How many requests the server must see.
        seen_elsewhere: How many requests the other server must see.
        result: The type of the result, when the call ends well.
        error: The class of the error, when it does not.
        details: Attributes that the result, or the error, must have.
        says: What the message of the error must say.
        slept: The waits between the attempts.
        options: Options of the call.
        client_options: Options of the client.
        limit: Longest reply in bytes.
    """

    name: str
    promise: int | None = None
    request: Request[Any] = GET
    streamed: bool = False
    calls: int = 1
    before: Instruction | None = None
    closed_after_it: bool = False
    faults: Faults = ()
    listening: str = "always"
    known: bool = True
    elsewhere: Instruction | None = None
    interrupted: bool = False
    seen: int
    seen_elsewhere: int = 0
    result: type | None = None
    error: type[BaseException] | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    says: str = ""
    slept: tuple[float, ...] | None = None
    options: CallOptions = field(default_factory=CallOptions)
    client_options: Mapping[str, Any] = field(default_factory=dict)
    limit: int | None = None

    @property
    def is_one_call(self) -> bool:
        """Whether all requests that the server sees are attempts of one call."""
        special = self.streamed or self.before or self.elsewhere or "follow_redirects" in self.client_options
        return not special and self.listening == "always" and self.calls == 1


def succeeds(
    promise: int | None, name: str, *faults: Instruction, seen: int | None = None, result: type = Replica, **more: Any
) -> Case:
    """A call that ends well. Unless told otherwise, each instruction answers a request."""
    seen = len(faults) if seen is None else seen
    return Case(name=name, promise=promise, result=result, **{"faults": faults, "seen": seen, **more})


def fails(
    promise: int | None,
    name: str,
    error: type[BaseException],
    *faults: Instruction,
    seen: int | None = None,
    **more: Any,
) -> Case:
    """A call that ends in an error. Unless told otherwise, each instruction answers a request."""
    seen = len(faults) if seen is None else seen
    return Case(name=name, promise=promise, error=error, **{"faults": faults, "seen": seen, **more})


class Stage:
    """The servers of a case, while a `with` block lasts.

    Args:
        case: The case.
        clock: The clock of the client.
    """

    def __init__(self, case: Case, clock: FakeAsyncClock | FakeClock) -> None:
        self._case = case
        self._servers = ExitStack()
        self._elsewhere = () if case.elsewhere is None else (case.elsewhere,) * case.seen_elsewhere
        self.other = FaultServer(*self._elsewhere, host="localhost")
        self._scene = Scene(f"{self.other.url}/elsewhere?token={SECRET}", clock.advance)
        faults = case.faults(self._scene) if callable(case.faults) else case.faults
        before = () if case.before is None else (case.before,)
        self.server = FaultServer(*before, *faults, listening=case.listening == "always")
        if case.listening == "after a wait":
            clock.on_sleep = self.server.listen
        if case.interrupted:
            clock.on_sleep = _interrupt

    @property
    def url(self) -> str:
        """The address that the client is given."""
        return self.server.url if self._case.known else "https://nowhere.invalid"

    def __enter__(self) -> Self:
        if not self._case.known:
            self._servers.enter_context(patch("socket.getaddrinfo", side_effect=_UNKNOWN))
        self._servers.enter_context(self.server)
        self._servers.enter_context(self.other)
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._servers.__exit__(exc_type, exc, traceback)


def _interrupt() -> None:
    raise KeyboardInterrupt
