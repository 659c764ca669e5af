"""What a run over a folder has begun, kept on disk so that the next run can go on where it was broken off.

The knowledge base itself says what is in it. The journal says what may be in it although no list shows it yet, and that
somebody is at work: whoever has it open keeps others out, until the process ends, however it ends. It is no loss if it
is deleted while nobody is at work. It holds no content, no secret, and no signed URL.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

from sensay_ext._errors import ConfigurationError, TrainingError
from sensay_ext._marker import folder_key

if TYPE_CHECKING:
    from types import TracebackType
    from uuid import UUID

    from sensay_ext._marker import Marker
    from sensay_ext._sources import FileState

__all__ = ["Attempt", "Journal", "journal_path"]

_FORM = 1
_LINGERING = 2 * 24 * 3600.0
"""Seconds for which a removed entry is left out of account; the API needs up to half of that."""
_TABLES = """
CREATE TABLE IF NOT EXISTS attempts (
    attempt TEXT PRIMARY KEY, place TEXT NOT NULL, entry_id INTEGER, uploaded INTEGER NOT NULL, began REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS digests (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, digest TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS removed (entry_id INTEGER PRIMARY KEY, at REAL NOT NULL);
"""


def journal_path(replica_uuid: UUID, name: str) -> Path:
    """Where the journal of a replica and folder is, unless the caller says otherwise.

    It goes by the replica, and not by where the folder is, since two runs must not work on one knowledge base.

    Args:
        replica_uuid: The replica.
        name: The name under which the folder is kept apart from others.

    Raises:
        ConfigurationError: The user has no home directory.
    """
    try:
        home = Path.home()
    except RuntimeError:
        home = None
    if home is None:
        raise ConfigurationError("there is no home directory to keep the journal in; give journal=")
    return home / ".sensay" / "training" / f"{replica_uuid}-{folder_key(name)}.sqlite3"


@dataclass(frozen=True, slots=True)
class Attempt:
    """The creation of an entry that was begun.

    Args:
        attempt: The attempt, as markers name it.
        place: Where the file stands, as markers say it.
        entry_id: Number of the entry; None if the API's answer did not come.
        uploaded: Whether the storage has taken the file.
        began: Seconds since 1970.
    """

    attempt: str
    place: str
    entry_id: int | None
    uploaded: bool
    began: float


class Journal:
    """The journal, open. Safe to share between threads.

    Args:
        path: Where it is.

    Raises:
        TrainingError: Another run has it open.
        ConfigurationError: It cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._lock = Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        except (OSError, sqlite3.Error) as problem:
            raise ConfigurationError(f"the journal {path} cannot be opened: {problem}") from None
        try:
            self._take_possession()
        except sqlite3.Error as problem:
            self.close()
            if getattr(problem, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
                what = f"another run is at work on this replica and folder: it has the journal {path} open"
                raise TrainingError(what) from None
            raise ConfigurationError(f"{path} is no journal; delete it, or give another journal=") from None

    def _take_possession(self) -> None:
        run = self._connection.execute
        # The first transaction takes a lock, and in this mode it is kept; the system drops it when the process ends.
        run("PRAGMA locking_mode = EXCLUSIVE")
        run("BEGIN EXCLUSIVE")
        run("COMMIT")
        # Nothing is lost when the process is killed, and no write waits for the disk.
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = NORMAL")
        if run("PRAGMA user_version").fetchone()[0] != _FORM:
            # Made by another release: what it knew is in the knowledge base as well.
            for table in ("attempts", "digests", "removed"):
                run(f"DROP TABLE IF EXISTS {table}")
            run(f"PRAGMA user_version = {_FORM}")
        self._connection.executescript(_TABLES)

    def began(self, marker: Marker, now: float) -> None:
        """An entry is about to be asked for.

        Args:
            marker: What its title will say.
            now: Seconds since 1970.
        """
        self._run("INSERT OR REPLACE INTO attempts VALUES (?, ?, NULL, 0, ?)", marker.attempt, marker.place, now)

    def made(self, marker: Marker, entry_id: int) -> None:
        """The entry was made."""
        self._run("UPDATE attempts SET entry_id = ? WHERE attempt = ?", entry_id, marker.attempt)

    def uploaded(self, marker: Marker) -> None:
        """The storage has taken the file."""
        self._run("UPDATE attempts SET uploaded = 1 WHERE attempt = ?", marker.attempt)

    def given_up(self, marker: Marker) -> None:
        """Nothing came of it, and nothing is left of it."""
        self._run("DELETE FROM attempts WHERE attempt = ?", marker.attempt)

    @property
    def attempts(self) -> list[Attempt]:
        """What was begun, the oldest first."""
        rows = self._run("SELECT attempt, place, entry_id, uploaded, began FROM attempts ORDER BY began, attempt")
        return [
            Attempt(attempt, place, entry, bool(uploaded), began) for attempt, place, entry, uploaded, began in rows
        ]

    def settled(self, attempts: list[Attempt]) -> None:
        """These are over: lists show what came of them."""
        for attempt in attempts:
            self._run("DELETE FROM attempts WHERE attempt = ?", attempt.attempt)

    def gone(self, entry_id: int, now: float) -> None:
        """An entry was removed. Lists may go on to show it for up to a day.

        Args:
            entry_id: Its number.
            now: Seconds since 1970.
        """
        self._run("INSERT OR REPLACE INTO removed VALUES (?, ?)", entry_id, now)

    def removed(self, now: float) -> set[int]:
        """The entries that were removed, and that lists may still show.

        Args:
            now: Seconds since 1970.
        """
        self._run("DELETE FROM removed WHERE at < ?", now - _LINGERING)
        return {entry_id for (entry_id,) in self._run("SELECT entry_id FROM removed")}

    def digest(self, path: str, state: FileState) -> str | None:
        """The digest of a file that looks like this; None if it is not known."""
        query = "SELECT digest FROM digests WHERE path = ? AND size = ? AND modified = ?"
        rows = self._run(query, path, state.size, state.modified)
        return rows[0][0] if rows else None

    def remember(self, path: str, state: FileState, digest: str) -> None:
        """Remember a digest."""
        self._run("INSERT OR REPLACE INTO digests VALUES (?, ?, ?, ?)", path, state.size, state.modified, digest)

    def _run(self, statement: str, *values: Any) -> list[Any]:
        with self._lock:
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.Error as problem:
                what = f"the journal cannot be used: {type(problem).__name__}: {problem}"
        raise ConfigurationError(what)

    def close(self) -> None:
        """Let others have it."""
        with self._lock, suppress(sqlite3.Error):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
