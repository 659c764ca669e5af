"""Reads the command line and runs the command it names."""

import argparse
from collections.abc import Sequence

from sensay_ext.cli import _doctor, _sandbox


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the `sensay` command.

    Args:
        arguments: The command line without the program's name; the process's own by default.

    Returns:
        The exit status.
    """
    parser = argparse.ArgumentParser(prog="sensay", description="Work with the Sensay API.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _doctor.add_command(commands)
    _sandbox.add_command(commands)
    chosen = parser.parse_args(arguments)
    status: int = chosen.run(chosen)
    return status
