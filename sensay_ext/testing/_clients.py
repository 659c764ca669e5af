"""Clients for a test."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from sensay_ext._retry import RetryPolicy
from sensay_ext._wire import ConnectionSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sensay_ext import AsyncSensay, Sensay
    from sensay_ext.testing import ApiAccess

__all__ = ["make_async_client", "make_client"]

# The longest of the delays that are possible, so that what was slept is the same in each run.
_POLICY = RetryPolicy(random=lambda: 1.0)


def make_client(access: ApiAccess) -> Sensay:
    """A client with administrator's rights."""
    from sensay_ext import Sensay  # noqa: PLC0415 - a test needs one of the two clients

    with _no_user():
        return Sensay(access.organization_secret, base_url=access.base_url, retry_policy=_POLICY)


def make_async_client(access: ApiAccess) -> AsyncSensay:
    """A client with administrator's rights that never leaves a connection open, so that no event loop has to close it."""
    from sensay_ext import AsyncSensay  # noqa: PLC0415 - a test needs one of the two clients

    settings = ConnectionSettings.for_base_url(access.base_url).arguments()
    settings["limits"] = httpx.Limits(max_keepalive_connections=0)
    with _no_user():
        return AsyncSensay(
            access.organization_secret,
            base_url=access.base_url,
            retry_policy=_POLICY,
            http_client=httpx.AsyncClient(**settings),
        )


@contextmanager
def _no_user() -> Iterator[None]:
    """While this lasts, the environment does not say whom a client acts for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SENSAY_USER_ID", raising=False)
        yield
