"""Runs over a folder that are killed, again and again, while the network is bad: nothing is lost and nothing is there twice."""

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from sensay_ext import Sensay
from sensay_ext._known import Known
from sensay_ext.sandbox import Fault, Sandbox, serve
from tests.killed_run import apply
from tests.requests_seen import RequestsSince

ROOT = Path(__file__).parent.parent
FILES = 40
CREATE = "create_replica_knowledge_base"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a few files, in a few folders."""
    for number in range(FILES):
        place = tmp_path / "docs" / f"part{number % 3}" / f"{number}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"This is chapter {number}. " * 20)
    return tmp_path / "docs"


def make_replica(sandbox: Sandbox) -> UUID:
    with Sensay(sandbox.organization_secret, base_url=sandbox.base_url) as sensay:
        sensay.users.ensure("alice")
        return sensay.replicas.create(
            name="Guide", short_description="d", greeting="Hello!", owner_id="alice", slug="guide", llm={}
        ).uuid


def held(sandbox: Sandbox, replica: UUID) -> list[Known]:
    with Sensay(sandbox.organization_secret, base_url=sandbox.base_url) as sensay:
        return [Known.of(item) for item in sensay.knowledge_base.list(replica)]


def spoil(sandbox: Sandbox) -> None:
    """Let a good part of all requests fail, in every way."""
    for operation in (CREATE, "upload", "delete_replica_knowledge_base", "list_replica_knowledge_base"):
        sandbox.add_fault(Fault(connection="before"), operation=operation, times=None, probability=0.05)
        sandbox.add_fault(Fault(connection="unanswered"), operation=operation, times=None, probability=0.05)
        sandbox.add_fault(Fault(status=503), operation=operation, times=None, probability=0.05)
        sandbox.add_fault(Fault(status=500, late=True), operation=operation, times=None, probability=0.05)
    sandbox.expire_uploads(times=3)


def moments() -> list[tuple[str, int]]:
    """Moments at which to kill: before a request, after an answer, within an upload."""
    chosen = random.Random("killed").sample(range(2, 16), 12)  # noqa: S311 - any moments will do
    return list(zip(["request", "response", "piece"] * 4, chosen, strict=True))


def test_after_the_last_run_the_knowledge_base_equals_the_folder(folder: Path, tmp_path: Path) -> None:
    with serve(speed=2000, seed="killed", allow_network=False) as sandbox:
        arguments: dict[str, Any] = {
            "base_url": sandbox.base_url,
            "secret": sandbox.organization_secret,
            "replica": str(make_replica(sandbox)),
            "folder": str(folder),
            "journal": str(tmp_path / "journal.sqlite3"),
            "hasty": True,
        }
        replica = UUID(arguments["replica"])
        spoil(sandbox)
        seen, ends = RequestsSince(sandbox), []
        for kill in moments():
            program = [sys.executable, "-m", "tests.killed_run", json.dumps({**arguments, "kill": kill})]
            ends.append(subprocess.run(program, cwd=ROOT, check=False, capture_output=True).returncode)  # noqa: S603 - our own program
        report = apply(arguments)
        uploads = [request for request in seen.all if request.operation == "upload" and request.status == 200]
        sandbox.clear_faults()
        entries = held(sandbox, replica)
        again = RequestsSince(sandbox)
        apply(arguments)

        assert -9 in ends
        assert set(ends) <= {-9, 0}
        assert report.ok
        paths = Counter(entry.title.partition(" [")[0] for entry in entries)
        assert paths == dict.fromkeys((path.relative_to(folder).as_posix() for path in folder.rglob("*.md")), 1)
        assert {entry.status for entry in entries} <= {"VECTOR_CREATED", "READY"}
        assert len(uploads) <= FILES  # what was stored was not stored again; of some, the answer was lost
        assert again.operations.keys() == {"list_replica_knowledge_base"}
