"""Many clients at once: `python -m tests.sandbox.load [REQUESTS]`."""

import random
import sys
import tempfile
import threading
import time  # noqa: TID251 - how long it takes is what is measured
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil  # type: ignore[import-untyped] # it ships no types

from tests.sandbox.api import NO_TLS
from tests.sandbox.process import Served, running

CLIENTS = 50
REQUESTS = 20_000
_REPLICAS = 10


@dataclass
class Report:
    """What came of it.

    Attributes:
        statuses: How often each status was answered.
        lost: How many acknowledged entries are not there.
        doubled: How many entries are there more than once.
        strangers: How many entries are there that were deleted, or never acknowledged.
        seconds: How long it took.
        memory: The server's memory in bytes, after each fifth of the requests.
    """

    statuses: Counter[int] = field(default_factory=Counter)
    lost: int = 0
    doubled: int = 0
    strangers: int = 0
    seconds: float = 0.0
    memory: list[int] = field(default_factory=list)


class _Client(threading.Thread):
    """One client: it adds, asks, lists, reads and deletes, and remembers what must be there in the end."""

    def __init__(self, number: int, served: Served, replica: str, requests: int) -> None:
        super().__init__()
        self._number = number
        self._served = served
        self._path = f"/v1/replicas/{replica}"
        self._requests = requests
        self._random = random.Random(number)  # noqa: S311 - a repeatable mix
        self.statuses: Counter[int] = Counter()
        self.texts: dict[int, str] = {}

    def run(self) -> None:
        """Send the requests."""
        headers = {"X-ORGANIZATION-SECRET": self._served.secret, "Content-Type": "application/json"}
        with httpx.Client(base_url=self._served.base_url, headers=headers, timeout=60, verify=NO_TLS) as client:
            for turn in range(self._requests):
                self._send(client, turn)

    def _send(self, client: httpx.Client, turn: int) -> None:
        path = f"{self._path}/knowledge-base"
        kind = self._random.choice(("add", "add", "ask", "list", "read", "delete"))
        known = next(iter(self.texts), None)
        if kind == "ask":
            body = {"content": "Who wrote something?", "skip_chat_history": turn % 2 == 0}
            reply = client.post(f"{self._path}/chat/completions", json=body)
        elif kind == "list":
            reply = client.get(f"{path}?pageSize=10")
        elif kind == "read" and known is not None:
            reply = client.get(f"{path}/{known}")
        elif kind == "delete" and known is not None:
            reply = client.delete(f"{path}/{known}")
            del self.texts[known]
        else:
            text = f"Client {self._number} wrote this in turn {turn}."
            reply = client.post(path, json={"text": text})
            self.texts[reply.json()["results"][0]["knowledgeBaseID"]] = text
        self.statuses[reply.status_code] += 1


def run(*, clients: int = CLIENTS, requests: int = REQUESTS) -> Report:
    """Let many clients work at once on one sandbox with a database file, and check what is left.

    Args:
        clients: How many clients.
        requests: How many requests all of them send together.

    Returns:
        What came of it.
    """
    report = Report()
    with (
        tempfile.TemporaryDirectory() as folder,
        running("--db", str(Path(folder) / "load.db"), "--speed", "50") as served,
    ):
        replicas = _create_replicas(served)
        memory = psutil.Process(served.process.pid)
        kept: dict[str, list[str]] = {replica: [] for replica in replicas}
        started = time.monotonic()
        for fifth in range(5):
            share = requests // 5 // clients
            working = [
                _Client(fifth * clients + number, served, replicas[number % _REPLICAS], share)
                for number in range(clients)
            ]
            for client in working:
                client.start()
            for number, client in enumerate(working):
                client.join()
                report.statuses += client.statuses
                kept[replicas[number % _REPLICAS]] += client.texts.values()
            report.memory.append(memory.memory_info().rss)
        report.seconds = time.monotonic() - started
        for replica, texts in kept.items():
            _compare(report, Counter(texts), Counter(_stored(served, replica)))
    return report


def _create_replicas(served: Served) -> list[str]:
    headers = {"X-ORGANIZATION-SECRET": served.secret, "Content-Type": "application/json"}
    with httpx.Client(base_url=f"{served.base_url}/v1", headers=headers) as client:
        client.post("/users", json={"id": "owner"})
        body = {"name": "N", "shortDescription": "S", "greeting": "G", "ownerID": "owner", "llm": {}}
        made = [client.post("/replicas", json={**body, "slug": f"r{number}"}) for number in range(_REPLICAS)]
        return [str(reply.json()["uuid"]) for reply in made]


def _stored(served: Served, replica: str) -> list[str]:
    headers = {"X-ORGANIZATION-SECRET": served.secret, "Content-Type": "application/json"}
    texts: list[str] = []
    with httpx.Client(base_url=f"{served.base_url}/v1/replicas/{replica}", headers=headers) as client:
        page = 1
        while items := client.get(f"/knowledge-base?pageSize=100&page={page}&sortOrder=asc").json()["items"]:
            texts += [client.get(f"/knowledge-base/{item['id']}").json()["rawText"] for item in items]
            page += 1
    return texts


def _compare(report: Report, expected: Counter[str], stored: Counter[str]) -> None:
    report.lost += len(expected.keys() - stored.keys())
    report.strangers += len(stored.keys() - expected.keys())
    report.doubled += sum(count - 1 for count in stored.values())


def main(arguments: list[str]) -> int:
    """Run with as many requests as the first argument says, and print the report."""
    report = run(requests=int(arguments[0]) if arguments else REQUESTS)
    sys.stdout.write(
        f"{report.statuses.total()} requests in {report.seconds:.1f} s, statuses {dict(report.statuses)}\n"
        f"lost {report.lost}, doubled {report.doubled}, strangers {report.strangers}\n"
        f"memory after each fifth: {', '.join(f'{size / 2**20:.0f} MiB' for size in report.memory)}\n"
    )
    failed = report.lost or report.doubled or report.strangers or set(report.statuses) - {200, 207}
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
