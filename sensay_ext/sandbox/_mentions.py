"""Picks the places out of a conversation where the replica was addressed."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sensay_ext.sandbox._cursors import message_view
from sensay_ext.sandbox._database import Row

_CONTEXT = 2


def group_mentions(messages: Sequence[Row], minimum: int) -> list[dict[str, Any]]:
    """Group the messages around mentions, and fold the long stretches between them.

    Args:
        messages: The messages, oldest first.
        minimum: How many messages a placeholder stands for at least; shorter stretches are shown.

    Returns:
        Groups and placeholders in the API's shape, the latest first.
    """
    shown = [
        any(message["answered"] for message in messages[max(0, at - _CONTEXT) : at + _CONTEXT + 1])
        for at in range(len(messages))
    ]
    # Showing the short stretches joins the groups on both sides of them.
    for is_shown, stretch in groupby(range(len(messages)), key=shown.copy().__getitem__):
        places = list(stretch)
        if not is_shown and len(places) < minimum:
            for place in places:
                shown[place] = True
    items: list[dict[str, Any]] = []
    for is_shown, stretch in groupby(range(len(messages)), key=shown.__getitem__):
        places = list(stretch)
        if is_shown:
            items.append({"type": "mention", "messages": [message_view(messages[place]) for place in places]})
        else:
            items.append({"type": "placeholder", "count": len(places)})
    return items[::-1]
