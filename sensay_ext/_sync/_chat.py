# Derived from sensay_ext/_async/_chat.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Chats with replicas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generated_client import models
from generated_client.api.chat_completions import create_replica_chat_completion
from generated_client.api.chat_history import (
    create_replica_chat_history,
    get_replica_chat_history,
    get_replica_chat_history_web,
)
from generated_client.api.chat_widget_integration import get_replica_chat_history_embed
from generated_client.api.discord_integration import get_replica_chat_history_discord
from generated_client.api.telegram_integration import get_replica_chat_history_telegram
from sensay_ext._bodies import nested
from sensay_ext._building import build, or_none
from sensay_ext._call import Series
from sensay_ext._completions import patient
from sensay_ext._errors import InvalidArgumentError, SensayError
from sensay_ext._ids import uuid_of
from sensay_ext._seconds import LONGEST_WAIT, check_seconds
from sensay_ext._sync._chat_stream import ChatStream
from sensay_ext._sync._resource import Resource
from sensay_ext._verification import Verification, meets
from sensay_ext._watch import Watch

if TYPE_CHECKING:
    from typing import Unpack

    from generated_client.types import Request
    from sensay_ext._ids import UuidLike
    from sensay_ext._mappings import DiscordData
    from sensay_ext._options import CallOptions
    from sensay_ext._verification import Expectation

__all__ = ["Chat"]

_HISTORIES = {
    None: get_replica_chat_history,
    "discord": get_replica_chat_history_discord,
    "embed": get_replica_chat_history_embed,
    "telegram": get_replica_chat_history_telegram,
    "web": get_replica_chat_history_web,
}


class Chat(Resource):
    """Talking to replicas.

    Each user has a chat of their own with a replica, so act as one: `sensay.as_user("…").chat`, or `user="…"`. Without
    a user the organization itself is talking.
    """

    def complete(
        self,
        replica: UuidLike,
        content: str,
        *,
        skip_chat_history: bool | None = None,
        source: models.ChatSource | str | None = None,
        discord_data: DiscordData | None = None,
        **options: Unpack[CallOptions],
    ) -> models.CreateChatCompletionResponse:
        """Say something to a replica, and wait for its answer.

        An answer that is lost on its way is not asked for again, since it would be charged and remembered twice.

        Args:
            replica: The replica, or its uuid.
            content: What is said; 1 to 100,000 characters.
            skip_chat_history: Neither remind the replica of the chat so far, nor add to it.
            source: Where it is said: `web`, `embed`, `discord`, `telegram` or `telegram_autopilot`.
            discord_data: Where on Discord it is said.
            **options: What this call changes. Unless a timeout is given, here or to the client, two minutes are
                waited for the answer: the API takes up to 90 seconds.

        Returns:
            The answer, as `.content`.

        Raises:
            NotFoundError: There is no such replica, or not for this user.
            QuotaExceededError: The conversations of this month are used up.
            InvalidArgumentError: A value is outside of its limit.
            SensayError: Any other of the tree.
        """
        options = patient(self._transport.config, options)
        request = self._completion(
            replica, content, options, skip_chat_history=skip_chat_history, source=source, discord_data=discord_data
        )
        return self._transport.send(request, options)

    def stream(
        self,
        replica: UuidLike,
        content: str,
        *,
        skip_chat_history: bool | None = None,
        source: models.ChatSource | str | None = None,
        discord_data: DiscordData | None = None,
        idle_timeout: float | None = 60.0,
        **options: Unpack[CallOptions],
    ) -> ChatStream:
        """Say something to a replica, and read its answer while it comes in.

        The API says that it streams by the protocol of the Vercel AI SDK, and documents no more than that; so the
        answer is recognized by its form, one that comes in one piece included.

        Args:
            replica: The replica, or its uuid.
            content: What is said; 1 to 100,000 characters.
            skip_chat_history: Neither remind the replica of the chat so far, nor add to it.
            source: Where it is said: `web`, `embed`, `discord`, `telegram` or `telegram_autopilot`.
            discord_data: Where on Discord it is said.
            idle_timeout: Seconds of silence within the answer; None keeps the time limit for reading.
            **options: What this call changes; for the timeout, which holds until the answer begins, see `complete`.

        Returns:
            The answer, to be used in a `with` block, where it is asked for.

        Raises:
            InvalidArgumentError: A value is outside of its limit.
        """
        check_seconds("idle_timeout", idle_timeout, LONGEST_WAIT)
        transport, options = self._transport, patient(self._transport.config, options)
        request = self._completion(
            replica, content, options, skip_chat_history=skip_chat_history, source=source, discord_data=discord_data
        )
        reply = transport.stream(request, options, idle_timeout=idle_timeout)
        return ChatStream(reply, path=request.path, largest_reply=transport.config.max_response_bytes)

    def history(
        self, replica: UuidLike, channel: str | None = None, **options: Unpack[CallOptions]
    ) -> list[models.ChatHistoryMessage]:
        """Return what a user and a replica said to each other; without a user, what everybody said.

        The API gives all of it at once. `chats` reads it page by page.

        Args:
            replica: The replica, or its uuid.
            channel: Only what was said there: `web`, `embed`, `telegram` or `discord`.
            **options: What this call changes.

        Returns:
            The messages, the oldest first.

        Raises:
            NotFoundError: There is no such replica, or not for this user.
            InvalidArgumentError: There is no such channel.
            SensayError: Any other of the tree.
        """
        if channel not in _HISTORIES:
            known = ", ".join(sorted(filter(None, _HISTORIES)))
            raise InvalidArgumentError(f"channel is none of {known}", field="channel", limit=known)
        found = self._call(options, _HISTORIES[channel].build_request, uuid_of(replica, "replica"))
        return found.items or []

    def add_to_history(
        self,
        replica: UuidLike,
        content: str,
        *,
        source: models.ChatSource | str | None = None,
        discord_data: DiscordData | None = None,
        **options: Unpack[CallOptions],
    ) -> None:
        """Let a replica know of something that was said elsewhere, without asking for an answer.

        Args:
            replica: The replica, or its uuid.
            content: What was said.
            source: Where it was said: `web`, `embed`, `discord`, `telegram` or `telegram_autopilot`.
            discord_data: Where on Discord it was said.
            **options: What this call changes.

        Raises:
            NotFoundError: There is no such replica, or not for this user.
            InvalidArgumentError: A value is outside of its limit.
            SensayError: Any other of the tree.
        """
        body = models.CreateChatHistoryRequest(
            content=content, source=or_none(models.ChatSource, source), discord_data=_discord(discord_data)
        )
        self._call(options, create_replica_chat_history.build_request, uuid_of(replica, "replica"), body=body)

    def verify(
        self,
        replica: UuidLike,
        question: str,
        expect: Expectation,
        *,
        attempts: int = 3,
        poll_interval: float = 5.0,
        **options: Unpack[CallOptions],
    ) -> Verification:
        """Ask a replica something that it should know, without leaving a trace in the chat.

        What it was trained on just now may take a moment to come up, so a wrong answer is asked for again.

        Args:
            replica: The replica, or its uuid.
            question: What to ask; not for anything that sounds like a secret, which replicas keep to themselves.
            expect: What a right answer holds: a text in any case, a pattern, or a function that judges it.
            attempts: How many times to ask; each time counts as a conversation.
            poll_interval: Seconds between two times.
            **options: What the calls change.

        Returns:
            Whether it knew, and its last answer; true or false by itself.

        Raises:
            InvalidArgumentError: A value is outside of its limit.
            SensayError: Any other of the tree.
        """
        if attempts < 1:
            raise InvalidArgumentError("attempts must be at least 1", field="attempts", limit="at least 1")
        check_seconds("poll_interval", poll_interval, LONGEST_WAIT)
        transport, options, series = self._transport, patient(self._transport.config, options), Series()
        request = self._completion(replica, question, options, skip_chat_history=True)
        attempt = 1
        while True:
            answer = (transport.send(request, options, series=series)).content
            outcome = Verification(ok=meets(answer, expect), answer=answer, attempts=attempt)
            if outcome.ok or attempt == attempts:
                return outcome
            problem = SensayError("the answer is not the expected one")
            Watch(transport.config.hooks, series).retrying(series.attempts, poll_interval, problem)
            transport.clock.sleep(poll_interval)
            attempt += 1

    def _completion(
        self,
        replica: UuidLike,
        content: str,
        options: CallOptions,
        *,
        skip_chat_history: bool | None,
        source: models.ChatSource | str | None = None,
        discord_data: DiscordData | None = None,
    ) -> Request[models.CreateChatCompletionResponse]:
        """The request for an answer, checked."""
        body = models.CreateChatCompletionRequest(
            content=content,
            skip_chat_history=skip_chat_history,
            source=or_none(models.ChatSource, source),
            discord_data=_discord(discord_data),
        )
        builder = create_replica_chat_completion.build_request
        return build(self._transport.config, options, builder, uuid_of(replica, "replica"), body=body)


def _discord(data: DiscordData | None) -> models.DiscordData | None:
    return None if data is None else nested(models.DiscordData, data, "discord_data")
