"""The package as users have it: built as a wheel, and installed into an environment of its own."""

import subprocess
import sys
import venv
from pathlib import Path

HOME = Path(__file__).parents[1]


def build(folder: Path) -> Path:
    """Build the wheel.

    Args:
        folder: Where to.

    Raises:
        SystemExit: It cannot be built.
    """
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(HOME))
    return next(folder.glob("*.whl"))


def install(*requirements: str, folder: Path) -> str:
    """Make an environment with nothing in it but what is asked for; return its interpreter.

    Args:
        *requirements: What to install, as pip takes it.
        folder: Where to.

    Raises:
        SystemExit: Something cannot be installed.
    """
    venv.create(folder, with_pip=False)
    python = str(next(path for path in folder.glob("*/python*") if path.parent.name in {"bin", "Scripts"}))
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", *requirements)
    return python


def run(*command: str, cwd: Path = HOME) -> None:
    """Run a command.

    Args:
        *command: The command.
        cwd: Where.

    Raises:
        SystemExit: It fails.
    """
    done = subprocess.run(command, cwd=cwd, check=False)  # noqa: S603 - our own command
    if done.returncode:
        raise SystemExit(done.returncode)
