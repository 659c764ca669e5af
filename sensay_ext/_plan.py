"""What has to be done so that a knowledge base holds what a folder holds."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sensay_ext._errors import FileRejected
from sensay_ext._marker import Marker
from sensay_ext._sources import File, must_be_read
from sensay_ext._training import USABLE_STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from sensay_ext._folder import FolderFile
    from sensay_ext._known import Known
    from sensay_ext._mime import FileTypes

__all__ = ["ActionKind", "Plan", "PlannedAction", "files_to_send", "plan_actions", "refusal_of"]

ActionKind = Literal["add", "replace", "retry", "wait", "clean", "keep", "skip", "remove"]

_SIGNS: dict[ActionKind, str] = {
    "add": "+",
    "replace": "~",
    "retry": "!",
    "wait": "…",
    "clean": "·",
    "keep": "=",
    "skip": "?",
    "remove": "-",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAction:
    """What has to be done about one file.

    Args:
        kind: `add`; `replace` an older content; `retry` what the API could not process; `wait` for what is there;
            `clean` up what is there twice or half; `keep`; `skip` what the API does not take; `remove` what is not in
            the folder any more.
        path: Path of the file within the folder.
        entry: Number of the entry that has the content already; None if it has to be made.
        old: Numbers of the entries that have to go when the content is usable.
        reason: Why, where that is not plain.
        file: The file; None if it is not in the folder any more.
        place: What markers say of where it stands.
    """

    kind: ActionKind
    path: str
    entry: int | None = None
    old: tuple[int, ...] = ()
    reason: str = ""
    file: FolderFile | None = None
    place: str = ""

    @property
    def label(self) -> str:
        """A short name for reports."""
        return self.path

    @property
    def size(self) -> int | None:
        """Length of the file in bytes; None if it is not there."""
        return None if self.file is None else self.file.state.size

    def __str__(self) -> str:
        size = "" if self.size is None else f" ({self.size} bytes)"
        old = f", entry {', '.join(map(str, self.old))}" if self.old else ""
        reason = f": {self.reason}" if self.reason else ""
        return f"{_SIGNS[self.kind]} {self.kind:<8}{self.path}{size}{old}{reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What `training.apply` is going to do. It prints well.

    Args:
        replica_uuid: The replica.
        folder: The folder.
        name: The name under which the folder is kept apart from others.
        actions: One for each file, and for each entry whose file is gone.
        others: Number of entries that do not come from this folder, and stay as they are.
    """

    replica_uuid: UUID
    folder: str
    name: str
    actions: tuple[PlannedAction, ...]
    others: int = 0

    @property
    def changes(self) -> tuple[PlannedAction, ...]:
        """What has to be done, removals included; empty if nothing has."""
        return tuple(action for action in self.actions if action.kind not in {"keep", "skip"})

    @property
    def removals(self) -> tuple[PlannedAction, ...]:
        """What is in the knowledge base and not in the folder any more."""
        return tuple(action for action in self.actions if action.kind == "remove")

    @property
    def skipped(self) -> tuple[PlannedAction, ...]:
        """The files that cannot be trained on."""
        return tuple(action for action in self.actions if action.kind == "skip")

    def to_dict(self) -> dict[str, object]:
        """The plan as values that can be written as JSON."""
        counts = Counter(action.kind for action in self.actions)
        return {
            "replica": str(self.replica_uuid),
            "folder": self.folder,
            "name": self.name,
            "counts": dict(sorted(counts.items())),
            "others": self.others,
            "actions": [_as_dict(action) for action in self.actions if action.kind != "keep"],
        }

    def to_json(self) -> str:
        """The plan as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    def __str__(self) -> str:
        counts = Counter(action.kind for action in self.actions)
        lines = [f"folder {self.folder} → replica {self.replica_uuid}"]
        lines += [f"  {action}" for action in self.actions if action.kind != "keep"]
        told = [f"{counts[kind]} to {kind}" for kind in _SIGNS if kind != "keep" and counts[kind]] or ["nothing to do"]
        told += [f"{counts['keep']} unchanged"] if counts["keep"] else []
        told += [f"{self.others} of other origin"] if self.others else []
        return "\n".join([*lines, f"  {', '.join(told)}"])


def plan_actions(
    files: Iterable[FolderFile], entries: Iterable[Known], *, name: str, refusal: Callable[[FolderFile], str]
) -> list[PlannedAction]:
    """Compare a folder with the entries that came from it.

    Args:
        files: The files of the folder.
        entries: The entries whose markers name the folder.
        name: The name under which the folder is kept apart from others.
        refusal: Says why the API does not take a file; empty if it does. Asked only for files that have to be sent.
    """
    standing: defaultdict[str, list[Known]] = defaultdict(list)
    for entry in entries:
        if entry.marker is not None:
            standing[entry.marker.place].append(entry)
    actions = []
    for file in files:
        place = Marker.at(name, file.path, file.digest).place
        actions.append(_about(file, place, standing.pop(place, []), refusal))
    gone = [_removal(place, left) for place, left in standing.items()]
    return actions + sorted(gone, key=lambda action: action.path)


def files_to_send(files: Iterable[FolderFile], entries: Iterable[Known], *, name: str) -> list[FolderFile]:
    """The files whose content is not in the knowledge base; as for `plan_actions`."""
    asked: list[FolderFile] = []

    def note(file: FolderFile) -> str:
        asked.append(file)
        return ""

    plan_actions(files, entries, name=name, refusal=note)
    return asked


def refusal_of(file: FolderFile, types: FileTypes) -> str:
    """Why the API does not take a file; empty if it does.

    Args:
        file: The file.
        types: The file types that the API takes.
    """
    source = File(file.location)
    try:
        content = None
        if must_be_read(file.state.size, source.content_type(types)):
            content = Path(file.location).read_bytes()
        source.check(types, size=file.state.size, content=content)
    except FileRejected as error:
        return str(error).removeprefix(f"{source.filename}: ")
    except OSError as problem:
        return f"it cannot be read: {problem.strerror or type(problem).__name__}"
    return ""


def _about(file: FolderFile, place: str, entries: list[Known], refusal: Callable[[FolderFile], str]) -> PlannedAction:
    same = [entry for entry in entries if _content(entry) == file.digest]
    alive = sorted((entry for entry in same if _is_alive(entry)), key=_rank)
    if alive:
        return _with_entry(file, place, alive[0], [entry for entry in entries if entry is not alive[0]])
    problem = file.problem or refusal(file)
    if problem:
        return PlannedAction(kind="skip", path=file.path, reason=problem, file=file, place=place)
    kind: ActionKind = "add"
    if any(_is_alive(entry) for entry in entries):
        kind = "replace"
    elif any(entry.is_dead for entry in same):
        kind = "retry"
    return PlannedAction(kind=kind, path=file.path, old=_numbers(entries), file=file, place=place)


def _with_entry(file: FolderFile, place: str, entry: Known, others: list[Known]) -> PlannedAction:
    kind: ActionKind = "keep" if entry.status in USABLE_STATUSES else "wait"
    if any(_is_alive(other) and _content(other) != file.digest for other in others):
        kind = "replace"  # a run was broken off in the middle of it
    elif others:
        kind = "clean"
    return PlannedAction(kind=kind, path=file.path, entry=entry.id, old=_numbers(others), file=file, place=place)


def _content(entry: Known) -> str:
    return "" if entry.marker is None else entry.marker.content


def _removal(place: str, entries: list[Known]) -> PlannedAction:
    path = entries[0].title.partition(" [sensay-ext:")[0]
    return PlannedAction(kind="remove", path=path, old=_numbers(entries), place=place)


def _is_alive(entry: Known) -> bool:
    return not entry.is_dead and not entry.awaits_upload


def _rank(entry: Known) -> tuple[bool, int]:
    return entry.status not in USABLE_STATUSES, entry.id


def _numbers(entries: Iterable[Known]) -> tuple[int, ...]:
    return tuple(sorted(entry.id for entry in entries))


def _as_dict(action: PlannedAction) -> dict[str, Any]:
    fields = {
        "size": action.size,
        "entry": action.entry,
        "old": list(action.old) or None,
        "reason": action.reason or None,
    }
    return {"kind": action.kind, "path": action.path} | {
        name: value for name, value in fields.items() if value is not None
    }
