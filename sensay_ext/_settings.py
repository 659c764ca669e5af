"""Finds the settings that were not given: in the environment, then in the official tool's files, then the defaults."""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from sensay_ext import _config_files
from sensay_ext._errors import ConfigurationError

__all__ = ["DEFAULT_API_VERSION", "DEFAULT_BASE_URL", "Settings", "check_api_version", "check_base_url"]

DEFAULT_BASE_URL = "https://api.sensay.io"
DEFAULT_API_VERSION = "2025-03-25"

_ENVIRONMENT = {
    "organization_secret": ("SENSAY_API_KEY", "SENSAY_ORGANIZATION_SECRET"),
    "user_id": ("SENSAY_USER_ID",),
    "base_url": ("SENSAY_BASE_URL",),
    "api_version": ("SENSAY_API_VERSION",),
}

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_VERSION_PREFIX = re.compile(r"/v[0-9]+/?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings that may come from outside the program."""

    organization_secret: str | None = field(default=None, repr=False)
    user_id: str | None = None
    base_url: str = DEFAULT_BASE_URL
    api_version: str = DEFAULT_API_VERSION

    @classmethod
    def find(cls, **given: str | None) -> Settings:
        """Complete what was given; None means not given.

        The files are only asked when no secret was given, since whoever names an organization in the program does not
        expect to act as a user whom another program wrote down.

        Raises:
            ConfigurationError: The file of the working directory would send a secret from elsewhere to its own host.
        """
        explicit = {name: value for name, value in given.items() if value is not None}
        sources = [explicit, _environment()]
        if "organization_secret" not in explicit:
            project = _config_files.project_config()
            weaker = [project, _config_files.user_config()]
            if not any("base_url" in source for source in sources):
                _refuse_to_redirect(project, _merge([*sources, *weaker]).get("organization_secret"))
            sources += weaker
        return cls(**_merge(sources))


def _merge(sources: list[dict[str, str]]) -> dict[str, str]:
    return {name: value for source in reversed(sources) for name, value in source.items()}


def _environment() -> dict[str, str]:
    found = {}
    for name, variables in _ENVIRONMENT.items():
        values = [os.environ.get(variable, "").strip() for variable in variables]
        if value := next(filter(None, values), ""):
            found[name] = value
    return found


def _refuse_to_redirect(project: dict[str, str], secret: str | None) -> None:
    """A file in the working directory may come with somebody else's code; it must not get hold of the user's secret."""
    # A file that names a key gets another one all the same, where that is the stronger.
    if secret is None or secret == project.get("organization_secret"):
        return
    if project.get("base_url", DEFAULT_BASE_URL).rstrip("/") != DEFAULT_BASE_URL:
        raise ConfigurationError(
            f"{_config_files.PROJECT_FILE} sets a base URL, and would get the key that is set elsewhere; "
            "set SENSAY_BASE_URL if that is what you want"
        )


def check_base_url(url: str, *, allow_insecure: bool = False) -> str:
    """The base URL without a slash at its end.

    Args:
        url: Where the API is, without the `/v1` that its paths begin with.
        allow_insecure: Take plain `http` for a host that is not this machine. The secret is then sent in clear.

    Raises:
        ConfigurationError: The secret would not be safe, or the URL cannot work. Credentials in it are not repeated.
    """
    parts = _split(url.strip())
    if parts is None:
        raise ConfigurationError("base_url is not a URL")
    host = parts.hostname
    if parts.scheme not in {"http", "https"} or not host or not is_host(host):
        raise ConfigurationError("base_url must begin with https:// and name a host")
    if parts.username is not None or parts.password is not None:
        raise ConfigurationError("base_url must not hold a user name or password")
    if parts.query or parts.fragment:
        raise ConfigurationError("base_url must not hold a query or a fragment")
    if _VERSION_PREFIX.fullmatch(parts.path):
        raise ConfigurationError("base_url must not end with the version: the paths of the API begin with it")
    if parts.scheme == "http" and not (allow_insecure or is_loopback(host)):
        raise ConfigurationError("base_url must begin with https://, or the secret could be read on the way")
    return url.strip().rstrip("/")


def _split(url: str) -> SplitResult | None:
    # None instead of an exception, whose words would quote a part of the URL.
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def is_host(name: str) -> bool:
    """Whether there can be a host of this name; one that cannot be looked up fails in ways of its own."""
    try:
        return bool(name.encode("idna"))
    except UnicodeError:
        return False


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_api_version(version: str) -> str:
    """The version, if it is a date, as the API's versions are.

    Raises:
        ConfigurationError: It is not.
    """
    if not _DATE.fullmatch(version):
        raise ConfigurationError("api_version must be a date such as 2025-03-25")
    return version
