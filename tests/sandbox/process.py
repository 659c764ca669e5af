"""A sandbox in a process of its own, run the way its users run it."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_COMMAND = [sys.executable, "-c", "import sys; from sensay_ext.cli import main; sys.exit(main())", "sandbox"]


@dataclass(frozen=True)
class Served:
    """A running process.

    Attributes:
        process: The process.
        base_url: The address it printed.
        secret: The secret it printed.
    """

    process: "subprocess.Popen[str]"
    base_url: str
    secret: str


def start(*options: str) -> Served:
    """Start `sensay sandbox` and wait for its address."""
    process = subprocess.Popen([*_COMMAND, *options], stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    if process.stdout is None:
        raise RuntimeError("the process has no output")
    printed = [process.stdout.readline().split(maxsplit=1) for _ in range(2)]
    if not all(printed):
        process.kill()
        process.wait()
        raise RuntimeError("the sandbox did not start")
    return Served(process, printed[0][1].split()[-1], printed[1][1].split()[-1])


def stop(served: Served, number: signal.Signals = signal.SIGINT) -> int:
    """Stop a process, and return its exit status."""
    served.process.send_signal(number)
    status = served.process.wait(20)
    if served.process.stdout is not None:
        served.process.stdout.close()
    return status


@contextmanager
def running(*options: str) -> Iterator[Served]:
    """Run `sensay sandbox` until the block ends."""
    served = start(*options)
    try:
        yield served
    finally:
        stop(served)
