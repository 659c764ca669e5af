"""Python SDK for the Sensay API: create AI replicas, train them, wait until they are usable, talk to them.

Everything that a program needs is imported from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sensay_ext._errors import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    ConfigurationError,
    ConflictError,
    FileRejected,
    InvalidArgumentError,
    NotFoundError,
    PartialFailure,
    PermissionDeniedError,
    QuotaExceededError,
    RateLimitError,
    ResponseParseError,
    SensayError,
    ServerError,
    StreamInterrupted,
    TrainingError,
    TrainingFailed,
    TrainingTimeout,
    UnexpectedRedirectError,
    UnsupportedMediaTypeError,
    UploadError,
    UploadUrlExpired,
)
from sensay_ext._hooks import RequestEvent, ResponseEvent, RetryEvent
from sensay_ext._lazy import load as _load
from sensay_ext._options import CallOptions, ClientOptions
from sensay_ext._response import Response
from sensay_ext._retry import FailedAttempt, RetryPolicy
from sensay_ext._timeout import Timeout

__all__ = [
    "APIConnectionError",
    "APIStatusError",
    "APITimeoutError",
    "AsyncChatStream",
    "AsyncCountedPager",
    "AsyncPager",
    "AsyncSensay",
    "AuthenticationError",
    "BadRequestError",
    "CallOptions",
    "ChatStream",
    "ClientOptions",
    "ConfigurationError",
    "ConflictError",
    "CountedPager",
    "Drift",
    "EntryDone",
    "EntryEvent",
    "EntryFailed",
    "EntryRemoved",
    "EntryStalled",
    "EntryState",
    "FailedAttempt",
    "FailedEntry",
    "File",
    "FileRejected",
    "FolderReport",
    "InvalidArgumentError",
    "NotFoundError",
    "Pager",
    "PartialFailure",
    "PermissionDeniedError",
    "Plan",
    "PlannedAction",
    "PollFailed",
    "Progress",
    "QuotaExceededError",
    "RateLimitError",
    "RequestEvent",
    "Response",
    "ResponseEvent",
    "ResponseParseError",
    "RetryEvent",
    "RetryPolicy",
    "Sensay",
    "SensayError",
    "ServerError",
    "Source",
    "SourceFailed",
    "SourceOutcome",
    "StatusChanged",
    "StreamInterrupted",
    "Text",
    "Timeout",
    "TrainingEntry",
    "TrainingError",
    "TrainingEvent",
    "TrainingFailed",
    "TrainingReport",
    "TrainingTimeout",
    "UnexpectedRedirectError",
    "UnsupportedMediaTypeError",
    "UploadError",
    "UploadProgress",
    "UploadUrlExpired",
    "Verification",
    "Website",
    "YouTube",
    "__version__",
]

# Loaded when first asked for: a program needs one of the two clients, and both cost more than all the rest.
_LAZY = {
    "AsyncChatStream": "sensay_ext._async._chat_stream",
    "AsyncCountedPager": "sensay_ext._async._pager",
    "AsyncPager": "sensay_ext._async._pager",
    "AsyncSensay": "sensay_ext._async._client",
    "ChatStream": "sensay_ext._sync._chat_stream",
    "CountedPager": "sensay_ext._sync._pager",
    "Drift": "sensay_ext._drift",
    "EntryDone": "sensay_ext._training_events",
    "EntryEvent": "sensay_ext._training_events",
    "EntryFailed": "sensay_ext._training_events",
    "EntryRemoved": "sensay_ext._training_events",
    "EntryStalled": "sensay_ext._training_events",
    "EntryState": "sensay_ext._training_watch",
    "FailedEntry": "sensay_ext._failed_entry",
    "File": "sensay_ext._sources",
    "FolderReport": "sensay_ext._folder_report",
    "Pager": "sensay_ext._sync._pager",
    "Plan": "sensay_ext._plan",
    "PlannedAction": "sensay_ext._plan",
    "PollFailed": "sensay_ext._training_events",
    "Progress": "sensay_ext._training_events",
    "Sensay": "sensay_ext._sync._client",
    "Source": "sensay_ext._sources",
    "SourceFailed": "sensay_ext._training_events",
    "SourceOutcome": "sensay_ext._report",
    "StatusChanged": "sensay_ext._training_events",
    "Text": "sensay_ext._sources",
    "TrainingEntry": "sensay_ext._training_entry",
    "TrainingEvent": "sensay_ext._training_events",
    "TrainingReport": "sensay_ext._report",
    "UploadProgress": "sensay_ext._training_events",
    "Verification": "sensay_ext._verification",
    "Website": "sensay_ext._sources",
    "YouTube": "sensay_ext._sources",
}

if TYPE_CHECKING:
    from sensay_ext._async._chat_stream import AsyncChatStream
    from sensay_ext._async._client import AsyncSensay
    from sensay_ext._async._pager import AsyncCountedPager, AsyncPager
    from sensay_ext._drift import Drift
    from sensay_ext._failed_entry import FailedEntry
    from sensay_ext._folder_report import FolderReport
    from sensay_ext._plan import Plan, PlannedAction
    from sensay_ext._report import SourceOutcome, TrainingReport
    from sensay_ext._sources import File, Source, Text, Website, YouTube
    from sensay_ext._sync._chat_stream import ChatStream
    from sensay_ext._sync._client import Sensay
    from sensay_ext._sync._pager import CountedPager, Pager
    from sensay_ext._training_entry import TrainingEntry
    from sensay_ext._training_events import (
        EntryDone,
        EntryEvent,
        EntryFailed,
        EntryRemoved,
        EntryStalled,
        PollFailed,
        Progress,
        SourceFailed,
        StatusChanged,
        TrainingEvent,
        UploadProgress,
    )
    from sensay_ext._training_watch import EntryState
    from sensay_ext._verification import Verification

    __version__: str
else:  # hidden from type checkers, which would take every misspelt name for one of these

    def __getattr__(name: str) -> object:
        if name == "__version__":
            from sensay_ext._version import version  # noqa: PLC0415 - see _LAZY

            return version()
        return _load(globals(), _LAZY, name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})


# Messages and tracebacks should say where a name is imported from, not in which file it is kept.
for _name, _object in list(globals().items()):
    if _name in __all__ and isinstance(_object, type):
        _object.__module__ = __name__
