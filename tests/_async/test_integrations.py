"""Replicas in other services, as the client offers them."""

import json
from typing import Any
from uuid import UUID

import pytest

from sensay_ext import AsyncSensay, InvalidArgumentError, NotFoundError
from sensay_ext.models import CreateTelegramIntegrationAcceptedResponse, TelegramData
from sensay_ext.params import TelegramDataParams
from tests._async.making import make_client
from tests.fault_server import FaultServer, reply
from tests.requests_to_send import COMPLETION, REPLICA_UUID

pytestmark = pytest.mark.anyio

TOKEN = "123456:a-token-of-a-bot"
PLACE: TelegramDataParams = {"chat_id": 42, "chat_type": "private", "message_id": 7}


class TestTelegram:
    async def test_a_bot_speaks_for_a_replica_until_it_is_let_go(self, sensay: AsyncSensay, replica: UUID) -> None:
        connected = await sensay.integrations.telegram.connect(replica, telegram_token=TOKEN, mention="@guide")
        listed = await sensay.replicas.list(integration="telegram").first()

        assert connected.id > 0
        assert listed is not None
        assert listed.uuid == replica
        await sensay.integrations.telegram.disconnect(replica)
        assert await sensay.replicas.list(integration="telegram").first() is None
        with pytest.raises(NotFoundError):
            await sensay.integrations.telegram.disconnect(replica)

    async def test_the_token_is_not_shown(self, sensay: AsyncSensay, replica: UUID) -> None:
        await sensay.integrations.telegram.connect(replica, telegram_token=TOKEN, mention="@guide")

        assert TOKEN not in repr(await sensay.replicas.list().first())

    async def test_the_api_may_need_a_moment(self) -> None:
        accepted = {"success": True, "id": 5, "message": "soon"}
        with FaultServer(reply(202, accepted), reply(202, {"success": True, "message": "soon"})) as server:
            async with make_client(server.url) as client:
                telegram = client.integrations.telegram
                connected = await telegram.connect(REPLICA_UUID, telegram_token=TOKEN, mention="@guide")
                await telegram.disconnect(REPLICA_UUID)

        assert isinstance(connected, CreateTelegramIntegrationAcceptedResponse)
        assert json.loads(server.requests[0].body) == {"telegram_token": TOKEN, "mention": "@guide"}

    async def test_hands_everything_on(self) -> None:
        place: TelegramDataParams = {
            **PLACE,
            "chat_name": "Bob",
            "message_thread_id": 1,
            "user_id": 9,
            "username": "bob",
        }
        with FaultServer(reply(200, COMPLETION)) as server:
            async with make_client(server.url) as client:
                await client.integrations.telegram.complete(
                    REPLICA_UUID,
                    "Hi",
                    telegram_data=place,
                    image_url="https://example.com/cat.jpg",
                    skip_chat_history=True,
                )

        assert server.requests[0].target.endswith("/chat/completions/telegram")
        assert json.loads(server.requests[0].body) == {
            "content": "Hi",
            "telegram_data": place,
            "imageURL": "https://example.com/cat.jpg",
            "skip_chat_history": True,
        }

    @pytest.mark.parametrize("place", [PLACE, TelegramData(chat_id=42, chat_type="private", message_id=7)])
    async def test_what_is_said_is_remembered(self, alice: AsyncSensay, replica: UUID, place: Any) -> None:
        telegram = alice.integrations.telegram
        answer = await telegram.complete(replica, "Hi", telegram_data=place)
        await telegram.add_to_history(replica, "By the way", telegram_data=place)

        said = [message.content for message in await telegram.history(replica)]
        assert said == ["Hi", answer.content, "By the way"]

    async def test_what_is_outside_of_a_limit_is_refused(self, alice: AsyncSensay, replica: UUID) -> None:
        incomplete: Any = {"chat_id": 42}
        with pytest.raises(InvalidArgumentError, match="telegram_data lacks chat_type, message_id"):
            await alice.integrations.telegram.complete(replica, "Hi", telegram_data=incomplete)
        with pytest.raises(InvalidArgumentError, match="message_thread_id is 0"):
            await alice.integrations.telegram.complete(replica, "Hi", telegram_data={**PLACE, "message_thread_id": 0})


async def test_what_was_said_in_discord_is_remembered(alice: AsyncSensay, replica: UUID) -> None:
    await alice.chat.add_to_history(replica, "Hello", source="discord")

    assert [message.content for message in await alice.integrations.discord.history(replica)] == ["Hello"]
