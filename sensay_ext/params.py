"""Types of what methods take, for programs that pass it on."""

from sensay_ext._ids import EntryLike, UuidLike
from sensay_ext._mappings import (
    ChatMessageParams,
    DiscordDataParams,
    EntryErrorParams,
    EntryFileParams,
    EntryWebsiteParams,
    EntryYoutubeParams,
    LinkedAccountParams,
    LLMParams,
    RawTextChunkParams,
    TelegramDataParams,
)
from sensay_ext._params import (
    ConversationChanges,
    CursorPages,
    EntryChanges,
    EntryFilters,
    NumberedPages,
    ReplicaChanges,
    ReplicaFilters,
    ReplicaParams,
    UserChanges,
)
from sensay_ext._verification import Expectation

__all__ = [
    "ChatMessageParams",
    "ConversationChanges",
    "CursorPages",
    "DiscordDataParams",
    "EntryChanges",
    "EntryErrorParams",
    "EntryFileParams",
    "EntryFilters",
    "EntryLike",
    "EntryWebsiteParams",
    "EntryYoutubeParams",
    "Expectation",
    "LLMParams",
    "LinkedAccountParams",
    "NumberedPages",
    "RawTextChunkParams",
    "ReplicaChanges",
    "ReplicaFilters",
    "ReplicaParams",
    "TelegramDataParams",
    "UserChanges",
    "UuidLike",
]
