"""Records everything from the sandbox once more, elsewhere, and fails on any difference from what is committed.

So it is noticed when the client sends something else than before, or the sandbox answers something else, and when a
cassette is left of a test that is gone. `make record` takes in what was meant to change.
"""

import difflib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ASIDE = "CASSETTES_ASIDE"
"""The environment variable that names the folder to record to."""

_HERE = Path(__file__).parent
_ROOT = _HERE.parent.parent
_CLIENTS = ("_async", "_sync")
_MOST_LINES = 40
_KEYS = ("SENSAY_API_KEY", "SENSAY_ORGANIZATION_SECRET")


def record(folder: Path) -> int:
    """Record all cassettes from the sandbox; return the exit status of pytest."""
    environment = {name: value for name, value in os.environ.items() if name not in _KEYS}
    options = ["-q", "--sensay-record=rewrite", "-n", "2", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *options, *(str(_HERE / client) for client in _CLIENTS)]
    return subprocess.run(command, cwd=_ROOT, env={**environment, ASIDE: str(folder)}, check=False).returncode  # noqa: S603 - our own tests


def cassettes(folder: Path) -> dict[str, str]:
    """The cassettes in a folder, by their path in it."""
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.yaml"))}


def differences(committed: dict[str, str], recorded: dict[str, str]) -> Iterator[str]:
    """What is different, in lines."""
    for name in sorted(committed.keys() | recorded.keys()):
        if name not in recorded:
            yield f"no test records {name} any more"
        elif name not in committed:
            yield f"{name} is not there yet"
        elif recorded[name] != committed[name]:
            old, new = committed[name].splitlines(), recorded[name].splitlines()
            yield from list(difflib.unified_diff(old, new, name, f"{name}, recorded now", lineterm=""))[:_MOST_LINES]


def main() -> int:
    """Run the command; 0 when all is well."""
    different = []
    with tempfile.TemporaryDirectory() as folder:
        status = record(Path(folder))
        if status != 0:
            return status
        for client in _CLIENTS:
            committed = cassettes(_HERE / client / "cassettes")
            different += [f"{client}: {line}" for line in differences(committed, cassettes(Path(folder) / client))]
    print("\n".join([*different, "run: make record"]) if different else "what is recorded is up to date")  # noqa: T201 - a command
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
