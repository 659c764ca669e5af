"""What a customer is told, for each answer that there can be: without HTTP."""

import json
from collections.abc import Iterator
from uuid import UUID

import httpx
import pytest
import respx
from respx.models import AllMockedAssertionError

from sensay_ext import Sensay
from sensay_ext.testing import sample_reply
from shop_assistant import HANDED_OVER, Reply, reply

REPLICA = UUID("8e9309af-baa4-4a85-8c59-c3a2a0c2ad0f")


@pytest.fixture
def router() -> Iterator[respx.Router]:
    router = respx.Router(base_url="https://api.sensay.io")
    yield router
    router.assert_all_called()


@pytest.fixture
def sensay(router: respx.Router) -> Sensay:
    """A client whose requests are answered by the router."""

    def respond(request: httpx.Request) -> httpx.Response:
        try:
            return router.handler(request)
        except AllMockedAssertionError as problem:
            pytest.fail(str(problem))

    return Sensay("unused", http_client=httpx.Client(transport=httpx.MockTransport(respond)))


@pytest.fixture
def completions(router: respx.Router) -> respx.Route:
    """What is answered to a customer who is known."""
    router.get("/v1/users/alice").respond(**sample_reply("users.get", id="alice"))
    return router.post(f"/v1/replicas/{REPLICA}/chat/completions")


def test_the_answer_is_passed_on(sensay: Sensay, completions: respx.Route) -> None:
    completions.respond(**sample_reply("chat.complete", content="Within 30 days."))

    assert reply(sensay, REPLICA, "alice", "May I return it?") == Reply("Within 30 days.")
    sent = completions.calls.last.request
    assert json.loads(sent.content) == {"content": "May I return it?"}
    assert sent.headers["X-USER-ID"] == "alice"


def test_a_new_customer_is_made_known(sensay: Sensay, router: respx.Router) -> None:
    router.get("/v1/users/bob").respond(404, json={"error": "User not found"})
    made = router.post("/v1/users").respond(**sample_reply("users.create", id="bob"))
    router.post(f"/v1/replicas/{REPLICA}/chat/completions").respond(**sample_reply("chat.complete"))
    reply(sensay, REPLICA, "bob", "May I return it?")

    assert json.loads(made.calls.last.request.content) == {"id": "bob"}


@pytest.mark.parametrize("question", ["I want to speak to a person!", "Can I talk to somebody?", "I must complain."])
def test_who_wants_a_person_gets_one_and_nothing_is_sent(sensay: Sensay, question: str) -> None:
    assert reply(sensay, REPLICA, "alice", question) == Reply(HANDED_OVER, for_staff="the customer wants a person")


def test_a_refusal_is_told_to_staff_with_what_support_asks_for(sensay: Sensay, completions: respx.Route) -> None:
    completions.respond(403, json={"error": "Not allowed", "request_id": "fra1::7"})
    said = reply(sensay, REPLICA, "alice", "May I return it?")

    assert said.text == HANDED_OVER
    assert "Not allowed" in said.for_staff
    assert "fra1::7" in said.for_staff


def test_nobody_waits_for_ever(sensay: Sensay, completions: respx.Route) -> None:
    completions.side_effect = httpx.ReadTimeout

    assert reply(sensay, REPLICA, "alice", "May I return it?").for_staff == "the API could not be reached in time"
    assert completions.calls.last.request.extensions["timeout"]["read"] <= 20
