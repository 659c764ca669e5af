"""What an upload of 50 MB costs, beside the bare HTTP library streaming the same file."""

import asyncio
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import httpx

from benchmarks._ratio import Ratio
from benchmarks._sink import sink
from sensay_ext import AsyncSensay, Sensay

_SIZE = 50_000_000
_ROUNDS = 21
_PIECE = 65_536
_THROUGHPUT = 1 / 0.95
_MEMORY = 4.0  # megabytes
_KIBIBYTE = 1024
_MEGABYTE = 1_000_000
_SECRET = "no-secret"  # noqa: S105 - nobody asks for one


def measure() -> list[Ratio]:
    """Upload from threads and from tasks, each turn by turn with the bare library; then once more for the memory."""
    with tempfile.TemporaryDirectory() as folder, sink() as storage:
        path = Path(folder) / "handbook.pdf"
        path.write_bytes(b"0123456789abcdef" * (_SIZE // 16))
        ours, theirs = _threads(storage, path)
        ours_of_tasks, theirs_of_tasks = asyncio.run(_tasks(storage, path))
        added = _added_memory(storage, path)
    return [
        Ratio("upload of 50 MB, ms", ours, "httpx.Client", theirs, limit=_THROUGHPUT),
        Ratio("the same from a task, ms", ours_of_tasks, "httpx.AsyncClient", theirs_of_tasks, limit=_THROUGHPUT),
        Ratio("memory added by it, MB", added, "4 MB", _MEMORY, limit=1.0),
    ]


def _threads(storage: str, path: Path) -> tuple[float, float]:
    with Sensay(_SECRET, base_url=storage) as sensay, httpx.Client() as bare:

        def ours() -> None:
            sensay.knowledge_base.upload(f"{storage}/signed", path)

        def theirs() -> None:
            with path.open("rb") as opened:
                headers = {"Content-Length": str(_SIZE), "Content-Type": "application/pdf"}
                bare.put(f"{storage}/signed", content=opened, headers=headers).raise_for_status()

        return _times(ours, theirs)


def _times(ours: Callable[[], None], theirs: Callable[[], None]) -> tuple[float, float]:
    ours()
    theirs()
    times: dict[Callable[[], None], list[float]] = {ours: [], theirs: []}
    for _ in range(_ROUNDS):
        for way, taken in times.items():
            start = time.perf_counter()
            way()
            taken.append((time.perf_counter() - start) * 1000)
    return _undisturbed(times[ours]), _undisturbed(times[theirs])


def _undisturbed(times: list[float]) -> float:
    """The lower quartile: an upload takes so little time on one machine that anything else it does shows."""
    return statistics.quantiles(times)[0]


async def _tasks(storage: str, path: Path) -> tuple[float, float]:
    async with AsyncSensay(_SECRET, base_url=storage) as sensay, httpx.AsyncClient() as bare:

        async def pieces() -> AsyncIterator[bytes]:
            async with await anyio.open_file(path, "rb") as opened:
                while piece := await opened.read(_PIECE):
                    yield piece

        async def ours() -> None:
            await sensay.knowledge_base.upload(f"{storage}/signed", path)

        async def theirs() -> None:
            headers = {"Content-Length": str(_SIZE), "Content-Type": "application/pdf"}
            (await bare.put(f"{storage}/signed", content=pieces(), headers=headers)).raise_for_status()

        times: dict[Callable[[], Awaitable[None]], list[float]] = {ours: [], theirs: []}
        for number in range(_ROUNDS + 1):
            for way, taken in times.items():
                start = time.perf_counter()
                await way()
                if number:
                    taken.append((time.perf_counter() - start) * 1000)
        return _undisturbed(times[ours]), _undisturbed(times[theirs])


def _added_memory(storage: str, path: Path) -> float:
    """Megabytes by which the process grows, at its largest, beyond what an upload of a few bytes needs."""
    command = [sys.executable, "-m", "benchmarks.uploads", json.dumps([storage, str(path)])]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own program
    return float(done.stdout)


def _upload_and_tell(storage: str, path: str) -> None:
    def largest() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIBIBYTE

    with Sensay(_SECRET, base_url=storage) as sensay:
        url = f"{storage}/signed"
        sensay.knowledge_base.upload(url, b"%PDF-" * 100, name="a.pdf")
        before = largest()
        tracemalloc.start()
        sensay.knowledge_base.upload(url, path)
        # The process may grow less than it uses, as it has used some before; or more, as not all of it is Python's.
        print(max(largest() - before, tracemalloc.get_traced_memory()[1]) / _MEGABYTE)


if __name__ == "__main__":
    arguments: list[Any] = json.loads(sys.argv[1])
    _upload_and_tell(*arguments)
