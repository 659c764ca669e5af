# Derived from tests/recorded/_async/test_chat.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Talking to replicas, as recorded."""

from uuid import UUID

import pytest

from sensay_ext import NotFoundError, Sensay
from sensay_ext.sandbox import Sandbox, StreamDialect
from tests.recorded.world import HOURS

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("sensay_vcr")]

QUESTION = "When is the workshop open?"


@pytest.fixture
def trained(owner: Sensay, replica: UUID) -> UUID:
    """The replica, which knows the opening hours."""
    owner.knowledge_base.wait_until_ready(replica, owner.knowledge_base.add_text(replica, HOURS))
    return replica


def test_what_is_said_is_remembered(owner: Sensay, trained: UUID) -> None:
    answer = owner.chat.complete(trained, QUESTION)
    unheard = owner.chat.complete(trained, QUESTION, skip_chat_history=True)
    owner.chat.add_to_history(trained, "Thank you!", source="web")
    history = owner.chat.history(trained)

    assert answer.content == unheard.content
    assert "18:00" in answer.content
    assert [message.content for message in history] == [QUESTION, answer.content, "Thank you!"]


@pytest.mark.sandbox_only
@pytest.mark.parametrize("channel", ["web", "embed", "telegram", "discord"])
def test_each_channel_has_its_history(owner: Sensay, trained: UUID, channel: str) -> None:
    owner.chat.complete(trained, QUESTION, source=channel)
    history = owner.chat.history(trained, channel)

    assert [message.role for message in history] == ["user", "assistant"]


@pytest.mark.sandbox_only
@pytest.mark.parametrize("dialect", ["vercel-v4", "vercel-v5", "openai", "text", "json"])
def test_an_answer_is_read_as_it_comes(
    owner: Sensay, trained: UUID, sandbox: Sandbox | None, dialect: StreamDialect
) -> None:
    if sandbox is not None:
        sandbox.set_stream(dialect)
    with owner.chat.stream(trained, QUESTION) as stream:
        text = "".join([part for part in stream.text_stream()])

    assert text == stream.get_final_text()
    assert "18:00" in text


def test_the_shape_of_openai_is_spoken_too(owner: Sensay, trained: UUID) -> None:
    completion = owner.experimental.chat_completions(trained, [{"role": "user", "content": QUESTION}])

    assert "18:00" in completion.choices[0].message.content


def test_nobody_is_there(owner: Sensay) -> None:
    with pytest.raises(NotFoundError) as raised:
        owner.chat.complete("210bb355-193d-4ed0-8223-5802710438c9", QUESTION)

    assert raised.value.request_id
