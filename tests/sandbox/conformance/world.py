"""A user and a replica with content that requests can be about, made again whenever a request has removed them."""

import json
import os
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

BASE_URL = "SANDBOX_BASE_URL"
SECRET = "conformance-secret"
USER = "conformance-user"


class World:
    """What is known to exist.

    Attributes:
        known: The values of path parameters that lead to something.
    """

    def __init__(self) -> None:
        self.known: dict[str, Any] = {}

    def ensure(self) -> None:
        """Create what is missing."""
        self._ensure_user()
        if "replicaUUID" in self.known and self._call("GET", f"/v1/replicas/{self.known['replicaUUID']}"):
            return
        replica = {"name": "Known", "shortDescription": "Known", "greeting": "Hello", "slug": "known", "llm": {}}
        made = self._call("POST", "/v1/replicas", {**replica, "ownerID": USER})
        if made is None:
            return
        path = f"/v1/replicas/{made['uuid']}"
        self._call("POST", f"{path}/chat/completions", {"content": "What is known?"})
        added = self._call("POST", f"{path}/knowledge-base", {"text": "What is known is known to everyone here."})
        conversations = self._call("GET", f"{path}/conversations")
        if added is None or conversations is None:
            raise RuntimeError("the sandbox did not answer as it should")
        conversation = conversations["items"][0]
        self.known = {
            "replicaUUID": made["uuid"],
            "knowledgeBaseID": added["results"][0]["knowledgeBaseID"],
            "chatUUID": conversation["chatUUID"],
            "conversationUUID": conversation["uuid"],
        }

    def _ensure_user(self) -> None:
        user = {"id": USER, "linkedAccounts": [{"accountID": USER, "accountType": "embed"}]}
        # A request may have changed its id, or its accounts, or may have deleted it.
        for as_user in ({"X-USER-ID": USER, "X-USER-ID-TYPE": "embed"}, {"X-USER-ID": USER}):
            if self._call("PUT", "/v1/users/me", user, **as_user):
                return
        self._call("POST", "/v1/users", user)

    def _call(self, method: str, path: str, body: Any = None, **as_user: str) -> Any:
        content = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "X-ORGANIZATION-SECRET": SECRET, **as_user}
        request = Request(os.environ[BASE_URL] + path, content, headers, method=method)  # noqa: S310 - our own server
        try:
            with urlopen(request) as reply:  # noqa: S310 - as above
                return json.loads(reply.read())
        except HTTPError as error:
            error.close()
            return None
