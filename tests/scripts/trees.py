"""Folders that a client was generated into, and what is in them."""

import json
from pathlib import Path
from typing import Any

from scripts._lock import digest
from scripts.regenerate import main

Json = dict[str, Any]


def contents(root: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes, and every folder."""
    found = root.rglob("*")
    return {str(path.relative_to(root)): path.read_bytes() if path.is_file() else b"a folder" for path in found}


def fake_client(document: Path, target: Path) -> None:
    """Write a package that tells which document it was made from, where generating one is not the point."""
    (target / "models").mkdir(parents=True)
    (target / "__init__.py").write_text(f"MADE_FROM = {digest(document.read_bytes())!r}\n", encoding="utf-8")
    (target / "models" / "pet.py").write_text("PET = 1\n", encoding="utf-8")


def written(folder: Path, document: Any) -> str:
    """Return the path of a file that holds a document."""
    path = folder / "schema.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def smaller(document: Json, share: float) -> Json:
    """Return a document with a share of its paths only."""
    paths = list(document["paths"].items())
    return {**document, "paths": dict(paths[: round(len(paths) * share)])}


def regenerate(source: str, root: Path, *options: str) -> int:
    """Run the command on a folder, in this process."""
    return main(["--schema", source, "--out", str(root), *options])
