"""Takes in the provider's document and regenerates the client from it; exit status 0 done, 2 refused or failed.

Everything is built aside and replaces the old in one move at the end, so that a run that stops changes nothing.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from scripts._build import build, client_document
from scripts._command import run
from scripts._fetch import Fetched, fetch
from scripts._gate import check_refresh, variant_note
from scripts._lock import Lock
from scripts._normalise import operations
from scripts._paths import HOME, Tree
from scripts._replace import recover, replace
from scripts._validate import validate


def regenerate(source: str, tree: Tree, *, force: bool = False, hidden: bool = False) -> int:
    """Fetch, check, repair, generate and replace.

    Args:
        source: URL or path of the document.
        tree: the folder whose `openapi/` and `generated_client/` are replaced.
        force: accept what the circuit breaker would refuse.
        hidden: keep the operations that the provider marks hidden.

    Raises:
        PipelineError: the document was refused or the client could not be made; the tree is as it was.
    """
    recover(tree.root)
    previous = Lock.load(tree.lock)
    fetched = fetch(source, etag=previous.etag if previous and not force else "")
    if fetched is None:
        print("the document has not changed since it was last fetched")
        return 0
    validate(fetched.document)
    current: dict[str, Any] | None = json.loads(tree.upstream.read_bytes()) if tree.upstream.exists() else None
    if current is not None and not force:
        check_refresh(fetched.document, current, previous)
    print(variant_note(fetched.document, previous) or f"{len(operations(fetched.document))} public operations")
    form = client_document(fetched.document, at_home=tree.is_home, hidden=hidden)
    origin = _origin(source, fetched, tree, previous)
    with tempfile.TemporaryDirectory(prefix="regenerate-") as folder:
        result = Path(folder)
        build(fetched.document, result, source=origin, etag=fetched.etag, previous=previous, form=form)
        tree.root.mkdir(parents=True, exist_ok=True)
        replace(tree.root, result)
    print(f"generated {len(form['components']['schemas'])} models into {tree.package.name}/")
    return 0


def _origin(source: str, fetched: Fetched, tree: Tree, previous: Lock | None) -> str:
    """Return where a document comes from; the snapshot at hand, taken in again, keeps its origin."""
    again = previous is not None and tree.upstream.exists() and Path(source).exists()
    if again and Path(source).samefile(tree.upstream):
        return previous.source if previous else fetched.source
    return fetched.source


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="regenerate", description="Regenerate the client from the API's document.")
    parser.add_argument("--schema", default="https://api.sensay.io/schema", help="URL or path of the document")
    parser.add_argument("--out", type=Path, default=HOME, help="folder to write openapi/ and generated_client/ into")
    parser.add_argument("--force", action="store_true", default=bool(os.environ.get("FORCE")), help="take it anyway")
    parser.add_argument("--include-hidden", action="store_true", help="keep operations that are marked hidden")
    given = parser.parse_args(arguments)
    return run(
        "regenerate",
        lambda: regenerate(given.schema, Tree(given.out), force=given.force, hidden=given.include_hidden),
    )


if __name__ == "__main__":
    sys.exit(main())
