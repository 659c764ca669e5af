"""Everything a client keeps; it never changes, views of a client get another one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sensay_ext._drift import DriftLog
from sensay_ext._errors import ConfigurationError
from sensay_ext._hooks import Hooks
from sensay_ext._identity import Identity
from sensay_ext._options import ClientOptions, check_names
from sensay_ext._retry import Retrying, RetryPolicy
from sensay_ext._settings import DEFAULT_API_VERSION, DEFAULT_BASE_URL, check_api_version, check_base_url
from sensay_ext._timeout import DEFAULT_TIMEOUT, Timeout, as_timeout

if TYPE_CHECKING:
    from sensay_ext._settings import Settings

__all__ = ["Config", "check_max_retries"]

_MAX_RETRIES = 2
_MAX_WAIT = 1800.0
_MEBIBYTE = 1 << 20


def check_max_retries(value: int) -> int:
    """The number, if it can be one of retries.

    Raises:
        ConfigurationError: It is negative.
    """
    if value < 0:
        raise ConfigurationError("max_retries must be 0 or more")
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings of a client.

    Args:
        identity: Who requests are sent for.
        base_url: Where the API is, without a slash at the end.
        api_version: The date that names the version of the API.
        timeout: Limits of a call.
        max_retries: Further attempts after the first.
        max_wait: Seconds to wait for training, when a call does not say.
        retry_policy: Decides whether and when a failed attempt is repeated.
        follow_redirects: Follow an answer that points elsewhere, where that is safe.
        validate: Check arguments against the limits that the API documents.
        hooks: Functions to tell about requests.
        max_response_bytes: Longest reply that is read, after decompression.
        drift: What was seen of the API that this release does not know; shared by all views of a client.
    """

    identity: Identity = field(default_factory=Identity)
    base_url: str = DEFAULT_BASE_URL
    api_version: str = DEFAULT_API_VERSION
    timeout: Timeout = DEFAULT_TIMEOUT
    max_retries: int = _MAX_RETRIES
    max_wait: float | None = _MAX_WAIT
    retry_policy: Retrying = field(default_factory=RetryPolicy)
    follow_redirects: bool = False
    validate: bool = True
    hooks: Hooks = field(default_factory=Hooks)
    max_response_bytes: int = 64 * _MEBIBYTE
    drift: DriftLog = field(default_factory=DriftLog, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_api_version(self.api_version)
        check_max_retries(self.max_retries)
        # Written this way round to refuse NaN as well.
        if self.max_wait is not None and not self.max_wait > 0:
            raise ConfigurationError("max_wait must be more than 0 seconds, or None for no limit")

    @classmethod
    def of(cls, settings: Settings, identity: Identity, *, allow_insecure: bool = False) -> Config:
        """The settings that were found, and the defaults for the others.

        Args:
            settings: What was found.
            identity: Who requests are sent for.
            allow_insecure: Take plain `http` for a host that is not this machine.

        Raises:
            ConfigurationError: One of them cannot work.
        """
        return cls(
            identity=identity,
            base_url=check_base_url(settings.base_url, allow_insecure=allow_insecure),
            api_version=settings.api_version,
            drift=DriftLog(identity),
        )

    def with_options(self, options: ClientOptions) -> Config:
        """The same with other settings; those left out stay.

        Raises:
            ConfigurationError: One of them cannot work.
            TypeError: There is no such setting.
        """
        check_names(options, ClientOptions.__optional_keys__)
        changes: dict[str, Any] = {**options}
        hooks = {name: changes.pop(name) for name in ("on_request", "on_response", "on_retry") if name in changes}
        if "timeout" in changes:
            changes["timeout"] = as_timeout(changes["timeout"])
        return replace(self, **changes, hooks=replace(self.hooks, **hooks))
