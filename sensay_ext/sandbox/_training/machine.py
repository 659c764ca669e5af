"""The statuses of an entry, and how long each one lasts."""

from typing import Literal

from sensay_ext.sandbox._settings import Timings

EntryType = Literal["text", "file", "website", "youtube"]

NEW = "NEW"
FILE_UPLOADED = "FILE_UPLOADED"
RAW_TEXT = "RAW_TEXT"
PROCESSED_TEXT = "PROCESSED_TEXT"
VECTOR_CREATED = "VECTOR_CREATED"
READY = "READY"
UNPROCESSABLE = "UNPROCESSABLE"

USABLE = (VECTOR_CREATED, READY)


def first_status(entry_type: str) -> str:
    """Return the status an entry is created with: text has nothing to wait for."""
    return RAW_TEXT if entry_type == "text" else NEW


def time_in(entry_type: str, status: str, timings: Timings) -> float | None:
    """Tell how long an entry stays in a status.

    Args:
        entry_type: The entry's type.
        status: Its status.
        timings: How long the steps take the real service.

    Returns:
        Seconds of the real service; None where nothing happens by itself any more.
    """
    if status == NEW:
        return None if entry_type == "file" else timings.crawl
    durations = {
        FILE_UPLOADED: timings.extract,
        RAW_TEXT: timings.process,
        PROCESSED_TEXT: timings.vectorize,
        VECTOR_CREATED: timings.optimize,
    }
    return durations.get(status)
