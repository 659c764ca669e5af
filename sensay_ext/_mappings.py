"""Mappings that stand for an object in the arguments of methods; the models do as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypedDict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generated_client import models

__all__ = [
    "LLM",
    "ChatMessageParams",
    "ChatMessages",
    "DiscordData",
    "DiscordDataParams",
    "EntryErrorParams",
    "EntryFileParams",
    "EntryWebsiteParams",
    "EntryYoutubeParams",
    "LLMParams",
    "LinkedAccountParams",
    "LinkedAccounts",
    "RawTextChunkParams",
    "TelegramData",
    "TelegramDataParams",
]


class LinkedAccountParams(TypedDict):
    """An account of a user in another service."""

    account_id: str
    """The service's id of the account."""

    account_type: models.LinkedAccountType | str
    """The service: `discord`, `telegram` or `embed`."""


class LLMParams(TypedDict, total=False):
    """How a replica thinks; what is left out is for the API to choose."""

    model: models.LanguageModel | str
    """The language model, such as `gpt-4o`."""

    system_message: str
    """What the replica is told before each conversation; at most 30,000 characters."""

    memory_mode: models.MemoryMode | str
    """How it remembers; the API decides by itself by now."""

    embedding_model: models.EmbeddingModel | str
    """What turns knowledge into vectors; it cannot be changed later."""

    tools: Sequence[models.ReplicaTool | str]
    """What it may call while it answers."""


class _TelegramDataNeeded(TypedDict):
    chat_id: int
    """Telegram's id of the chat."""

    chat_type: str
    """`private`, `group`, `supergroup` or `channel`."""

    message_id: int
    """Telegram's id of the message."""


class TelegramDataParams(_TelegramDataNeeded, total=False):
    """Where a message from Telegram belongs. The ids are numbers."""

    chat_name: str
    """What the chat is called."""

    message_thread_id: int
    """Telegram's id of the topic within the chat; 1 or more."""

    user_id: int
    """Telegram's id of the sender."""

    username: str
    """The sender's name."""


class _DiscordDataNeeded(TypedDict):
    author_id: str
    """Discord's id of the sender."""

    author_name: str
    """The sender's name."""

    channel_id: str
    """Discord's id of the channel."""

    channel_name: str
    """What the channel is called."""

    message_id: str
    """Discord's id of the message."""


class DiscordDataParams(_DiscordDataNeeded, total=False):
    """Where a message from Discord belongs. The ids are texts."""

    created_at: str
    """When it was written."""

    server_id: str
    """Discord's id of the server."""

    server_name: str
    """What the server is called."""


class _ChatMessageNeeded(TypedDict):
    content: str
    """What is said; 1 to 100,000 characters."""

    role: models.ChatCompletionMessageRole | str
    """Who says it: `user`, `assistant`, `system`, `developer` or `tool`."""


class ChatMessageParams(_ChatMessageNeeded, total=False):
    """A message in the shape of OpenAI's chat completions."""

    name: str
    """Tells several speakers with one role apart."""


class RawTextChunkParams(TypedDict, total=False):
    """A piece of an entry's text, as it is looked up."""

    content: str
    """The text."""

    chunk_index: int
    """Its place; the first is 0."""

    chunk_tokens: int
    """Its length in tokens."""

    chunk_chars: int
    """Its length in characters."""


class _EntryErrorNeeded(TypedDict):
    message: str
    """For people."""


class EntryErrorParams(_EntryErrorNeeded, total=False):
    """What is wrong with an entry."""

    fingerprint: str
    """Kind of the error."""


class EntryFileParams(TypedDict, total=False):
    """What is known of a file."""

    name: str
    """Its name."""

    mime_type: models.KnowledgeBaseEntryFileMimeType | str
    """Its MIME type."""

    size: int | None
    """Its length in bytes."""

    screenshot: str
    """A picture of it."""


class _PageParams(TypedDict, total=False):
    url: str
    """Its address."""

    title: str
    """What it is called."""

    description: str
    """What it says about itself."""


class EntryWebsiteParams(_PageParams, total=False):
    """What is known of a web page."""

    text: str
    """What it says."""

    links: Sequence[str]
    """Where it leads."""

    auto_refresh: bool
    """Whether it is read again from time to time."""

    screenshot: str
    """A picture of it."""

    screenshot_url: str
    """Address of a picture of it."""


class EntryYoutubeParams(_PageParams, total=False):
    """What is known of a video."""

    summary: str
    """What it is about."""

    transcription: str
    """What is said in it."""

    visual_transcription: str
    """What is seen in it."""

    thumbnail_url: str
    """Address of a picture of it."""


LLM: TypeAlias = "LLMParams | models.ReplicaLlm | models.UpdateReplicaLlm"
LinkedAccounts: TypeAlias = "Sequence[LinkedAccountParams | models.LinkedAccount]"
DiscordData: TypeAlias = "DiscordDataParams | models.DiscordData"
TelegramData: TypeAlias = "TelegramDataParams | models.TelegramData"
ChatMessages: TypeAlias = "Sequence[ChatMessageParams | models.ChatCompletionMessage]"
