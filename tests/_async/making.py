"""Makes clients for tests."""

from dataclasses import replace
from typing import Any

from sensay_ext import AsyncSensay
from sensay_ext._retry import RetryPolicy
from tests.clocks import FakeAsyncClock
from tests.requests_to_send import SECRET

POLICY = RetryPolicy(random=lambda: 1.0)


def make_client(base_url: str, clock: FakeAsyncClock | None = None, **options: Any) -> AsyncSensay:
    """A client whose waits take no time and hold no surprise."""
    return AsyncSensay(
        SECRET, base_url=base_url, _clock=clock or FakeAsyncClock(), **{"retry_policy": POLICY, **options}
    )


def limit_response(client: AsyncSensay, limit: int) -> None:
    """Make a client take shorter replies only."""
    transport = client._transport
    client._transport = transport.with_config(replace(transport.config, max_response_bytes=limit))
