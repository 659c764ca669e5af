# Derived from tests/_async/test_chat.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Talking to replicas in one go."""

import json
import logging
import re
from typing import Any
from uuid import UUID

import pytest

from sensay_ext import (
    InvalidArgumentError,
    NotFoundError,
    QuotaExceededError,
    Sensay,
    Timeout,
)
from sensay_ext._deadline import Deadline
from sensay_ext.params import DiscordDataParams
from sensay_ext.sandbox import Fault, Sandbox
from tests._sync.making import make_client
from tests.clocks import FakeClock
from tests.fault_server import FaultServer, reply
from tests.requests_to_send import COMPLETION, REPLICA_UUID

DISCORD: DiscordDataParams = {
    "author_id": "1",
    "author_name": "Bob",
    "channel_id": "2",
    "channel_name": "General",
    "message_id": "3",
}
QUESTION = "When are you open?"
ANSWER = "We are open from 9 to 5, Monday to Friday."


@pytest.fixture
def trained(sensay: Sensay, replica: UUID, sandbox: Sandbox) -> UUID:
    """A replica that knows something."""
    sensay.knowledge_base.add_text(replica, ANSWER)
    sandbox.advance(60)
    return replica


class TestComplete:
    def test_a_replica_answers_from_what_it_learnt(self, alice: Sensay, trained: UUID) -> None:
        assert (alice.chat.complete(trained, QUESTION)).content == ANSWER

    def test_the_organization_can_talk_to_it_as_well(self, sensay: Sensay, trained: UUID) -> None:
        assert (sensay.chat.complete(trained, QUESTION)).content == ANSWER

    def test_hands_everything_on(self) -> None:
        with FaultServer(reply(200, COMPLETION)) as server:
            with make_client(server.url) as client:
                client.chat.complete(REPLICA_UUID, "Hi", skip_chat_history=True, source="discord", discord_data=DISCORD)

        assert json.loads(server.requests[0].body) == {
            "content": "Hi",
            "skip_chat_history": True,
            "source": "discord",
            "discord_data": DISCORD,
        }

    @pytest.mark.parametrize("content", ["", "x" * 100_001], ids=["nothing", "too much"])
    def test_what_is_outside_of_the_limit_is_refused_before_it_is_sent(
        self, alice: Sensay, replica: UUID, content: str
    ) -> None:
        with pytest.raises(InvalidArgumentError, match="the API takes 1 to 100000 characters"):
            alice.chat.complete(replica, content)

    def test_a_lost_answer_is_not_asked_for_again(self, alice: Sensay, replica: UUID, sandbox: Sandbox) -> None:
        rule = sandbox.add_fault(Fault(connection="unanswered"), operation="create_replica_chat_completion", times=None)
        with pytest.raises(Exception, match="the request may have been carried out"):
            alice.chat.complete(replica, "Hi")

        assert rule.hits == 1

    def test_a_quota_that_is_used_up_is_told_from_other_refusals(
        self, alice: Sensay, replica: UUID, sandbox: Sandbox, secret: str
    ) -> None:
        sandbox.set_quotas(conversations=0, secret=secret)

        with pytest.raises(QuotaExceededError) as caught:
            alice.chat.complete(replica, "Hi")
        assert caught.value.error_code == "CONVERSATION_QUOTA_EXCEEDED"


class TestPatience:
    """Time limits as they reach the HTTP library, which is the only place where they can be seen without waiting."""

    def waited(self, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], **call: Any) -> Any:
        seen: list[dict[str, float]] = []
        within = Timeout.within

        def spy(self: Timeout, deadline: Deadline) -> dict[str, float | None]:
            limits = within(self, deadline)
            seen.append({name: limit for name, limit in limits.items() if limit is not None})
            return limits

        monkeypatch.setattr(Timeout, "within", spy)
        with FaultServer(reply(200, COMPLETION)) as server:
            with make_client(server.url, **options) as client:
                client.chat.complete(REPLICA_UUID, "Hi", **call)
        return seen[0].get("read")

    def test_is_longer_than_the_api_takes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.waited(monkeypatch, {}) == 120

    def test_of_the_client_counts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.waited(monkeypatch, {"timeout": 7}) == 7
        assert self.waited(monkeypatch, {"timeout": Timeout()}) == 60

    def test_of_the_call_counts_more(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.waited(monkeypatch, {"timeout": 7}, timeout=8) == 8
        assert self.waited(monkeypatch, {}, timeout=None) is None


class TestHistory:
    def test_holds_what_was_said_to_each_other(self, alice: Sensay, trained: UUID) -> None:
        alice.chat.complete(trained, QUESTION)

        assert [message.content for message in alice.chat.history(trained)] == [QUESTION, ANSWER]

    def test_does_not_hold_what_was_said_in_passing(self, alice: Sensay, trained: UUID) -> None:
        alice.chat.complete(trained, QUESTION, skip_chat_history=True)

        assert alice.chat.history(trained) == []

    @pytest.mark.parametrize("channel", ["web", "embed", "telegram", "discord"])
    def test_of_one_place_holds_nothing_of_the_others(self, alice: Sensay, replica: UUID, channel: str) -> None:
        for source in ("web", "embed", "telegram", "discord"):
            alice.chat.add_to_history(replica, f"Said on {source}", source=source)
        messages = alice.chat.history(replica, channel)

        assert [message.content for message in messages] == [f"Said on {channel}"]

    def test_of_an_unknown_place_is_refused(self, alice: Sensay, replica: UUID) -> None:
        with pytest.raises(InvalidArgumentError, match="channel is none of discord, embed, telegram, web"):
            alice.chat.history(replica, "fax")

    def test_takes_what_was_said_on_discord(self, alice: Sensay, replica: UUID) -> None:
        alice.chat.add_to_history(replica, "Hello", discord_data=DISCORD)

        assert [message.content for message in alice.chat.history(replica, "discord")] == ["Hello"]

    def test_that_is_missing_reads_as_empty(self) -> None:
        with FaultServer(reply(200, {"success": True, "type": "array"})) as server:
            with make_client(server.url) as client:
                assert client.chat.history(REPLICA_UUID) == []

    def test_discord_needs_to_know_who_spoke(self, alice: Sensay, replica: UUID) -> None:
        incomplete: Any = {"author_id": "1"}
        with pytest.raises(InvalidArgumentError, match="discord_data lacks author_name, channel_id"):
            alice.chat.add_to_history(replica, "Hello", discord_data=incomplete)


class TestVerify:
    @pytest.mark.parametrize(
        "expect", ["9  TO 5,\nmonday", re.compile(r"\d to \d"), lambda answer: answer.startswith("We")]
    )
    def test_is_true_when_the_replica_knows(self, alice: Sensay, trained: UUID, expect: Any) -> None:
        outcome = alice.chat.verify(trained, QUESTION, expect)

        assert outcome
        assert (outcome.ok, outcome.answer, outcome.attempts) == (True, ANSWER, 1)

    def test_leaves_no_trace_in_the_chat(self, alice: Sensay, trained: UUID) -> None:
        alice.chat.verify(trained, QUESTION, "9 to 5")

        assert alice.chat.history(trained) == []

    @pytest.mark.parametrize("expect", ["10 to 6", re.compile(r"\d{2} to"), lambda answer: answer == "yes"])
    def test_asks_again_before_it_gives_up(self, sandbox: Sandbox, secret: str, trained: UUID, expect: Any) -> None:
        clock = FakeClock()
        with Sensay(secret, base_url=sandbox.base_url, _clock=clock) as client:
            outcome = client.chat.verify(trained, QUESTION, expect, attempts=2, poll_interval=7)

        assert not outcome
        assert (outcome.answer, outcome.attempts, clock.slept) == (ANSWER, 2, [7])

    def test_finds_what_comes_up_a_moment_later(self, sandbox: Sandbox, secret: str, trained: UUID) -> None:
        sandbox.add_fault(
            Fault(status=200, body={"success": True, "content": "I do not know."}),
            operation="create_replica_chat_completion",
        )
        with Sensay(secret, base_url=sandbox.base_url, _clock=FakeClock()) as client:
            outcome = client.chat.verify(trained, QUESTION, "9 to 5")

        assert (outcome.ok, outcome.attempts) == (True, 2)

    def test_asks_again_where_hooks_can_see_it(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.INFO, "sensay_ext")
        told: list[Any] = []
        answer = reply(200, COMPLETION)
        with FaultServer(answer, reply(429), answer) as server:
            with make_client(server.url, on_request=told.append, on_retry=told.append) as client:
                options: dict[str, Any] = {"attempts": 2, "retry_unsafe": True}
                client.chat.verify(REPLICA_UUID, QUESTION, "10 to 6", **options)
        _, wrong, _, busy, _ = told

        assert [event.attempt for event in told] == [1, 1, 2, 2, 3]
        assert [request.headers["x-client-attempt"] for request in server.requests] == [
            "attempt=1; max=3",
            "attempt=2; max=4",
            "attempt=3; max=4",
        ]
        assert {event.client_request_id for event in told} == {server.requests[0].headers["x-client-request-id"]}
        assert (wrong.path, wrong.delay, str(wrong.error)) == (told[0].path, 5, "the answer is not the expected one")
        assert (busy.delay, busy.repeats) == (0.5, True)
        assert caplog.messages[0] == "trying again in 5.00 s: the answer is not the expected one"

    @pytest.mark.parametrize("pause", [0, -1, float("nan"), float("inf")])
    def test_a_pause_that_nobody_can_make_is_refused_before_anything_is_sent(self, pause: float) -> None:
        with FaultServer() as server:
            with make_client(server.url) as client:
                with pytest.raises(InvalidArgumentError, match="poll_interval must be more than 0") as caught:
                    client.chat.verify(REPLICA_UUID, QUESTION, "9 to 5", poll_interval=pause)

        assert (caught.value.field, server.requests) == ("poll_interval", [])

    def test_has_to_ask_at_least_once(self, alice: Sensay, replica: UUID) -> None:
        with pytest.raises(InvalidArgumentError, match="attempts must be at least 1"):
            alice.chat.verify(replica, QUESTION, "9 to 5", attempts=0)


def test_a_replica_that_is_not_there_does_not_answer(alice: Sensay) -> None:
    with pytest.raises(NotFoundError):
        alice.chat.complete(REPLICA_UUID, "Hi")
