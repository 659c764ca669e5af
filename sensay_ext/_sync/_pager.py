# Derived from sensay_ext/_async/_pager.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""A list of the API, fetched page by page while it is walked through."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast

import attrs

from sensay_ext._building import check_limits
from sensay_ext._concurrency import Ahead
from sensay_ext._ids import uuid_of
from sensay_ext._paging import CursorPaging, NumberedPaging

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from uuid import UUID

    from generated_client.types import Request
    from sensay_ext._ids import UuidLike
    from sensay_ext._options import CallOptions
    from sensay_ext._paging import PageStyle, Query
    from sensay_ext._requests import RequestLike
    from sensay_ext._sync._transport import Transport

__all__ = ["CountedPager", "Pager", "cursor_pager"]

_T = TypeVar("_T")
_T_co = TypeVar("_T_co", covariant=True)


class _Page(Protocol[_T_co]):
    """A page, as the generated client reads it."""

    @property
    def items(self) -> Sequence[_T_co]: ...


class Pager(Generic[_T]):
    """A list of the API. Nothing is fetched before it is asked for.

        for item in pager:            # all items, page after page
            ...
        for page in pager.pages():    # the same, a page at a time
            ...
        first = pager.first()         # or None

    Each of these walks through the list anew. What comes again, because the list moved during the walk, is given out
    once. Collect the items before you delete any of them: the others move up, and would be missed.

    Args:
        transport: What requests are sent with.
        options: What the calls change.
        request: The list, without the parameters that choose a page.
        walk: Begins a walk that ends after so many items.
        max_items: Items after which the walk ends; None for all.
        prefetch: Fetch the next page while the items of this one are in use.

    Raises:
        InvalidArgumentError: A parameter is outside of its limit.
    """

    def __init__(
        self,
        transport: Transport,
        options: CallOptions,
        request: RequestLike[_Page[_T]],
        *,
        walk: Callable[[int | None], CursorPaging | NumberedPaging],
        max_items: int | None = None,
        prefetch: bool = False,
    ) -> None:
        self._transport = transport
        self._options = options
        self._request = cast("Request[_Page[_T]]", request)
        self._walk = walk
        self._max_items = max_items
        self._prefetch = prefetch
        self.shifted = False
        """Whether the list was seen to move during the latest walk, so that items may have been missed."""
        # What is wrong should be said here, where the mistake is, and not where the pager is used first.
        self._at(walk(max_items).query or {})

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._request.method} {self._request.path})"

    def __iter__(self) -> Generator[_T, None]:
        with closing(self.pages()) as pages:
            for page in pages:
                for item in page:
                    yield item

    def pages(self) -> Generator[list[_T], None]:
        """Walk through the list a page at a time; pages without anything new are left out.

        Raises:
            ResponseParseError: The server gives the same page again and again.
            SensayError: Any other of the tree.
        """
        walk = self._walk(self._max_items)
        query = walk.query
        ahead: Ahead[_Page[_T]] | None = None
        try:
            while query is not None:
                page = self._fetch(query) if ahead is None else ahead.result()
                items = _take(walk, page)
                self.shifted = walk.shifted
                query = walk.query
                ahead = Ahead(partial(self._fetch, query)) if self._prefetch and query is not None else None
                if items:
                    yield items
        finally:
            if ahead is not None:
                ahead.cancel()

    def first(self) -> _T | None:
        """Return the first item; None when there is none.

        Raises:
            SensayError: Any of the tree.
        """
        walk = self._walk(1 if self._max_items is None else min(1, self._max_items))
        while walk.query is not None:
            items: list[_T] = _take(walk, self._fetch(walk.query))
            if items:
                return items[0]
        return None

    def _at(self, query: Query) -> Request[_Page[_T]]:
        request = attrs.evolve(self._request, params={**self._request.params, **query})
        check_limits(self._transport.config, request)
        return request

    def _fetch(self, query: Query) -> _Page[_T]:
        return self._transport.send(self._at(query), self._options)


class CountedPager(Pager[_T]):
    """A list whose length the API knows.

    Args:
        style: How the list is paged.
        page: Number of the page to begin with; the first is 1.
        page_size: Items to ask for at a time.
        **others: As for `Pager`.
    """

    def __init__(
        self,
        transport: Transport,
        options: CallOptions,
        request: RequestLike[_Page[_T]],
        *,
        style: PageStyle,
        key: Callable[[_T], Any],
        page: int = 1,
        page_size: int = 100,
        max_items: int | None = None,
        prefetch: bool = False,
    ) -> None:
        def walk(most: int | None) -> NumberedPaging:
            return NumberedPaging(style, key=key, page_size=page_size, max_items=most, first_page=page)

        super().__init__(transport, options, request, walk=walk, max_items=max_items, prefetch=prefetch)
        self._style = style

    def total(self) -> int:
        """Ask how many items the whole list has, `max_items` or not, for as little data as the API allows.

        Raises:
            SensayError: Any of the tree.
        """
        page: Any = self._fetch(self._style.total_query)
        return int(page.total)


def cursor_pager(
    transport: Transport,
    options: CallOptions,
    request: RequestLike[_Page[_T]],
    *,
    key: Callable[[_T, bool], UUID | None],
    newest_first: bool = False,
    before: UuidLike | None = None,
    after: UuidLike | None = None,
    page_size: int = 100,
    max_items: int | None = None,
    prefetch: bool = False,
) -> Pager[_T]:
    """A list that is paged by the item before or after which a page lies.

    Args:
        transport: What requests are sent with.
        options: What the calls change.
        request: The list, without the parameters that choose a page.
        key: The uuid that an item is known by, when the walk goes forwards in time, or back.
        newest_first: Whether the API sorts each page with the newest item first.
        before: Go back in time from there.
        after: Go forwards in time from there.
        page_size: Items to ask for at a time.
        max_items: Items after which the walk ends; None for all.
        prefetch: Fetch the next page while the items of this one are in use.

    Raises:
        InvalidArgumentError: A parameter is outside of its limit.
    """
    walk = partial(
        _walk_by_cursor,
        key=lambda item: key(item, after is not None),
        page_size=page_size,
        newest_first=newest_first,
        before=None if before is None else str(uuid_of(before, "before")),
        after=None if after is None else str(uuid_of(after, "after")),
    )
    return Pager(transport, options, request, walk=walk, max_items=max_items, prefetch=prefetch)


def _walk_by_cursor(most: int | None, **paging: Any) -> CursorPaging:
    return CursorPaging(max_items=most, **paging)


def _take(walk: CursorPaging | NumberedPaging, page: _Page[_T]) -> list[_T]:
    if isinstance(walk, NumberedPaging):
        return walk.take(page.items, total=getattr(page, "total", None))
    return walk.take(page.items, has_more=getattr(page, "has_more", None))
