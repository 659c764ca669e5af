"""Keyword arguments that several methods share, and how to tell them from the options of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sensay_ext._options import CallOptions, check_names

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
    "EntryFilters",
    "NumberedPages",
    "ReplicaChanges",
    "ReplicaFilters",
    "ReplicaParams",
    "UserChanges",
    "split",
    "split_list",
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


class ReplicaFilters(NumberedPages, total=False):
    """Which replicas to list and how to page through them, and options of the calls."""

    search: str | None
    """Part of the name."""

    slug: str | None
    """The slug."""

    owner_id: str | None
    """The owner's id."""

    owner_uuid: str | None
    """The API's own uuid of the owner; `owner_id` is what you know the owner by."""

    tags: Sequence[models.ReplicaTag | str] | None
    """Any of these."""

    integration: models.ReplicaIntegration | str | None
    """Those that can be reached over this service: `telegram` or `discord`."""

    sort: models.ReplicaSort | str | None
    """What to sort by: `name` or `popularity`."""


class EntryFilters(NumberedPages, total=False):
    """Which entries to list and how to page through them, and options of the calls."""

    status: models.KnowledgeBaseEntryStatus | str | Sequence[models.KnowledgeBaseEntryStatus | str] | None
    """In this status, or in any of these."""

    type: models.KnowledgeBaseEntryType | str | Sequence[models.KnowledgeBaseEntryType | str] | None
    """Of this type, or of any of these: `text`, `file`, `website`, `youtube`."""

    search: str | None
    """Text to look for; at least 3 characters."""

    has_error: bool | None
    """Only those with an error, which need not be final; or only those without."""

    sort_by: str | None
    """What to sort by; the API knows `createdAt`."""

    sort_order: models.SortOrder | str | None
    """`asc` or `desc`."""


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
_PAGING = NumberedPages.__annotations__.keys() - _OPTIONS


def split(arguments: Mapping[str, Any]) -> tuple[dict[str, Any], CallOptions]:
    """Tell the fields of a body from the options of the call, where a method takes both as keyword arguments."""
    fields = {name: value for name, value in arguments.items() if name not in _OPTIONS}
    options = {name: value for name, value in arguments.items() if name in _OPTIONS}
    return fields, cast("CallOptions", options)


def split_list(
    arguments: Mapping[str, Any], known: frozenset[str]
) -> tuple[dict[str, Any], dict[str, Any], CallOptions]:
    """Tell the filters of a list, its paging and the options of the calls apart.

    Args:
        arguments: What the method was given.
        known: The names of what it takes.

    Raises:
        TypeError: It takes nothing of that name.
    """
    check_names(arguments, known)
    fields, options = split(arguments)
    paging = {name: fields.pop(name) for name in _PAGING & fields.keys()}
    return fields, paging, options
