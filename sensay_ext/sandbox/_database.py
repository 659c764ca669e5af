"""The SQLite file, or memory, that holds everything the sandbox knows."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

Row = sqlite3.Row

_FIRST_ENTRY_ID = 150_000


class Database:
    """One connection, used by one thread at a time.

    A transaction is in the write-ahead log before its reply leaves, so a killed process loses nothing acknowledged.

    Args:
        path: The file; memory when None.
    """

    def __init__(self, path: Path | None = None) -> None:
        # The event loop's thread owns the connection; the thread that builds the sandbox only hands it over.
        self._connection = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "busy_timeout = 5000"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.executescript((files("sensay_ext.sandbox") / "_tables.sql").read_text(encoding="utf-8"))
        self._number_entries_like_the_api()

    def _number_entries_like_the_api(self) -> None:
        with self.transaction():
            if self.value("SELECT count(*) FROM sqlite_sequence WHERE name = 'entries'") == 0:
                self.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('entries', ?)", _FIRST_ENTRY_ID)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what the block wrote, or nothing of it when it raises."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def execute(self, statement: str, *values: Any) -> int:
        """Run a statement that writes.

        Returns:
            The id of the row it inserted last.
        """
        return self._connection.execute(statement, values).lastrowid or 0

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert a row.

        Args:
            table: The table.
            values: The values by column.

        Returns:
            The row's id.
        """
        places = ", ".join("?" * len(values))
        return self.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})", *values.values())  # noqa: S608 - names of ours, values bound

    def changed(self, statement: str, *values: Any) -> int:
        """Run a statement that writes, and return how many rows it touched."""
        return self._connection.execute(statement, values).rowcount

    def execute_many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement once for each row of values."""
        self._connection.executemany(statement, rows)

    def rows(self, query: str, *values: Any) -> list[Row]:
        """Return all rows of a query."""
        return self._connection.execute(query, values).fetchall()

    def row(self, query: str, *values: Any) -> Row | None:
        """Return the first row of a query, None if it has none."""
        found: Row | None = self._connection.execute(query, values).fetchone()
        return found

    def value(self, query: str, *values: Any) -> Any:
        """Return the single value of a query, None if it has no row."""
        found = self.row(query, *values)
        return None if found is None else found[0]

    def snapshot(self) -> "Database":
        """Return a copy in memory that later writes do not reach."""
        copy = Database()
        self._connection.backup(copy._connection)
        return copy

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
