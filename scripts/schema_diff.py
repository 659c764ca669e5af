"""Tells what changed between two versions of the API's document, and what that does to its users.

    python -m scripts.schema_diff OLD NEW [--format text|markdown|json] [--fail-on breaking|warning|info]

Between the provider's document and the client's, `openapi/client.json`, our own repairs are no changes.

Exit status: 0 nothing, or nothing as grave as `--fail-on`; 1 something as grave; 2 a document could not be
loaded, so that nothing is known.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from scripts._command import run
from scripts._overlay import Overlay
from scripts._paths import HOME, METHODS, OVERLAY, Tree
from scripts.changes import Change, Level, as_json, as_markdown, as_text, compare
from scripts.changes._comparing import comparing
from scripts.changes._ledger import load_ledger
from scripts.changes._methods import load_methods
from scripts.changes._repairs import is_client_document, without_repairs
from scripts.changes._sources import load

LEDGER = Tree(HOME).ledger

FORMATS: Mapping[str, Callable[[Sequence[Change]], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
}
LEVELS = [level.label for level in sorted(Level, reverse=True)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    options = _parser().parse_args(arguments)
    return run("schema_diff", lambda: _report(options))


def _report(options: argparse.Namespace) -> int:
    changes = _changes(options)
    print(FORMATS[options.format](changes))
    return int(any(change.level >= Level.named(options.fail_on) for change in changes))


def _changes(options: argparse.Namespace) -> list[Change]:
    documents = [load(options.old), load(options.new)]
    methods = options.methods or (METHODS if METHODS.is_file() else None)
    ledger = options.ledger or (LEDGER if LEDGER.is_file() else None)
    with comparing():
        ours = [is_client_document(one) for one in documents]
        repaired = any(ours) and not all(ours)
        if repaired:
            overlay = Overlay.load(OVERLAY)
            documents = [one if mine else overlay.apply(one) for one, mine in zip(documents, ours, strict=True)]
        changes = compare(
            *documents,
            methods=load_methods(methods) if methods else None,
            ledger=load_ledger(ledger) if ledger else None,
            hidden=options.include_hidden,
            sunset_wanted=options.require_sunset,
        )
        return without_repairs(changes) if repaired else changes


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.schema_diff", description=__doc__.split("\n", 1)[0])
    where = "a url, a file, <git ref>:<path>, or a git ref alone (its openapi/upstream.json)"
    parser.add_argument("old", metavar="OLD", help=f"the document so far: {where}")
    parser.add_argument("new", metavar="NEW", help="the document now, named in the same ways")
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    parser.add_argument("--fail-on", choices=LEVELS, default="breaking", help="exit 1 from this level on (breaking)")
    parser.add_argument("--include-hidden", action="store_true", help="count what is marked x-hidden, too")
    parser.add_argument("--require-sunset", action="store_true", help="a deprecation without a date is breaking")
    parser.add_argument("--ledger", type=Path, help=f"JSON: what was seen deprecated, and when first ({LEDGER.name})")
    parser.add_argument("--methods", type=Path, help=f"methods by operationId, JSON or Python ({METHODS.name})")
    return parser


if __name__ == "__main__":
    sys.exit(main())
