"""YouTube videos and playlists."""

import asyncio  # noqa: TID251 - what is tested runs in an event loop
from typing import Any

import pytest
import requests
import youtube_transcript_api
from hypothesis import example, given
from hypothesis import strategies as st

from sensay_ext.sandbox import Sandbox
from sensay_ext.sandbox._database import Database
from sensay_ext.sandbox._training.fetching import Fetcher, Page
from sensay_ext.sandbox._training.links import read_link
from sensay_ext.sandbox._training.outcomes import Unprocessable
from sensay_ext.sandbox._training.videos import Video, Videos
from tests.sandbox.api import Api

_IDENTIFIERS = st.text("abcXYZ019_-", min_size=11, max_size=11)


@given(_IDENTIFIERS, st.sampled_from(["www.youtube.com", "youtube.com", "m.youtube.com"]))
def test_all_forms_of_a_video_url_mean_that_video(video: str, host: str) -> None:
    for url in (
        f"https://{host}/watch?v={video}",
        f"https://{host}/watch?v={video}&list=RD{video}&t=5s",
        f"https://{host}/shorts/{video}",
        f"https://youtu.be/{video}?si=x",
    ):
        link = read_link(url)
        assert (link.type, link.video, link.playlist, link.refusal) == ("youtube", video, None, None)


@given(_IDENTIFIERS)
def test_a_playlist_url_means_the_playlist(playlist: str) -> None:
    link = read_link(f"https://www.youtube.com/playlist?list={playlist}")

    assert (link.type, link.video, link.playlist, link.refusal) == ("youtube", None, playlist, None)


@pytest.mark.parametrize("path", ["", "feed/trending", "@someone", "watch", "watch?v=", "playlist?list=", "shorts/"])
def test_any_other_youtube_url_is_refused(api: Api, path: str) -> None:
    result = api.add(api.replica(), url=f"https://www.youtube.com/{path}")

    assert (result["type"], result["enqueued"]) == ("youtube", False)


@given(st.text())
@example("http://[")
def test_no_text_is_too_strange_to_be_read_as_a_link(text: str) -> None:
    assert read_link(text).type in {"website", "youtube"}


def test_a_video_goes_through_all_statuses_of_a_video(sandbox: Sandbox, api: Api) -> None:
    sandbox.add_video("knots-video", transcript="Today we learn to tie a bowline, the king of knots.", title="Knots")
    replica = api.replica()
    url = "https://www.youtube.com/watch?v=knots-video"
    number = api.add(replica, url=url)["knowledgeBaseID"]

    seen = [api.entry(replica, number)["status"]]
    for seconds in (60, 20, 28, 4 * 3600):
        sandbox.advance(seconds)
        seen.append(api.entry(replica, number)["status"])

    assert seen == ["NEW", "RAW_TEXT", "PROCESSED_TEXT", "VECTOR_CREATED", "READY"]
    entry = api.entry(replica, number)
    assert entry["type"] == "youtube"
    assert entry["youtube"]["title"] == "Knots"
    assert entry["youtube"]["transcription"] == entry["rawText"]
    assert "bowline" in api.ask(replica, "Which one is the king of knots?")
    api("POST", f"/replicas/{replica}/knowledge-base", {"url": url}, expect=409)


def test_a_video_without_captions_or_out_of_reach_ends_with_the_reason(sandbox: Sandbox, api: Api) -> None:
    sandbox.add_video("silent-video", transcript=None)
    replica = api.replica()
    numbers = [
        api.add(replica, url=f"https://youtu.be/{video}")["knowledgeBaseID"]
        for video in ("silent-video", "unknown-video")
    ]

    sandbox.advance(60)

    silent, unknown = (api.entry(replica, number) for number in numbers)
    assert silent["status"] == unknown["status"] == "UNPROCESSABLE"
    assert silent["error"]["message"].startswith("transcript-unavailable")
    assert "offline" in unknown["error"]["message"]


def test_a_video_whose_address_is_changed_into_a_playlist_ends_with_the_reason(sandbox: Sandbox, api: Api) -> None:
    replica = api.replica()
    number = api.add(replica, url="https://youtu.be/changed-video")["knowledgeBaseID"]
    playlist = "https://www.youtube.com/playlist?list=PL-changed"
    api("PATCH", f"/replicas/{replica}/knowledge-base/{number}", {"youtube": {"url": playlist}})

    sandbox.advance(60)

    entry = api.entry(replica, number)
    assert (entry["status"], entry["error"]["message"]) == ("UNPROCESSABLE", "The URL leads to no video")


def test_a_playlist_gives_an_entry_for_each_of_its_videos(sandbox: Sandbox, api: Api) -> None:
    sandbox.add_playlist("PL-knots", ["video-one", "video-two"])
    replica = api.replica()
    path = f"/replicas/{replica}/knowledge-base"
    api("POST", path, {"url": "https://www.youtube.com/watch?v=video-two"}, expect=207)

    results = api("POST", path, {"url": "https://www.youtube.com/playlist?list=PL-knots"}, expect=207)["results"]

    assert [result["enqueued"] for result in results] == [True, False]
    assert results[1]["error"] == "URL already exists in the knowledge base"
    entry = api.entry(replica, results[0]["knowledgeBaseID"])
    assert entry["youtube"] == {"url": "https://www.youtube.com/watch?v=video-one", "playlistID": "PL-knots"}


def test_a_playlist_that_cannot_be_read_is_refused(api: Api) -> None:
    result = api.add(api.replica(), url="https://www.youtube.com/playlist?list=PL-unknown")

    assert (result["enqueued"], result["type"]) == (False, "youtube")
    assert "offline" in result["error"]


def _videos(monkeypatch: pytest.MonkeyPatch, feed: bytes = b"") -> Videos:
    async def fetch(_: Fetcher, url: str) -> Page:
        assert url == "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1"
        return Page(feed, "text/xml")

    monkeypatch.setattr(Fetcher, "fetch", fetch)
    return Videos(Database(), Fetcher(allow_network=True, allow_private=False), allow_network=True)


def test_an_unknown_playlist_is_read_from_its_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    feed = b"<feed><yt:videoId>one</yt:videoId><yt:videoId>two</yt:videoId><yt:videoId>one</yt:videoId></feed>"

    assert asyncio.run(_videos(monkeypatch, feed).in_playlist("PL1")) == ["one", "two"]


def test_an_empty_feed_is_a_private_playlist(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unprocessable, match="empty or private"):
        asyncio.run(_videos(monkeypatch, b"<feed/>").in_playlist("PL1"))


class _Transcripts:
    """Plays the transcript library's client."""

    outcome: Any = None

    def list(self, identifier: str) -> Any:
        assert identifier == "abc"
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return [self]

    def fetch(self) -> Any:
        return self.outcome


def test_an_unknown_video_is_read_by_its_captions(monkeypatch: pytest.MonkeyPatch) -> None:
    snippet = youtube_transcript_api.FetchedTranscriptSnippet
    monkeypatch.setattr(_Transcripts, "outcome", [snippet("Hello", 0, 1), snippet("world.", 1, 1)])
    monkeypatch.setattr(youtube_transcript_api, "YouTubeTranscriptApi", _Transcripts)

    assert asyncio.run(_videos(monkeypatch).watch("abc")) == Video(None, "Hello world.")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (youtube_transcript_api.TranscriptsDisabled("abc"), "transcript-unavailable"),
        (requests.ConnectionError(), "cannot be accessed"),
    ],
)
def test_a_video_that_cannot_be_read_says_why(monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str) -> None:
    monkeypatch.setattr(_Transcripts, "outcome", error)
    monkeypatch.setattr(youtube_transcript_api, "YouTubeTranscriptApi", _Transcripts)

    with pytest.raises(Unprocessable, match=reason):
        asyncio.run(_videos(monkeypatch).watch("abc"))
