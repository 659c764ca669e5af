"""`sensay doctor`: tell whether a program has what it needs from the API."""

import argparse
from typing import TYPE_CHECKING, Any

from sensay_ext.doctor._main import DESCRIPTION, add_options, examine

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_command(commands: "_SubParsersAction[Any]") -> None:
    """Add the command to the `sensay` parser."""
    command = commands.add_parser("doctor", help="look at the key, and at what has changed", description=DESCRIPTION)
    add_options(command)

    def run(chosen: argparse.Namespace) -> int:
        return examine(chosen, command)

    command.set_defaults(run=run)
