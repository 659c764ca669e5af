"""Talks to a sandbox the way a program without any library would."""

import ssl
from itertools import count
from types import TracebackType
from typing import Any, Self

import httpx

from sensay_ext.sandbox import Sandbox

NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Spares the clients on loopback from reading all certificate authorities, which takes longer than most tests."""

_NUMBERS = count(1)


class Api:
    """One caller of a sandbox.

    Args:
        sandbox: The sandbox.
        secret: The secret of the caller's organisation.
        user: The user the caller acts as; the organisation's admin when None.
    """

    def __init__(self, sandbox: Sandbox, secret: str, user: str | None = None) -> None:
        self.sandbox = sandbox
        self.secret = secret
        headers = {"X-ORGANIZATION-SECRET": secret, "Content-Type": "application/json"}
        if user is not None:
            headers["X-USER-ID"] = user
        self.client = httpx.Client(base_url=sandbox.base_url, headers=headers, verify=NO_TLS)
        self._users: list[Api] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for user in self._users:
            user.client.close()
        self.client.close()

    def as_user(self, user: str) -> "Api":
        """Return a caller that acts as a user."""
        acting = Api(self.sandbox, self.secret, user)
        self._users.append(acting)
        return acting

    def send(self, method: str, path: str, body: Any = None, **options: Any) -> httpx.Response:
        """Send a request and return its reply."""
        return self.client.request(method, f"/v1{path}", json=body, **options)

    def __call__(self, method: str, path: str, body: Any = None, *, expect: int = 200, **options: Any) -> Any:
        """Send a request, check the status, and return the body of the reply."""
        reply = self.send(method, path, body, **options)
        assert reply.status_code == expect, reply.text
        return reply.json() if reply.content else None

    def user(self, **fields: Any) -> str:
        """Create a user and return its id."""
        return str(self("POST", "/users", fields)["id"])

    def replica(self, owner: str | None = None, **fields: Any) -> str:
        """Create a replica and return its UUID."""
        body = {
            "name": "My Replica",
            "shortDescription": "A helpful assistant",
            "greeting": "Hi there!",
            "ownerID": owner or self.user(),
            "slug": f"replica-{next(_NUMBERS)}",
            "llm": {"model": "gpt-4o"},
            **fields,
        }
        return str(self("POST", "/replicas", body, expect=201)["uuid"])

    def add(self, replica: str, **body: Any) -> dict[str, Any]:
        """Ask for a knowledge base entry, and return its result."""
        results = self("POST", f"/replicas/{replica}/knowledge-base", body, expect=207)["results"]
        assert len(results) == 1
        return dict(results[0])

    def learn(self, replica: str, text: str, **fields: Any) -> int:
        """Train a replica on a text, wait until it is usable, and return the entry's id."""
        number = self.add(replica, text=text, **fields)["knowledgeBaseID"]
        self.sandbox.advance(48)
        return int(number)

    def entry(self, replica: str, number: int) -> dict[str, Any]:
        """Return an entry."""
        return dict(self("GET", f"/replicas/{replica}/knowledge-base/{number}"))

    def ask(self, replica: str, question: str, **fields: Any) -> str:
        """Ask a replica, and return its answer."""
        body = {"content": question, **fields}
        return str(self("POST", f"/replicas/{replica}/chat/completions", body)["content"])


def put(result: dict[str, Any], content: bytes, media_type: str = "text/plain") -> httpx.Response:
    """Upload a file to the signed URL of an entry's result."""
    return httpx.put(result["signedURL"], content=content, headers={"Content-Type": media_type}, verify=NO_TLS)
