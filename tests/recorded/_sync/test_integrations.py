# Derived from tests/recorded/_async/test_integrations.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Replicas in other services, and how an organization gets its secret, as recorded."""

from uuid import UUID

import pytest

from sensay_ext import Sensay
from sensay_ext.params import TelegramDataParams
from sensay_ext.sandbox import Sandbox
from sensay_ext.testing import ApiAccess

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("sensay_vcr"), pytest.mark.sandbox_only]

TOKEN = "7391205664:AAF0mJd3VtQ2p9xKcLwYzRbNhGsEuTiO1aZ"
PLACE: TelegramDataParams = {"chat_id": 42, "chat_type": "private", "message_id": 7}


def test_a_bot_speaks_for_a_replica_until_it_is_let_go(owner: Sensay, replica: UUID) -> None:
    telegram = owner.integrations.telegram
    connected = telegram.connect(replica, telegram_token=TOKEN, mention="@guide")
    answer = telegram.complete(replica, "Good morning!", telegram_data=PLACE)
    telegram.add_to_history(replica, "Thank you!", telegram_data=PLACE)
    history = telegram.history(replica)
    listed = owner.replicas.list(integration="telegram").first()
    telegram.disconnect(replica)

    assert connected.id > 0
    assert [message.content for message in history] == ["Good morning!", answer.content, "Thank you!"]
    assert listed is not None
    assert listed.uuid == replica
    assert owner.replicas.list(integration="telegram").first() is None


def test_what_was_said_on_discord_is_there(owner: Sensay, replica: UUID) -> None:
    answer = owner.chat.complete(replica, "Good morning!", source="discord")
    history = owner.integrations.discord.history(replica)

    assert [message.content for message in history] == ["Good morning!", answer.content]


def test_an_invite_becomes_a_secret(sensay_access: ApiAccess, sandbox: Sandbox | None) -> None:
    if sandbox is not None:
        sandbox.add_invite("WORKSHOP-4711")
    with Sensay.anonymous(base_url=sensay_access.base_url) as nobody:
        redeemed = nobody.api_keys.redeem_invite(
            "WORKSHOP-4711", organization_name="Meridian", name="Alice", email="alice@meridian.example"
        )

    assert redeemed.api_key
    assert redeemed.api_key not in repr(redeemed)
