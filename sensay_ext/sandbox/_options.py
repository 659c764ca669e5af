"""Settings, faults and rules as keyword arguments."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict

from sensay_ext.sandbox._settings import StreamDialect, Timings


class Options(TypedDict, total=False):
    """What a sandbox can be made with; see `Settings` for what each one means."""

    secret: str
    database: Path | None
    document: Path | None
    speed: float
    virtual_time: bool
    start_time: datetime | None
    seed: str | None
    stream: StreamDialect
    invite: str
    allow_private_addresses: bool
    allow_network: bool
    max_upload_bytes: int
    max_body_bytes: int
    conversation_quota: int | None
    entry_quota: int | None
    replica_quota: int | None
    timings: Timings


class FaultOptions(TypedDict, total=False):
    """What a fault can be made with besides its status; see `Fault`."""

    body: Any
    headers: Mapping[str, str]
    code: str | None
    late: bool
    delay: float


class RuleOptions(TypedDict, total=False):
    """When a fault strikes; see `Rule`."""

    operation: str | None
    user: str | None
    method: str | None
    times: int | None
    skip: int
    probability: float
