# Derived from tests/_async/test_pager.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Lists, fetched page by page."""

import threading
from typing import Any
from uuid import UUID

import pytest

from sensay_ext import (
    CountedPager,
    InvalidArgumentError,
    ResponseParseError,
    RetryEvent,
    Sensay,
    ServerError,
)
from sensay_ext._concurrency import Blocking
from sensay_ext.models import KnowledgeBaseEntryListItem
from sensay_ext.sandbox import Sandbox
from tests._sync.making import make_client
from tests.fault_server import PATIENCE, FaultServer, Instruction, after, reply, stall
from tests.leaks import check_connections, check_threads
from tests.requests_seen import RequestsSince
from tests.requests_to_send import REPLICA_UUID, error_body

MOMENT = "2025-11-06T09:36:48.213015+00:00"


def page(*numbers: int, total: int) -> Instruction:
    items = [
        {"id": number, "type": "text", "status": "READY", "createdAt": MOMENT, "updatedAt": MOMENT}
        for number in numbers
    ]
    return reply(200, {"success": True, "items": items, "total": total})


def entries(client: Sensay, **options: Any) -> CountedPager[KnowledgeBaseEntryListItem]:
    return client.knowledge_base.list(REPLICA_UUID, **options)


def ids(pager: CountedPager[KnowledgeBaseEntryListItem]) -> list[int]:
    return [item.id for item in pager]


def test_nothing_is_fetched_before_it_is_asked_for() -> None:
    with FaultServer() as server:
        with make_client(server.url) as client:
            pager = entries(client)
            assert repr(pager).endswith("Pager(GET /v1/replicas/{replica_uuid}/knowledge-base)")

    assert server.requests == []


@pytest.mark.parametrize("how", [{}, {"prefetch": True}], ids=["one by one", "prefetch"])
class TestWalk:
    def test_goes_through_all_pages(self, how: dict[str, Any]) -> None:
        with FaultServer(page(1, 2, total=3), page(3, total=3)) as server:
            with make_client(server.url) as client:
                assert ids(entries(client, page_size=2, **how)) == [1, 2, 3]

        assert [request.target.partition("?")[2] for request in server.requests] == [
            "page=1&pageSize=2",
            "page=2&pageSize=2",
        ]

    def test_can_be_made_a_page_at_a_time(self, how: dict[str, Any]) -> None:
        with FaultServer(page(1, 2, total=5), page(2, 1, total=5), page(3, total=5)) as server:
            with make_client(server.url) as client:
                pager = entries(client, page_size=2, **how)
                pages = [[item.id for item in found] for found in pager.pages()]

        # The second page had nothing new.
        assert pages == [[1, 2], [3]]

    def test_ends_after_as_many_items_as_are_wanted(self, how: dict[str, Any]) -> None:
        with FaultServer(page(1, 2, total=9), page(3, 4, total=9)) as server:
            with make_client(server.url) as client:
                assert ids(entries(client, page_size=2, max_items=3, **how)) == [1, 2, 3]

    def test_begins_anew_each_time(self, how: dict[str, Any]) -> None:
        with FaultServer(page(1, total=1), page(2, total=1)) as server:
            with make_client(server.url) as client:
                pager = entries(client, **how)
                assert (ids(pager), ids(pager)) == ([1], [2])

    def test_begins_with_any_page(self, how: dict[str, Any]) -> None:
        with FaultServer(page(5, total=5)) as server:
            with make_client(server.url) as client:
                assert ids(entries(client, page=3, page_size=2, **how)) == [5]

        assert "page=3&pageSize=2" in server.requests[0].target

    def test_begins_with_the_same_item_of_a_page_however_few_are_wanted(self, how: dict[str, Any]) -> None:
        with FaultServer(always=page(3, 4, total=9)) as server:
            with make_client(server.url) as client:
                some = entries(client, page=2, page_size=2, max_items=1, **how)
                assert ids(some) == [3]
                first = entries(client, page=2, page_size=2, **how).first()

        assert first is not None
        assert first.id == 3
        assert {request.target.partition("?")[2] for request in server.requests} == {"page=2&pageSize=2"}

    def test_gives_out_once_what_comes_twice(self, how: dict[str, Any]) -> None:
        with FaultServer(page(1, 2, total=3), page(2, 3, total=4)) as server:
            with make_client(server.url) as client:
                assert ids(entries(client, page_size=2, **how)) == [1, 2, 3]

    def test_ends_on_a_server_that_gives_the_same_page_for_ever(self, how: dict[str, Any]) -> None:
        with FaultServer(always=page(1, 2, total=9)) as server:
            with make_client(server.url) as client:
                with pytest.raises(ResponseParseError, match="the same items on every page"):
                    ids(entries(client, page_size=2, **how))

        assert len(server.requests) < 4

    def test_ends_with_the_error_of_a_page(self, how: dict[str, Any]) -> None:
        with FaultServer(page(1, total=2), reply(500, error_body())) as server:
            with make_client(server.url, max_retries=0) as client:
                seen: list[int] = []
                with pytest.raises(ServerError):
                    collect(entries(client, page_size=1, **how), seen)

        assert seen == [1]

    def test_can_be_left_early(self, how: dict[str, Any]) -> None:
        with FaultServer(page(1, 2, total=9), always=page(3, 4, total=9)) as server:
            with make_client(server.url) as client:
                for item in entries(client, page_size=2, **how):
                    assert item.id == 1
                    break

    def test_of_an_empty_list_is_short(self, how: dict[str, Any]) -> None:
        with FaultServer(page(total=0)) as server:
            with make_client(server.url) as client:
                assert ids(entries(client, **how)) == []

    def test_for_nothing_asks_nothing(self, how: dict[str, Any]) -> None:
        with FaultServer() as server:
            with make_client(server.url) as client:
                assert ids(entries(client, max_items=0, **how)) == []

        assert server.requests == []


class TestPrefetch:
    @pytest.mark.parametrize(("how", "early"), [({"prefetch": True}, 2), ({}, 1)])
    def test_fetches_the_next_page_while_this_one_is_in_use(self, how: dict[str, Any], early: int) -> None:
        arrived = threading.Event()
        with FaultServer(page(1, total=2), after(arrived.set, page(2, total=2))) as server:
            with make_client(server.url) as client:
                pages = entries(client, page_size=1, **how).pages()
                next(pages)
                Blocking.run(arrived.wait, PATIENCE if how else 0.1)
                assert len(server.requests) == early
                assert [[item.id for item in found] for found in pages] == [[2]]

    def test_does_not_go_beyond_what_is_wanted(self) -> None:
        with FaultServer(page(1, total=9)) as server:
            with make_client(server.url) as client:
                assert ids(entries(client, max_items=1, prefetch=True)) == [1]

        assert len(server.requests) == 1

    def test_of_whoever_stops_early_is_called_off(self) -> None:
        arrived = threading.Event()
        retries: list[RetryEvent] = []
        with FaultServer(page(1, total=2), always=after(arrived.set, stall())) as server:
            with make_client(server.url, timeout=None, on_retry=retries.append) as client:
                pages = entries(client, page_size=1, prefetch=True).pages()
                next(pages)
                Blocking.run(arrived.wait, PATIENCE)
                # Would fail after a long time if it waited for the page, as that comes no more.
                pages.close()
                server.close()
                Blocking.run(check_threads)
                check_connections(client)

        assert (len(server.requests), retries) == (2, [])

    def test_that_failed_unseen_is_not_reported(self) -> None:
        failed = threading.Event()
        with FaultServer(page(1, total=2), after(failed.set, reply(400, error_body()))) as server:
            with make_client(server.url) as client:
                pages = entries(client, page_size=1, prefetch=True).pages()
                next(pages)
                Blocking.run(failed.wait, PATIENCE)
                pages.close()

        assert len(server.requests) == 2


class TestFirst:
    def test_is_all_that_is_fetched(self) -> None:
        with FaultServer(page(7, total=9)) as server:
            with make_client(server.url) as client:
                found = entries(client).first()

        assert found is not None
        assert found.id == 7
        assert server.requests[0].target.endswith("page=1&pageSize=1")

    @pytest.mark.parametrize(("options", "asked"), [({}, 1), ({"max_items": 0}, 0)])
    def test_is_none_where_there_is_nothing(self, options: dict[str, Any], asked: int) -> None:
        with FaultServer(always=page(total=0)) as server:
            with make_client(server.url) as client:
                assert entries(client, **options).first() is None

        assert len(server.requests) == asked


class TestTotal:
    def test_is_asked_for_without_items(self) -> None:
        with FaultServer(page(total=1234)) as server:
            with make_client(server.url) as client:
                assert entries(client, page_size=7, max_items=3).total() == 1234

        assert server.requests[0].target.endswith("page=1&pageSize=0")

    def test_of_replicas_costs_one(self, sensay: Sensay, replica: UUID, sandbox: Sandbox) -> None:
        seen = RequestsSince(sandbox)

        assert sensay.replicas.list().total() == 1
        assert len(seen.all) == 1
        assert (sensay.replicas.get(replica)).uuid == replica


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"page_size": 0}, "page_size must be at least 1"),
        ({"page_size": 101}, "page_size is 101; the API takes 0 to 100"),
        ({"max_items": -1}, "max_items must not be negative"),
        ({"page": 0}, "page is 0; the API takes at least 1"),
    ],
)
def test_a_mistake_is_found_where_it_is_made(sensay: Sensay, options: dict[str, int], message: str) -> None:
    with pytest.raises(InvalidArgumentError, match=message):
        entries(sensay, **options)


def test_a_misspelt_parameter_is_refused(sensay: Sensay) -> None:
    with pytest.raises(TypeError, match="pagesize"):
        entries(sensay, pagesize=3)


def collect(pager: CountedPager[KnowledgeBaseEntryListItem], seen: list[int]) -> None:
    for item in pager:
        seen.append(item.id)  # noqa: PERF401 - what came before an error is the point
