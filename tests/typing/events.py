"""What a program does with the events of a training. Type checkers read this, nobody runs it."""

from __future__ import annotations

from typing import assert_type

from sensay_ext import (
    EntryDone,
    EntryEvent,
    EntryFailed,
    EntryStalled,
    PollFailed,
    Progress,
    Sensay,
    StatusChanged,
    Text,
    TrainingEvent,
    UploadProgress,
)


def on_progress(event: TrainingEvent | UploadProgress) -> float:
    """How far it is."""
    match event:
        case UploadProgress():
            return event.sent / event.size
        case StatusChanged():
            assert_type(event.previous, str | None)
            return event.lasted
        case EntryStalled() | EntryFailed():
            assert_type(event.fingerprint, str | None)
            assert_type(event.reason, str)
        case EntryDone():
            assert_type(event.status, str)
        case EntryEvent():
            assert_type(event.entry_id, int)
        case PollFailed():
            assert_type(event.reason, str)
        case Progress():
            return event.done / event.total
        case _:
            assert_type(event, TrainingEvent)
    return event.elapsed


def train(sensay: Sensay) -> bool:
    """Whoever wants to be told gives the function."""
    return sensay.training.train("3f2b", [Text("Hello")], on_progress=on_progress).ok
