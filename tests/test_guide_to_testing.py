"""The guide to tests holds: its examples pass as printed, recorded as well as replayed, and its commands are understood."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pages import GUIDE_TO_TESTING, README, blocks, count_tests

pytest_plugins = "pytester"

EXAMPLES = [*blocks(GUIDE_TO_TESTING, "python"), *filter(count_tests, blocks(README, "python"))]

_FILE = re.compile(r"# (\w+\.py)\n")
_COMMAND = re.compile(r"^(?:[A-Z_]+=\S+ )?(pytest\b[^#\n]*)", re.MULTILINE)

COMMANDS = [command.strip() for block in blocks(GUIDE_TO_TESTING, "sh") for command in _COMMAND.findall(block)]


def lay_out(folder: Path) -> None:
    """Write the examples down: those that name a file go there, the others are modules of tests."""
    for number, block in enumerate(EXAMPLES, start=1):
        named = _FILE.match(block)
        with (folder / (named[1] if named else f"test_{number}.py")).open("a", encoding="utf-8") as file:
            file.write(block)


def last_line(folder: Path, *arguments: str) -> str:
    """Run pytest there, as a reader would; return the last line that it writes."""
    options = ["-q", "-p", "no:cacheprovider", "-o", "asyncio_default_fixture_loop_scope=function"]
    command = [sys.executable, "-W", "error", "-m", "pytest", *arguments, *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - our own examples
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()[-1]


def test_examples_pass_as_printed(tmp_path: Path) -> None:
    lay_out(tmp_path)
    everything = last_line(tmp_path, "--sensay-record=once")
    recorded = next(file for file in tmp_path.glob("test_*.py") if "sensay_vcr" in file.read_text("utf-8"))
    cassettes = list((tmp_path / "cassettes").rglob("*.yaml"))

    assert int(everything.split()[0]) > sum(map(count_tests, EXAMPLES))
    assert [cassette.parent.name for cassette in cassettes] == [recorded.stem]
    assert "555 0100" not in cassettes[0].read_text("utf-8")
    assert "2 passed" in last_line(tmp_path, recorded.name, "--sensay-scan=cassettes")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_understood(pytester: pytest.Pytester, command: str) -> None:
    config = pytester.parseconfig(*shlex.split(command)[1:])

    assert config.args == [str(pytester.path)]


def test_every_option_is_shown() -> None:
    text = GUIDE_TO_TESTING.read_text(encoding="utf-8")

    assert [mode for mode in ("once", "rewrite") if f"--sensay-record={mode}" not in text] == []
    assert "--sensay-scan=" in text
