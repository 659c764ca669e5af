"""Masks what must not be shown: known secrets, and what looks like one.

The API's replies carry bot tokens and signed URLs, and a proxy may echo the headers it got, so it is not enough to keep
our own headers out of sight.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["MASK", "find_secrets", "host_of", "is_sensitive_name", "redact_headers", "redact_json", "redact_text"]

MASK = "[redacted]"

# What an error holds can then be printed, copied and pickled, whatever the server sent.
_DEEPEST = 100

# A shorter one would mask ordinary words, and protects nothing.
_SHORTEST_SECRET = 4

# Each with what kind of secret it finds; the group is what is to be hidden.
_PATTERNS = (
    # JSON Web Tokens, as in signed URLs. What stands before the first full stop is looked through once, however long.
    (
        "token",
        re.compile(r"(?<![\w-])(?=[\w-]++\.[\w-]{4,}+\.)[\w-]*?(?P<secret>eyJ[\w-]{4,}\.[\w-]{4,}\.[\w-]*)"),
    ),
    # Telegram bot tokens, which follow a word in the URLs of Telegram.
    ("bot-token", re.compile(r"(?<!\d)(?P<secret>\d{6,12}:[\w-]{30,})")),
    # Discord bot tokens.
    ("bot-token", re.compile(r"\b(?P<secret>[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,})")),
    # Query parameters that grant something.
    (
        "token",
        re.compile(r"(?i)[?&;][\w.-]*(?:token|secret|signature|sig|credential|password|key)=(?P<secret>[^&;\s\"'<>]+)"),
    ),
    # Credentials in a URL.
    ("secret", re.compile(r"://(?P<secret>[^/\s@\"'<>]+)@")),
    # Headers and fields in running text.
    (
        "secret",
        re.compile(
            r"(?i)(?:x-organization-secret|authorization|set-cookie|cookie|api-?key|password)[\"']*\s*(?:[:=]|(?<=[\"']),)\s*(?:b(?=[\"']))?[\"']?"
            r"(?P<secret>(?:bearer\s+|basic\s+)?[^\s\"',;}]+)"
        ),
    ),
)

_SENSITIVE_ENDINGS = ("token", "secret", "password", "apikey", "signedurl", "authorization", "cookie")


def is_sensitive_name(name: str) -> bool:
    """Whether a JSON field, a header or a query parameter of this name holds something to hide."""
    return name.lower().replace("-", "").replace("_", "").endswith(_SENSITIVE_ENDINGS)


def redact_text(text: str, secrets: Iterable[str] = ()) -> str:
    """The text with the given secrets, and everything that looks like one, masked.

    Args:
        text: Any text: a message, a header, a body.
        secrets: Secrets known to the caller. They are found as they are, quoted for a URL, and escaped for JSON.
    """
    text = _mask(text, _spellings(secrets))
    for _, pattern in _PATTERNS:
        text = pattern.sub(_masked, text)
    return text


def redact_headers(headers: Mapping[str, str], secrets: Iterable[str]) -> dict[str, str]:
    """The headers of a reply with the given secrets masked in their values; whatever else they hold is the caller's."""
    known = _spellings(secrets)
    return {name: _mask(value, known) for name, value in headers.items()}


def _spellings(secrets: Iterable[str]) -> list[str]:
    written = [
        spelling
        for secret in secrets
        if len(secret) >= _SHORTEST_SECRET
        for spelling in (secret, quote(secret, safe=""), json.dumps(secret)[1:-1])
    ]
    # Most secrets are spelled in one way only, and each text is searched for each spelling.
    return list(dict.fromkeys(written))


def _mask(text: str, known: list[str]) -> str:
    for written in known:
        text = text.replace(written, MASK)
    return text


def find_secrets(text: str) -> Iterator[tuple[str, int, int]]:
    """What looks like a secret in a text: its kind, and from where to where it stands; some may overlap."""
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield kind, *match.span("secret")


def _masked(match: re.Match[str]) -> str:
    start, end = (position - match.start() for position in match.span("secret"))
    return f"{match[0][:start]}{MASK}{match[0][end:]}"


def redact_json(value: Any, secrets: tuple[str, ...] = ()) -> Any:
    """A copy of a JSON value in which secrets, and strings in fields that hold one, are masked.

    It takes as much of the stack for a deep value as for a flat one. What a list or an object deeper than any error of
    the API holds is left out.
    """
    top = [value]
    level: list[Any] = [top]
    for _ in range(_DEEPEST):
        level = [part for container in level for part in _redact_parts(container, secrets)]
    for container in level:
        container.clear()
    return top[0]


def _redact_parts(container: Any, secrets: tuple[str, ...]) -> Iterator[Any]:
    """Put masked copies in the places of what a list or an object holds; yield those that hold something themselves."""
    for place, item in enumerate(container) if isinstance(container, list) else container.items():
        container[place] = part = _redact_level(item, secrets)
        if isinstance(part, list | dict):
            yield part


def _redact_level(value: Any, secrets: tuple[str, ...]) -> Any:
    if isinstance(value, str):
        return redact_text(value, secrets)
    if isinstance(value, list):
        return value.copy()
    if isinstance(value, dict):
        return {
            redact_text(name, secrets): MASK if isinstance(item, str) and is_sensitive_name(name) else item
            for name, item in value.items()
        }
    return value


def host_of(url: str) -> str:
    """The host of a URL, the only part of an unknown one that may be shown; empty when there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
