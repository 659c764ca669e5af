"""Walks through pages of every style, over lists that stand still and lists that move."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensay_ext._errors import InvalidArgumentError, ResponseParseError
from sensay_ext._paging import CAMEL, SNAKE, CursorPaging, NumberedPaging, Query


def itself(item: Any) -> Any:
    """The key of an item that is its own."""
    return item


def walk_numbers(paging: NumberedPaging, items: list[int], *, tell_total: bool = True, cap: int = 100) -> list[int]:
    """Walk over a list that a server pages by number, never more than `cap` at a time."""
    found: list[int] = []
    while (query := paging.query) is not None:
        size = min(int(query.get("pageSize") or query["page_size"]), cap)
        start = (int(query["page"]) - 1) * size
        found += paging.take(items[start : start + size], total=len(items) if tell_total else None)
    return found


class Messages:
    """A server that pages messages by cursor, each page sorted from old to new unless `newest_first`."""

    def __init__(self, items: list[str], *, newest_first: bool = False) -> None:
        self.items = items
        self.newest_first = newest_first
        self.queries: list[Query] = []

    def page(self, query: Query) -> list[str]:
        """The page that a query asks for."""
        self.queries.append(query)
        limit, before, after = int(query["limit"]), query.get("beforeUUID"), query.get("afterUUID")
        if after is not None:
            page = self.items[self.items.index(str(after)) + 1 :][:limit]
        else:
            page = (self.items if before is None else self.items[: self.items.index(str(before))])[-limit:]
        return page[::-1] if self.newest_first else page

    def walk(self, paging: CursorPaging) -> list[str]:
        """Everything that a walk gives out."""
        found: list[str] = []
        while (query := paging.query) is not None:
            found += paging.take(self.page(query))
        return found


sizes = st.integers(min_value=1, max_value=7)


@given(count=st.integers(0, 30), page_size=sizes, tell_total=st.booleans(), max_items=st.none() | st.integers(0, 40))
def test_numbered_pages_give_every_item_once_and_no_more_than_wanted(
    *, count: int, page_size: int, tell_total: bool, max_items: int | None
) -> None:
    items = list(range(count))
    paging = NumberedPaging(CAMEL, key=itself, page_size=page_size, max_items=max_items)

    assert walk_numbers(paging, items, tell_total=tell_total) == items[:max_items]
    assert not paging.shifted


@given(st.integers(min_value=1, max_value=30), sizes, st.integers(min_value=1, max_value=3))
def test_a_server_that_caps_the_page_size_loses_nothing(count: int, page_size: int, cap: int) -> None:
    items = list(range(count))

    assert walk_numbers(NumberedPaging(CAMEL, key=itself, page_size=page_size), items, cap=cap) == items


@given(
    st.integers(min_value=0, max_value=30),
    st.integers(min_value=2, max_value=7),
    st.lists(st.integers(min_value=0, max_value=1), max_size=20),
)
def test_items_created_during_the_walk_repeat_nothing_and_hide_nothing(
    count: int, page_size: int, created: list[int]
) -> None:
    items = list(range(count))
    paging = NumberedPaging(CAMEL, key=itself, page_size=page_size)
    found: list[int] = []
    arrivals = iter(created)
    while (query := paging.query) is not None:
        start = (int(query["page"]) - 1) * page_size
        found += paging.take(items[start : start + page_size], total=len(items))
        items = [-1 - len(items)] * next(arrivals, 0) + items

    assert len(found) == len(set(found))
    assert set(range(count)) <= set(found)


def test_items_deleted_during_the_walk_are_noticed() -> None:
    paging = NumberedPaging(CAMEL, key=itself, page_size=2)
    first = paging.take([1, 2], total=5)
    second = paging.take([4, 5], total=4)

    assert (first, second) == ([1, 2], [4, 5])
    assert paging.query is None
    assert paging.shifted


@pytest.mark.parametrize("tell_total", [True, False])
def test_a_server_that_ignores_the_page_number_is_found_out(*, tell_total: bool) -> None:
    paging = NumberedPaging(SNAKE, key=itself, page_size=2)
    total = 9 if tell_total else None

    assert paging.take([1, 2], total=total) == [1, 2]
    with pytest.raises(ResponseParseError, match="same items"):
        paging.take([1, 2], total=total)


def test_pages_of_one_item_may_repeat_for_a_while() -> None:
    paging = NumberedPaging(SNAKE, key=itself, page_size=1)

    assert [paging.take([1], total=9), paging.take([1], total=9), paging.take([1], total=9)] == [[1], [], []]
    with pytest.raises(ResponseParseError, match="same items"):
        paging.take([1], total=9)


def test_pages_that_repeat_in_another_order_are_found_out_as_well() -> None:
    paging = NumberedPaging(SNAKE, key=itself, page_size=2)
    for page in ([1, 2], [2, 1], [1, 2]):
        paging.take(page, total=99)

    with pytest.raises(ResponseParseError, match="same items"):
        paging.take([2, 1], total=99)


def walk_without_end(paging: NumberedPaging, *, at_most: int, tell_total: bool) -> None:
    """Walk over a list that gives another item on each page, and seems to end with the next one."""
    for item in range(at_most):
        paging.take([item], total=item + 2 if tell_total else None)


@pytest.mark.parametrize("tell_total", [True, False])
def test_a_list_without_end_is_given_up(*, tell_total: bool) -> None:
    paging = NumberedPaging(SNAKE, key=itself, page_size=5_000)

    with pytest.raises(ResponseParseError, match=r"not ended after 20[02] pages"):
        walk_without_end(paging, at_most=300, tell_total=tell_total)


def test_many_small_pages_are_no_list_without_end() -> None:
    asked_for, capped = (
        NumberedPaging(SNAKE, key=itself, page_size=1),
        NumberedPaging(SNAKE, key=itself, page_size=5_000),
    )

    walk_without_end(asked_for, at_most=10_001, tell_total=False)
    assert walk_numbers(capped, list(range(250)), cap=1) == list(range(250))


def test_items_without_identity_are_all_given_out() -> None:
    paging = NumberedPaging(SNAKE, key=lambda _: None, page_size=2)

    assert [paging.take(["x", "x"]), paging.take(["x", "x"]), paging.take(["x"])] == [["x", "x"], ["x", "x"], ["x"]]
    assert paging.query is None


def test_a_walk_asks_for_no_more_than_it_gives_out() -> None:
    paging = NumberedPaging(CAMEL, key=itself, page_size=100, max_items=3)

    queries = [paging.query]
    assert paging.take([1, 2, 3], total=50) == [1, 2, 3]
    queries.append(paging.query)

    assert queries == [{"page": 1, "pageSize": 3}, None]
    assert paging.total == 50
    assert NumberedPaging(CAMEL, key=itself, max_items=0).query is None


@pytest.mark.parametrize("max_items", [1, 2, 3, 30])
def test_a_page_that_was_asked_for_is_the_same_however_many_items_are_wanted(max_items: int) -> None:
    items = list(range(40))
    paging = NumberedPaging(CAMEL, key=itself, page_size=10, max_items=max_items, first_page=2)

    assert walk_numbers(paging, items) == items[10:][:max_items]


def test_a_walk_can_begin_in_the_middle() -> None:
    paging = NumberedPaging(SNAKE, key=itself, page_size=2, first_page=3)

    queries = [paging.query]
    assert paging.take([5], total=5) == [5]

    assert [*queries, paging.query] == [{"page": 3, "page_size": 2}, None]


def test_the_total_is_asked_for_without_items_where_the_api_allows_it() -> None:
    assert CAMEL.total_query == {"page": 1, "pageSize": 0}
    assert SNAKE.total_query == {"page": 1, "page_size": 1}


NAMES = [f"m{number:02}" for number in range(25)]


@given(count=st.integers(0, 25), page_size=sizes, max_items=st.none() | st.integers(0, 30), newest_first=st.booleans())
def test_without_a_start_messages_come_from_the_newest_back(
    *, count: int, page_size: int, max_items: int | None, newest_first: bool
) -> None:
    server = Messages(NAMES[:count], newest_first=newest_first)
    paging = CursorPaging(key=itself, page_size=page_size, max_items=max_items, newest_first=newest_first)

    assert server.walk(paging) == NAMES[:count][::-1][:max_items]
    asked = sum(int(query["limit"]) for query in server.queries)
    assert max_items is None or asked <= max_items


@given(start=st.integers(0, 24), page_size=sizes, newest_first=st.booleans())
def test_from_a_start_messages_come_forwards_or_back(*, start: int, page_size: int, newest_first: bool) -> None:
    server = Messages(NAMES, newest_first=newest_first)
    forwards = CursorPaging(key=itself, page_size=page_size, after=NAMES[start], newest_first=newest_first)
    back = CursorPaging(key=itself, page_size=page_size, before=NAMES[start], newest_first=newest_first)

    assert server.walk(forwards) == NAMES[start + 1 :]
    assert server.walk(back) == NAMES[:start][::-1]


def test_messages_that_arrive_during_the_walk_back_do_not_disturb_it() -> None:
    server = Messages(NAMES[:10])
    paging = CursorPaging(key=itself, page_size=4)
    found: list[str] = []
    while (query := paging.query) is not None:
        found += paging.take(server.page(query))
        server.items = [*server.items, f"new{len(server.items)}"]

    assert found == NAMES[:10][::-1]


def test_cursors_may_be_of_any_type() -> None:
    first, second = UUID(int=1), UUID(int=2)
    paging = CursorPaging(key=itself, page_size=2)

    assert paging.take([first, second]) == [second, first]
    assert paging.query == {"limit": 2, "beforeUUID": str(first)}


def test_a_page_that_leads_nowhere_is_found_out() -> None:
    paging = CursorPaging(key=itself, page_size=2)
    paging.take(["m3", "m4"])

    with pytest.raises(ResponseParseError, match="does not say where"):
        paging.take(["m3", "m4"])


def test_what_the_server_says_about_the_end_counts_more_than_the_length() -> None:
    paging = CursorPaging(key=itself, page_size=3, newest_first=True)

    assert paging.take(["m9", "m8"], has_more=True) == ["m9", "m8"]
    queries = [paging.query]
    assert paging.take(["m7", "m6", "m5"], has_more=False) == ["m7", "m6", "m5"]
    assert [*queries, paging.query] == [{"limit": 3, "beforeUUID": "m8"}, None]


def test_placeholders_after_the_last_message_come_with_the_page_that_begins_there() -> None:
    def key(item: tuple[str, str | None]) -> str | None:
        return item[1]

    gap, mention, later = ("gap", None), ("mention", "m5"), ("mention", "m2")
    paging = CursorPaging(key=key, page_size=2, newest_first=True)

    assert paging.take([mention, gap], has_more=True) == [mention]
    assert paging.query == {"limit": 2, "beforeUUID": "m5"}
    assert paging.take([gap, later], has_more=True) == [gap, later]
    assert paging.take([gap], has_more=False) == [gap]


MENTIONS = ["gap 4", "m9", "gap 3", "m6", "gap 2", "m3", "gap 1"]


def walk_mentions(*, page_size: int, max_items: int | None, cap: int = 100) -> list[str]:
    """Walk over places in a conversation, the latest first, with gaps between them that cannot be cursors."""
    paging = CursorPaging(
        key=lambda item: None if item.startswith("gap") else item,
        page_size=page_size,
        max_items=max_items,
        newest_first=True,
    )
    found: list[str] = []
    while (query := paging.query) is not None:
        before = query.get("beforeUUID")
        rest = MENTIONS if before is None else MENTIONS[MENTIONS.index(str(before)) + 1 :]
        size = min(int(query["limit"]), cap)
        found += paging.take(rest[:size], has_more=len(rest) > size)
    return found


@given(page_size=sizes, max_items=st.none() | st.integers(0, 9), cap=st.sampled_from([2, 3, 100]))
def test_placeholders_are_given_out_in_their_places_however_few_items_are_wanted(
    *, page_size: int, max_items: int | None, cap: int
) -> None:
    assert walk_mentions(page_size=page_size, max_items=max_items, cap=cap) == MENTIONS[:max_items]


def test_a_list_of_which_only_placeholders_come_is_given_up_unless_they_are_enough() -> None:
    assert walk_mentions(page_size=100, max_items=1, cap=1) == ["gap 4"]
    with pytest.raises(ResponseParseError, match="does not say where"):
        walk_mentions(page_size=1, max_items=2, cap=1)


def test_a_page_of_placeholders_is_asked_for_again_larger_up_to_what_the_api_gives() -> None:
    paging = CursorPaging(key=lambda _: None, page_size=30)
    limits = []

    def go() -> None:
        while (query := paging.query) is not None:
            limits.append(query["limit"])
            assert paging.take(["gap"], has_more=True) == []

    with pytest.raises(ResponseParseError, match="does not say where"):
        go()
    assert limits == [30, 60, 100]


def test_an_empty_page_ends_a_walk_even_if_the_server_says_otherwise() -> None:
    paging = CursorPaging(key=itself)

    assert paging.take([], has_more=True) == []
    assert paging.query is None


@pytest.mark.parametrize(
    "make",
    [
        lambda: CursorPaging(key=itself, before="a", after="b"),
        lambda: CursorPaging(key=itself, page_size=0),
        lambda: NumberedPaging(CAMEL, key=itself, max_items=-1),
    ],
)
def test_contradictions_are_refused(make: Callable[[], object]) -> None:
    with pytest.raises(InvalidArgumentError):
        make()
