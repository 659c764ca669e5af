"""Input by people who mean harm: kept as plain text, or refused."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sandbox.api import Api

_NUMBERS = count()

_NASTY = [
    "'; DROP TABLE users; --",
    '" OR 1=1 --',
    "<script>alert(1)</script>",
    "{{7*7}} ${7*7} #{7*7}",
    "../../../../etc/passwd",
    "%00%0d%0aSet-Cookie: a=b",
    "\x00\x01\x1f\x7f",
    "\u202egnp.exe\u200b\ufeff",
    "\U0001d54f" * 12,
]


@pytest.mark.parametrize("text", _NASTY)
def test_nasty_text_comes_back_as_it_was_sent(api: Api, text: str) -> None:
    user = api.user(id=text)
    replica = api.replica(user, name=text, greeting=text, slug=text, suggestedQuestions=[text])
    long_text = f"{text} is what this text is all about, and about nothing else."
    number = api.learn(replica, long_text, title=text)
    acting = api.as_user("plain")
    api.user(id="plain", email=f"{len(text)}@example.com")
    acting.ask(replica, text)

    read = api("GET", f"/replicas/{replica}")
    assert (read["name"], read["greeting"], read["slug"], read["suggestedQuestions"]) == (text, text, text, [text])
    assert read["ownerID"] == text
    entry = api.entry(replica, number)
    assert (entry["title"], entry["rawText"]) == (text, long_text)
    assert acting("GET", f"/replicas/{replica}/chat/history")["items"][0]["content"] == text
    found = api("GET", "/replicas", params={"search": text, "slug": text, "ownerID": text})
    assert [item["uuid"] for item in found["items"]] == [replica]
    searched = api("GET", f"/replicas/{replica}/knowledge-base", params={"search": long_text[:40]})
    assert searched["total"] == 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1), st.text(min_size=1, max_size=50), st.text(min_size=1, max_size=300))
def test_any_text_goes_in_and_comes_out(api: Api, user: str, name: str, content: str) -> None:
    given_id = f"{next(_NUMBERS)} {user}"
    created = api("POST", "/users", {"id": given_id})["id"]
    replica = api.replica(created, name=name)
    number = api.add(replica, text=content, title=content)["knowledgeBaseID"]
    api.sandbox.advance(48)
    api.ask(replica, content)

    assert created == given_id
    assert api("GET", f"/replicas/{replica}")["name"] == name
    assert api.entry(replica, number)["rawText"] == content
    assert api("GET", f"/replicas/{replica}/chat/history")["items"][0]["content"] == content


@pytest.mark.parametrize("value", ["1; DROP TABLE entries", "' OR '1'='1", "createdAt;", "asc)--"])
@pytest.mark.parametrize("name", ["sortOrder", "status", "type", "hasError", "page", "pageSize"])
def test_parameters_reach_no_query_unchecked(api: Api, name: str, value: str) -> None:
    replica = api.replica()

    api("GET", f"/replicas/{replica}/knowledge-base", params={name: value}, expect=400)

    assert api("GET", f"/replicas/{replica}/knowledge-base")["total"] == 0


def test_headers_reach_no_query_unchecked(api: Api) -> None:
    for value in ("' OR 1=1 --", '" OR ""="'):
        api("GET", "/replicas", expect=401, headers={"X-ORGANIZATION-SECRET": value})
        api("GET", "/replicas", expect=401, headers={"X-USER-ID": value})


def test_a_name_for_the_server_is_only_ever_part_of_an_address(api: Api) -> None:
    replica = api.replica()

    reply = api.send(
        "POST", f"/replicas/{replica}/knowledge-base", {"filename": "a.txt"}, headers={"Host": "evil.example"}
    )

    assert reply.json()["results"][0]["signedURL"].startswith("http://evil.example/storage/")
