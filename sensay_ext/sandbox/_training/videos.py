"""YouTube: playlists and transcripts, from those told to the sandbox or from the site itself."""

import asyncio  # noqa: TID251 - the sandbox is a server with its own event loop
import json
import re
from dataclasses import dataclass

from sensay_ext.sandbox._database import Database
from sensay_ext.sandbox._training.fetching import Fetcher
from sensay_ext.sandbox._training.outcomes import Unprocessable

_FEED = "https://www.youtube.com/feeds/videos.xml?playlist_id="
_WATCH = "https://www.youtube.com/watch?v="
_LISTED = re.compile(rb"<yt:videoId>([\w-]+)</yt:videoId>")

NO_TRANSCRIPT = "transcript-unavailable: the video has no captions that can be read"


@dataclass(frozen=True)
class Video:
    """A video that can be trained on.

    Attributes:
        title: What it is called, if that is known.
        transcript: What is said in it.
    """

    title: str | None
    transcript: str


class Videos:
    """Knows videos and playlists.

    Args:
        database: Holds the ones that the sandbox was told of.
        fetcher: Fetches the others' lists.
        allow_network: Whether others may be fetched at all.
    """

    def __init__(self, database: Database, fetcher: Fetcher, *, allow_network: bool) -> None:
        self._database = database
        self._fetcher = fetcher
        self._allow_network = allow_network

    def add_video(self, identifier: str, transcript: str | None, title: str | None) -> None:
        """Tell of a video; one without a transcript cannot be processed."""
        self._database.execute(
            "INSERT OR REPLACE INTO videos (id, transcript, title) VALUES (?, ?, ?)", identifier, transcript, title
        )

    def add_playlist(self, identifier: str, videos: list[str]) -> None:
        """Tell of a playlist."""
        self._database.execute(
            "INSERT OR REPLACE INTO playlists (id, videos) VALUES (?, ?)", identifier, json.dumps(videos)
        )

    async def in_playlist(self, identifier: str) -> list[str]:
        """Return the ids of the videos in a playlist.

        Raises:
            Unprocessable: If there is no such playlist, or it cannot be read.
            Temporary: If it may be readable later.
        """
        known = self._database.value("SELECT videos FROM playlists WHERE id = ?", identifier)
        if known is not None:
            return list(json.loads(known))
        feed = await self._fetcher.fetch(f"{_FEED}{identifier}")
        found = [match.decode() for match in _LISTED.findall(feed.content)]
        if not found:
            raise Unprocessable("The playlist is empty or private")
        return list(dict.fromkeys(found))

    async def watch(self, identifier: str) -> Video:
        """Return a video's title and transcript.

        Raises:
            Unprocessable: If the video has no transcript, or cannot be reached.
        """
        known = self._database.row("SELECT * FROM videos WHERE id = ?", identifier)
        if known is not None:
            if known["transcript"] is None:
                raise Unprocessable(NO_TRANSCRIPT)
            return Video(known["title"], known["transcript"])
        if not self._allow_network:
            raise Unprocessable("The video cannot be accessed: the sandbox is offline")
        return Video(None, await asyncio.to_thread(_transcript, identifier))


def watch_url(identifier: str) -> str:
    """Return the address of a video."""
    return f"{_WATCH}{identifier}"


def _transcript(identifier: str) -> str:
    # Few people train on videos, so the others need not wait for these to load.
    from requests import RequestException  # noqa: PLC0415
    from youtube_transcript_api import CouldNotRetrieveTranscript, YouTubeTranscriptApi  # noqa: PLC0415

    try:
        available = YouTubeTranscriptApi().list(identifier)
        transcript = next(iter(available)).fetch()
    except CouldNotRetrieveTranscript as error:
        raise Unprocessable(NO_TRANSCRIPT) from error
    except (RequestException, StopIteration) as error:
        raise Unprocessable("The video cannot be accessed") from error
    return " ".join(snippet.text for snippet in transcript)
