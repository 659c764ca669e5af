"""From a document to a finished tree beside the old one: overlay, normal form, generated client, lock."""

import json
from dataclasses import dataclass, field
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
        hidden: keep what the provider marks hidden.

    Raises:
        PipelineError: an overlay entry bites no more, or the document cannot be brought into form.
    """
    overlay = Overlay.load(OVERLAY)
    repaired = overlay.apply(document)
    try:
        form = normalise(repaired, overlay.naming, hidden=hidden)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        problem = f"the document has something that the pipeline does not know ({type(error).__name__}: {error})"
        raise PipelineError(problem, "take it out in openapi/overlay.yaml, or teach scripts/_normalise.py") from error
    dead = overlay.unused()
    snapshot = Tree(HOME).upstream
    if dead and not at_home and snapshot.exists():
        reference = Overlay.load(OVERLAY)
        normalise(reference.apply(json.loads(snapshot.read_bytes())), reference.naming)
        dead &= reference.unused()
    if dead:
        raise PipelineError(
            f"entries of openapi/overlay.yaml change nothing any more: {', '.join(sorted(dead))}",
            "remove them, or correct them to what the document says now",
        )
    return form


@dataclass(frozen=True)
class Origin:
    """Where a document comes from, as the lock records it; `Lock` says what the parts mean."""

    source: str
    etag: str = ""
    hidden: bool = False
    snapshots: dict[str, str] = field(default_factory=dict)


def build(document: dict[str, Any], form: dict[str, Any], into: Path, origin: Origin) -> None:
    """Write `openapi/` and `generated_client/` for a document and its normal form into the empty folder `into`.

    Raises:
        PipelineError: no client can be generated from the normal form.
    """
    tree = Tree(into)
    tree.upstream.parent.mkdir(parents=True, exist_ok=True)
    upstream, client = pretty(document), pretty(form, sort_keys=True)
    tree.upstream.write_bytes(upstream)
    tree.client.write_bytes(client)
    lock = Lock(
        source=origin.source,
        etag=origin.etag,
        hidden=origin.hidden,
        variant=variant(document),
        upstream=digest(upstream),
        client=digest(client),
        snapshots=with_snapshot(origin.snapshots, document),
    )
    tree.lock.write_bytes(lock.render())
    generate_client(tree.client, tree.package)
