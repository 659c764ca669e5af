"""Finds the functions that serve the operations."""

from collections.abc import Awaitable, Callable, Mapping
from types import ModuleType

from sensay_ext.sandbox._call import Call, Reply
from sensay_ext.sandbox._handlers import (
    api_keys,
    chats,
    completions,
    conversations,
    experimental,
    histories,
    integrations,
    knowledge_base,
    replicas,
    usage,
    users,
)

Handler = Callable[[Call], Reply | Awaitable[Reply]]

_MODULES: tuple[ModuleType, ...] = (
    api_keys,
    chats,
    completions,
    conversations,
    experimental,
    histories,
    integrations,
    knowledge_base,
    replicas,
    usage,
    users,
)


def find_handlers() -> Mapping[str, Handler]:
    """Return the handlers by operationId: the public functions of the modules above."""
    return {
        name: member
        for module in _MODULES
        for name, member in vars(module).items()
        if callable(member) and getattr(member, "__module__", None) == module.__name__ and not name.startswith("_")
    }
