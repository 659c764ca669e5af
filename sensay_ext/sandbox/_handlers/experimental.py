"""The endpoint that other vendors' chat libraries can be pointed at."""

import json

from sensay_ext.sandbox._access import visible_replica
from sensay_ext.sandbox._answers import NO_ANSWER, Answer, answer
from sensay_ext.sandbox._call import Call, Reply
from sensay_ext.sandbox._messages import channel_of, store_messages

_CHARS_PER_TOKEN = 4


def create_experimental_replica_chat_completion(call: Call) -> Reply:
    """Answer the last one of a list of messages, in the shape that those libraries read."""
    replica = visible_replica(call)
    messages = call.body["messages"]
    found = Answer(NO_ANSWER, [])
    if messages:
        question = messages[-1]["content"]
        found = answer(call.database, replica["uuid"], question)
        if call.body.get("store", True):
            store_messages(call, replica, channel_of(call), question, found)
    prompt = sum(_tokens(message["content"]) for message in messages)
    completion = _tokens(found.content)
    return 200, {
        "id": f"chatcmpl-{call.state.identifiers.token()}",
        "object": "chat.completion",
        "created": int(call.state.clock.now().timestamp()),
        "model": json.loads(replica["document"])["llm"]["model"],
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": found.content},
                "logprobs": None,
                "finish_reason": "stop",
            }
        ],
        "usage": {
            "prompt_tokens": prompt,
            "completion_tokens": completion,
            "total_tokens": prompt + completion,
        },
    }


def _tokens(text: str) -> int:
    return -(-len(text) // _CHARS_PER_TOKEN)
