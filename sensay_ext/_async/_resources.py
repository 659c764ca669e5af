"""The parts of the API, as a client offers them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sensay_ext._async._analytics import AsyncAnalytics
    from sensay_ext._async._api_keys import AsyncApiKeys
    from sensay_ext._async._chat import AsyncChat
    from sensay_ext._async._chats import AsyncChats
    from sensay_ext._async._conversations import AsyncConversations
    from sensay_ext._async._experimental import AsyncExperimental
    from sensay_ext._async._integrations import AsyncIntegrations
    from sensay_ext._async._knowledge_base import AsyncKnowledgeBase
    from sensay_ext._async._replicas import AsyncReplicas
    from sensay_ext._async._training import AsyncTraining
    from sensay_ext._async._transport import AsyncTransport
    from sensay_ext._async._users import AsyncUsers

__all__ = ["AsyncResources"]


class AsyncResources:
    """The parts of the API; each is loaded when it is first used, as most programs use a few."""

    _transport: AsyncTransport

    @cached_property
    def users(self) -> AsyncUsers:
        """The organization's users."""
        from sensay_ext._async._users import AsyncUsers  # noqa: PLC0415 - see the class

        return AsyncUsers(self._transport)

    @cached_property
    def replicas(self) -> AsyncReplicas:
        """Replicas."""
        from sensay_ext._async._replicas import AsyncReplicas  # noqa: PLC0415 - see the class

        return AsyncReplicas(self._transport)

    @cached_property
    def knowledge_base(self) -> AsyncKnowledgeBase:
        """What replicas are trained on."""
        from sensay_ext._async._knowledge_base import AsyncKnowledgeBase  # noqa: PLC0415 - see the class

        return AsyncKnowledgeBase(self._transport)

    @cached_property
    def training(self) -> AsyncTraining:
        """Training replicas on many sources."""
        from sensay_ext._async._training import AsyncTraining  # noqa: PLC0415 - see the class

        return AsyncTraining(self._transport)

    @cached_property
    def chat(self) -> AsyncChat:
        """Talking to replicas."""
        from sensay_ext._async._chat import AsyncChat  # noqa: PLC0415 - see the class

        return AsyncChat(self._transport)

    @cached_property
    def chats(self) -> AsyncChats:
        """Chats of replicas."""
        from sensay_ext._async._chats import AsyncChats  # noqa: PLC0415 - see the class

        return AsyncChats(self._transport)

    @cached_property
    def conversations(self) -> AsyncConversations:
        """Conversations within chats."""
        from sensay_ext._async._conversations import AsyncConversations  # noqa: PLC0415 - see the class

        return AsyncConversations(self._transport)

    @cached_property
    def analytics(self) -> AsyncAnalytics:
        """Figures about replicas."""
        from sensay_ext._async._analytics import AsyncAnalytics  # noqa: PLC0415 - see the class

        return AsyncAnalytics(self._transport)

    @cached_property
    def integrations(self) -> AsyncIntegrations:
        """Replicas in other services."""
        from sensay_ext._async._integrations import AsyncIntegrations  # noqa: PLC0415 - see the class

        return AsyncIntegrations(self._transport)

    @cached_property
    def api_keys(self) -> AsyncApiKeys:
        """How an organization gets its secret."""
        from sensay_ext._async._api_keys import AsyncApiKeys  # noqa: PLC0415 - see the class

        return AsyncApiKeys(self._transport)

    @cached_property
    def experimental(self) -> AsyncExperimental:
        """What the provider may change or take away at any time."""
        from sensay_ext._async._experimental import AsyncExperimental  # noqa: PLC0415 - see the class

        return AsyncExperimental(self._transport)
