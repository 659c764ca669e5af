"""Where values stand that grant or identify something, and what such a value looks like."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from sensay_ext._redact import find_secrets, is_sensitive_name
from sensay_ext.testing._pseudonyms import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "REPLY_HEADERS",
    "REQUEST_HEADERS",
    "WIRE_HEADERS",
    "credentials",
    "kind_of_field",
    "kind_of_header",
    "kind_of_parameter",
    "kind_of_segment",
    "plain_name",
    "shapes",
]

#: The headers that are kept; nobody knows what the others hold, and most of them differ from run to run.
REQUEST_HEADERS = frozenset(
    {"accept", "content-type", "x-api-version", "x-organization-secret", "x-user-id", "x-user-id-type"}
)
REPLY_HEADERS = frozenset(
    {
        "content-type",
        "location",
        "retry-after",
        "retry-after-ms",
        "x-api-version",
        "x-vercel-ai-data-stream",
        "x-vercel-ai-ui-message-stream",
    }
)
#: The headers that are never kept: they tell how a body was sent, and it is replayed in another way.
WIRE_HEADERS = frozenset({"content-encoding", "content-length", "transfer-encoding"})

_HEADERS = {
    "x-organization-secret": Kind.ORGANIZATION_SECRET,
    "x-user-id": Kind.USER,
    "x-vercel-protection-bypass": Kind.SECRET,
}

_FIELDS: Mapping[str, Kind] = {
    "accountid": Kind.USER,
    "apikey": Kind.API_KEY,
    "authorid": Kind.USER,
    "chatid": Kind.USER,
    "email": Kind.EMAIL,
    "invite": Kind.INVITE,
    "invitecode": Kind.INVITE,
    "organizationid": Kind.ORGANIZATION,
    "ownerid": Kind.USER,
    "owneruuid": Kind.USER,
    "userid": Kind.USER,
    "useruuid": Kind.USER,
    "whitelistemails": Kind.EMAIL,
}
_ENDINGS_OF_PARAMETERS = ("token", "secret", "signature", "sig", "credential", "password", "key")
_SEGMENTS = {"users": Kind.USER, "invites": Kind.INVITE}
_NOBODY = frozenset({"me", ""})

# It begins where nothing like it stands before it, so that a long word is looked through once and not from each letter on.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+(?<!\.)@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z][A-Za-z0-9-]*", re.ASCII)
_MARKER = re.compile(r"\[sensay-ext:(?P<content>[0-9a-f]{32})(?:@[0-9a-f]{8}/[0-9a-f]{16})?~(?P<attempt>[0-9a-f]{8})\]")
# What was made up because the content could not be read twice; a digest is the same in every run.
_MADE_UP = re.compile(r"([0-9a-f]{8})\1{3}")

_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|.)|%[0-9A-Fa-f]{2}", re.DOTALL)

_SCHEME = re.compile(r"(?i)(?:bearer|basic)\s+")
_COOKIES = frozenset({"cookie", "set-cookie"})
_SHORTEST_COOKIE = 8


def plain_name(name: str) -> str:
    """A name as it is looked up: in lower case, without what separates words."""
    return name.lower().replace("_", "").replace("-", "")


def kind_of_field(name: str) -> Kind | None:
    """What the field of a JSON object holds; None for nothing to hide."""
    plain = plain_name(name)
    if plain in _FIELDS:
        return _FIELDS[plain]
    # What is to be hidden in a signed URL is its token.
    if not is_sensitive_name(name) or plain.endswith("url"):
        return None
    return Kind.BOT_TOKEN if plain.endswith("token") else Kind.SECRET


def kind_of_parameter(name: str) -> Kind | None:
    """What a query parameter holds; None for nothing to hide."""
    plain = plain_name(name)
    return _FIELDS.get(plain) or (Kind.TOKEN if plain.endswith(_ENDINGS_OF_PARAMETERS) else None)


def kind_of_segment(before: str, segment: str) -> Kind | None:
    """What a segment of a path is, by the one before it; None for nothing to hide."""
    return None if segment in _NOBODY else _SEGMENTS.get(before)


def kind_of_header(name: str) -> Kind | None:
    """What a header is as a whole; None for nothing to hide, or a header that only holds something."""
    return _HEADERS.get(name)


def credentials(name: str, value: str) -> Iterator[str]:
    """What is to be hidden in the value of a header that holds something to hide."""
    if name not in _COOKIES:
        yield _SCHEME.sub("", value, count=1)
        return
    # What follows the first semicolon of a new cookie says where it may go.
    for cookie in value.split(";")[: 1 if name == "set-cookie" else None]:
        content = cookie.partition("=")[2].strip()
        if len(content) >= _SHORTEST_COOKIE:
            yield content


def shapes(text: str) -> Iterator[tuple[Kind, int, int]]:
    """What looks like something to hide in a text: its kind, and from where to where it stands; some may overlap."""
    found = list(_shapes(text))
    escapes = [escape.span() for escape in _ESCAPE.finditer(text)] if found else []
    for kind, start, end in found:
        # None is taken apart: the letter of the line break before an address is not one of the address.
        first = _around(escapes, start)[1]
        last = _around(escapes, end)[0]
        if first < last:
            yield kind, first, last


def _around(spans: list[tuple[int, int]], position: int) -> tuple[int, int]:
    """The span that a position is within, if it is within one; else from the position to itself."""
    before = bisect_left(spans, (position, 0)) - 1
    if before >= 0 and spans[before][1] > position:
        return spans[before]
    return position, position


def _shapes(text: str) -> Iterator[tuple[Kind, int, int]]:
    for kind, start, end in find_secrets(text):
        scheme = _SCHEME.match(text, start, end)
        yield Kind(kind), scheme.end() if scheme else start, end
    for found in _EMAIL.finditer(text):
        yield Kind.EMAIL, *found.span()
    for found in _MARKER.finditer(text):
        yield Kind.ATTEMPT, *found.span("attempt")
        if _MADE_UP.fullmatch(found["content"]):
            yield Kind.CONTENT, *found.span("content")
