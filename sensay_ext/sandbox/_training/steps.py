"""The single steps of training."""

import asyncio  # noqa: TID251 - the sandbox is a server with its own event loop
import json
from typing import TYPE_CHECKING, Any

from sensay_ext.sandbox._clock import later
from sensay_ext.sandbox._database import Database, Row
from sensay_ext.sandbox._errors import fingerprint
from sensay_ext.sandbox._training import machine
from sensay_ext.sandbox._training.extraction import extract_text
from sensay_ext.sandbox._training.fetching import Fetcher
from sensay_ext.sandbox._training.language import detect_language
from sensay_ext.sandbox._training.links import read_link
from sensay_ext.sandbox._training.outcomes import Temporary, Unprocessable
from sensay_ext.sandbox._training.passages import digest, split_passages
from sensay_ext.sandbox._training.websites import read_website

if TYPE_CHECKING:
    from sensay_ext.sandbox._state import State

_ENTRY_ROOM = 100_000
_MAX_TRIES = 10


class Steps:
    """Takes an entry one status further.

    Args:
        state: Everything the sandbox holds.
        fetcher: Fetches websites.
    """

    def __init__(self, state: "State", fetcher: Fetcher) -> None:
        self._state = state
        self._database = state.database
        self._timings = state.settings.timings
        self._fetcher = fetcher

    async def take(self, entry: Row) -> None:
        """Do what is due for an entry."""
        if entry["removed_at"] is not None:
            self._database.execute("DELETE FROM entries WHERE id = ?", entry["id"])
            return
        try:
            self._go_wrong(entry)
            await self._advance(entry)
        except Unprocessable as error:
            self.give_up(entry, str(error))
        except Temporary as error:
            self._try_later(entry, str(error))

    def give_up(self, entry: Row, reason: str) -> None:
        """End an entry as UNPROCESSABLE."""
        if self._change(entry, status=machine.UNPROCESSABLE, due_at=None, **_error(reason)):
            self._forget_upload(entry)

    def _go_wrong(self, entry: Row) -> None:
        if entry["status"] == machine.NEW and entry["type"] == "file":
            raise Unprocessable("Upload expired")
        fault = self._state.faults.of_training(entry["type"], entry["id"])
        if fault is not None:
            raise Unprocessable(fault.message) if fault.terminal else Temporary(fault.message)

    def _try_later(self, entry: Row, reason: str) -> None:
        if entry["status"] == machine.NEW and entry["tries"] + 1 >= _MAX_TRIES:
            self.give_up(entry, reason)
            return
        again = later(self._state.clock, self._timings.retry, since=entry["due_at"])
        self._change(entry, due_at=again, tries=entry["tries"] + 1, **_error(reason))

    async def _advance(self, entry: Row) -> None:
        status, kind = entry["status"], entry["type"]
        if status == machine.FILE_UPLOADED:
            await self._extract(entry)
        elif status == machine.RAW_TEXT:
            await self._process(entry)
        elif status == machine.PROCESSED_TEXT:
            self._vectorize(entry)
        elif status == machine.VECTOR_CREATED:
            self._arrive(entry, machine.READY)
        elif kind == "website":
            await self._crawl(entry)
        else:
            await self._watch(entry)

    async def _extract(self, entry: Row) -> None:
        content: bytes = self._database.value("SELECT content FROM uploads WHERE entry_id = ?", entry["id"])
        name = json.loads(entry["source"])["file"]["name"]
        if self._arrive(entry, machine.RAW_TEXT, raw_text=await extract_text(name, content)):
            self._forget_upload(entry)

    async def _crawl(self, entry: Row) -> None:
        found = await read_website(self._fetcher, entry["url"])
        if entry["status"] == machine.READY and found["text"] == entry["raw_text"]:
            self._arrive(entry, machine.READY)
            return
        self._arrive_with(entry, "website", raw_text=found["text"], **found)

    async def _watch(self, entry: Row) -> None:
        identifier = read_link(entry["url"]).video
        if identifier is None:
            raise Unprocessable("The URL leads to no video")
        video = await self._state.videos.watch(identifier)
        about = {"transcription": video.transcript, **({} if video.title is None else {"title": video.title})}
        self._arrive_with(entry, "youtube", raw_text=video.transcript, **about)

    def _arrive_with(self, entry: Row, kind: str, *, raw_text: str, **about: Any) -> None:
        source = json.loads(entry["source"])
        source[kind].update(about)
        if self._arrive(entry, machine.RAW_TEXT, raw_text=raw_text, source=json.dumps(source)):
            forget_passages(self._database, entry["id"])

    async def _process(self, entry: Row) -> None:
        text: str = entry["raw_text"]
        if not text.strip():
            raise Unprocessable("The text is empty")
        derived = await asyncio.to_thread(digest, text)
        self._arrive(
            entry,
            machine.PROCESSED_TEXT,
            generated_title=derived.title,
            summary=derived.summary,
            language=await asyncio.to_thread(detect_language, text, self._state.document.languages),
            facts=json.dumps(derived.facts),
            chunks=json.dumps(derived.chunks),
        )

    def _vectorize(self, entry: Row) -> None:
        replica = entry["replica_uuid"].replace("-", "")
        first = entry["id"] * _ENTRY_ROOM
        with self._database.transaction():
            if self._arrive(entry, machine.VECTOR_CREATED):
                forget_passages(self._database, entry["id"])
                self._database.execute_many(
                    "INSERT INTO passages (rowid, content, replica) VALUES (?, ?, ?)",
                    [(first + at, passage, replica) for at, passage in enumerate(split_passages(entry["raw_text"]))],
                )

    def _arrive(self, entry: Row, status: str, **columns: str | None) -> bool:
        stay = machine.time_in(entry["type"], status, self._timings)
        if status == machine.READY and entry["auto_refresh"]:
            stay = self._timings.refresh
        due = None if stay is None else later(self._state.clock, stay, since=entry["due_at"])
        return self._change(
            entry, status=status, due_at=due, tries=0, error_message=None, error_fingerprint=None, **columns
        )

    def _change(self, entry: Row, **columns: str | int | None) -> bool:
        """Store what a step led to, unless the entry was changed while the step was taken."""
        assignments = ", ".join(f"{column} = ?" for column in columns)
        changed = self._database.changed(
            f"UPDATE entries SET {assignments}, updated_at = ? WHERE id = ? AND revision = ?",  # noqa: S608 - columns of ours
            *columns.values(),
            entry["due_at"],
            entry["id"],
            entry["revision"],
        )
        return changed == 1

    def _forget_upload(self, entry: Row) -> None:
        # The row stays: it is what makes a second upload a duplicate.
        self._database.execute("UPDATE uploads SET content = NULL WHERE entry_id = ?", entry["id"])


def _error(reason: str) -> dict[str, str]:
    return {"error_message": reason, "error_fingerprint": fingerprint(reason)}


def forget_passages(database: Database, entry_id: int) -> None:
    """Take an entry's content out of what questions are answered from."""
    first = entry_id * _ENTRY_ROOM
    database.execute("DELETE FROM passages WHERE rowid >= ? AND rowid < ?", first, first + _ENTRY_ROOM)
