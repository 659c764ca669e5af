"""A cassette: what was recorded in a test, to be replayed whenever the test is run again."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from sensay_ext.testing._errors import CassetteError
from sensay_ext.testing._file import read_cassette
from sensay_ext.testing._player import Player
from sensay_ext.testing._pseudonyms import PSEUDONYM
from sensay_ext.testing._recorder import Recorder
from sensay_ext.testing._scrubber import Scrubber
from sensay_ext.testing._tape import taping

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

__all__ = ["Cassette", "RecordMode", "use_cassette"]

RecordMode: TypeAlias = Literal["none", "once", "rewrite"]
"""`none` only replays; `once` records what has no cassette yet; `rewrite` records anew."""


class Cassette:
    """What the fixture `sensay_vcr` gives: the requests of a test, with the replies that they got.

    Each request is answered by the first recorded one like it that has not been played: the same method, path, query,
    user and body. Pseudonyms in what was recorded fit any value, but always the same one, and replies have that value
    again in their place.

    Args:
        path: The file.
        record: Whether to replay or to record.
        scrubber: Takes out of a recording what must not be in it.

    Attributes:
        path: The file.
        is_recording: Whether requests reach the network.

    Raises:
        CassetteError: There is no such file to replay, or it is not a cassette.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, record: RecordMode = "none", scrubber: Scrubber | None = None
    ) -> None:
        if record not in get_args(RecordMode):
            raise ValueError(f"record must be one of {', '.join(get_args(RecordMode))}, not {record!r}")
        self.path = Path(path)
        self._scrubber = scrubber or Scrubber()
        self.is_recording = record == "rewrite" or (record == "once" and not self.path.exists())
        self._deck = Recorder() if self.is_recording else self._loaded()

    def _loaded(self) -> Player:
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            message = f"there is no cassette at {self.path}; record it with --sensay-record=once"
        except (OSError, UnicodeDecodeError) as problem:
            message = f"{self.path} cannot be read: {type(problem).__name__}"
        else:
            return self._player(text)
        raise CassetteError(message)

    def _player(self, text: str) -> Player:
        try:
            return Player(read_cassette(text), self._scrubber, PSEUDONYM.findall(text))
        except CassetteError as problem:
            message = f"{self.path}: {problem}"
        raise CassetteError(message)

    @property
    def unplayed(self) -> list[str]:
        """What was recorded and has not been asked for, in words."""
        return self._deck.unplayed if isinstance(self._deck, Player) else []

    @contextmanager
    def inserted(self) -> Iterator[None]:
        """While this lasts, requests are answered from the cassette, or noted for it."""
        with taping(self._deck):
            yield

    def finish(self) -> None:
        """Write what was noted; or make sure that all was played, and nothing else was asked for.

        Raises:
            CassetteMismatch: A request was made that is not on it, and whoever made it took no notice.
            CassetteError: Something on it was not asked for.
            SecretLeft: The recording would hold something that it must not. Nothing was written.
        """
        if isinstance(self._deck, Recorder):
            self._deck.save(self.path, self._scrubber)
            return
        if self._deck.mismatches:
            raise self._deck.mismatches[0]
        if self.unplayed:
            listed = "".join(f"\n    {title}" for title in self.unplayed)
            raise CassetteError(f"not all of {self.path} was asked for; this was left:{listed}")


@contextmanager
def use_cassette(
    path: str | os.PathLike[str], *, record: RecordMode = "none", scrubber: Scrubber | None = None
) -> Iterator[Cassette]:
    """Replay a cassette, or record it, without pytest. After an exception nothing is written.

    Args:
        path: The file.
        record: Whether to replay or to record.
        scrubber: Takes out of a recording what must not be in it.

    Raises:
        CassetteMismatch: A request is not on the cassette.
        CassetteError: There is no such cassette, or something on it was not asked for.
        SecretLeft: The recording would hold something that it must not. Nothing was written.
    """
    cassette = Cassette(path, record=record, scrubber=scrubber)
    with cassette.inserted():
        yield cassette
    cassette.finish()
