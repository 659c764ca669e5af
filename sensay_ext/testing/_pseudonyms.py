"""Pseudonyms: what stands in a cassette in the place of a value that grants or identifies something.

The same value has the same pseudonym all over a cassette, so that ids still match up. A pseudonym is of the shape of what
it stands for as far as a program may look at it: an e-mail address stays one, a UUID stays one, a number stays one. All
of them have a fixed length, so that it is clear where they end whatever follows.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from sensay_ext.testing._errors import CassetteError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "PSEUDONYM",
    "PSEUDONYM_IN_BYTES",
    "Kind",
    "Pseudonyms",
    "holds_pseudonym",
    "is_number",
    "is_pseudonym",
    "kind_of_pseudonym",
]


class Kind(StrEnum):
    """What a value is, as far as hiding it goes."""

    ORGANIZATION_SECRET = "organization-secret"  # noqa: S105 - the name of a kind, as all of these
    ORGANIZATION = "organization-id"
    USER = "user"
    INVITE = "invite"
    API_KEY = "api-key"
    BOT_TOKEN = "bot-token"  # noqa: S105
    TOKEN = "token"  # noqa: S105
    EMAIL = "email"
    SECRET = "secret"  # noqa: S105
    STACK = "stack"
    # What our client makes up anew for each upload. It is no secret, but would make every recording differ.
    ATTEMPT = "attempt"
    CONTENT = "content"


_IDS = frozenset({Kind.ORGANIZATION, Kind.USER})

_UUID = "5c4bbed0-0000-4000-8000-{:012d}"
_NUMBER = "555000000{:06d}"
_OWN_FORM = {
    Kind.EMAIL: "scrubbed-email-{:04d}@example.com",
    Kind.ATTEMPT: "5c4b{:04d}",
    Kind.CONTENT: "5c4b{0:04d}5c4b{0:04d}5c4b{0:04d}5c4b{0:04d}",
}

_NUMBER_FORM = re.compile(r"-?\d+", re.ASCII)
_UUID_FORM = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")

_PLAIN = "|".join(sorted(set(Kind) - set(_OWN_FORM)))

_FORMS = (
    rf"scrubbed-(?:{_PLAIN})-\d{{4}}",
    r"scrubbed-email-\d{4}@example\.com",
    r"(?<![0-9A-Za-z])5c4bbed0-0000-4000-8000-\d{12}(?![0-9A-Za-z])",
    r"(?<![0-9A-Za-z])555000000\d{6}(?![0-9A-Za-z])",
)
# These two are known by what is around them: the marker that our client puts at the end of a title.
_FORMS_IN_MARKERS = (r"(?<=\[sensay-ext:)(?:5c4b\d{4}){4}", r"(?<=~)5c4b\d{4}(?=\])")

PSEUDONYM = re.compile("|".join(_FORMS + _FORMS_IN_MARKERS), re.ASCII)
"""Finds pseudonyms in a text."""

PSEUDONYM_IN_BYTES = re.compile(PSEUDONYM.pattern.encode())
"""Finds pseudonyms in bytes."""

_KIND = re.compile(r"scrubbed-(.+?)-\d{4}")
_ALONE = re.compile("|".join((*_FORMS, r"(?:5c4b\d{4}){4}", r"5c4b\d{4}")), re.ASCII)


def is_pseudonym(text: str) -> bool:
    """Whether a value is nothing but a pseudonym."""
    return _ALONE.fullmatch(text) is not None


def holds_pseudonym(text: str) -> bool:
    """Whether there is a pseudonym in a text, or the text is one without what is around it otherwise."""
    return is_pseudonym(text) or PSEUDONYM.search(text) is not None


def kind_of_pseudonym(pseudonym: str) -> Kind:
    """What a pseudonym stands for."""
    named = _KIND.match(pseudonym)
    if named is not None:
        return Kind(named[1])
    # The others are of ids, whichever.
    return Kind.USER


def is_number(text: str) -> bool:
    """Whether a value is written as a whole number."""
    return _NUMBER_FORM.fullmatch(text) is not None


class Pseudonyms:
    """Gives out the pseudonyms of one cassette.

    Args:
        taken: Pseudonyms that are in use already.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._known: dict[str, str] = {}
        self._last: dict[str, int] = {}

    def of(self, kind: Kind, value: str) -> str:
        """The pseudonym of a value; always the same one, whatever kind it is taken for later on.

        Raises:
            CassetteError: There are more values than pseudonyms.
        """
        if value not in self._known:
            self._known[value] = self._next(_form(kind, value))
        return self._known[value]

    def bind(self, value: str, pseudonym: str) -> None:
        """Settle what the pseudonym of a value is."""
        self._known[value] = pseudonym
        self._taken.add(pseudonym)

    def _next(self, form: str) -> str:
        number = self._last.get(form, 0)
        while True:
            number += 1
            pseudonym = form.format(number)
            if pseudonym not in self._taken:
                break
        if not is_pseudonym(pseudonym):
            raise CassetteError("there are too many different values to hide; record less in one cassette")
        self._last[form] = number
        self._taken.add(pseudonym)
        return pseudonym


def _form(kind: Kind, value: str) -> str:
    if kind in _OWN_FORM:
        return _OWN_FORM[kind]
    if is_number(value):
        return _NUMBER
    if kind in _IDS and _UUID_FORM.fullmatch(value):
        return _UUID
    return f"scrubbed-{kind}-{{:04d}}"
