"""Takes in the provider's document and regenerates the client from it; exit status 0 done, 2 refused or failed.

Everything is built aside and replaces the old in one move at the end, so that a run that stops changes nothing.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from scripts._build import Origin, build, client_document
from scripts._command import run
from scripts._errors import PipelineError
from scripts._fetch import Fetched, fetch, is_url, parse, shown
from scripts._gate import check_refresh, variant_note
from scripts._lock import Lock, digest
from scripts._news import News
from scripts._normalise import operations
from scripts._paths import HOME, Tree
from scripts._replace import recover, replace
from scripts._todo import open_points
from scripts._todo import shown as todo
from scripts._validate import validate
from scripts.changes._rules import today


def regenerate(source: str, tree: Tree, *, force: bool = False, hidden: bool = False) -> int:
    """Fetch, check, repair, generate and replace.

    Args:
        source: URL or path of the document.
        tree: the folder whose `openapi/` and `generated_client/` are replaced.
        force: accept what the circuit breaker would refuse.
        hidden: keep what the provider marks hidden.

    Raises:
        PipelineError: the document was refused or the client could not be made; the tree is as it was.
    """
    recover(tree.root)
    previous = Lock.load(tree.lock)
    current = _current(tree, force=force)
    asks = current is not None and not force
    fetched = fetch(source, etag=_etag(previous, source, hidden=hidden) if asks else "")
    if fetched is None:
        print("the document has not changed since it was last fetched")
        return 0
    validate(fetched.document)
    note = variant_note(fetched.document, previous)
    print(f"{len(operations(fetched.document, hidden=hidden))} operations{note}")
    news = News.of(fetched.document, current, tree, previous, on=today(), hidden=hidden)
    print(news.report() if current is not None else "there is no earlier document to compare it with", flush=True)
    # Whatever is refused from here on, the report that tells whether it is meant to be stands above the refusal.
    if current is not None and not force:
        check_refresh(fetched.document, current, previous)
    form = client_document(fetched.document, at_home=tree.is_home, hidden=hidden)
    points = open_points(form)
    with tempfile.TemporaryDirectory(prefix="regenerate-") as folder:
        result = Path(folder)
        build(fetched.document, form, result, _origin(source, fetched, tree, previous, hidden=hidden))
        news.write(Tree(result))
        replace(tree.root, result)
    print(f"generated {len(form['components']['schemas'])} models into {tree.package.name}/")
    print(todo(points))
    return 0


def _etag(previous: Lock | None, source: str, *, hidden: bool) -> str:
    """Return the tag to ask for changes only; none if what is at hand was made from something else."""
    same = previous is not None and (previous.source, previous.hidden) == (shown(source), hidden)
    return previous.etag if previous is not None and same else ""


def _current(tree: Tree, *, force: bool) -> dict[str, Any] | None:
    """Return the document at hand, if there is one; by force, a damaged one is none."""
    if not tree.upstream.exists():
        return None
    try:
        document = parse(tree.upstream.read_bytes(), "openapi/upstream.json")
        operations(document)
    except (PipelineError, AttributeError, TypeError) as error:
        if force:
            return None
        hint = "restore it from version control, or run again with FORCE=1"
        raise PipelineError("openapi/upstream.json is damaged", hint) from error
    return document


def _origin(source: str, fetched: Fetched, tree: Tree, previous: Lock | None, *, hidden: bool) -> Origin:
    """Return where a document comes from; the snapshot at hand, taken in again, keeps its origin."""
    if previous is None:
        return Origin(fetched.source, fetched.etag, hidden=hidden)
    again = not is_url(source) and tree.upstream.exists() and tree.upstream.samefile(source)
    if again and digest(tree.upstream.read_bytes()) == previous.upstream:
        return Origin(previous.source, previous.etag, hidden=hidden, snapshots=previous.snapshots)
    return Origin(fetched.source, fetched.etag, hidden=hidden, snapshots=previous.snapshots)


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="regenerate", description="Regenerate the client from the API's document.")
    parser.add_argument("--schema", default="https://api.sensay.io/schema", help="URL or path of the document")
    parser.add_argument("--out", type=Path, default=HOME, help="folder to write openapi/ and generated_client/ into")
    parser.add_argument(
        "--force", action="store_true", default=os.environ.get("FORCE", "") not in {"", "0"}, help="take it anyway"
    )
    parser.add_argument("--include-hidden", action="store_true", help="keep what is marked hidden")
    given = parser.parse_args(arguments)
    return run(
        "regenerate",
        lambda: regenerate(given.schema, Tree(given.out), force=given.force, hidden=given.include_hidden),
    )


if __name__ == "__main__":
    sys.exit(main())
