"""From a document to a finished tree beside the old one: overlay, normal form, generated client, lock."""

import json
import shutil
from pathlib import Path
from typing import Any

from scripts._errors import PipelineError
from scripts._generator import generate_client
from scripts._lock import Lock, digest, variant, with_snapshot
from scripts._normalise import normalise
from scripts._overlay import Overlay
from scripts._paths import HOME, OVERLAY, Tree


def pretty(document: dict[str, Any], *, sort_keys: bool = False) -> bytes:
    """Return a document as the readable JSON that is committed."""
    return (json.dumps(document, indent=2, sort_keys=sort_keys, ensure_ascii=False) + "\n").encode()


def client_document(document: dict[str, Any], *, at_home: bool, hidden: bool = False) -> dict[str, Any]:
    """Return the normal form of a document, repaired by the overlay.

    Args:
        document: a valid OpenAPI document.
        at_home: every overlay entry has to bite. For a document of other times or variants, meant for another
            folder, it is enough that each bites on the snapshot of this checkout.
        hidden: keep the operations that the provider marks hidden.

    Raises:
        PipelineError: an overlay entry bites no more, or the document cannot be brought into form.
    """
    overlay = Overlay.load(OVERLAY)
    form = normalise(overlay.apply(document), overlay.naming, hidden=hidden)
    dead = overlay.unused()
    snapshot = Tree(HOME).upstream
    if dead and not at_home and snapshot.exists():
        reference = Overlay.load(OVERLAY)
        normalise(reference.apply(json.loads(snapshot.read_bytes())), reference.naming)
        dead &= reference.unused()
    if dead:
        raise PipelineError(
            f"{len(dead)} entries of openapi/overlay.yaml change nothing any more: {'; '.join(sorted(dead))}",
            "remove them, or correct them to what the document says now",
        )
    return form


def build(
    document: dict[str, Any], into: Path, *, source: str, etag: str, previous: Lock | None, form: dict[str, Any]
) -> None:
    """Write `openapi/` and `generated_client/` for a document into the empty folder `into`."""
    tree = Tree(into)
    tree.upstream.parent.mkdir(parents=True, exist_ok=True)
    upstream, client = pretty(document), pretty(form, sort_keys=True)
    tree.upstream.write_bytes(upstream)
    tree.client.write_bytes(client)
    lock = Lock(
        source=source,
        etag=etag,
        variant=variant(document),
        upstream=digest(upstream),
        client=digest(client),
        snapshots=with_snapshot(previous.snapshots if previous else {}, document),
    )
    tree.lock.write_bytes(lock.render())
    generate_client(tree.client, tree.package)


def clear_bytecode(folder: Path) -> None:
    """Remove the bytecode that importing left behind."""
    for cache in folder.rglob("__pycache__"):
        shutil.rmtree(cache)
