"""Requests of the real API, and a reply, for tests of what sends them."""

from typing import Any
from uuid import UUID

from generated_client.api.chat_completions import create_replica_chat_completion
from generated_client.api.knowledge_base import create_replica_knowledge_base, update_replica_knowledge_base
from generated_client.api.replicas import delete_replica, get_replica, list_replicas
from generated_client.api.users import create_user
from generated_client.models import (
    CreateChatCompletionRequest,
    CreateKnowledgeBaseEntryRequest,
    CreateUserRequest,
    UpdateKnowledgeBaseEntryRequest,
)

SECRET = "zq-SENTINEL-7f3a"

REPLICA_UUID = UUID("03db5651-cb61-4bdf-9ef0-89561f7c9c53")

GET = get_replica.build_request(REPLICA_UUID)
LIST = list_replicas.build_request(page_size=2, search="a b&c", tags=["Education", "Science"])
DELETE = delete_replica.build_request(REPLICA_UUID)
PATCH = update_replica_knowledge_base.build_request(REPLICA_UUID, 7, body=UpdateKnowledgeBaseEntryRequest(title="t"))
COMPLETE = create_replica_chat_completion.build_request(
    REPLICA_UUID, body=CreateChatCompletionRequest(content="What are your business hours?")
)
CREATE_USER = create_user.build_request(body=CreateUserRequest(id="test_user_id"))
ADD_TEXT = create_replica_knowledge_base.build_request(
    REPLICA_UUID, body=CreateKnowledgeBaseEntryRequest(text="We are open 9 to 5.")
)

REPLICA: dict[str, Any] = {
    "success": True,
    "uuid": str(REPLICA_UUID),
    "name": "My Replica",
    "shortDescription": "A helpful assistant",
    "greeting": "Hi there!",
    "ownerID": "test_user_id",
    "slug": "my-replica",
    "llm": {"model": "gpt-4o"},
}
COMPLETION: dict[str, Any] = {"success": True, "content": "9 to 5."}


def error_body(message: str = "Something is wrong", **more: Any) -> dict[str, Any]:
    """An error as the API writes it."""
    return {"success": False, "error": message, "request_id": "fra1::abc", "fingerprint": "f1", **more}
