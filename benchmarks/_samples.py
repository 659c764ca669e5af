"""Answers of the size and shape that the API gives."""

import json
from typing import Any

REPLICA_UUID = "03db5651-cb61-4bdf-9ef0-89561f7c9c53"

REPLICA_PATH = f"/v1/replicas/{REPLICA_UUID}"
ENTRIES_PATH = f"{REPLICA_PATH}/knowledge-base"
COMPLETIONS_PATH = f"/v1/experimental/replicas/{REPLICA_UUID}/chat/completions"

_REPLICA: dict[str, Any] = {
    "success": True,
    "uuid": REPLICA_UUID,
    "name": "Museum guide",
    "shortDescription": "Answers what visitors ask",
    "greeting": "Good day! What would you like to know about the museum?",
    "ownerID": "front-desk",
    "slug": "museum-guide",
    "type": "brand",
    "private": False,
    "purpose": "Saves visitors the queue at the desk.",
    "tags": ["Education", "Art"],
    "suggestedQuestions": ["When are you open?", "Is there a cloakroom?", "Where is the café?"],
    "profileImage": "https://files.example.com/replicas/museum-guide.png",
    "llm": {"model": "gpt-4o", "systemMessage": "You are a friendly guide. " * 40, "tools": ["getTokenInfo"]},
}

_SENTENCE = "The museum is open from Tuesday to Sunday; tickets are sold at the desk until an hour before it closes. "

_PAGE_URL = "https://museum.example.com/visit"
_VIDEO_URL = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"

# A list shows where an entry comes from, with the text that was found there: some 3,000 characters of a page, and 6,000
# of a video, which are eight minutes of speech.
_SOURCES: tuple[dict[str, Any], ...] = (
    {"type": "text", "title": "Opening hours"},
    {
        "type": "file",
        "title": "Handbook",
        "file": {"name": "handbook.pdf", "mimeType": "application/pdf", "size": 482_133},
    },
    {
        "type": "website",
        "url": _PAGE_URL,
        "website": {
            "url": _PAGE_URL,
            "title": "Plan your visit",
            "description": _SENTENCE,
            "text": _SENTENCE * 29,
            "autoRefresh": False,
        },
    },
    {
        "type": "youtube",
        "url": _VIDEO_URL,
        "youtube": {
            "url": _VIDEO_URL,
            "title": "A walk through the halls",
            "description": _SENTENCE * 3,
            "transcription": _SENTENCE * 58,
        },
    },
)


def _entry(number: int) -> dict[str, Any]:
    day = f"2025-03-{number % 28 + 1:02}"
    return {
        "id": 10_000 + number,
        "replicaUUID": REPLICA_UUID,
        "status": "READY",
        "createdAt": f"{day}T09:41:17.123Z",
        "updatedAt": f"{day}T09:44:02.870Z",
        "generatedTitle": "What visitors should know before they come",
        "summary": _SENTENCE * 4,
        "language": "en",
        **_SOURCES[number % len(_SOURCES)],
    }


ENTRIES: dict[str, Any] = {"success": True, "items": [_entry(number) for number in range(100)], "total": 100}

_COMPLETION: dict[str, Any] = {
    "id": "chatcmpl-7f3a",
    "object": "chat.completion",
    "created": 1_741_000_000,
    "model": "gpt-4o",
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": "We are open from 9 to 5, except on Mondays."},
            "finish_reason": "stop",
            "logprobs": None,
        }
    ],
    "usage": {"prompt_tokens": 31, "completion_tokens": 12, "total_tokens": 43},
}

ANSWERS: dict[str, bytes] = {
    path: json.dumps(body).encode()
    for path, body in ((REPLICA_PATH, _REPLICA), (ENTRIES_PATH, ENTRIES), (COMPLETIONS_PATH, _COMPLETION))
}
