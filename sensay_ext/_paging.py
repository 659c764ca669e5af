"""How a walk through pages goes on, for the three ways in which the API pages: rules without I/O.

    paging = NumberedPaging(CAMEL, key=lambda item: item.id, max_items=500)
    while (query := paging.query) is not None:      # parameters, as the API spells them
        page = get(query)
        for item in paging.take(page.items, total=page.total):
            yield item

`query` is known as soon as a page has been taken, so the next page can be fetched while its items are still in use.

Lists move while they are walked: entries created meanwhile push others to the next page, where they come again, and
entries deleted meanwhile pull others to a page already read, where they are missed. What comes again is given out
once. What is missed cannot be seen from here, only that it may have happened (`shifted`); so collect first, then
delete. A server that gives the same page for ever raises `ResponseParseError` instead of an endless loop.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sensay_ext._errors import InvalidArgumentError, ResponseParseError

T = TypeVar("T")
Query = dict[str, int | str]
Key = Callable[[Any], Hashable | None]

_STALE_PAGES = 3
_MOST_ITEMS = 1_000_000
"""Items after which a list that does not say how many it has is taken for one without end."""

_LARGEST_PAGE = 100
"""Items that the API gives at a time where it pages by cursor."""


@dataclass(frozen=True, slots=True)
class PageStyle:
    """The names of the two parameters of numbered pages, and the size at which only the total is asked for."""

    page: str
    size: str
    smallest: int

    @property
    def total_query(self) -> Query:
        """Parameters that tell the total for the least data."""
        return {self.page: 1, self.size: self.smallest}


SNAKE = PageStyle("page", "page_size", smallest=1)
"""Replicas: the API does not take a size of zero here, so the total costs one item."""

CAMEL = PageStyle("page", "pageSize", smallest=0)
"""Knowledge base entries, chats and conversations: a size of zero asks for the total alone."""


class Paging(ABC):
    """What the ways of paging share.

    Args:
        key: What identifies an item; `None` for an item that nothing identifies.
        page_size: Items to ask for at a time.
        max_items: Items after which the walk ends; no end unless given.
    """

    def __init__(self, *, key: Key, page_size: int, max_items: int | None) -> None:
        if page_size < 1:
            raise InvalidArgumentError("page_size must be at least 1", field="page_size", limit="at least 1")
        if max_items is not None and max_items < 0:
            raise InvalidArgumentError("max_items must not be negative", field="max_items", limit="at least 0")
        self._key = key
        self._page_size = page_size
        self._left = max_items
        self._seen: set[Hashable] = set()
        self._pages = 0
        # Counted in pages of full size: a server that gives less than it is asked for is found out as soon.
        self._most_pages = max(_MOST_ITEMS // page_size, 1)
        self._ended = max_items == 0
        self.shifted = False
        """Whether the list was seen to move during the walk, so that items may have been missed."""

    @property
    def query(self) -> Query | None:
        """Parameters of the next page; `None` when the walk is over."""
        return None if self._ended else self._query()

    @abstractmethod
    def _query(self) -> Query: ...

    def _hand_out(self, items: Iterable[T], keys: Iterable[Hashable | None]) -> list[T]:
        self._pages += 1
        if self._pages > self._most_pages:
            raise _stuck(f"the list has not ended after {self._most_pages} pages")
        fresh: list[T] = []
        for item, key in zip(items, keys, strict=True):
            if key in self._seen:
                self.shifted = True
                continue
            if key is not None:
                self._seen.add(key)
            fresh.append(item)
        if self._left is not None:
            fresh = fresh[: self._left]
            self._left -= len(fresh)
            self._ended = self._ended or not self._left
        return fresh


class NumberedPaging(Paging):
    """Pages by number.

    Args:
        style: How the parameters are called.
        key: What identifies an item.
        page_size: Items to ask for at a time.
        max_items: Items after which the walk ends; no end unless given.
        first_page: Number of the page to begin with; the first is 1.
    """

    def __init__(
        self, style: PageStyle, *, key: Key, page_size: int = 100, max_items: int | None = None, first_page: int = 1
    ) -> None:
        # A page larger than what is wanted would only cost. But where pages begin depends on their size: all but the
        # first would be another one, and none may be smaller than those before it.
        wanted = min(page_size, max_items) if max_items and max_items > 0 and first_page == 1 else page_size
        super().__init__(key=key, page_size=wanted, max_items=max_items)
        self._style = style
        self._page = first_page
        self._received = (first_page - 1) * self._page_size
        self._last: list[Hashable | None] = []
        self._stale = 0
        self.total: int | None = None
        """Items in the whole list, as the last page said; `None` if it did not say."""

    def _query(self) -> Query:
        return {self._style.page: self._page, self._style.size: self._page_size}

    def take(self, items: Sequence[T], *, total: int | None = None) -> list[T]:
        """Take a page; return those of its items that have not been given out yet.

        Raises:
            ResponseParseError: The server gives the same items again and again.
        """
        known = len(self._seen)
        self.shifted = self.shifted or (self.total is not None and total is not None and total != self.total)
        if self.total is None and total is not None:
            # As long as it says what it has, each page may hold a single item; what comes in addition is new meanwhile.
            self._most_pages += total
        self.total = total if total is not None else self.total
        keys = [self._key(item) for item in items]
        fresh = self._hand_out(items, keys)
        self._page += 1
        self._received += len(items)
        if items:
            self._guard(keys, advanced=len(self._seen) > known)
        # A short page need not be the last: a server may cap the size it is asked for, or hide items.
        enough = self._received >= self.total if self.total is not None else len(items) < self._page_size
        self._ended = self._ended or not items or enough
        return fresh

    def _guard(self, keys: list[Hashable | None], *, advanced: bool) -> None:
        if advanced or None in keys:
            self._stale = 0
        else:
            self._stale += 1
            if self._stale >= _STALE_PAGES or (keys == self._last and len(keys) > 1):
                raise _stuck("the server gives the same items on every page")
        self._last = keys


class CursorPaging(Paging):
    """Pages by the item before or after which they lie.

    Without `after`, the walk goes from the newest item back in time, and gives the items out in that order. With
    it, the walk goes forwards from there, the oldest item first. The API has no beginning to go forwards from.
    Where a page has no item that can be a cursor, a larger one is asked for, up to the largest that the API gives.

    Args:
        key: What identifies an item, as a cursor. In a group of messages that is the one nearest to where the walk
            goes on: the oldest when it goes back in time.
        page_size: Items to ask for at a time.
        max_items: Items after which the walk ends; no end unless given.
        before: Begin before this item.
        after: Begin after this item, and go forwards.
        newest_first: Whether the server sorts each page with the newest item first.
    """

    def __init__(
        self,
        *,
        key: Key,
        page_size: int = 100,
        max_items: int | None = None,
        before: str | None = None,
        after: str | None = None,
        newest_first: bool = False,
    ) -> None:
        if before is not None and after is not None:
            # The API takes both and then ignores `after`.
            raise InvalidArgumentError("give before or after, not both", field="after", limit="one of the two")
        super().__init__(key=_as_cursor(key), page_size=page_size, max_items=max_items)
        self._forwards = after is not None
        self._reverse = self._forwards == newest_first
        self._cursor = after if self._forwards else before
        if self._cursor is not None:
            self._seen.add(self._cursor)
        self._at_least = 1

    def _limit(self) -> int:
        wanted = self._page_size if self._left is None else min(self._page_size, self._left)
        return max(wanted, self._at_least)

    def _query(self) -> Query:
        query: Query = {"limit": self._limit()}
        if self._cursor is not None:
            query["afterUUID" if self._forwards else "beforeUUID"] = self._cursor
        return query

    def take(self, items: Sequence[T], *, has_more: bool | None = None) -> list[T]:
        """Take a page; return its items in the order of the walk.

        Args:
            items: The page, in the server's order.
            has_more: Whether the list goes on, where the server says so; else a short page is the last.

        Raises:
            ResponseParseError: The list goes on, but the page leads nowhere.
        """
        limit = self._limit()
        ordered = list(reversed(items)) if self._reverse else list(items)
        keys = [self._key(item) for item in ordered]
        goes_on = bool(items) and (len(items) >= limit if has_more is None else has_more)
        if not goes_on or self._is_enough(keys):
            self._ended = True
            return self._hand_out(ordered, keys)
        # What follows the last item that can be a cursor comes again on the next page, which begins there.
        while keys and keys[-1] is None:
            keys.pop()
        if not keys and limit < _LARGEST_PAGE:
            self._at_least = min(2 * limit, _LARGEST_PAGE)
            return []
        if not keys or keys[-1] in self._seen:
            raise _stuck("the list goes on, but the page does not say where")
        self._cursor = str(keys[-1])
        return self._hand_out(ordered[: len(keys)], keys)

    def _is_enough(self, keys: list[Hashable | None]) -> bool:
        """Whether a page has as many items as are still wanted, so that it need not lead to another one."""
        new = {key for key in keys if key is not None} - self._seen
        return self._left is not None and keys.count(None) + len(new) >= self._left


def _as_cursor(key: Key) -> Key:
    def cursor(item: Any) -> str | None:
        found = key(item)
        return None if found is None else str(found)

    return cursor


def _stuck(message: str) -> ResponseParseError:
    return ResponseParseError(message, status_code=200, field="items")
