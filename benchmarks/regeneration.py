"""What a whole regeneration costs, beside the bare generator on the same document."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks._ratio import Ratio
from scripts._paths import HOME, Tree

_ROUNDS = 3


def measure() -> list[Ratio]:
    """Run both from the command line into fresh folders, turn by turn, and compare the medians."""
    tree = Tree(HOME)
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as folder:
        for index in range(_ROUNDS):
            out = str(Path(folder) / f"out{index}")
            bare.append(
                _seconds(
                    "openapi_python_client",
                    "generate",
                    "--path",
                    str(tree.client),
                    "--meta",
                    "none",
                    "--output-path",
                    out + "-bare",
                )
            )
            ours.append(_seconds("scripts.regenerate", "--schema", str(tree.upstream), "--out", out))
    what = "regeneration, schema to checked client, s"
    return [Ratio(what, statistics.median(ours), "bare openapi-python-client", statistics.median(bare), limit=4)]


def _seconds(module: str, *arguments: str) -> float:
    start = time.perf_counter()
    command = [sys.executable, "-m", module, *arguments]
    subprocess.run(command, check=True, capture_output=True, cwd=HOME)  # noqa: S603 - our own command
    return time.perf_counter() - start
