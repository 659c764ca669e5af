"""Notes what the network answers, and writes it down."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sensay_ext._settings import is_loopback
from sensay_ext.testing._errors import CassetteError
from sensay_ext.testing._file import save, write_cassette

if TYPE_CHECKING:
    from pathlib import Path

    from sensay_ext.testing._interaction import Interaction
    from sensay_ext.testing._scrubber import Scrubber

__all__ = ["Recorder"]


class Recorder:
    """Lets requests through, and notes them with their replies."""

    def __init__(self) -> None:
        self._interactions: list[Interaction] = []
        self._problems: list[CassetteError] = []
        self._lock = Lock()

    @property
    def is_playing(self) -> bool:
        """No."""
        return False

    def play(self, request: Interaction) -> Interaction:
        """Not asked for."""
        raise CassetteError(f"{request.method}: what is being recorded cannot be played yet")

    def record(self, interaction: Interaction) -> None:
        """Note an interaction."""
        with self._lock:
            self._interactions.append(interaction)

    def spoil(self, problem: CassetteError) -> None:
        """Note why an interaction cannot be noted."""
        self._problems.append(problem)

    def save(self, path: Path, scrubber: Scrubber) -> None:
        """Write what was noted, scrubbed.

        Args:
            path: The file.
            scrubber: Takes out what must not be in it.

        Raises:
            SecretLeft: Something is left that should not be. Nothing was written.
            CassetteError: An interaction could not be noted. Nothing was written.
            OSError: The file cannot be written.
        """
        if self._problems:
            raise self._problems[0]
        scrubbing = scrubber.scrubbing(self._interactions)
        text = write_cassette(scrubbing.interactions, self._source())
        scrubbing.check(text)
        save(path, text)

    def _source(self) -> str:
        hosts = {urlsplit(interaction.url).hostname or "" for interaction in self._interactions}
        return ", ".join(sorted({"sandbox" if is_loopback(host) else host for host in hosts})) or "nothing"
