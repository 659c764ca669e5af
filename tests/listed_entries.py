"""A knowledge base that answers list requests, without a server."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sensay_ext._training_events import TrainingEvent
from sensay_ext._training_poll import Poll


@dataclass
class Trouble:
    """The error of an entry."""

    message: str | None
    fingerprint: str | None = None


@dataclass
class Item:
    """An entry as the list shows it."""

    id: int
    status: str = "RAW_TEXT"
    type_: str = "text"
    error: Trouble | None = None


@dataclass
class KnowledgeBase:
    """A knowledge base that answers list requests, newest entries first."""

    items: list[Item] = field(default_factory=list)
    queries: list[dict[str, Any]] = field(default_factory=list)

    def run(self, poll: Poll, now: float = 0.0, *, tell_total: bool = True) -> list[TrainingEvent]:
        """Answer a whole round."""
        while (query := poll.query) is not None:
            self.queries.append(query)
            size, page = int(str(query["pageSize"])), int(str(query["page"]))
            types = query.get("type", [])
            listed = [item for item in reversed(self.items) if not types or [item.type_] == types]
            part = listed[(page - 1) * size : page * size]
            poll.take(part, total=len(listed) if tell_total else None)
        return poll.finish(now)

    def pages(self) -> list[int]:
        """The pages asked for since the last call."""
        pages = [query["page"] for query in self.queries]
        self.queries.clear()
        return pages


def of_kind(events: Iterable[TrainingEvent], *kinds: type[TrainingEvent]) -> list[TrainingEvent]:
    """The events of some kinds."""
    return [event for event in events if isinstance(event, kinds)]
