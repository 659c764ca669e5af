"""A sandbox in a process of its own, so that it has a processor to itself."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sensay_ext import Sensay
from sensay_ext.sandbox import Fault, serve

_OPERATION = "create_replica_knowledge_base"


@dataclass(frozen=True)
class Remote:
    """Where the sandbox is, and how to get in."""

    base_url: str
    secret: str

    def replica(self, slug: str) -> UUID:
        """Make a replica."""
        with Sensay(self.secret, base_url=self.base_url) as sensay:
            sensay.users.ensure("alice")
            made = sensay.replicas.create(
                name="Guide", short_description="d", greeting="Hello!", owner_id="alice", slug=slug, llm={}
            )
            return made.uuid


@contextmanager
def sandbox(speed: float, delay: float = 0.0) -> Iterator[Remote]:
    """Run a sandbox as long as this lasts.

    Args:
        speed: How many times as fast as the real thing it trains.
        delay: Seconds by which it answers later when an entry is asked for.
    """
    command = [sys.executable, "-m", "benchmarks._sandbox", json.dumps([speed, delay])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own program
        try:
            yield Remote(*json.loads(process.stdout.readline() if process.stdout else "[]"))
        finally:
            process.terminate()


def _main(speed: float, delay: float) -> None:
    with serve(speed=speed, allow_network=False) as running:
        if delay:
            running.add_fault(Fault(delay=delay), operation=_OPERATION, times=None)
        sys.stdout.write(json.dumps([running.base_url, running.organization_secret]) + "\n")
        sys.stdout.flush()
        sys.stdin.read()  # until whoever started this ends


if __name__ == "__main__":
    arguments: list[Any] = json.loads(sys.argv[1])
    _main(*arguments)
