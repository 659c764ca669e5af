"""The page on changes of the API shows commands that run."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts._paths import HOME
from sensay_ext.sandbox import Sandbox, serve

PAGE = HOME / "docs" / "when-the-api-changes.md"
COMMANDS = re.findall(r"^```sh\n(.*?)\n```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
CHANGING = {"make regenerate", "make test check"}
"""What changes this checkout, or takes long: it is only looked at."""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """The API that stands in for the real one."""
    with serve() as sandbox:
        yield sandbox


def run(command: str, sandbox: Sandbox, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as its reader would, in an environment that is installed."""
    (folder / "src").mkdir()
    (folder / "src" / "app.py").write_text("sensay.users.me()\n", encoding="utf-8")
    tools = Path(sys.executable).parent
    for shown, real in (
        ("https://api.sensay.io/schema", f"{sandbox.base_url}/schema"),
        ("SENSAY_API_KEY=...", f"SENSAY_API_KEY={sandbox.organization_secret} SENSAY_BASE_URL={sandbox.base_url}"),
        ("--uses src", f"--uses {folder / 'src'}"),
        ("make ", f"make --no-print-directory --old-file=install BIN={tools} "),
    ):
        command = command.replace(shown, real)
    environment = {"PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(folder)}
    return subprocess.run(command, shell=True, cwd=HOME, env=environment, capture_output=True, text=True, check=False)  # noqa: S602 - our own page


def test_the_page_shows_what_is_known_here() -> None:
    assert [command.split()[:2] for command in COMMANDS] == [
        ["make", "changes"],
        ["make", "regenerate"],
        ["make", "check-api"],
        ["make", "test"],
        ["SENSAY_API_KEY=...", "python"],
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_runs(command: str, sandbox: Sandbox, tmp_path: Path) -> None:
    done = run(f"{command} --dry-run" if command in CHANGING else command, sandbox, tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout
