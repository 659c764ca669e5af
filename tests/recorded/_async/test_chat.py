"""Talking to replicas, as recorded."""

from uuid import UUID

import pytest

from sensay_ext import AsyncSensay, NotFoundError
from sensay_ext.sandbox import Sandbox, StreamDialect
from tests.recorded.world import HOURS

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("sensay_vcr")]

QUESTION = "When is the workshop open?"


@pytest.fixture
async def trained(owner: AsyncSensay, replica: UUID) -> UUID:
    """The replica, which knows the opening hours."""
    await owner.knowledge_base.wait_until_ready(replica, await owner.knowledge_base.add_text(replica, HOURS))
    return replica


async def test_what_is_said_is_remembered(owner: AsyncSensay, trained: UUID) -> None:
    answer = await owner.chat.complete(trained, QUESTION)
    unheard = await owner.chat.complete(trained, QUESTION, skip_chat_history=True)
    await owner.chat.add_to_history(trained, "Thank you!", source="web")
    history = await owner.chat.history(trained)

    assert answer.content == unheard.content
    assert "18:00" in answer.content
    assert [message.content for message in history] == [QUESTION, answer.content, "Thank you!"]


@pytest.mark.sandbox_only
@pytest.mark.parametrize("channel", ["web", "embed", "telegram", "discord"])
async def test_each_channel_has_its_history(owner: AsyncSensay, trained: UUID, channel: str) -> None:
    await owner.chat.complete(trained, QUESTION, source=channel)
    history = await owner.chat.history(trained, channel)

    assert [message.role for message in history] == ["user", "assistant"]


@pytest.mark.sandbox_only
@pytest.mark.parametrize("dialect", ["vercel-v4", "vercel-v5", "openai", "text", "json"])
async def test_an_answer_is_read_as_it_comes(
    owner: AsyncSensay, trained: UUID, sandbox: Sandbox | None, dialect: StreamDialect
) -> None:
    if sandbox is not None:
        sandbox.set_stream(dialect)
    async with owner.chat.stream(trained, QUESTION) as stream:
        text = "".join([part async for part in stream.text_stream()])

    assert text == await stream.get_final_text()
    assert "18:00" in text


async def test_the_shape_of_openai_is_spoken_too(owner: AsyncSensay, trained: UUID) -> None:
    completion = await owner.experimental.chat_completions(trained, [{"role": "user", "content": QUESTION}])

    assert "18:00" in completion.choices[0].message.content


async def test_nobody_is_there(owner: AsyncSensay) -> None:
    with pytest.raises(NotFoundError) as raised:
        await owner.chat.complete("210bb355-193d-4ed0-8223-5802710438c9", QUESTION)

    assert raised.value.request_id
