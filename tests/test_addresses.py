"""Addresses that lead to the same thing."""

import pytest

from generated_client.models import KnowledgeBaseEntryListItem
from sensay_ext._addresses import address_key, address_keys_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com", "http://EXAMPLE.com/"),
        ("https://example.com/a/", "https://example.com/a#top"),
        ("https://youtu.be/aaaaaaaaaaa", "https://www.youtube.com/watch?v=aaaaaaaaaaa&t=3"),
        ("https://www.youtube.com/shorts/aaaaaaaaaaa", "https://youtu.be/aaaaaaaaaaa"),
        ("https://www.youtube.com/playlist?list=PL1", "https://youtube.com/playlist?list=PL1&si=x"),
    ],
)
def test_two_ways_to_write_an_address(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)


def test_different_things_differ() -> None:
    addresses = [
        "https://example.com/a",
        "https://example.com/A",
        "https://example.com/a?b=1",
        "https://example.com:8080/a",
        "https://example.org/a",
        "https://youtu.be/aaaaaaaaaaa",
        "https://youtu.be/bbbbbbbbbbb",
        "https://www.youtube.com/playlist?list=PL1",
        "https://[broken",
        "https://example.com:port",
    ]

    assert len({address_key(address) for address in addresses}) == len(addresses)


def entry(**fields: object) -> KnowledgeBaseEntryListItem:
    common = {"id": 1, "type": "youtube", "status": "NEW", "createdAt": "2026-01-01T00:00:00Z"}
    return KnowledgeBaseEntryListItem.from_dict({**common, "updatedAt": "2026-01-01T00:00:00Z", **fields})


def test_a_video_of_a_playlist_is_known_by_both() -> None:
    video = {"url": "https://www.youtube.com/watch?v=aaaaaaaaaaa", "playlistID": "PL1"}

    assert address_keys_of(entry(youtube=video)) == {"video:aaaaaaaaaaa", "playlist:PL1"}


def test_an_address_may_stand_in_either_place() -> None:
    assert address_keys_of(entry(url="https://example.com/")) == {"page:example.com?"}
    assert address_keys_of(entry(website={"url": "https://example.com/"})) == {"page:example.com?"}
    assert address_keys_of(entry(url="")) == set()
