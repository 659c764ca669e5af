"""What a training of 10,000 small sources costs, beside the bare HTTP library sending the like of them."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID, uuid4

import httpx

from benchmarks._memory import most_used
from benchmarks._ratio import Ratio
from benchmarks._sandbox import Remote, sandbox
from sensay_ext import AsyncSensay, Sensay, Text, TrainingReport

_SOURCES = 10_000
_OF_PEER = 1_000
"""Texts that the bare library sends before ours, and again after them: what else the machine does meets both."""

_WARM_UP = 200
_AT_ONCE = 32
_LATENCY = 0.4
"""Seconds; few enough requests a second that two processors have time for the client and the sandbox."""
_SPEED = 1_000_000
"""So fast that the entries are usable as soon as they are there: what is measured is the sending, not the training."""

_WALL = 1.15
_MEMORY = 40.0  # megabytes: 4 kB for each source, what the report says of it included
_MEGABYTE = 1_000_000


def measure() -> list[Ratio]:
    """Train from threads and from tasks, each between two runs of the bare library with as many of them."""
    with sandbox(_SPEED, _LATENCY) as remote:
        _by_threads(_Bare(remote), _WARM_UP)
        ours, theirs, added = _compared(remote, "thread", _by_threads)
        ours_of_tasks, theirs_of_tasks, added_of_tasks = _compared(remote, "task", _by_tasks)
    return [
        Ratio("training on 10,000 texts, 32 at once, ms each", ours, "httpx.Client", theirs, limit=_WALL),
        Ratio("the same from tasks, ms", ours_of_tasks, "httpx.AsyncClient", theirs_of_tasks, limit=_WALL),
        Ratio("memory added by it, MB", added, "4 kB a source", _MEMORY, limit=1.0),
        Ratio("the same from tasks, MB", added_of_tasks, "4 kB a source", _MEMORY, limit=1.0),
    ]


def _compared(remote: Remote, way: str, peer: "Callable[[_Bare, int], float]") -> tuple[float, float, float]:
    """Our time for a source, the peer's, and the memory that we needed for all of them."""
    before = peer(_Bare(remote), _OF_PEER)
    command = [sys.executable, "-m", "benchmarks.training", json.dumps([remote.base_url, remote.secret, way])]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own program
    ours, added = json.loads(done.stdout)
    after = peer(_Bare(remote), _OF_PEER)
    return ours, (before + after) / 2, added


def _texts(count: int) -> Iterator[Text]:
    return (Text(f"This is chapter {number}: it tells of the wheel and of the chain.") for number in range(count))


class _Bare:
    """What the bare library needs to add texts to a replica of its own.

    Args:
        remote: The sandbox.
    """

    def __init__(self, remote: Remote) -> None:
        self.path = f"{remote.base_url}/v1/replicas/{remote.replica(uuid4().hex)}/knowledge-base"
        self.headers = {"X-ORGANIZATION-SECRET": remote.secret, "Content-Type": "application/json"}
        self.limits = httpx.Limits(max_connections=_AT_ONCE, max_keepalive_connections=_AT_ONCE)


def _by_threads(bare: _Bare, count: int) -> float:
    """Milliseconds for each text."""
    with (
        httpx.Client(headers=bare.headers, limits=bare.limits, timeout=60) as client,
        ThreadPoolExecutor(_AT_ONCE) as threads,
    ):

        def send(text: Text) -> None:
            client.post(bare.path, json=text.body()).raise_for_status()

        start = time.perf_counter()
        list(threads.map(send, _texts(count)))
        return (time.perf_counter() - start) * 1000 / count


def _by_tasks(bare: _Bare, count: int) -> float:
    """Milliseconds for each text."""

    async def send_all() -> float:
        waiting = _texts(count)
        async with httpx.AsyncClient(headers=bare.headers, limits=bare.limits, timeout=60) as client:

            async def send() -> None:
                for text in waiting:
                    (await client.post(bare.path, json=text.body())).raise_for_status()

            start = time.perf_counter()
            await asyncio.gather(*(send() for _ in range(_AT_ONCE)))
            return (time.perf_counter() - start) * 1000 / count

    return asyncio.run(send_all())


@dataclass(frozen=True)
class _Ours:
    """Trains in one of two ways."""

    remote: Remote
    way: str

    def train(self, replica: UUID, texts: Iterable[Text]) -> TrainingReport:
        if self.way == "task":
            return asyncio.run(self._in_tasks(replica, texts))
        with Sensay(self.remote.secret, base_url=self.remote.base_url) as sensay:
            return sensay.training.train(replica, texts, concurrency=_AT_ONCE)

    async def _in_tasks(self, replica: UUID, texts: Iterable[Text]) -> TrainingReport:
        async with AsyncSensay(self.remote.secret, base_url=self.remote.base_url) as sensay:
            return await sensay.training.train(replica, texts, concurrency=_AT_ONCE)


def _train_and_tell(base_url: str, secret: str, way: str) -> None:
    ours = _Ours(Remote(base_url, secret), way)
    small, large = (ours.remote.replica(uuid4().hex) for _ in range(2))
    ours.train(small, _texts(_WARM_UP)).raise_for_failures()
    before, start = most_used(), time.perf_counter()
    report = ours.train(large, _texts(_SOURCES))
    milliseconds = (time.perf_counter() - start) * 1000 / _SOURCES
    added = (most_used() - before) / _MEGABYTE
    report.raise_for_failures()
    print(json.dumps([milliseconds, added]))


if __name__ == "__main__":
    _train_and_tell(*json.loads(sys.argv[1]))
