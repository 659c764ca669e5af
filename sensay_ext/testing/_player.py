"""Answers requests from a recording."""

from __future__ import annotations

import difflib
import json
from threading import Lock
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlsplit

from sensay_ext.testing._bindings import Bindings
from sensay_ext.testing._errors import CassetteMismatch, SecretLeft
from sensay_ext.testing._interaction import Json
from sensay_ext.testing._matching import IDENTITY, compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sensay_ext.testing._errors import CassetteError
    from sensay_ext.testing._interaction import Interaction
    from sensay_ext.testing._matching import Comparison
    from sensay_ext.testing._scrubber import Scrubber

__all__ = ["Player", "title"]

_LONGEST_LINE = 200
_MOST_LINES = 60
_MOST_DIFFERENCES = 10


class Player:
    """Answers each request with the reply to the first like it that has not been played.

    Args:
        recorded: The recording.
        scrubber: Settles requests as it settled those of the recording.
        pseudonyms: All that the recording has.
    """

    def __init__(self, recorded: Sequence[Interaction], scrubber: Scrubber, pseudonyms: Iterable[str]) -> None:
        self._recorded = recorded
        self._scrubber = scrubber
        self._pseudonyms = frozenset(pseudonyms)
        self._waiting = list(range(len(recorded)))
        self._bindings = Bindings()
        self._lock = Lock()
        self.mismatches: list[CassetteMismatch] = []

    @property
    def is_playing(self) -> bool:
        """Yes."""
        return True

    @property
    def unplayed(self) -> list[str]:
        """What has not been played."""
        return [title(self._recorded[index], index) for index in self._waiting]

    def play(self, request: Interaction) -> Interaction:
        """The recorded interaction, with the values of this run.

        Args:
            request: An interaction without a reply.

        Raises:
            CassetteMismatch: Nothing like it was recorded, or all of it has been played.
        """
        # Until it is marked as played: two threads must not play the same.
        with self._lock:
            found = self._find(self._scrubber.settled(request))
        return self._refused() if found is None else found

    def record(self, interaction: Interaction) -> None:
        """Nothing comes from the network."""

    def spoil(self, problem: CassetteError) -> None:
        """Nothing that could not be noted, either."""

    def _find(self, live: Interaction) -> Interaction | None:
        compared = []
        for index in self._waiting:
            comparison = compare(self._recorded[index], live, self._bindings)
            if not comparison.differences:
                self._waiting.remove(index)
                self._bindings = comparison.bindings
                return self._bindings.put_back(self._recorded[index])
            compared.append((index, comparison))
        self.mismatches.append(CassetteMismatch(self._message(live, compared)))
        return None

    def _refused(self) -> NoReturn:
        """Raise, from where no argument that pytest would show is the request."""
        raise self.mismatches[-1]

    def _message(self, live: Interaction, compared: list[tuple[int, Comparison]]) -> str:
        if not compared:
            shown = "\n".join(f"    {line}" for line in self._shown(live, self._bindings))
            return f"all recorded requests ({len(self._recorded)}) have been played; this one came on top:\n\n{shown}"
        index, closest = min(compared, key=lambda pair: _distance(self._recorded[pair[0]], live, pair[1]))
        recorded = self._recorded[index]
        diff = difflib.unified_diff(
            _rendered(recorded), self._shown(live, closest.bindings), "recorded", "this request", lineterm=""
        )
        different = "; ".join(closest.differences[:_MOST_DIFFERENCES])
        return "\n".join(
            [
                "this request was not recorded.",
                "",
                f"The closest one that has not been played is {title(recorded, index)}",
                f"Different: {different}",
                "",
                *_shortened(list(diff)),
                "",
                "What grants or identifies something is shown as a pseudonym.",
            ]
        )

    def _shown(self, live: Interaction, bindings: Bindings) -> list[str]:
        try:
            scrubbing = self._scrubber.scrubbing([live], known=bindings.pseudonyms, taken=self._pseudonyms)
        except SecretLeft:
            return ["(this request cannot be shown without showing what is to be hidden)"]
        return _rendered(scrubbing.interactions[0])


def title(interaction: Interaction, index: int) -> str:
    """What an interaction is called in messages."""
    return f"interaction {index + 1}, {interaction.method} {urlsplit(interaction.url).path}"


def _distance(recorded: Interaction, live: Interaction, comparison: Comparison) -> tuple[bool, bool, int]:
    return recorded.method != live.method, "path" in comparison.differences, len(comparison.differences)


def _rendered(interaction: Interaction) -> list[str]:
    """A request as lines, for people and for comparing."""
    parts = urlsplit(interaction.url)
    identity = [f"{name}: {value}" for name in IDENTITY if (value := interaction.request.header(name))]
    head = [f"{interaction.method} {parts.path}{'?' if parts.query else ''}{parts.query}", *identity]
    match interaction.request.body:
        case None:
            return head
        case Json(value):
            return [*head, "", *json.dumps(value, indent=2, ensure_ascii=False).splitlines()]
        case str(text):
            return [*head, "", *text.splitlines()]
        case body:
            return [
                *head,
                "",
                f"({len(body)} bytes)",
                *(body[start : start + 16].hex(" ") for start in range(0, len(body), 16)),
            ]


def _shortened(lines: list[str]) -> list[str]:
    shown = [line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…" for line in lines[:_MOST_LINES]]
    return shown if len(lines) <= _MOST_LINES else [*shown, f"… ({len(lines) - _MOST_LINES} more lines)"]
