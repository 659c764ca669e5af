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
_VALID_WITHOUT_ANSWER = 60.0

_known: WeakKeyDictionary[AsyncPool, tuple[float, FileTypes]] = WeakKeyDictionary()
"""For each client until when its list is good, and the list."""


async def current_file_types(transport: AsyncTransport, options: CallOptions) -> FileTypes:
    """Ask the API, at most once an hour for a client and its views; the latest known list if it does not say.

    Args:
        transport: What to ask with.
        options: What the call changes.
    """
    now = transport.clock.now()
    good_until, types = _known.get(transport.pool, (now, FileTypes()))
    if now < good_until:
        return types
    try:
        reply = await transport.send(list_knowledge_base_file_types.build_request(), options)
    except SensayError as problem:
        # The list only saves a round trip: what it does not know, the API refuses. So it must not cost one per file.
        _logger.info("the API's list of file types cannot be had, the latest known one is used: %s", problem)
        good_until = now + _VALID_WITHOUT_ANSWER
    else:
        types, good_until = FileTypes.from_json(reply.to_dict()), now + _VALID
    _known[transport.pool] = good_until, types
    return types
