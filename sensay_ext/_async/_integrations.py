"""Replicas in other services."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from generated_client import models
from generated_client.api.discord_integration import get_replica_chat_history_discord
from generated_client.api.telegram_integration import (
    create_replica_chat_completion_telegram,
    create_replica_chat_history_telegram,
    create_replica_integration_telegram,
    delete_replica_integration_telegram,
    get_replica_chat_history_telegram,
)
from sensay_ext._async._resource import AsyncResource
from sensay_ext._bodies import nested
from sensay_ext._completions import patient
from sensay_ext._ids import uuid_of

if TYPE_CHECKING:
    from typing import Unpack

    from sensay_ext._ids import UuidLike
    from sensay_ext._mappings import TelegramData
    from sensay_ext._options import CallOptions

__all__ = ["AsyncDiscord", "AsyncIntegrations", "AsyncTelegram"]

Connected: TypeAlias = "models.CreateTelegramIntegrationResponse | models.CreateTelegramIntegrationAcceptedResponse"


class AsyncIntegrations(AsyncResource):
    """Other services in which replicas can be met."""

    @cached_property
    def telegram(self) -> AsyncTelegram:
        """Replicas in Telegram."""
        return AsyncTelegram(self._transport)

    @cached_property
    def discord(self) -> AsyncDiscord:
        """Replicas in Discord."""
        return AsyncDiscord(self._transport)


class AsyncTelegram(AsyncResource):
    """Replicas in Telegram: as bots that the API runs, or through a bot of your own."""

    async def connect(
        self, replica: UuidLike, *, telegram_token: str, mention: str, **options: Unpack[CallOptions]
    ) -> Connected:
        """Let the API run a bot that speaks for a replica.

        Args:
            replica: The replica, or its uuid.
            telegram_token: The token of the bot, from Telegram's BotFather. Lists of replicas show it in clear.
            mention: The name that the bot is addressed by.
            **options: What this call changes.

        Returns:
            The number of the integration, as `.id`; the bot may take a moment to come up.

        Raises:
            NotFoundError: There is no such replica, or not for this user.
            SensayError: Any other of the tree.
        """
        body = models.CreateTelegramIntegrationRequest(telegram_token=telegram_token, mention=mention)
        builder = create_replica_integration_telegram.build_request
        return await self._call(options, builder, uuid_of(replica, "replica"), body=body)

    async def disconnect(self, replica: UuidLike, **options: Unpack[CallOptions]) -> None:
        """Let the bot of a replica go; it may take a moment to fall silent.

        Args:
            replica: The replica, or its uuid.
            **options: What this call changes.

        Raises:
            NotFoundError: There is no such replica, or it has no bot.
            SensayError: Any other of the tree.
        """
        await self._delete(options, delete_replica_integration_telegram.build_request, uuid_of(replica, "replica"))

    async def complete(
        self,
        replica: UuidLike,
        content: str,
        *,
        telegram_data: TelegramData,
        image_url: str | None = None,
        skip_chat_history: bool | None = None,
        **options: Unpack[CallOptions],
    ) -> models.CreateChatCompletionResponse:
        """Say something from Telegram to a replica, and wait for its answer.

        Args:
            replica: The replica, or its uuid.
            content: What is said; 1 to 100,000 characters. Telegram takes at most 4096 in a message, so a longer
                answer has to be cut.
            telegram_data: Where in Telegram it is said.
            image_url: Address of a picture that goes with it.
            skip_chat_history: Neither remind the replica of the chat so far, nor add to it.
            **options: What this call changes; for the timeout see `chat.complete`.

        Returns:
            The answer, as `.content`.

        Raises:
            NotFoundError: There is no such replica, or not for this user.
            QuotaExceededError: The conversations of this month are used up.
            InvalidArgumentError: A value is outside of its limit.
            SensayError: Any other of the tree.
        """
        body = models.CreateTelegramChatCompletionRequest(
            content=content,
            telegram_data=nested(models.TelegramData, telegram_data, "telegram_data"),
            image_url=image_url,
            skip_chat_history=skip_chat_history,
        )
        builder = create_replica_chat_completion_telegram.build_request
        options = patient(self._transport.config, options)
        return await self._call(options, builder, uuid_of(replica, "replica"), body=body)

    async def history(self, replica: UuidLike, **options: Unpack[CallOptions]) -> list[models.ChatHistoryMessage]:
        """Return what a user and a replica said to each other in Telegram.

        Args:
            replica: The replica, or its uuid.
            **options: What this call changes.

        Returns:
            The messages, the oldest first.

        Raises:
            NotFoundError: There is no such replica, or not for this user.
            SensayError: Any other of the tree.
        """
        builder = get_replica_chat_history_telegram.build_request
        return (await self._call(options, builder, uuid_of(replica, "replica"))).items or []

    async def add_to_history(
        self, replica: UuidLike, content: str, *, telegram_data: TelegramData, **options: Unpack[CallOptions]
    ) -> None:
        """Let a replica know of something that was said in Telegram, without asking for an answer.

        Args:
            replica: The replica, or its uuid.
            content: What was said.
            telegram_data: Where in Telegram it was said.
            **options: What this call changes.

        Raises:
            NotFoundError: There is no such replica, or not for this user.
            InvalidArgumentError: A value is outside of its limit.
            SensayError: Any other of the tree.
        """
        body = models.CreateTelegramChatHistoryRequest(
            content=content, telegram_data=nested(models.TelegramData, telegram_data, "telegram_data")
        )
        builder = create_replica_chat_history_telegram.build_request
        await self._call(options, builder, uuid_of(replica, "replica"), body=body)


class AsyncDiscord(AsyncResource):
    """Replicas in Discord."""

    async def history(self, replica: UuidLike, **options: Unpack[CallOptions]) -> list[models.ChatHistoryMessage]:
        """Return what a user and a replica said to each other in Discord.

        Args:
            replica: The replica, or its uuid.
            **options: What this call changes.

        Returns:
            The messages, the oldest first.

        Raises:
            NotFoundError: There is no such replica, or not for this user.
            SensayError: Any other of the tree.
        """
        builder = get_replica_chat_history_discord.build_request
        return (await self._call(options, builder, uuid_of(replica, "replica"))).items or []
