# Derived from sensay_ext/_async/_resources.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""The parts of the API, as a client offers them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sensay_ext._sync._analytics import Analytics
    from sensay_ext._sync._api_keys import ApiKeys
    from sensay_ext._sync._chat import Chat
    from sensay_ext._sync._chats import Chats
    from sensay_ext._sync._conversations import Conversations
    from sensay_ext._sync._experimental import Experimental
    from sensay_ext._sync._integrations import Integrations
    from sensay_ext._sync._knowledge_base import KnowledgeBase
    from sensay_ext._sync._replicas import Replicas
    from sensay_ext._sync._training import Training
    from sensay_ext._sync._transport import Transport
    from sensay_ext._sync._users import Users

__all__ = ["Resources"]


class Resources:
    """The parts of the API; each is loaded when it is first used, as most programs use a few."""

    _transport: Transport

    @cached_property
    def users(self) -> Users:
        """The organization's users."""
        from sensay_ext._sync._users import Users  # noqa: PLC0415 - see the class

        return Users(self._transport)

    @cached_property
    def replicas(self) -> Replicas:
        """Replicas."""
        from sensay_ext._sync._replicas import Replicas  # noqa: PLC0415 - see the class

        return Replicas(self._transport)

    @cached_property
    def knowledge_base(self) -> KnowledgeBase:
        """What replicas are trained on."""
        from sensay_ext._sync._knowledge_base import KnowledgeBase  # noqa: PLC0415 - see the class

        return KnowledgeBase(self._transport)

    @cached_property
    def training(self) -> Training:
        """Training replicas on many sources."""
        from sensay_ext._sync._training import Training  # noqa: PLC0415 - see the class

        return Training(self._transport)

    @cached_property
    def chat(self) -> Chat:
        """Talking to replicas."""
        from sensay_ext._sync._chat import Chat  # noqa: PLC0415 - see the class

        return Chat(self._transport)

    @cached_property
    def chats(self) -> Chats:
        """Chats of replicas."""
        from sensay_ext._sync._chats import Chats  # noqa: PLC0415 - see the class

        return Chats(self._transport)

    @cached_property
    def conversations(self) -> Conversations:
        """Conversations within chats."""
        from sensay_ext._sync._conversations import Conversations  # noqa: PLC0415 - see the class

        return Conversations(self._transport)

    @cached_property
    def analytics(self) -> Analytics:
        """Figures about replicas."""
        from sensay_ext._sync._analytics import Analytics  # noqa: PLC0415 - see the class

        return Analytics(self._transport)

    @cached_property
    def integrations(self) -> Integrations:
        """Replicas in other services."""
        from sensay_ext._sync._integrations import Integrations  # noqa: PLC0415 - see the class

        return Integrations(self._transport)

    @cached_property
    def api_keys(self) -> ApiKeys:
        """How an organization gets its secret."""
        from sensay_ext._sync._api_keys import ApiKeys  # noqa: PLC0415 - see the class

        return ApiKeys(self._transport)

    @cached_property
    def experimental(self) -> Experimental:
        """What the provider may change or take away at any time."""
        from sensay_ext._sync._experimental import Experimental  # noqa: PLC0415 - see the class

        return Experimental(self._transport)
