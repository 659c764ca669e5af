# Derived from tests/_async/making.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Makes clients for tests."""

from dataclasses import replace
from typing import Any

from sensay_ext import Sensay
from sensay_ext._retry import RetryPolicy
from tests.clocks import FakeClock
from tests.requests_to_send import SECRET

POLICY = RetryPolicy(random=lambda: 1.0)


def make_client(base_url: str, clock: FakeClock | None = None, **options: Any) -> Sensay:
    """A client whose waits take no time and hold no surprise."""
    return Sensay(SECRET, base_url=base_url, _clock=clock or FakeClock(), **{"retry_policy": POLICY, **options})


def limit_response(client: Sensay, limit: int) -> None:
    """Make a client take shorter replies only."""
    transport = client._transport
    client._transport = transport.with_config(replace(transport.config, max_response_bytes=limit))
