"""The command: `shop-assistant learn FOLDER`, `shop-assistant ask CUSTOMER QUESTION`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sensay_ext import Sensay, SensayError
from shop_assistant._learning import hire, learn
from shop_assistant._replies import reply

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: What it is told; that of the process unless given.

    Returns:
        0 when all is well, 1 when a person has to see to it.
    """
    parser = argparse.ArgumentParser(prog="shop-assistant", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("learn", help="train the assistant on the texts in a folder").add_argument("folder", type=Path)
    ask = commands.add_parser("ask", help="reply to a question")
    ask.add_argument("customer")
    ask.add_argument("question")
    given = parser.parse_args(arguments)
    with Sensay() as sensay:
        try:
            replica = hire(sensay)
            if given.command == "learn":
                print(learn(sensay, replica, given.folder))
                return 0
        except SensayError as error:
            print(error, file=sys.stderr)
            return 1
        said = reply(sensay, replica, given.customer, given.question)
    print(said.text)
    if said.for_staff:
        print(f"for staff: {said.for_staff}", file=sys.stderr)
    return 1 if said.for_staff else 0


if __name__ == "__main__":
    sys.exit(main())
