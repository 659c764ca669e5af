"""What a single call, or a view of a client, can change."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sensay_ext._hooks import RequestEvent, ResponseEvent, RetryEvent
    from sensay_ext._retry import Retrying
    from sensay_ext._timeout import Timeout

__all__ = ["CallOptions", "ClientOptions", "check_names"]


def check_names(options: Mapping[str, object], known: frozenset[str]) -> None:
    """Refuse a misspelt option, as Python does with an argument.

    Raises:
        TypeError: There is no such option.
    """
    if not options.keys() <= known:
        raise TypeError(f"unexpected option: {', '.join(sorted(options.keys() - known))}")


class CallOptions(TypedDict, total=False):
    """Keyword arguments that every method takes besides its own.

    What is left out stays as the client has it.
    """

    timeout: float | Timeout | None
    """Seconds for each read and write, or a `Timeout`; None takes every limit away."""

    max_retries: int
    """Further attempts after the first."""

    user: str | None
    """Act as this user, for this call; None keeps the client's user."""

    user_id_type: str | None
    """What kind of id `user` is."""

    extra_headers: Mapping[str, str]
    """Further headers. Those that say who is asking cannot be set here."""

    extra_query: Mapping[str, object]
    """Further query parameters; they win over the method's own."""

    extra_body: Mapping[str, object]
    """Further fields of the JSON body; they win over the method's own."""

    retry_unsafe: bool
    """Repeat a POST or PATCH even when the first may have been carried out."""


class ClientOptions(TypedDict, total=False):
    """Settings that a view of a client can have otherwise; what is left out stays."""

    api_version: str
    """The date that names the version of the API."""

    timeout: float | Timeout | None
    """Seconds for each read and write, or a `Timeout`; None takes every limit away."""

    max_retries: int
    """Further attempts after the first."""

    max_wait: float | None
    """Seconds to wait for training, when a call does not say; None waits for ever."""

    retry_policy: Retrying
    """Decides whether and when a failed attempt is repeated."""

    follow_redirects: bool
    """Follow an answer that points elsewhere, where that gives nothing away."""

    validate: bool
    """Check arguments against the limits that the API documents, before anything is sent."""

    on_request: Callable[[RequestEvent], object] | None
    """Called before each attempt."""

    on_response: Callable[[ResponseEvent], object] | None
    """Called after each answer."""

    on_retry: Callable[[RetryEvent], object] | None
    """Called before each wait for the next attempt, and for a look whether the last one was carried out after all."""
