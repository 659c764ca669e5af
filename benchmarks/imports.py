"""What `import sensay_ext` costs, beside the HTTP library that it stands on."""

import statistics
import subprocess
import sys

from benchmarks._ratio import Ratio

_ROUNDS = 25
_PROGRAM = "import time; start = time.perf_counter(); {statement}; print(time.perf_counter() - start)"
_PEER = "import httpx"
_OURS = ("import sensay_ext", "from sensay_ext import Sensay", "from sensay_ext import AsyncSensay")


def measure() -> list[Ratio]:
    """Run each import in fresh interpreters, turn by turn, and compare the medians."""
    seconds: dict[str, list[float]] = {statement: [] for statement in (_PEER, *_OURS)}
    for _ in range(_ROUNDS):
        for statement, runs in seconds.items():
            command = [sys.executable, "-c", _PROGRAM.format(statement=statement)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own program
            runs.append(float(done.stdout))
    milliseconds = {statement: statistics.median(runs) * 1000 for statement, runs in seconds.items()}
    theirs = milliseconds[_PEER]
    return [Ratio(f"{ours}, ms", milliseconds[ours], _PEER, theirs, limit=1.35) for ours in _OURS]
