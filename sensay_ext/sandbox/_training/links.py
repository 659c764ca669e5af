"""Tells what a URL stands for before anything is fetched."""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlsplit

_IDENTIFIER = re.compile(r"[\w-]{6,64}")
_YOUTUBE = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be"})
_GOOGLE = re.compile(r"(?:.+\.)?google\.[a-z.]{2,6}")


@dataclass(frozen=True)
class Link:
    """What a URL stands for.

    Attributes:
        type: The type of its entry.
        video: The id of the video.
        playlist: The id of the playlist.
        refusal: Why it cannot be used.
    """

    type: Literal["website", "youtube"]
    video: str | None = None
    playlist: str | None = None
    refusal: str | None = None


def read_link(url: str) -> Link:
    """Tell what a URL stands for.

    A video that is watched as part of a list is that one video.

    Args:
        url: The URL.

    Returns:
        A website, a video or a playlist, or why it is none of them.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return Link("website", refusal="The URL is not valid")
    if parts.scheme not in {"http", "https"} or not host:
        return Link("website", refusal="The URL is not valid")
    if host in _YOUTUBE:
        return _youtube_link(host, parts.path, parse_qs(parts.query))
    if _GOOGLE.fullmatch(host):
        return Link("website", refusal="Pages of Google's own domains cannot be used")
    return Link("website")


def _youtube_link(host: str, path: str, query: dict[str, list[str]]) -> Link:
    video = playlist = None
    if host == "youtu.be":
        video = path.removeprefix("/")
    elif path == "/watch":
        video = query.get("v", [""])[0]
    elif path.startswith("/shorts/"):
        video = path.removeprefix("/shorts/").rstrip("/")
    elif path == "/playlist":
        playlist = query.get("list", [""])[0]
    identifier = video if video is not None else playlist
    if identifier is None or not _IDENTIFIER.fullmatch(identifier):
        return Link("youtube", refusal="Only YouTube videos, shorts and playlists can be used")
    return Link("youtube", video=video, playlist=playlist)
