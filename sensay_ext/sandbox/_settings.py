"""What a sandbox can be told when it is made."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

StreamDialect = Literal["vercel-v4", "vercel-v5", "openai", "text", "json"]

DEFAULT_SECRET = "sandbox-secret"  # noqa: S105 - the documented secret of a local stand-in
DEFAULT_INVITE = "sandbox-invite"

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Timings:
    """How long each step takes the real service, in seconds.

    A short text was seen to take 48 seconds, anything else "about five minutes", and the last step up to a day.

    Attributes:
        extract: FILE_UPLOADED to RAW_TEXT.
        crawl: NEW to RAW_TEXT, for websites and videos.
        process: RAW_TEXT to PROCESSED_TEXT.
        vectorize: PROCESSED_TEXT to VECTOR_CREATED.
        optimize: VECTOR_CREATED to READY.
        retry: From a temporary error to the next try.
        refresh: Between two visits to a website with `autoRefresh`.
        removal: From deleting a trained entry until no list shows it.
        upload: How long a signed URL lives; this one is not sped up, a slow upload stays possible.
    """

    extract: float = 60
    crawl: float = 60
    process: float = 20
    vectorize: float = 28
    optimize: float = 4 * 3600
    retry: float = 60
    refresh: float = 24 * 3600
    removal: float = 3600
    upload: float = 2 * 3600


@dataclass(frozen=True)
class Settings:
    """The settings of a sandbox.

    Attributes:
        secret: The secret of the first organisation.
        database: The SQLite file; memory when None.
        document: Another API document to serve.
        speed: How many times faster than the real service training goes on the real clock.
        virtual_time: Use a clock that stands still until it is moved.
        start_time: Where the virtual clock stands at first, so that a run can be repeated; the present moment when None.
        seed: Makes identifiers and fault probabilities repeatable.
        stream: What is answered to `Accept: text/event-stream`.
        invite: A code that can be redeemed once for a new organisation.
        allow_private_addresses: Let website entries be fetched from loopback and private networks.
        allow_network: Let website and YouTube entries be fetched at all.
        max_upload_bytes: The largest file taken, in bytes.
        max_body_bytes: The largest request body taken, in bytes, after decompression.
        conversation_quota: Conversations per organisation and month; None for no limit.
        entry_quota: Knowledge base entries per organisation; None for no limit.
        replica_quota: Replicas per organisation; None for no limit.
        timings: How long the steps of training take the real service.
    """

    secret: str = DEFAULT_SECRET
    database: Path | None = None
    document: Path | None = None
    speed: float = 1.0
    virtual_time: bool = False
    start_time: datetime | None = None
    seed: str | None = None
    stream: StreamDialect = "vercel-v5"
    invite: str = DEFAULT_INVITE
    allow_private_addresses: bool = False
    allow_network: bool = True
    max_upload_bytes: int = 50 * _MEBIBYTE
    max_body_bytes: int = 20 * _MEBIBYTE
    conversation_quota: int | None = None
    entry_quota: int | None = None
    replica_quota: int | None = None
    timings: Timings = field(default_factory=Timings)

    def __post_init__(self) -> None:
        if self.stream not in get_args(StreamDialect):
            raise ValueError(f"stream must be one of {', '.join(get_args(StreamDialect))}, not {self.stream}")
