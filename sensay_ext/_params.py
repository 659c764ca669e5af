"""Keyword arguments that several methods share, and how to tell them from the options of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sensay_ext._options import CallOptions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import NotRequired

    from generated_client import models
    from sensay_ext._ids import UuidLike
    from sensay_ext._mappings import (
        LLM,
        EntryErrorParams,
        EntryFileParams,
        EntryWebsiteParams,
        EntryYoutubeParams,
        LinkedAccounts,
        RawTextChunkParams,
    )

__all__ = [
    "ConversationChanges",
    "CursorPages",
    "EntryChanges",
    "NumberedPages",
    "ReplicaChanges",
    "ReplicaParams",
    "UserChanges",
    "split",
]


class _Pages(CallOptions, total=False):
    page_size: int
    """Items to ask for at a time."""

    max_items: int | None
    """Items after which the list ends; None for all."""

    prefetch: bool
    """Fetch the next page while the items of this one are in use."""


class NumberedPages(_Pages, total=False):
    """How to page through a list, and options of the calls."""

    page: int
    """Number of the page to begin with; the first is 1."""


class CursorPages(_Pages, total=False):
    """How to page through messages, and options of the calls."""

    before: UuidLike
    """Go back in time from this message, which is left out; without it, from the newest."""

    after: UuidLike
    """Go forwards in time from this message, which is left out."""


class _ReplicaOptional(CallOptions, total=False):
    type: models.ReplicaType | str | None
    """What it stands for: `individual`, `character` or `brand`."""

    private: bool | None
    """Whether only its owner, and those in `whitelist_emails`, may talk to it."""

    whitelist_emails: Sequence[str] | None
    """Who may talk to it although it is private."""

    tags: Sequence[str] | None
    """What it is about; the API has a list of them."""

    profile_image: str | None
    """URL of a picture. The API keeps a copy of its own, so another URL is read back."""

    purpose: str | None
    """What it is for; at most 1000 characters. The replica does not see it."""

    suggested_questions: Sequence[str] | None
    """What people are invited to ask."""

    voice_preview_text: str | None
    """What a preview of its voice says; at most 400 characters."""

    is_every_conversation_accessible_by_support: bool | None
    """Whether the provider's support may read all of its conversations."""


class ReplicaParams(_ReplicaOptional):
    """What a replica is made from, and options of the call."""

    name: str
    """What it is called; at most 50 characters."""

    short_description: str
    """One line about it; at most 50 characters."""

    greeting: str
    """What it says first; at most 600 characters."""

    owner_id: str
    """The user that it belongs to."""

    slug: str
    """Its name in addresses; at most 50 characters, and nobody else's."""

    llm: NotRequired[LLM]
    """How it thinks: a mapping such as `{"model": "gpt-4o"}`, or a model; the API's own choice unless given."""


class ReplicaChanges(_ReplicaOptional, total=False):
    """What of a replica is to be changed, and options of the call; what is left out stays."""

    name: str
    """What it is called; at most 50 characters."""

    short_description: str
    """One line about it; at most 50 characters."""

    greeting: str
    """What it says first; at most 600 characters."""

    owner_id: str
    """The user that it belongs to."""

    slug: str
    """Its name in addresses; at most 50 characters, and nobody else's."""

    llm: LLM
    """How it thinks; of a mapping, what is left out stays."""


class UserChanges(CallOptions, total=False):
    """What of a user is to be changed, and options of the call; what is left out stays."""

    id: str
    """Another id. A client that acts as the user has the old one until `as_user` gives it the new one."""

    name: str | None
    """What the user is called; at most 50 characters. None takes it away."""

    email: str | None
    """The user's address. None takes it away."""

    linked_accounts: LinkedAccounts | None
    """The user's accounts in other services, all of them."""


class ConversationChanges(CallOptions, total=False):
    """What of a conversation is to be changed, and options of the call; what is left out stays."""

    summary: str | None
    """What it is about; at most 700 characters. None takes it away."""

    common_topics: Sequence[str]
    """What is talked about."""

    common_questions: Sequence[str]
    """What is asked."""


class EntryChanges(CallOptions, total=False):
    """What of an entry is to be changed, and options of the call; what is left out stays."""

    title: str
    """A name, for people; the replica does not learn it."""

    raw_text: str
    """The text; the entry is then trained anew."""

    generated_facts: Sequence[str]
    """What the API made out as facts."""

    raw_text_chunks: Sequence[RawTextChunkParams | models.RawTextChunk]
    """The pieces of the text, as they are looked up."""

    generated_title: str
    """The name that the API gave it."""

    summary: str
    """What it is about."""

    language: models.Language | str
    """Two-letter code of its language."""

    error: EntryErrorParams | models.UpdateKnowledgeBaseEntryError
    """What is wrong with it."""

    file: EntryFileParams | models.UpdateKnowledgeBaseEntryFile
    """What is known of a file."""

    website: EntryWebsiteParams | models.UpdateKnowledgeBaseEntryWebsite
    """What is known of a web page."""

    youtube: EntryYoutubeParams | models.UpdateKnowledgeBaseEntryYoutube
    """What is known of a video."""


_OPTIONS = frozenset(CallOptions.__annotations__)


def split(arguments: Mapping[str, Any]) -> tuple[dict[str, Any], CallOptions]:
    """Tell the fields of a body from the options of the call, where a method takes both as keyword arguments."""
    fields = {name: value for name, value in arguments.items() if name not in _OPTIONS}
    options = {name: value for name, value in arguments.items() if name in _OPTIONS}
    return fields, cast("CallOptions", options)
