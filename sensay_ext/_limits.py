"""The limits that the API documents, as data, and the check of a request against them.

A local check says at once which argument is wrong and what would fit, where the API answers 400 after a round trip.
The API has the last word: a caller switches the check off by not calling it. Lengths count Unicode characters, of
which the API, counting in UTF-16, never sees fewer, so nothing that it takes is refused here.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from sensay_ext._errors import InvalidArgumentError

LARGEST_FILE = 50 * 1024 * 1024
"""Bytes of the largest file; the documentation says 50 MB, here read in the larger sense."""

SHORTEST_PLAIN_FILE = 50
"""Characters that a plain text file must have at least; a shorter one ends as UNPROCESSABLE."""

REFUSED_HOSTS = frozenset({"www.google.com", "docs.google.com"})
"""Hosts whose pages the API does not take."""

Rule = Callable[[Any], tuple[str, str] | None]
"""Tells what is wrong with a value and what the limit is, or `None` if the value is within it."""


def _length(at_least: int = 0, at_most: int | None = None) -> Rule:
    if at_most is None:
        limit = f"at least {at_least} character{'s' * (at_least != 1)}"
    else:
        limit = f"{at_least} to {at_most} characters" if at_least else f"at most {at_most} characters"

    def rule(value: Any) -> tuple[str, str] | None:
        if not isinstance(value, str) or at_least <= len(value) <= (at_most or len(value)):
            return None
        return f"has {len(value)} characters", limit

    return rule


def _between(at_least: int, at_most: int | None = None) -> Rule:
    limit = f"at least {at_least}" if at_most is None else f"{at_least} to {at_most}"

    def rule(value: Any) -> tuple[str, str] | None:
        if not isinstance(value, int | float) or at_least <= value <= (value if at_most is None else at_most):
            return None
        return f"is {value}", limit

    return rule


def _user_name(value: Any) -> tuple[str, str] | None:
    if not isinstance(value, str) or re.fullmatch(r"[a-zA-Z0-9\s().,'\-/]*", value):
        return None
    return "has a character that is not allowed", "letters A to Z, digits, spaces and ( ) . , ' - /"


def _url(value: Any) -> tuple[str, str] | None:
    if not isinstance(value, str):
        return None
    limit = "an http or https URL whose host has a dot"
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
    except ValueError:
        return "is no URL", limit
    fits = parts.scheme in {"http", "https"} and re.fullmatch(r"[^\s.]+(\.[^\s.]+)+\.?", host)
    return None if fits and not re.search(r"\s", value) else ("is no public web address", limit)


def _page_url(value: Any) -> tuple[str, str] | None:
    problem = _url(value)
    if problem is None and isinstance(value, str) and urlsplit(value).hostname in REFUSED_HOSTS:
        return "is on a host that the API does not take", f"any host except {' and '.join(sorted(REFUSED_HOSTS))}"
    return problem


Rules = Mapping[str, tuple[Rule, ...]]

_REPLICA: Rules = {
    "name": (_length(at_most=50),),
    "shortDescription": (_length(at_most=50),),
    "greeting": (_length(at_most=600),),
    "slug": (_length(at_most=50),),
    "purpose": (_length(at_most=1000),),
    "profileImage": (_url,),
    "voicePreviewText": (_length(at_most=400),),
    "llm.systemMessage": (_length(at_most=30_000),),
}
_USER: Rules = {"name": (_length(at_most=50), _user_name)}
_MESSAGE: Rules = {"content": (_length(1, 100_000),)}
_STORED_MESSAGE: Rules = {"content": (_length(1),)}
_TELEGRAM: Rules = {"telegram_data.message_thread_id": (_between(1),)}
_PAGES: Rules = {"page": (_between(1),), "pageSize": (_between(0, 100),)}
_CURSOR: Rules = {"limit": (_between(1, 100),)}

LIMITS: Mapping[str, Rules] = {
    "create_experimental_replica_chat_completion": {"messages[].content": _MESSAGE["content"]},
    "create_replica": _REPLICA,
    "create_replica_chat_completion": _MESSAGE,
    "create_replica_chat_completion_telegram": {**_MESSAGE, **_TELEGRAM, "imageURL": (_url,)},
    "create_replica_chat_history": _STORED_MESSAGE,
    "create_replica_chat_history_telegram": {**_STORED_MESSAGE, **_TELEGRAM},
    "create_replica_knowledge_base": {"text": (_length(1),), "url": (_page_url,)},
    "create_user": _USER,
    "list_replica_chat_conversation_messages": _CURSOR,
    "list_replica_chat_conversations": _PAGES,
    "list_replica_chat_messages": _CURSOR,
    "list_replica_chats": _PAGES,
    "list_replica_conversation_mentions": _CURSOR,
    "list_replica_conversation_messages": _CURSOR,
    "list_replica_conversations": _PAGES,
    "list_replica_knowledge_base": {**_PAGES, "search": (_length(3),)},
    "list_replicas": {"page": (_between(1),), "page_index": (_between(1),), "page_size": (_between(1),)},
    "update_replica": _REPLICA,
    "update_replica_conversation": {"summary": (_length(at_most=700),)},
    "update_replica_knowledge_base": {"rawText": (_length(1),)},
    "update_user_me": {**_USER, "id": (_length(1),)},
}
"""What each operation takes: the field, as the API spells it, with the rules for its value."""


def check_request(
    operation_id: str, *, params: Mapping[str, Any] | None = None, json: Mapping[str, Any] | None = None
) -> None:
    """Check a request before it is sent. Operations and fields without a documented limit always pass.

    Args:
        operation_id: The operation, by its name in the generated client.
        params: Query parameters, as the API spells them.
        json: Body, as the API spells it.

    Raises:
        InvalidArgumentError: A value is outside its limit; names the field in the spelling of Python.
    """
    values = {**(params or {}), **(json or {})}
    for field, rules in LIMITS.get(operation_id, {}).items():
        for value in _values(values, field):
            for rule in rules:
                check(field, value, rule)


def check(field: str, value: Any, rule: Rule) -> None:
    """Check one value against one rule.

    Raises:
        InvalidArgumentError: The value is outside the limit.
    """
    problem = rule(value)
    if problem is not None:
        what, limit = problem
        name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", field).lower()
        raise InvalidArgumentError(f"{name} {what}; the API takes {limit}", field=name, limit=limit)


def is_within(operation_id: str, field: str, value: Any) -> bool:
    """Return whether a value is within the limits of a field, or of none.

    Args:
        operation_id: The operation, by its name in the generated client.
        field: A field of the body itself, as the API spells it.
        value: What it would be.
    """
    return all(rule(value) is None for rule in LIMITS.get(operation_id, {}).get(field, ()))


def check_url(url: str, *, field: str = "url") -> None:
    """Check the address of a page that is to be trained on.

    Raises:
        InvalidArgumentError: It is no http(s) URL with a dotted host, or the API does not take that host.
    """
    check(field, url, _page_url)


def check_text(text: str, *, field: str = "text") -> None:
    """Check a text that is to be trained on.

    Raises:
        InvalidArgumentError: It is empty.
    """
    check(field, text, LIMITS["create_replica_knowledge_base"]["text"][0])


def _values(value: Any, path: str) -> Iterator[Any]:
    head, _, rest = path.partition(".")
    name, each, _ = head.partition("[]")
    found = value.get(name) if isinstance(value, Mapping) else None
    for item in (found if isinstance(found, list) else []) if each else [found]:
        if rest:
            yield from _values(item, rest)
        else:
            yield item
