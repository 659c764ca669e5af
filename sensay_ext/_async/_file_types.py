"""The file types that the API takes at present."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from generated_client.api.knowledge_base import list_knowledge_base_file_types
from sensay_ext._errors import SensayError
from sensay_ext._mime import FileTypes

if TYPE_CHECKING:
    from sensay_ext._async._pool import AsyncPool
    from sensay_ext._async._transport import AsyncTransport
    from sensay_ext._options import CallOptions

__all__ = ["current_file_types"]

_logger = logging.getLogger("sensay_ext")

_VALID = 3600.0  # seconds

_known: WeakKeyDictionary[AsyncPool, tuple[float, FileTypes]] = WeakKeyDictionary()


async def current_file_types(transport: AsyncTransport, options: CallOptions) -> FileTypes:
    """Ask the API, at most once an hour for a client and its views; the bundled list if it does not say.

    Args:
        transport: What to ask with.
        options: What the call changes.
    """
    now = transport.clock.now()
    asked, types = _known.get(transport.pool, (0.0, None))
    if types is not None and now - asked < _VALID:
        return types
    try:
        reply = await transport.send(list_knowledge_base_file_types.build_request(), options)
    except SensayError as problem:
        # The list only saves a round trip: what it does not know, the API refuses.
        _logger.info("the API's list of file types cannot be had, the bundled one is used: %s", problem)
        return FileTypes()
    types = FileTypes.from_json(reply.to_dict())
    _known[transport.pool] = now, types
    return types
