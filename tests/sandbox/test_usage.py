"""Usage, analytics and quotas."""

from datetime import datetime

import pytest

from sensay_ext.sandbox import Sandbox
from tests.sandbox.api import Api

_DAY = 24 * 3600


@pytest.fixture
def replica(api: Api) -> str:
    return api.replica(api.user(id="owner"))


def _to_the_first_of_next_month(sandbox: Sandbox) -> None:
    now = sandbox.now()
    first = datetime(now.year + now.month // 12, now.month % 12 + 1, 1, tzinfo=now.tzinfo)
    sandbox.advance((first - now).total_seconds())


def test_usage_counts_what_the_users_replicas_used_this_month(sandbox: Sandbox, api: Api, replica: str) -> None:
    _to_the_first_of_next_month(sandbox)
    owner = api.as_user("owner")
    assert owner("GET", "/users/me/usage") == {
        "success": True,
        "conversations": {"currentMonthTotal": 0, "currentMonthByReplica": {}},
        "knowledgeBaseEntries": {"total": 0, "byReplica": {}},
    }
    second = api.replica("owner")
    for name in ("ann", "bob"):
        api.user(id=name)
        api.as_user(name).ask(replica, "Hello?")
    api.add(replica, text="One thing to know.")
    api.add(second, text="Another thing to know.")
    api.ask(api.replica(), "Somebody else's?")

    usage = owner("GET", "/users/me/usage")

    assert usage["conversations"] == {"currentMonthTotal": 2, "currentMonthByReplica": {replica: 2}}
    assert usage["knowledgeBaseEntries"] == {"total": 2, "byReplica": {replica: 1, second: 1}}
    _to_the_first_of_next_month(sandbox)
    assert owner("GET", "/users/me/usage")["conversations"]["currentMonthTotal"] == 0


def test_analytics_count_conversations_up_to_each_of_thirty_days(sandbox: Sandbox, api: Api, replica: str) -> None:
    for pause in (0, 40, 2, 2):
        sandbox.advance(pause * _DAY)
        api.ask(replica, "Another day?")
    api.ask(replica, "In the widget?", source="embed")

    days = api("GET", f"/replicas/{replica}/analytics/conversations/historical")["items"]

    assert len(days) == 30
    assert [day["date"] for day in days] == sorted(day["date"] for day in days)
    assert days[-1]["date"] == sandbox.now().date().isoformat()
    counts = [day["cumulativeConversations"] for day in days]
    assert counts[:25] == [1] * 25
    assert counts[25:] == [2, 2, 3, 3, 5]
    sources = api("GET", f"/replicas/{replica}/analytics/conversations/sources")["items"]
    assert sources == [{"source": "web", "conversations": 4}, {"source": "embed", "conversations": 1}]


def test_a_conversation_more_than_the_month_has_is_refused(sandbox: Sandbox, api: Api, replica: str) -> None:
    sandbox.set_quotas(conversations=1, secret=api.secret)
    api.user(id="ann")
    api.ask(replica, "Hello?")
    # A conversation that has begun goes on.
    api.ask(replica, "Still there?")
    path = f"/replicas/{replica}/chat/completions"

    error = api.as_user("ann")("POST", path, {"content": "Me too?"}, expect=429)

    assert error["error_code"] == "CONVERSATION_QUOTA_EXCEEDED"
    api.as_user("ann")("POST", path, {"content": "Unrecorded?", "skip_chat_history": True})
    assert api("GET", f"/replicas/{replica}/chats")["total"] == 1
    _to_the_first_of_next_month(sandbox)
    api.as_user("ann").ask(replica, "Now?")


def test_an_entry_more_than_the_owner_has_is_refused(sandbox: Sandbox, api: Api, replica: str) -> None:
    sandbox.set_quotas(entries=2, secret=api.secret)
    path = f"/replicas/{replica}/knowledge-base"
    first = api.add(replica, text="One thing to know.")["knowledgeBaseID"]
    api.add(api.replica("owner"), text="Another thing to know.")

    error = api("POST", path, {"text": "Too much."}, expect=429)

    assert error["error_code"] == "KNOWLEDGE_BASE_CUSTOM_QUOTA_EXCEEDED"
    api.add(api.replica(), text="Somebody else's.")
    api("DELETE", f"{path}/{first}")
    assert api.add(replica, text="There is room again.")["enqueued"] is True


def test_a_playlist_that_is_larger_than_the_quota_adds_nothing(sandbox: Sandbox, api: Api, replica: str) -> None:
    sandbox.set_quotas(entries=1, secret=api.secret)
    sandbox.add_playlist("PL-large", ["video-a", "video-b"])
    path = f"/replicas/{replica}/knowledge-base"

    api("POST", path, {"url": "https://www.youtube.com/playlist?list=PL-large"}, expect=429)

    assert api("GET", path)["total"] == 0


def test_a_replica_more_than_the_owner_has_is_refused(sandbox: Sandbox, api: Api, replica: str) -> None:
    sandbox.set_quotas(replicas=1, secret=api.secret)
    body = {"name": "N", "shortDescription": "S", "greeting": "G", "ownerID": "owner", "slug": "second", "llm": {}}

    assert api("POST", "/replicas", body, expect=429)["error_code"] == "REPLICA_QUOTA_EXCEEDED"

    api.replica()
    api("DELETE", f"/replicas/{replica}")
    api("POST", "/replicas", body, expect=201)
