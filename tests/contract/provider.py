"""Answers requests as somebody says that the API does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from sensay_ext import AsyncSensay, Sensay
from tests.operation_uses import Client, Things
from tests.operations import operation_of
from tests.requests_to_send import REPLICA, REPLICA_UUID, SECRET

Make = Callable[[httpx.MockTransport], Client]

THINGS = Things(
    replica=REPLICA_UUID,
    entry=193377,
    chat=UUID("0b7a7c4e-1f3a-4e0e-9a55-6f1f0a3f8f10"),
    conversation=UUID("8e9309af-baa4-4a85-8c59-c3a2a0c2ad0f"),
)

_READ_BEFORE: Mapping[str | None, Any] = {"get_replica": REPLICA, "get_user_me": {"id": "alice"}}

_END_OF_LIST = {"success": True, "items": [], "total": 0, "hasMore": False}


@dataclass
class Provider:
    """Answers the first request for an operation; later ones find that the list has come to its end.

    Whatever else it is asked for is not there, except for what has to be read before it can be replaced.

    Args:
        operation: The operation.
        status: The status of the answer.
        body: Its body: JSON.
        headers: Its headers.
    """

    operation: str
    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        operation = operation_of(request.method, request.url.path)
        if operation in _READ_BEFORE and operation != self.operation:
            return httpx.Response(200, json=_READ_BEFORE[operation])
        if operation != self.operation:
            return httpx.Response(404, json={"error": "There is no such thing", "request_id": "none"})
        self.requests.append(request)
        if len(self.requests) > 1:
            return httpx.Response(200, json=_END_OF_LIST)
        return httpx.Response(self.status, json=self.body, headers=self.headers)


def for_threads(transport: httpx.MockTransport) -> Sensay:
    """A client for threads, whose requests are answered there."""
    return Sensay(SECRET, user_id="alice", max_retries=0, http_client=httpx.Client(transport=transport))


def for_tasks(transport: httpx.MockTransport) -> AsyncSensay:
    """A client for tasks, whose requests are answered there."""
    return AsyncSensay(SECRET, user_id="alice", max_retries=0, http_client=httpx.AsyncClient(transport=transport))


CLIENTS: Mapping[str, Make] = {"threads": for_threads, "tasks": for_tasks}
