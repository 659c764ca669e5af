"""What a sandbox costs to start and to stop, beside the server and the framework that it stands on."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import httpx

from benchmarks._bare_server import BareServer, nothing
from benchmarks._ratio import Ratio
from scripts._paths import HOME, Tree
from sensay_ext.sandbox import serve

_ROUNDS = 7
_SANDBOX = [sys.executable, "-c", "import sys; from sensay_ext.cli import main; sys.exit(main())", "sandbox"]
_BARE = [sys.executable, "-m", "benchmarks._bare_server", str(Tree(HOME).client)]


def measure() -> list[Ratio]:
    """Start processes turn by turn; then stop servers in threads, each with a connection that is kept but not used."""
    start, start_of_peer = _medians(lambda: _start(_SANDBOX), lambda: _start(_BARE))
    stop, stop_of_peer = _medians(_stop, _stop_of_peer)
    return [
        Ratio("start of `sensay sandbox`, ms", start, "bare Connexion, same document", start_of_peer, limit=1.25),
        Ratio("stop of a sandbox in a thread, ms", stop, "uvicorn", stop_of_peer, limit=0.5),
    ]


def _medians(ours: Callable[[], float], theirs: Callable[[], float]) -> tuple[float, float]:
    pairs = [(ours(), theirs()) for _ in range(_ROUNDS)]
    mine, others = zip(*pairs, strict=True)
    return statistics.median(mine) * 1000, statistics.median(others) * 1000


def _start(command: list[str]) -> float:
    """Seconds until a process says where it serves."""
    start = time.perf_counter()
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, cwd=HOME) as process:  # noqa: S603 - our own programs
        try:
            if process.stdout is None or not process.stdout.readline():
                raise RuntimeError("the process does not serve")
            return time.perf_counter() - start
        finally:
            process.kill()


def _stop() -> float:
    with httpx.Client() as client:
        sandbox = serve()
        client.get(f"{sandbox.base_url}/schema")
        start = time.perf_counter()
        sandbox.close()
        return time.perf_counter() - start


def _stop_of_peer() -> float:
    server = BareServer(nothing)
    with httpx.Client() as client:
        with server.in_thread():
            client.get(server.base_url)
            start = time.perf_counter()
        return time.perf_counter() - start
