"""What a whole regeneration costs, beside the bare generator on the same document; and what the report on changes costs."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks._ratio import Ratio
from scripts._paths import HOME, Tree
from scripts.changes import compare

_ROUNDS = 3
_SIZE = 500_000
_MAY_TAKE = 3


def measure() -> list[Ratio]:
    """Measure a regeneration and a report."""
    return [_regeneration(), _report()]


def _report() -> Ratio:
    """Compare two documents of 500 KB, of which one has another type wherever there is a number."""
    document = json.loads(Tree(HOME).upstream.read_text(encoding="utf-8"))
    paths = dict(document["paths"])
    while len(json.dumps(document)) < _SIZE:
        document["paths"] |= {f"/copy{len(document['paths'])}{path}": item for path, item in paths.items()}
    text = json.dumps(document)
    taken = []
    for _ in range(_ROUNDS):
        old, new = json.loads(text), json.loads(text.replace('"number"', '"boolean"'))
        start = time.process_time()
        if not compare(old, new):
            raise RuntimeError("no change was found")
        taken.append(time.process_time() - start)
    return Ratio("report on two documents of 500 KB, s", statistics.median(taken), "the limit", _MAY_TAKE, limit=1)


def _regeneration() -> Ratio:
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
    return Ratio(what, statistics.median(ours), "bare openapi-python-client", statistics.median(bare), limit=4)


def _seconds(module: str, *arguments: str) -> float:
    start = time.perf_counter()
    command = [sys.executable, "-m", module, *arguments]
    subprocess.run(command, check=True, capture_output=True, cwd=HOME)  # noqa: S603 - our own command
    return time.perf_counter() - start
