"""What a comparison finds: findings while it runs, changes in the report."""

import json
import re
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any

_PLAIN_NAME = re.compile(r"[\w$@-]+")


_LONGEST = 120
"""Values are cut to this many characters in messages; `before` and `after` hold them whole."""


def shown(value: Any) -> str:
    """Return a value as messages show it."""
    if value is None:
        return "null"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"`{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}`"


class Level(IntEnum):
    """How much a change matters to code that followed the old document; the higher, the more."""

    INFO = 1
    WARNING = 2
    BREAKING = 3

    @classmethod
    def named(cls, name: str) -> "Level":
        """Return the level of that name (`breaking`, `warning`, `info`)."""
        return cls[name.upper()]

    @property
    def label(self) -> str:
        """The name as reports and options spell it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two documents, judged.

    `before` and `after` are None where there was or is nothing; `method`, `path` and `operation_id` are None
    for what concerns the whole document. `source_breaking` tells whether code written against the typed
    client stops compiling or running, which is independent of the level.
    """

    kind: str
    level: Level
    source_breaking: bool
    method: str | None
    path: str | None
    operation_id: str | None
    location: str
    before: Any
    after: Any
    message: str
    affects: tuple[str, ...]

    @property
    def starts_removal_clock(self) -> bool:
        """Whether something was announced to go away."""
        return self.kind.endswith(("-deprecated", "-deprecated-without-sunset"))


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """What a document says about the end of one of its parts."""

    deprecated: bool = False
    sunset: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a finding is: which way the data travels, the place's class, and the way to it in words."""

    side: str
    """`request` or `response`."""
    place: str
    """The first part of the kind: `request-parameter`, `response-property`, `operation`, …"""
    location: str
    """The way to it from the operation: `request.query.page`, `reply.200.items[].uuid`."""
    label: str = ""
    """How a person calls it: ``query parameter `page` ``, `request`, `error reply`."""
    way: str = ""
    """The way within the parameter or body: `items[].uuid`."""
    error: bool = False
    """Within an error reply, of which callers see the status first."""
    beta: bool = False
    unused: bool = False
    """Read-only in a request, or write-only in a reply: never part of the message."""
    text: bool = False
    """Values travel as text (parameters, forms), so any scalar can be sent where a string is taken."""
    exploded: bool = False
    """A query parameter whose list form repeats the parameter: one value is a list of one."""
    typed: bool = True
    """Whether it has a Python type in the client."""

    @property
    def what(self) -> str:
        """The place in words, for a message."""
        if self.place in ("request-parameter", "response-header"):
            step = self.way if self.way[:1] in ("", "[", "(") else f".{self.way}"
            return f"{self.label.removesuffix('`')}{step}`"
        return f"{self.label} field `{self.way}`" if self.way else f"the {self.label}"

    def property(self, name: str) -> "Spot":
        """Return the spot of a property."""
        return self._inside(f".{name}" if _PLAIN_NAME.fullmatch(name) else f'["{name}"]')

    def items(self) -> "Spot":
        """Return the spot of a list's items."""
        return self._inside("[]")

    def values(self) -> "Spot":
        """Return the spot of what unlisted properties hold."""
        return self._inside(".*")

    def branch(self, label: str) -> "Spot":
        """Return the spot of one alternative of several, which is the same place."""
        return replace(self, location=f"{self.location}({label})", way=f"{self.way}({label})")

    def _inside(self, step: str) -> "Spot":
        return replace(
            self,
            place=self.place.replace("-body", "-property"),
            location=self.location + step,
            way=(self.way + step).removeprefix("."),
            exploded=False,
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference, not judged yet."""

    spot: Spot
    rule: str
    """The rule's key in the table."""
    before: Any = None
    after: Any = None
    name: str = ""
    """What stands for the rule's key in the kind, where a rule covers several keywords."""
    keyword: str = ""
    """The keyword or name that the message speaks of."""
    typed: bool = True
    """False where the rule breaks source code in general but not this time."""
    lifecycle: Lifecycle = field(default=Lifecycle())
    """Of what is gone: whether that was announced."""
    value: Any = None
    """The enumeration's value that the finding is about, as part of the ledger's key."""
