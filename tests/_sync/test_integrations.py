# Derived from tests/_async/test_integrations.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Replicas in other services, as the client offers them."""

import json
from typing import Any
from uuid import UUID

import pytest

from sensay_ext import InvalidArgumentError, NotFoundError, Sensay
from sensay_ext.models import CreateTelegramIntegrationAcceptedResponse, TelegramData
from sensay_ext.params import TelegramDataParams
from tests._sync.making import make_client
from tests.fault_server import FaultServer, reply
from tests.requests_to_send import COMPLETION, REPLICA_UUID

TOKEN = "123456:a-token-of-a-bot"
PLACE: TelegramDataParams = {"chat_id": 42, "chat_type": "private", "message_id": 7}


class TestTelegram:
    def test_a_bot_speaks_for_a_replica_until_it_is_let_go(self, sensay: Sensay, replica: UUID) -> None:
        connected = sensay.integrations.telegram.connect(replica, telegram_token=TOKEN, mention="@guide")
        listed = sensay.replicas.list(integration="telegram").first()

        assert connected.id > 0
        assert listed is not None
        assert listed.uuid == replica
        sensay.integrations.telegram.disconnect(replica)
        assert sensay.replicas.list(integration="telegram").first() is None
        with pytest.raises(NotFoundError):
            sensay.integrations.telegram.disconnect(replica)

    def test_the_token_is_not_shown(self, sensay: Sensay, replica: UUID) -> None:
        sensay.integrations.telegram.connect(replica, telegram_token=TOKEN, mention="@guide")

        assert TOKEN not in repr(sensay.replicas.list().first())

    def test_the_api_may_need_a_moment(self) -> None:
        accepted = {"success": True, "id": 5, "message": "soon"}
        with FaultServer(reply(202, accepted), reply(202, {"success": True, "message": "soon"})) as server:
            with make_client(server.url) as client:
                telegram = client.integrations.telegram
                connected = telegram.connect(REPLICA_UUID, telegram_token=TOKEN, mention="@guide")
                telegram.disconnect(REPLICA_UUID)

        assert isinstance(connected, CreateTelegramIntegrationAcceptedResponse)
        assert json.loads(server.requests[0].body) == {"telegram_token": TOKEN, "mention": "@guide"}

    def test_hands_everything_on(self) -> None:
        place: TelegramDataParams = {
            **PLACE,
            "chat_name": "Bob",
            "message_thread_id": 1,
            "user_id": 9,
            "username": "bob",
        }
        with FaultServer(reply(200, COMPLETION)) as server:
            with make_client(server.url) as client:
                client.integrations.telegram.complete(
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
    def test_what_is_said_is_remembered(self, alice: Sensay, replica: UUID, place: Any) -> None:
        telegram = alice.integrations.telegram
        answer = telegram.complete(replica, "Hi", telegram_data=place)
        telegram.add_to_history(replica, "By the way", telegram_data=place)

        said = [message.content for message in telegram.history(replica)]
        assert said == ["Hi", answer.content, "By the way"]

    def test_what_is_outside_of_a_limit_is_refused(self, alice: Sensay, replica: UUID) -> None:
        incomplete: Any = {"chat_id": 42}
        with pytest.raises(InvalidArgumentError, match="telegram_data lacks chat_type, message_id"):
            alice.integrations.telegram.complete(replica, "Hi", telegram_data=incomplete)
        with pytest.raises(InvalidArgumentError, match="message_thread_id is 0"):
            alice.integrations.telegram.complete(replica, "Hi", telegram_data={**PLACE, "message_thread_id": 0})


def test_what_was_said_in_discord_is_remembered(alice: Sensay, replica: UUID) -> None:
    alice.chat.add_to_history(replica, "Hello", source="discord")

    assert [message.content for message in alice.integrations.discord.history(replica)] == ["Hello"]
