# Derived from tests/_async/folders.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Folders that tests train on, and what comes of them."""

import os
from pathlib import Path
from typing import Any
from uuid import UUID

from sensay_ext import Plan, Sensay

LONG_AGO = 1_000_000_000


def write(folder: Path, path: str, content: str) -> None:
    """Write a file, as if that had been long ago; then it need not be read twice."""
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(content)
    os.utime(place, (LONG_AGO, LONG_AGO + len(content)))


def empty(folder: Path) -> None:
    """Delete all files of a folder."""
    for path in folder.rglob("*.*"):
        path.unlink()


def sync(sensay: Sensay, replica: UUID, folder: Path, **options: Any) -> Plan:
    """Plan and apply; all has to go well."""
    plan = sensay.training.plan(replica, folder)
    report = sensay.training.apply(plan, **options)
    report.raise_for_failures()
    return plan
