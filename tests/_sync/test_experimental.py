# Derived from tests/_async/test_experimental.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""What the provider may change or take away at any time, as the client offers it."""

import json
from typing import Any
from uuid import UUID

import pytest

from sensay_ext import ConfigurationError, InvalidArgumentError, Sensay
from sensay_ext.models import ChatCompletionMessage, ChatCompletionMessageRole
from sensay_ext.sandbox import Sandbox
from tests._sync.making import make_client
from tests.fault_server import FaultServer, reply
from tests.requests_to_send import REPLICA_UUID

COMPLETION = {
    "id": "c1",
    "object": "chat.completion",
    "created": 1762421808,
    "model": "gpt-4o",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hello!"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
}


@pytest.mark.parametrize(
    "message",
    [
        {"role": "user", "content": "When are you open?"},
        ChatCompletionMessage(role=ChatCompletionMessageRole.USER, content="When are you open?"),
    ],
    ids=["a mapping", "a model"],
)
def test_a_replica_answers_in_the_shape_of_openai(alice: Sensay, replica: UUID, sandbox: Sandbox, message: Any) -> None:
    alice.knowledge_base.add_text(replica, "We are open from 9 to 5.")
    sandbox.advance(60)
    completion = alice.experimental.chat_completions(replica, [message])

    assert completion.choices[0].message.content == "We are open from 9 to 5."
    assert [said.role for said in alice.chat.history(replica)] == ["user", "assistant"]


def test_hands_everything_on() -> None:
    with FaultServer(reply(200, COMPLETION)) as server:
        with make_client(server.url) as client:
            client.experimental.chat_completions(
                REPLICA_UUID,
                [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi", "name": "Bob"}],
                store=False,
                source="web",
                discord_data={
                    "author_id": "1",
                    "author_name": "Bob",
                    "channel_id": "2",
                    "channel_name": "General",
                    "message_id": "3",
                },
                user="alice",
            )

    assert server.requests[0].headers["x-user-id"] == "alice"
    assert json.loads(server.requests[0].body) == {
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi", "name": "Bob"}],
        "store": False,
        "source": "web",
        "discord_data": {
            "author_id": "1",
            "author_name": "Bob",
            "channel_id": "2",
            "channel_name": "General",
            "message_id": "3",
        },
    }


def test_there_must_be_a_user(sensay: Sensay, replica: UUID) -> None:
    with pytest.raises(ConfigurationError, match="chat_completions acts as a user"):
        sensay.experimental.chat_completions(replica, [{"role": "user", "content": "Hi"}])


@pytest.mark.parametrize(
    ("messages", "problem"),
    [
        ("Hi", "messages is no list"),
        (["Hi"], r"messages\[0\] is neither a mapping nor a ChatCompletionMessage"),
        ([{"role": "user", "content": "Hi"}, {"role": "user"}], r"messages\[1\] lacks content"),
        ([{"role": "user", "content": ""}], r"content has 0 characters"),
    ],
)
def test_messages_that_cannot_be_sent_are_refused(alice: Sensay, replica: UUID, messages: Any, problem: str) -> None:
    with pytest.raises(InvalidArgumentError, match=problem):
        alice.experimental.chat_completions(replica, messages)
