"""Websites."""

from collections.abc import Iterator
from typing import Any

import pytest

from sensay_ext.sandbox import Sandbox, serve
from tests.sandbox.api import Api
from tests.sandbox.web import Answer, Site, serve_site

_PAGE = """
<html><head><title>Harbour</title><meta name="description" content="All about the harbour"></head>
<body><h1>Welcome</h1><p>The harbour master is called Olufemi.</p><a href="/boats">Boats</a>
<script>ignored()</script></body></html>
"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serve_site() as served:
        yield served


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with serve(virtual_time=True, allow_private_addresses=True) as served:
        yield served


@pytest.fixture
def replica(api: Api) -> str:
    return api.replica()


def _outcome(api: Api, replica: str, url: str) -> dict[str, Any]:
    number = api.add(replica, url=url)["knowledgeBaseID"]
    api.sandbox.advance(60)
    return api.entry(replica, number)


def test_a_website_goes_through_all_statuses_of_a_website(api: Api, site: Site, replica: str) -> None:
    url = site.page("/harbour", _PAGE)
    result = api.add(replica, url=url)
    number = result["knowledgeBaseID"]

    seen = [api.entry(replica, number)["status"]]
    for seconds in (60, 20, 28, 4 * 3600):
        api.sandbox.advance(seconds)
        seen.append(api.entry(replica, number)["status"])

    assert result["type"] == "website"
    assert seen == ["NEW", "RAW_TEXT", "PROCESSED_TEXT", "VECTOR_CREATED", "READY"]
    assert "harbour master is called Olufemi" in api.ask(replica, "What is the harbour master called?")
    entry = api.entry(replica, number)
    assert entry["url"] == entry["website"]["url"] == url
    assert entry["website"]["title"] == "Harbour"
    assert entry["website"]["description"] == "All about the harbour"
    assert entry["website"]["links"] == ["/boats"]
    assert entry["website"]["autoRefresh"] is False
    assert "ignored" not in entry["rawText"]


def test_a_url_is_in_a_knowledge_base_once(api: Api, site: Site, replica: str) -> None:
    url = site.page("/once", _PAGE)
    number = api.add(replica, url=url)["knowledgeBaseID"]

    error = api("POST", f"/replicas/{replica}/knowledge-base", {"url": url}, expect=409)
    assert error["error"] == "URL already exists in the knowledge base"

    assert api.add(api.replica(), url=url)["enqueued"] is True
    api("DELETE", f"/replicas/{replica}/knowledge-base/{number}")
    assert api.add(replica, url=url)["enqueued"] is True


_HTML = {"Content-Type": "text/html"}
_UNUSABLE: list[tuple[Answer, str]] = [
    ((404, {}, b""), "answered 404"),
    ((401, {}, b""), "requires authorization"),
    ((403, {}, b""), "requires authorization"),
    ((200, {"Content-Type": "application/pdf"}, b"%PDF-1.4"), "not to a web page"),
    ((200, _HTML, b"<script>nothing()</script>"), "no text"),
    ((200, _HTML, b"x" * (5 * 1024 * 1024 + 1)), "too large"),
    ((302, {"Location": "/unusable"}, b""), "redirects too often"),
    ((302, {"Location": "ftp://127.0.0.1/"}, b""), "leads to no web page"),
]


@pytest.mark.parametrize(("answer", "reason"), _UNUSABLE)
def test_a_page_that_cannot_be_used_ends_its_entry_with_the_reason(
    api: Api, site: Site, replica: str, answer: Answer, reason: str
) -> None:
    site.answers["/unusable"] = answer

    entry = _outcome(api, replica, f"{site.url}/unusable")

    assert entry["status"] == "UNPROCESSABLE"
    assert reason in entry["error"]["message"]


def test_a_server_that_does_not_answer_ends_the_entry(api: Api, replica: str) -> None:
    assert _outcome(api, replica, "http://127.0.0.1:1/")["status"] == "UNPROCESSABLE"


def test_a_redirect_is_followed(api: Api, site: Site, replica: str) -> None:
    site.page("/there", _PAGE)

    assert _outcome(api, replica, site.answer("/here", 301, Location="there"))["status"] == "RAW_TEXT"


def test_a_server_in_trouble_is_asked_again(api: Api, site: Site, replica: str) -> None:
    number = api.add(replica, url=site.answer("/busy", 503))["knowledgeBaseID"]
    api.sandbox.advance(60)
    entry = api.entry(replica, number)
    assert (entry["status"], entry["error"]["message"]) == ("NEW", "The URL answered 503")

    site.page("/busy", _PAGE)
    api.sandbox.advance(60)

    assert api.entry(replica, number)["status"] == "RAW_TEXT"


def test_a_server_that_stays_in_trouble_is_given_up(api: Api, site: Site, replica: str) -> None:
    number = api.add(replica, url=site.answer("/down", 503))["knowledgeBaseID"]

    api.sandbox.advance(3600)

    assert api.entry(replica, number)["status"] == "UNPROCESSABLE"
    assert site.asked.count("/down") == 10


def test_a_page_is_visited_again_if_that_is_wanted(api: Api, site: Site, replica: str) -> None:
    url = site.page("/news", "<p>The ferry costs three coins this year.</p>")
    number = api.add(replica, url=url, autoRefresh=True)["knowledgeBaseID"]
    api.sandbox.advance(5 * 3600)
    assert api.entry(replica, number)["status"] == "READY"

    api.sandbox.advance(24 * 3600)
    unchanged = api.entry(replica, number)
    site.page("/news", "<p>The ferry costs eleven coins this year.</p>")
    api.sandbox.advance(20 * 3600)
    at_work = api.entry(replica, number)
    api.sandbox.advance(4 * 3600 + 60)

    assert unchanged["status"] == at_work["status"] == "READY"
    assert site.asked.count("/news") == 3
    assert api.ask(replica, "What does the ferry cost?") == "The ferry costs eleven coins this year."


def test_a_page_is_not_visited_again_if_that_is_no_longer_wanted(api: Api, site: Site, replica: str) -> None:
    url = site.page("/static", _PAGE)
    number = api.add(replica, url=url, autoRefresh=True)["knowledgeBaseID"]
    api.sandbox.advance(60)
    api("PATCH", f"/replicas/{replica}/knowledge-base/{number}", {"website": {"autoRefresh": False}})

    api.sandbox.advance(72 * 3600)

    assert site.asked.count("/static") == 1


@pytest.mark.parametrize("url", ["https://www.google.com/search", "https://docs.google.com/document/d/1"])
def test_google_pages_are_refused_at_once(api: Api, replica: str, url: str) -> None:
    result = api.add(replica, url=url)

    assert (result["enqueued"], result["type"]) == (False, "website")


@pytest.mark.parametrize("url", ["ftp://example.com/a", "example", "http://localhost/", "javascript:alert(1)"])
def test_what_is_no_public_web_address_is_a_bad_request(api: Api, replica: str, url: str) -> None:
    api("POST", f"/replicas/{replica}/knowledge-base", {"url": url}, expect=400)
