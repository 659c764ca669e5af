"""A program that applies a folder to a replica, and may kill itself at a given moment; for tests of what is left.

python -m tests.killed_run '{"base_url": …, "secret": …, "replica": …, "folder": …, "journal": …, "kill": ["request", 7]}'
"""

import json
import os
import signal
import sys
from threading import Timer
from typing import Any

from sensay_ext import FolderReport, Sensay, UploadProgress
from sensay_ext._concurrency import Clock


class HastyClock(Clock):
    """A clock that waits a moment where others wait long."""

    def sleep(self, seconds: float) -> None:
        """Wait."""
        super().sleep(min(seconds, 0.02))


class Killer:
    """Kills this process at the n-th event of a kind, as nothing in it could prevent.

    Args:
        kind: The kind: `request`, `response`, `piece`; or `second`, for whatever is going on then; else never.
        number: Which one; the first is 0.
    """

    def __init__(self, kind: str = "", number: float = 0) -> None:
        self._kind = kind
        self._left = number
        if kind == "second":
            striking = Timer(number, self._kill)
            striking.daemon = True
            striking.start()

    def count(self, kind: str) -> None:
        """An event."""
        if kind != self._kind:
            return
        if self._left == 0:
            self._kill()
        self._left -= 1

    def _kill(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


def apply(arguments: dict[str, Any]) -> FolderReport:
    """Plan and apply."""
    killer = Killer(*arguments.get("kill", ()))

    def tell(event: object) -> None:
        if isinstance(event, UploadProgress):
            killer.count("piece")

    with Sensay(
        arguments["secret"],
        base_url=arguments["base_url"],
        max_retries=20,
        on_request=lambda _: killer.count("request"),
        on_response=lambda _: killer.count("response"),
        _clock=HastyClock() if arguments.get("hasty") else None,
    ) as sensay:
        journal = arguments["journal"]
        plan = sensay.training.plan(arguments["replica"], arguments["folder"], journal=journal)
        return sensay.training.apply(plan, journal=journal, on_progress=tell, prune=True)


if __name__ == "__main__":
    sys.exit(0 if apply(json.loads(sys.argv[1])).ok else 1)
