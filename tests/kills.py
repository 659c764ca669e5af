"""Runs over a folder that are killed, again and again, while the network is bad: `python -m tests.kills [SEED …]`.

Every moment may be the last one of a run: before a request, after an answer, between two pieces of an upload, or
whenever a clock strikes. Between two runs the folder changes. What the knowledge base is in the end is compared with
the folder, and each file that the storage ever took is counted.
"""

import json
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time  # noqa: TID251 - how long it takes is reported
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sensay_ext import Sensay
from sensay_ext._marker import Marker, digest
from sensay_ext.sandbox import Fault, Rule, Sandbox, serve
from tests.killed_run import apply
from tests.requests_seen import RequestsSince

FILES = 500
KILLS = 50
SEEDS = ("one", "two", "three")

_ROOT = Path(__file__).parent.parent
_FAILING = 0.05
_OPERATIONS = (
    "create_replica_knowledge_base",
    "upload",
    "delete_replica_knowledge_base",
    "list_replica_knowledge_base",
    "get_replica_knowledge_base",
)
_FAULTS = (
    Fault(connection="before"),
    Fault(connection="unanswered"),
    Fault(status=503),
    Fault(status=500, late=True),
)
_USABLE = {"VECTOR_CREATED", "READY"}

# Deleting an entry takes what the storage had of it along, so each upload is written down as it comes.
_WATCH = """
CREATE TABLE stored (title TEXT NOT NULL);
CREATE TRIGGER storing AFTER INSERT ON uploads BEGIN
    INSERT INTO stored SELECT title FROM entries WHERE id = new.entry_id;
END;
"""
_STANDING = "SELECT title, status FROM entries WHERE removed_at IS NULL"


@dataclass(kw_only=True)
class Report:
    """What came of it.

    Args:
        ends: How many runs ended in which way; `-9` is killed.
        not_ok: What the last run says of files that the replica cannot use, and of what should be gone.
        missing: Files of the folder that no usable entry has the content of.
        doubled: Files that more than one entry stands for.
        strangers: Entries that no file of the folder stands for.
        stored: How many files the storage took.
        stored_again: Contents that it took more than once for one file.
        requests: How many requests there were.
        spoilt: How many of them failed, or seemed to.
        asked_again: What another run over the unchanged folder asks for.
        seconds: How long it took.
    """

    ends: Counter[int] = field(default_factory=Counter)
    not_ok: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    stored: int = 0
    stored_again: list[str] = field(default_factory=list)
    requests: int = 0
    spoilt: int = 0
    asked_again: Counter[str | None] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def is_good(self) -> bool:
        """Whether everything is as it should be."""
        faults = (self.not_ok, self.missing, self.doubled, self.strangers, self.stored_again)
        only_lists = self.asked_again.keys() == {"list_replica_knowledge_base"}
        return self.ends.keys() <= {0, -signal.SIGKILL} and not any(faults) and only_lists

    def __str__(self) -> str:
        wrong = {
            "not ok": self.not_ok,
            "missing": self.missing,
            "doubled": self.doubled,
            "strangers": self.strangers,
            "stored again": self.stored_again,
        }
        told = ", ".join(f"{len(paths)} {what}{f' {paths[:5]}' if paths else ''}" for what, paths in wrong.items())
        return (
            f"{self.ends.total()} runs, {self.ends[-signal.SIGKILL]} of them killed, in {self.seconds:.0f} s; "
            f"{self.requests} requests, {self.spoilt} of them spoilt; {self.stored} files stored; "
            f"{told}; another run asks for {dict(self.asked_again)}"
        )


def run(*, seed: str, files: int = FILES, kills: int = KILLS) -> Report:
    """Apply a folder in runs that are killed, until so many were; then once more to the end.

    Args:
        seed: Decides about the moments, the faults and the changes of the folder.
        files: How many files there are in the beginning.
        kills: How many runs to kill.

    Returns:
        What came of it.
    """
    chance = random.Random(seed)  # noqa: S311 - any moments will do
    report, began = Report(), time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        folder, database = _Folder(Path(place) / "docs", chance, files), Path(place) / "sandbox.db"
        with serve(speed=2000, seed=seed, database=database, allow_network=False) as sandbox:
            with closing(sqlite3.connect(database)) as connection:
                connection.executescript(_WATCH)
            arguments = _arguments(sandbox, folder.path, Path(place) / "journal.sqlite3")
            rules = _spoil(sandbox)
            for moment in _moments(chance, reach=4 * files // kills + 16):
                if report.ends[-signal.SIGKILL] == kills:
                    break
                sandbox.expire_uploads(times=chance.randrange(2))
                seen = RequestsSince(sandbox)
                report.ends[_run_apart({**arguments, "kill": moment})] += 1
                report.requests += len(seen.all)
                folder.change()
            last = apply(arguments)
            report.not_ok = [str(outcome) for outcome in last.outcomes if not outcome.ok] + list(
                map(str, last.not_removed)
            )
            report.spoilt = sum(rule.hits for rule in rules)
            sandbox.clear_faults()
            again = RequestsSince(sandbox)
            apply(arguments)
            report.asked_again = again.operations
        with closing(sqlite3.connect(database)) as connection:
            _compare(report, folder.contents, connection.execute(_STANDING).fetchall())
            _count(report, [title for (title,) in connection.execute("SELECT title FROM stored")])
    report.seconds = time.monotonic() - began
    return report


class _Folder:
    """A folder that changes.

    Args:
        path: Where it is.
        chance: Decides what changes.
        count: How many files there are in the beginning.
    """

    def __init__(self, path: Path, chance: random.Random, count: int) -> None:
        self.path = path
        self.contents: dict[str, str] = {}
        """What identifies the content of each file, by its path within the folder."""
        self._chance = chance
        self._written = 0
        for number in range(count):
            self._write(f"part{number % 7}/{number}.md")

    def change(self) -> None:
        """Write to some files, take some away and add some, or leave everything as it is."""
        if self._chance.random() < 1 / 2:
            return
        for path in self._chance.sample(sorted(self.contents), 3):
            self._write(path)
        gone = self._chance.choice(sorted(self.contents))
        (self.path / gone).unlink()
        del self.contents[gone]
        self._write(f"new/{self._written}.md")

    def _write(self, path: str) -> None:
        self._written += 1
        # Now and then one that is sent in several pieces.
        length = 40_000 if self._written % 100 == 0 else 20
        content = f"This is chapter {self._written} of the handbook. ".encode() * length
        place = self.path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        self.contents[path] = digest("file", place.name, [content])


def _arguments(sandbox: Sandbox, folder: Path, journal: Path) -> dict[str, Any]:
    with Sensay(sandbox.organization_secret, base_url=sandbox.base_url) as sensay:
        sensay.users.ensure("alice")
        replica = sensay.replicas.create(
            name="Guide", short_description="d", greeting="Hello!", owner_id="alice", slug="guide", llm={}
        )
    return {
        "base_url": sandbox.base_url,
        "secret": sandbox.organization_secret,
        "replica": str(replica.uuid),
        "folder": str(folder),
        "journal": str(journal),
        "hasty": True,
    }


def _spoil(sandbox: Sandbox) -> list[Rule[Fault]]:
    """Let a good part of all requests fail, in every way."""
    return [
        sandbox.add_fault(fault, operation=operation, times=None, probability=_FAILING)
        for operation in _OPERATIONS
        for fault in _FAULTS
    ]


def _moments(chance: random.Random, reach: int) -> Iterator[tuple[str, float]]:
    while True:
        kind = chance.choice(["request", "response", "piece", "second"])
        numbers = {"piece": chance.randrange(reach // 4), "second": chance.uniform(0, 2)}
        yield kind, numbers.get(kind, chance.randrange(1, reach))


def _run_apart(arguments: dict[str, Any]) -> int:
    program = [sys.executable, "-m", "tests.killed_run", json.dumps(arguments)]
    return subprocess.run(program, cwd=_ROOT, check=False, stdout=subprocess.DEVNULL).returncode  # noqa: S603 - our own program


def _compare(report: Report, contents: dict[str, str], entries: list[tuple[str, str]]) -> None:
    """Compare the folder with the titles and states of entries; a title says what the entry was made from."""
    wanted = {Marker.at("", path, content): path for path, content in contents.items()}
    standing: Counter[Marker] = Counter()
    for title, status in entries:
        made_from = _made_from(title)
        if made_from in wanted and status in _USABLE:
            standing[made_from] += 1
        else:
            report.strangers.append(f"{title} at {status}")
    report.missing = [path for made_from, path in wanted.items() if not standing[made_from]]
    report.doubled = [wanted[made_from] for made_from, count in standing.items() if count > 1]


def _count(report: Report, titles: list[str]) -> None:
    """Count what the storage took, by the titles of the entries it was for."""
    report.stored = len(titles)
    counts = Counter(map(_made_from, titles))
    report.stored_again = [title for title in titles if counts[_made_from(title)] > 1]


def _made_from(title: str) -> Marker:
    marker = Marker.read(title)
    if marker is None:
        raise ValueError(f"an entry that is not of the folder: {title}")
    return replace(marker, attempt="")


def main(arguments: list[str]) -> int:
    """Run once for each seed, and print the reports."""
    reports = []
    for seed in arguments or SEEDS:
        reports.append(run(seed=seed))
        sys.stdout.write(f"seed {seed}: {reports[-1]}\n")
        sys.stdout.flush()
    return 0 if all(report.is_good for report in reports) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
