"""Tells what changed between two versions of the API's document, and what that does to its users.

    python -m scripts.schema_diff OLD NEW [--format text|markdown|json] [--fail-on breaking|warning|info]

Between the provider's document and the client's, `openapi/client.json`, our own repairs are no changes.

Exit status: 0 nothing, or nothing as grave as `--fail-on`; 1 something as grave; 2 a document could not be
loaded, so that nothing is known.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from scripts._command import run
from scripts._errors import PipelineError
from scripts._overlay import Overlay
from scripts._paths import HOME, OVERLAY
from scripts.changes import Change, Level, as_json, as_markdown, as_text, compare
from scripts.changes._methods import load_methods
from scripts.changes._repairs import is_client_document, without_repairs
from scripts.changes._sources import load

METHODS = HOME / "sensay_ext" / "_operations.py"
"""Where the client says which method serves which operation, if it does."""

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
    try:
        ours = [is_client_document(one) for one in documents]
        repaired = any(ours) and not all(ours)
        if repaired:
            overlay = Overlay.load(OVERLAY)
            documents = [one if mine else overlay.apply(one) for one, mine in zip(documents, ours, strict=True)]
        changes = compare(
            *documents,
            methods=load_methods(methods) if methods else None,
            ledger=_ledger(options.ledger) if options.ledger else None,
            hidden=options.include_hidden,
            sunset_wanted=options.require_sunset,
        )
        return without_repairs(changes) if repaired else changes
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        # Some part has not the type that OpenAPI gives it. Left alone, this would end with the status of "changes".
        raise PipelineError(
            f"the documents could not be compared ({type(error).__name__}: {error})",
            "check that both are valid OpenAPI",
        ) from error


def _ledger(path: Path) -> dict[str, str]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {str(key): str(day) for key, day in data.items()}
    except (OSError, ValueError, AttributeError) as error:
        hint = "it must be a JSON object of places and the days on which they were first seen deprecated"
        raise PipelineError(f"the ledger {path} could not be read ({error})", hint) from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.schema_diff", description=__doc__.split("\n", 1)[0])
    where = "a url, a file, <git ref>:<path>, or a git ref alone (its openapi/upstream.json)"
    parser.add_argument("old", metavar="OLD", help=f"the document so far: {where}")
    parser.add_argument("new", metavar="NEW", help="the document now, named in the same ways")
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    parser.add_argument("--fail-on", choices=LEVELS, default="breaking", help="exit 1 from this level on (breaking)")
    parser.add_argument("--include-hidden", action="store_true", help="count what is marked x-hidden, too")
    parser.add_argument("--require-sunset", action="store_true", help="a deprecation without a date is breaking")
    parser.add_argument("--ledger", type=Path, help="JSON: what was seen deprecated, and when first")
    parser.add_argument("--methods", type=Path, help=f"methods by operationId, JSON or Python ({METHODS.name})")
    return parser


if __name__ == "__main__":
    sys.exit(main())
