"""Decides where a redirect may be followed to, and what goes along."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from http import HTTPStatus
from urllib.parse import SplitResult, urljoin, urlsplit

from sensay_ext._settings import is_loopback

__all__ = ["MAX_REDIRECTS", "Hop", "next_hop"]

MAX_REDIRECTS = 5

_SAFE_METHODS = frozenset({"GET", "HEAD"})
_METHOD_KEPT = frozenset({HTTPStatus.TEMPORARY_REDIRECT, HTTPStatus.PERMANENT_REDIRECT})
_FOLLOWED = _METHOD_KEPT | {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}

# All that another host may know. A list of what to leave out would forget what a caller added.
_FOR_STRANGERS = frozenset({"accept", "accept-encoding", "user-agent"})

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One request on the way to an answer."""

    method: str
    url: str = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    content: bytes | None = field(default=None, repr=False)
    has_user: bool = False


def next_hop(hop: Hop, status_code: int, location: str) -> Hop | None:
    """Where a redirect leads; None when it must not be followed.

    Followed are: anything that keeps its method and stays at its origin; and a GET that leaves it, without a word about
    who is asking. Never followed are: a POST that would become a GET, a body to another origin, from https to http, and
    a request for a user to another origin, since it would arrive without its user.

    Args:
        hop: The request that was answered with a redirect.
        status_code: The status of the answer.
        location: Its `Location`; empty when there is none.
    """
    allowed = _FOLLOWED if hop.method in _SAFE_METHODS else _METHOD_KEPT
    if status_code not in allowed or not location:
        return None
    try:
        url = urljoin(hop.url, location)
        here, there = urlsplit(hop.url), urlsplit(url)
        same_origin = _origin(here) == _origin(there)
    except ValueError:
        return None
    if not _is_safe_target(here, there):
        return None
    if same_origin:
        return replace(hop, url=url)
    if hop.method not in _SAFE_METHODS or hop.has_user:
        return None
    headers = {name: value for name, value in hop.headers.items() if name.lower() in _FOR_STRANGERS}
    return Hop(method=hop.method, url=url, headers=headers)


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or _DEFAULT_PORTS.get(parts.scheme)


def _is_safe_target(here: SplitResult, there: SplitResult) -> bool:
    if not there.hostname or there.username is not None or there.password is not None:
        return False
    if there.scheme == "https":
        return True
    return there.scheme == "http" == here.scheme and (is_loopback(there.hostname) or here.hostname == there.hostname)
