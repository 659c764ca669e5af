"""Writes the text of a pull request that takes a change of the API in, and prints its labels, one a line.

    python -m scripts.proposal OLD NEW --body FILE

Exit status 0 done, 2 a document could not be loaded.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts._command import run
from scripts._paths import HOME, METHODS, Tree
from scripts._todo import open_points
from scripts.changes import as_markdown, compare
from scripts.changes._comparing import comparing
from scripts.changes._ledger import load_ledger
from scripts.changes._methods import load_methods
from scripts.changes._sources import load

LONGEST = 60_000
"""Characters of a text that are sent; the service takes some more."""

_CUT = "\n\nThe rest is in `openapi/CHANGELOG.md`.\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m scripts.proposal", description=__doc__.split("\n", 1)[0])
    parser.add_argument("old", metavar="OLD", help="the document so far: an address, a file or a git ref")
    parser.add_argument("new", metavar="NEW", help="the document now")
    parser.add_argument("--body", type=Path, required=True, help="file to write the text to")
    given = parser.parse_args(arguments)
    return run("proposal", lambda: propose(given.old, given.new, given.body))


def propose(old: str, new: str, body: Path) -> int:
    """Write the text to `body` and print the labels.

    Raises:
        PipelineError: a document could not be loaded or compared.
    """
    tree = Tree(HOME)
    ledger = load_ledger(tree.ledger) if tree.ledger.exists() else None
    with comparing():
        changes = compare(load(old), load(new), methods=load_methods(METHODS), ledger=ledger)
    points = open_points(json.loads(tree.client.read_text(encoding="utf-8")))
    tasks = "\n".join(f"- [ ] {point}" for point in points) or "Nothing."
    text = f"## Left to do by hand\n\n{tasks}\n\n## What changed\n\n{as_markdown(changes)}\n"
    if len(text) > LONGEST:
        text = text[: LONGEST - len(_CUT)].rpartition("\n")[0] + _CUT
    body.write_text(text, encoding="utf-8")
    print("api")
    for level in sorted({change.level for change in changes}, reverse=True):
        print(f"api: {level.label}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
