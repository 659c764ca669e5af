"""Schemathesis with all checks; `python -m tests.sandbox.conformance` runs more examples."""

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]


def test_the_sandbox_keeps_every_promise_of_its_document() -> None:
    command = [
        sys.executable,
        "-m",
        "tests.sandbox.conformance",
        "--max-examples",
        "5",
        "--seed",
        "1",
        "--workers",
        "1",
    ]

    process = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own

    assert process.returncode == 0, process.stdout
    assert "43 selected / 43 total" in process.stdout
