"""Regenerates the client from the committed snapshot, offline; with --check only tells whether that changes anything.

Exit status 0 done or equal, 1 different, 2 refused or failed.
"""

import argparse
import filecmp
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts._build import Origin, build, client_document
from scripts._command import run
from scripts._errors import PipelineError
from scripts._lock import Lock
from scripts._paths import HOME, Tree
from scripts._replace import recover, replace


def generate(tree: Tree, *, check: bool) -> int:
    """Build the client from the tree's own snapshot, then replace it or compare with it.

    Raises:
        PipelineError: there is no snapshot, or it is not the one that was locked.
    """
    if not check:
        recover(tree.root)
    lock = Lock.load(tree.lock)
    if lock is None or not tree.upstream.exists():
        raise PipelineError("there is no snapshot to generate from", "fetch one with `make regenerate`")
    content = tree.upstream.read_bytes()
    lock.check_upstream(content)
    document = json.loads(content)
    form = client_document(document, at_home=tree.is_home, hidden=lock.hidden)
    with tempfile.TemporaryDirectory(prefix="generate-") as folder:
        result = Path(folder)
        build(document, form, result, Origin(lock.source, lock.etag, hidden=lock.hidden, snapshots=lock.snapshots))
        if not check:
            replace(tree.root, result)
            return 0
        different = sorted(differences(result, tree.root))
    for name in different:
        print(f"differs from what the snapshot gives: {name}")
    if different:
        print("run `make generate` and commit the result on its own")
    return int(bool(different))


def differences(made: Path, root: Path) -> Iterator[str]:
    """Yield the relative paths of generated files that differ, are missing, or should not be there."""
    expected = {path.relative_to(made) for path in made.rglob("*") if path.is_file()}
    package = root / "generated_client"
    there = {
        path.relative_to(root) for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    }
    yield from map(str, there - expected)
    for name in expected:
        if not (root / name).exists() or not filecmp.cmp(made / name, root / name, shallow=False):
            yield str(name)


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="generate", description="Regenerate the client from the committed snapshot.")
    parser.add_argument("--check", action="store_true", help="change nothing; fail when the result would differ")
    given = parser.parse_args(arguments)
    return run("generate", lambda: generate(Tree(HOME), check=given.check))


if __name__ == "__main__":
    sys.exit(main())
