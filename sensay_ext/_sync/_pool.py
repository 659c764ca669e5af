# Derived from sensay_ext/_async/_pool.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Connections, shared by a client and its views."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import httpx

from sensay_ext._concurrency import Home
from sensay_ext._errors import ConfigurationError
from sensay_ext._retry_budget import RetryBudget

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sensay_ext._wire import ConnectionSettings

__all__ = ["Pool"]


class Pool:
    """Makes the HTTP client when it is first needed, and another one where the first cannot be used.

    Args:
        settings: How connections are made.
        http_client: A client that the user brought along; it is used as it is, and never closed here.

    Raises:
        ConfigurationError: It is none, or one of the other kind.
    """

    def __init__(self, settings: ConnectionSettings, http_client: httpx.Client | None = None) -> None:
        if not isinstance(http_client, httpx.Client | None):
            raise ConfigurationError(f"http_client must be an httpx.{httpx.Client.__name__}")
        self._settings = settings
        self._given = http_client
        self._clients: dict[Hashable, httpx.Client] = {}
        self._is_closed = False
        self.budget = RetryBudget()

    def client(self) -> httpx.Client:
        """The HTTP client to send with, here and now.

        Raises:
            ConfigurationError: The pool is closed, or connections cannot be made with these settings.
        """
        if self._is_closed:
            raise ConfigurationError("the client is closed")
        if self._given is not None:
            if self._given.is_closed:
                raise ConfigurationError("the http_client is closed; keep it open as long as it is used here")
            return self._given
        home = Home.current()
        return self._clients.get(home) or self._settle(home)

    def _settle(self, home: Hashable) -> httpx.Client:
        from sensay_ext._sync._network import bounded  # noqa: PLC0415 - loads the event loop's library

        # Copied and stored in single steps instead of under a lock, which a fork could leave locked for ever. Of two
        # threads that come here at once, one throws away a client that has not connected to anything.
        for gone in [other for other in list(self._clients) if Home.is_gone(other)]:
            self._clients.pop(gone, None)
        return self._clients.setdefault(home, bounded(self._settings.client(httpx.Client)))

    @property
    def is_closed(self) -> bool:
        """Whether `close` was called."""
        return self._is_closed

    def close(self) -> None:
        """Close the connections; a second time does nothing.

        Those that were made in another process, or in another event loop, are not this one's to close.
        """
        self._is_closed = True
        client = self._clients.pop(Home.current(), None)
        if client is not None:
            client.close()

    def __del__(self) -> None:
        if not getattr(self, "_is_closed", True) and self._clients:
            # Nobody called this, so no level of the stack is to blame; `source` says where the client was made.
            message = "a Sensay client was never closed; use it in a with statement"
            warnings.warn(message, ResourceWarning, stacklevel=1, source=self)
