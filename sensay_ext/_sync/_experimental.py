# Derived from sensay_ext/_async/_experimental.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""What the provider may change or take away at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generated_client import models
from generated_client.api.experimental import create_experimental_replica_chat_completion
from sensay_ext._bodies import nested, nested_list
from sensay_ext._building import needs_user, or_none
from sensay_ext._completions import patient
from sensay_ext._ids import uuid_of
from sensay_ext._sync._resource import Resource

if TYPE_CHECKING:
    from typing import Unpack

    from sensay_ext._ids import UuidLike
    from sensay_ext._mappings import ChatMessages, DiscordData
    from sensay_ext._options import CallOptions

__all__ = ["Experimental"]


class Experimental(Resource):
    """What the provider may change or take away at any time."""

    def chat_completions(
        self,
        replica: UuidLike,
        messages: ChatMessages,
        *,
        store: bool | None = None,
        source: models.ChatCompletionSource | str | None = None,
        discord_data: DiscordData | None = None,
        **options: Unpack[CallOptions],
    ) -> models.CreateExperimentalChatCompletionResponse:
        """Say something to a replica in the shape of OpenAI's chat completions, and wait for its answer.

        Only the last message counts: the replica remembers the chat by itself. For programs that are made for that
        shape; `chat.complete` is simpler.

        Args:
            replica: The replica, or its uuid.
            messages: The messages, each a mapping such as `{"role": "user", "content": "Hello"}`, or a model.
            store: Whether to add to the chat; the API does so by default.
            source: Where it is said: `web`, `embed` or `discord`.
            discord_data: Where on Discord it is said.
            **options: What this call changes; for the timeout see `chat.complete`.

        Returns:
            The answer, as `.choices[0].message.content`.

        Raises:
            ConfigurationError: There is no user, whom this operation needs.
            NotFoundError: There is no such replica, or not for this user.
            InvalidArgumentError: A value is outside of its limit.
            SensayError: Any other of the tree.
        """
        needs_user(self._transport.config, options, "experimental.chat_completions")
        body = _body(messages, store, source, discord_data)
        builder = create_experimental_replica_chat_completion.build_request
        options = patient(self._transport.config, options)
        return self._call(options, builder, uuid_of(replica, "replica"), body=body)


def _body(
    messages: ChatMessages,
    store: bool | None,  # noqa: FBT001 - as the method above has it
    source: models.ChatCompletionSource | str | None,
    discord_data: DiscordData | None,
) -> models.CreateExperimentalChatCompletionRequest:
    return models.CreateExperimentalChatCompletionRequest(
        messages=nested_list(models.ChatCompletionMessage, messages, "messages"),
        store=store,
        source=or_none(models.ChatCompletionSource, source),
        discord_data=None if discord_data is None else nested(models.DiscordData, discord_data, "discord_data"),
    )
