"""What `import sensay_ext` costs, beside the HTTP library that it stands on."""

import statistics
import subprocess
import sys

from benchmarks._ratio import Ratio

_ROUNDS = 25
_PROGRAM = "import time; start = time.perf_counter(); import {module}; print(time.perf_counter() - start)"


def measure() -> list[Ratio]:
    """Import each module in fresh interpreters, turn by turn, and compare the medians."""
    seconds: dict[str, list[float]] = {"sensay_ext": [], "httpx": []}
    for _ in range(_ROUNDS):
        for module, runs in seconds.items():
            program = _PROGRAM.format(module=module)
            done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)  # noqa: S603 - our own program
            runs.append(float(done.stdout))
    ours, theirs = (statistics.median(seconds[module]) * 1000 for module in ("sensay_ext", "httpx"))
    return [Ratio("import sensay_ext, ms", ours, "import httpx", theirs, limit=1.35)]
