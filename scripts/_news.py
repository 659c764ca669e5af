"""What a fetched document brings: the report on it, its entry in the change log, and the ledger with it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from scripts._lock import Lock, meaning
from scripts._normalise import operations
from scripts._paths import METHODS, Tree
from scripts.changes import Change, as_markdown, as_text, compare, deprecations
from scripts.changes._comparing import comparing
from scripts.changes._ledger import load_ledger
from scripts.changes._methods import load_methods

_HEAD = """# What changed in the API

What each document that was taken in changed against the one before, newest first, and the methods of this package that
are concerned. `make regenerate` writes it. What is marked [source] changes names or types in Python.
"""


@dataclass(frozen=True)
class News:
    """What a fetched document brings.

    Attributes:
        changes: against the document at hand, the gravest first.
        changelog: text of the change log with them.
        ledger: first day of everything ever seen deprecated, by the ledger's key.
    """

    changes: list[Change]
    changelog: str
    ledger: dict[str, str]

    @classmethod
    def of(
        cls,
        new: Mapping[str, Any],
        current: Mapping[str, Any] | None,
        tree: Tree,
        lock: Lock | None,
        *,
        on: date,
        hidden: bool,
    ) -> "News":
        """Compare a fetched document with the one at hand.

        Args:
            new: the fetched one.
            current: the one at hand, if there is one.
            tree: where the change log and the ledger are.
            lock: of the tree; its snapshots say since when the document at hand is known.
            on: today.
            hidden: count what is marked `x-hidden`, too.

        Raises:
            PipelineError: the ledger is damaged, or the documents cannot be compared.
        """
        log = tree.changelog.read_text(encoding="utf-8") if tree.changelog.exists() else _HEAD
        known = load_ledger(tree.ledger) if tree.ledger.exists() else {}
        changes: list[Change] = []
        with comparing():
            if current is None:
                first = f"The first document; number of operations: {len(operations(new, hidden=hidden))}."
                text = "" if tree.changelog.exists() else first
            else:
                since = lock.snapshots.get(meaning(dict(current))) if lock is not None else None
                known = dict.fromkeys(deprecations(current, hidden=hidden), since or on.isoformat()) | known
                if new != current:
                    changes = compare(current, new, methods=load_methods(METHODS), ledger=known, hidden=hidden, on=on)
                text = as_markdown(changes) if changes else ""
            ledger = dict.fromkeys(deprecations(new, hidden=hidden), on.isoformat()) | known
        return cls(changes, _with_entry(log, f"## {on.isoformat()}\n\n{text}\n") if text else log, ledger)

    def report(self) -> str:
        """Return the report for a terminal."""
        return as_text(self.changes)

    def write(self, tree: Tree) -> None:
        """Write change log and ledger into a folder that has `openapi/`."""
        tree.changelog.write_text(self.changelog, encoding="utf-8")
        content = json.dumps(self.ledger, indent=2, sort_keys=True, ensure_ascii=False)
        tree.ledger.write_text(content + "\n", encoding="utf-8")


def _with_entry(log: str, entry: str) -> str:
    head, mark, rest = log.partition("\n## ")
    return f"{head.rstrip()}\n\n{entry}" + (f"\n{mark.lstrip()}{rest}" if mark else "")
