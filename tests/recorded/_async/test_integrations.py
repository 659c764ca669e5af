"""Replicas in other services, and how an organization gets its secret, as recorded."""

from uuid import UUID

import pytest

from sensay_ext import AsyncSensay
from sensay_ext.params import TelegramDataParams
from sensay_ext.sandbox import Sandbox
from sensay_ext.testing import ApiAccess

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("sensay_vcr"), pytest.mark.sandbox_only]

TOKEN = "7391205664:AAF0mJd3VtQ2p9xKcLwYzRbNhGsEuTiO1aZ"
PLACE: TelegramDataParams = {"chat_id": 42, "chat_type": "private", "message_id": 7}


async def test_a_bot_speaks_for_a_replica_until_it_is_let_go(owner: AsyncSensay, replica: UUID) -> None:
    telegram = owner.integrations.telegram
    connected = await telegram.connect(replica, telegram_token=TOKEN, mention="@guide")
    answer = await telegram.complete(replica, "Good morning!", telegram_data=PLACE)
    await telegram.add_to_history(replica, "Thank you!", telegram_data=PLACE)
    history = await telegram.history(replica)
    listed = await owner.replicas.list(integration="telegram").first()
    await telegram.disconnect(replica)

    assert connected.id > 0
    assert [message.content for message in history] == ["Good morning!", answer.content, "Thank you!"]
    assert listed is not None
    assert listed.uuid == replica
    assert await owner.replicas.list(integration="telegram").first() is None


async def test_what_was_said_on_discord_is_there(owner: AsyncSensay, replica: UUID) -> None:
    answer = await owner.chat.complete(replica, "Good morning!", source="discord")
    history = await owner.integrations.discord.history(replica)

    assert [message.content for message in history] == ["Good morning!", answer.content]


async def test_an_invite_becomes_a_secret(sensay_access: ApiAccess, sandbox: Sandbox | None) -> None:
    if sandbox is not None:
        sandbox.add_invite("WORKSHOP-4711")
    async with AsyncSensay.anonymous(base_url=sensay_access.base_url) as nobody:
        redeemed = await nobody.api_keys.redeem_invite(
            "WORKSHOP-4711", organization_name="Meridian", name="Alice", email="alice@meridian.example"
        )

    assert redeemed.api_key
    assert redeemed.api_key not in repr(redeemed)
