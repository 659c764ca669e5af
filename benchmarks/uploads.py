"""What an upload of 50 MB costs, beside the bare HTTP library streaming the same file."""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import anyio
import httpx

from benchmarks._memory import most_used
from benchmarks._ratio import Ratio
from benchmarks._sink import sink
from sensay_ext import AsyncSensay, Sensay

_SIZE = 50_000_000
_ROUNDS = 21
_PIECE = 512 * 1024
"""Bytes that the bare library is given at a time, where it cannot read the file by itself."""

_THROUGHPUT = 1 / 0.95
_MEMORY = 4.0  # megabytes
_MEGABYTE = 1_000_000
_SECRET = "no-secret"  # noqa: S105 - nobody asks for one
_HEADERS = {"Content-Length": str(_SIZE), "Content-Type": "application/pdf"}


def measure() -> list[Ratio]:
    """Upload from threads and from tasks, each turn by turn with the bare library; then once more for the memory."""
    with tempfile.TemporaryDirectory() as folder, sink() as storage:
        path = Path(folder) / "handbook.pdf"
        path.write_bytes(b"0123456789abcdef" * (_SIZE // 16))
        ours, theirs = asyncio.run(_threads(storage, path))
        ours_of_tasks, theirs_of_tasks = asyncio.run(_tasks(storage, path))
        added, added_of_task = (_added_memory(storage, path, way) for way in ("thread", "task"))
    return [
        Ratio("upload of 50 MB, ms", ours, "httpx.Client", theirs, limit=_THROUGHPUT),
        Ratio("the same from a task, ms", ours_of_tasks, "httpx.AsyncClient", theirs_of_tasks, limit=_THROUGHPUT),
        Ratio("memory added by it, MB", added, "4 MB", _MEMORY, limit=1.0),
        Ratio("the same from a task, MB", added_of_task, "4 MB", _MEMORY, limit=1.0),
    ]


async def _threads(storage: str, path: Path) -> tuple[float, float]:
    with Sensay(_SECRET, base_url=storage) as sensay, httpx.Client() as bare:

        async def ours() -> None:
            sensay.knowledge_base.upload(f"{storage}/signed", path)

        async def theirs() -> None:
            with path.open("rb") as opened:
                bare.put(f"{storage}/signed", content=opened, headers=_HEADERS).raise_for_status()  # noqa: ASYNC212 - the loop has nothing else to do

        return await _times(ours, theirs)


async def _tasks(storage: str, path: Path) -> tuple[float, float]:
    async with AsyncSensay(_SECRET, base_url=storage) as sensay, httpx.AsyncClient() as bare:

        async def pieces() -> AsyncIterator[bytes]:
            async with await anyio.open_file(path, "rb") as opened:
                while piece := await opened.read(_PIECE):
                    yield piece

        async def ours() -> None:
            await sensay.knowledge_base.upload(f"{storage}/signed", path)

        async def theirs() -> None:
            (await bare.put(f"{storage}/signed", content=pieces(), headers=_HEADERS)).raise_for_status()

        return await _times(ours, theirs)


async def _times(ours: Callable[[], Awaitable[None]], theirs: Callable[[], Awaitable[None]]) -> tuple[float, float]:
    await ours()
    await theirs()
    times: dict[Callable[[], Awaitable[None]], list[float]] = {ours: [], theirs: []}
    for _ in range(_ROUNDS):
        for way, taken in times.items():
            start = time.perf_counter()
            await way()
            taken.append((time.perf_counter() - start) * 1000)
    return _undisturbed(times[ours]), _undisturbed(times[theirs])


def _undisturbed(times: list[float]) -> float:
    """The lower quartile: an upload takes so little time on one machine that anything else it does shows."""
    return statistics.quantiles(times)[0]


def _added_memory(storage: str, path: Path, way: str) -> float:
    """Megabytes by which a process grows, at its largest, beyond what an upload of a few bytes needs."""
    command = [sys.executable, "-m", "benchmarks.uploads", json.dumps([storage, str(path), way])]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own program
    return float(done.stdout)


async def _upload_and_tell(storage: str, path: str, way: str) -> None:
    url, small = f"{storage}/signed", b"%PDF-" * 100
    with Sensay(_SECRET, base_url=storage) as threads:
        async with AsyncSensay(_SECRET, base_url=storage) as tasks:

            async def upload(content: bytes | str) -> None:
                if way == "task":
                    await tasks.knowledge_base.upload(url, content, name="handbook.pdf")
                else:
                    threads.knowledge_base.upload(url, content, name="handbook.pdf")

            await upload(small)
            before = most_used()
            tracemalloc.start()
            await upload(path)
            # The process may grow less than it uses, as it has used some before; or more, as not all of it is Python's.
            print(max(most_used() - before, tracemalloc.get_traced_memory()[1]) / _MEGABYTE)


if __name__ == "__main__":
    asyncio.run(_upload_and_tell(*json.loads(sys.argv[1])))
