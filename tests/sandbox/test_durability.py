"""What was acknowledged survives a kill."""

import asyncio  # noqa: TID251 - what is replaced runs in an event loop
import signal
import threading
from pathlib import Path

import httpx
import pytest

from sensay_ext.sandbox import serve
from tests.sandbox.api import Api, put
from tests.sandbox.process import Served, running, start, stop

_WRITERS = 8
_ENOUGH = 150
_ROUNDS = 3


class _Writer(threading.Thread):
    """Adds entries until the server is gone, and remembers what was acknowledged."""

    def __init__(self, served: Served, replica: str, name: str, reached: threading.Semaphore) -> None:
        super().__init__(name=name)
        self._headers = {"X-ORGANIZATION-SECRET": served.secret, "Content-Type": "application/json"}
        self._served = served
        self._replica = replica
        self._reached = reached
        self.acknowledged: dict[int, str] = {}
        self.attempts = 0

    def run(self) -> None:
        """Write without a pause."""
        path = f"/v1/replicas/{self._replica}/knowledge-base"
        with httpx.Client(base_url=self._served.base_url, headers=self._headers) as client:
            while True:
                text = f"Entry number {self.attempts} was written by {self.name}."
                self.attempts += 1
                try:
                    reply = client.post(path, json={"text": text})
                except httpx.TransportError:
                    return
                self.acknowledged[reply.json()["results"][0]["knowledgeBaseID"]] = text
                self._reached.release()


def _write_until_killed(served: Served, replica: str, round_number: int) -> list[_Writer]:
    reached = threading.Semaphore(0)
    writers = [_Writer(served, replica, f"writer {round_number}-{number}", reached) for number in range(_WRITERS)]
    for writer in writers:
        writer.start()
    for _ in range(_ENOUGH):
        reached.acquire()
    stop(served, signal.SIGKILL)
    for writer in writers:
        writer.join()
    return writers


def _create_replica(served: Served) -> str:
    with httpx.Client(base_url=f"{served.base_url}/v1", headers=_headers(served)) as client:
        client.post("/users", json={"id": "owner"})
        body = {"name": "N", "shortDescription": "S", "greeting": "G", "ownerID": "owner", "slug": "s", "llm": {}}
        return str(client.post("/replicas", json=body).json()["uuid"])


def _headers(served: Served) -> dict[str, str]:
    return {"X-ORGANIZATION-SECRET": served.secret, "Content-Type": "application/json"}


def _entries(served: Served, replica: str) -> dict[int, str]:
    found: dict[int, str] = {}
    with httpx.Client(base_url=f"{served.base_url}/v1/replicas/{replica}", headers=_headers(served)) as client:
        total = client.get("/knowledge-base?pageSize=0").json()["total"]
        for page in range(1, total // 100 + 2):
            for item in client.get(f"/knowledge-base?pageSize=100&page={page}&sortOrder=asc").json()["items"]:
                found[item["id"]] = client.get(f"/knowledge-base/{item['id']}").json()["rawText"]
    assert len(found) == total
    return found


def test_a_kill_under_load_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    database = ("--db", str(tmp_path / "sandbox.db"))
    served = start(*database)
    replica = _create_replica(served)
    acknowledged: dict[int, str] = {}
    attempts = 0
    for round_number in range(_ROUNDS):
        for writer in _write_until_killed(served, replica, round_number):
            acknowledged.update(writer.acknowledged)
            attempts += writer.attempts
        served = start(*database)
    kept = _entries(served, replica)
    stop(served)

    assert len(acknowledged) >= _ROUNDS * _ENOUGH
    assert {number: kept.get(number) for number in acknowledged} == acknowledged
    # Of each writer's last attempt in a round it is not known whether it arrived, but nothing arrived twice.
    assert len(set(kept.values())) == len(kept) <= attempts


def test_training_and_uploads_go_on_after_a_kill(tmp_path: Path) -> None:
    database = ("--db", str(tmp_path / "sandbox.db"))
    served = start(*database)
    replica = _create_replica(served)
    path = f"{served.base_url}/v1/replicas/{replica}/knowledge-base"
    content = b"The content of this plain file is about sixty characters long."
    results = [
        httpx.post(path, json={"filename": name}, headers=_headers(served)).json()["results"][0]
        for name in ("before.txt", "after.txt")
    ]
    assert httpx.put(results[0]["signedURL"], content=content).status_code == 200
    stop(served, signal.SIGKILL)

    with running(*database, "--speed", "20000") as again:
        address = results[1]["signedURL"].replace(served.base_url, again.base_url)
        assert httpx.put(address, content=content).status_code == 200
        with httpx.Client(base_url=f"{again.base_url}/v1/replicas/{replica}", headers=_headers(again)) as client:
            # The first one was to be trained at the old speed, which takes its time; it must not have been lost.
            entries = [client.get(f"/knowledge-base/{result['knowledgeBaseID']}").json() for result in results]
            duplicate = httpx.put(results[0]["signedURL"].replace(served.base_url, again.base_url), content=content)
            trained = _wait_until_usable(client, results[1]["knowledgeBaseID"])

    assert entries[0]["status"] == "FILE_UPLOADED"
    assert entries[0]["file"]["size"] == len(content)
    assert duplicate.json()["error"] == "Duplicate"
    assert trained["rawText"] == content.decode()


def test_a_step_that_is_being_taken_at_the_end_is_taken_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()

    async def never_ends(*_: object) -> str:
        begun.set()
        await asyncio.Event().wait()
        return ""

    path = tmp_path / "sandbox.db"
    with monkeypatch.context() as stuck, serve(speed=20_000, database=path) as sandbox:
        stuck.setattr("sensay_ext.sandbox._training.steps.extract_text", never_ends)
        with Api(sandbox, sandbox.organization_secret) as api:
            file = api.add(api.replica(), filename="bridge.txt")
            put(file, b"The bridge is painted anew every seven years, by seven painters.")
        begun.wait()

    with serve(speed=20_000, database=path) as sandbox, Api(sandbox, sandbox.organization_secret) as api:
        replica = api("GET", "/replicas")["items"][0]["uuid"]
        with httpx.Client(base_url=f"{sandbox.base_url}/v1/replicas/{replica}", headers=api.client.headers) as client:
            trained = _wait_until_usable(client, file["knowledgeBaseID"])

    assert trained["rawText"].startswith("The bridge")


def test_a_virtual_clock_goes_on_from_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "sandbox.db"
    with serve(virtual_time=True, database=path) as sandbox, Api(sandbox, sandbox.organization_secret) as api:
        sandbox.advance(10 * 24 * 3600)
        number = api.learn(replica := api.replica(), "The bridge is painted anew every seven years.")
        then = sandbox.now()

    with serve(virtual_time=True, database=path) as sandbox, Api(sandbox, sandbox.organization_secret) as api:
        assert sandbox.now() == then
        sandbox.advance(4 * 3600)
        assert api.entry(replica, number)["status"] == "READY"
        assert api.ask(replica, "What colour... how often is the bridge painted?").startswith("The bridge")


def _wait_until_usable(client: httpx.Client, number: int) -> dict[str, str]:
    while True:
        entry: dict[str, str] = client.get(f"/knowledge-base/{number}").json()
        if entry["status"] in {"VECTOR_CREATED", "READY"}:
            return entry
