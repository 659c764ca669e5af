"""The API document as this server keeps it: complete in its errors, and telling what leads where."""

import copy
from functools import lru_cache

from sensay_ext.sandbox._document import Document

_REPLICA = {"replicaUUID": "$response.body#/uuid"}
_SAME_REPLICA = {"replicaUUID": "$request.path.replicaUUID"}
_ENTRY = {**_SAME_REPLICA, "knowledgeBaseID": "$response.body#/results/0/knowledgeBaseID"}
_LISTED_CHAT = {**_SAME_REPLICA, "chatUUID": "$response.body#/items/0/uuid"}
_LISTED_CONVERSATION = {**_SAME_REPLICA, "conversationUUID": "$response.body#/items/0/uuid"}
_CONVERSATION_OF_CHAT = {**_LISTED_CONVERSATION, "chatUUID": "$request.path.chatUUID"}

_LINKS: dict[str, dict[str, dict[str, str]]] = {
    "create_user": {"get_user": {"userID": "$response.body#/id"}},
    "create_replica": dict.fromkeys(
        (
            "get_replica",
            "update_replica",
            "delete_replica",
            "create_replica_knowledge_base",
            "list_replica_knowledge_base",
            "create_replica_chat_completion",
            "create_replica_chat_history",
            "get_replica_chat_history",
            "list_replica_chats",
            "list_replica_conversations",
            "create_replica_integration_telegram",
        ),
        _REPLICA,
    ),
    "create_replica_knowledge_base": dict.fromkeys(
        ("get_replica_knowledge_base", "update_replica_knowledge_base", "delete_replica_knowledge_base"), _ENTRY
    ),
    "create_replica_integration_telegram": {"delete_replica_integration_telegram": _SAME_REPLICA},
    "create_replica_chat_completion": dict.fromkeys(
        ("get_replica_chat_history", "list_replica_chats", "list_replica_conversations"), _SAME_REPLICA
    ),
    "list_replica_chats": dict.fromkeys(
        ("get_replica_chat", "list_replica_chat_messages", "list_replica_chat_conversations"), _LISTED_CHAT
    ),
    "list_replica_chat_conversations": dict.fromkeys(
        ("get_replica_chat_conversation", "list_replica_chat_conversation_messages"), _CONVERSATION_OF_CHAT
    ),
    "list_replica_conversations": dict.fromkeys(
        (
            "get_replica_conversation",
            "update_replica_conversation",
            "list_replica_conversation_messages",
            "list_replica_conversation_mentions",
        ),
        _LISTED_CONVERSATION,
    ),
}

_ANY_ERROR = {
    "description": "Whatever else went wrong.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorResponse"}}},
}


@lru_cache(maxsize=4)
def described_document(served: Document) -> Document:
    """Return a document that says all that this server does.

    The provider's document leaves most errors of some operations out, does not link operations, and does not say that
    the type of a user id is left out for the organisation's own ids.

    Args:
        served: The document that is served.

    Returns:
        A new document.
    """
    document = served.content
    described = copy.deepcopy(document)
    described["servers"] = [{"url": "/"}]
    known = {operation["operationId"] for item in document["paths"].values() for operation in item.values()}
    for item in described["paths"].values():
        for operation in item.values():
            replies = operation["responses"]
            operation["security"] = _with_plain_ids(operation.get("security", []))
            if "ErrorResponse" in document["components"]["schemas"]:
                replies.setdefault("default", _ANY_ERROR)
            links = {
                target: {"operationId": target, "parameters": parameters}
                for target, parameters in _LINKS.get(operation["operationId"], {}).items()
                if target in known
            }
            success = min(replies)
            if links:
                replies[success]["links"] = links
    return Document(described)


def _with_plain_ids(alternatives: list[dict[str, list[str]]]) -> list[dict[str, list[str]]]:
    plain = [{name: scopes for name, scopes in one.items() if name != "UserIDType"} for one in alternatives]
    return [
        *(one for at, one in enumerate(plain) if one not in plain[:at]),
        *(one for one in alternatives if one not in plain),
    ]
