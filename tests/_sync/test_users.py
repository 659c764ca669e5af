# Derived from tests/_async/test_users.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Users, as the client offers them."""

import json
from typing import Any

import pytest

from sensay_ext import (
    APIConnectionError,
    AuthenticationError,
    ConfigurationError,
    ConflictError,
    InvalidArgumentError,
    NotFoundError,
    RateLimitError,
    Sensay,
    ServerError,
)
from sensay_ext.models import LinkedAccount, LinkedAccountType
from sensay_ext.sandbox import Fault, Sandbox
from tests._sync.making import make_client
from tests.fault_server import FaultServer, reply
from tests.requests_seen import RequestsSince


def test_a_user_has_the_id_it_was_given(sensay: Sensay) -> None:
    user = sensay.users.create("bob", name="Bob", email="bob@example.com")

    assert (user.id, user.name, user.email) == ("bob", "Bob", "bob@example.com")
    assert sensay.users.get("bob") == user


def test_the_api_makes_an_id_where_none_is_given(sensay: Sensay) -> None:
    user = sensay.users.create()

    assert (sensay.users.get(user.id)).id == user.id


@pytest.mark.parametrize(
    "account",
    [
        {"account_id": "777", "account_type": "telegram"},
        {"accountID": "777", "accountType": "telegram"},
        LinkedAccount(account_id="777", account_type=LinkedAccountType.TELEGRAM),
    ],
    ids=["our names", "the names of the API", "a model"],
)
def test_accounts_are_given_as_mappings_or_models(sensay: Sensay, account: Any) -> None:
    user = sensay.users.create("bob", linked_accounts=[account])

    assert [(linked.account_id, linked.account_type) for linked in user.linked_accounts or []] == [("777", "telegram")]


@pytest.mark.parametrize(
    ("accounts", "message"),
    [
        ([{"account_id": "777"}], r"linked_accounts\[0\] lacks account_type"),
        (["777"], r"linked_accounts\[0\] is neither a mapping nor a LinkedAccount"),
        ({"account_id": "777"}, "linked_accounts is no list"),
        (777, "linked_accounts is no list"),
    ],
)
def test_accounts_that_cannot_be_sent_are_refused(sensay: Sensay, accounts: Any, message: str) -> None:
    with pytest.raises(InvalidArgumentError, match=message):
        sensay.users.create("bob", linked_accounts=accounts)


def test_a_name_that_is_too_long_is_refused_before_it_is_sent(sensay: Sensay, sandbox: Sandbox) -> None:
    seen = RequestsSince(sandbox)
    with pytest.raises(InvalidArgumentError, match="name has 51 characters; the API takes at most 50") as caught:
        sensay.users.create("bob", name="B" * 51)

    assert caught.value.field == "name"
    assert seen.all == []


def test_an_id_that_would_lead_elsewhere_is_refused(sensay: Sensay) -> None:
    with pytest.raises(InvalidArgumentError, match="user_id is empty"):
        sensay.users.get("..")


def test_a_value_without_a_form_in_json_is_refused(sensay: Sensay) -> None:
    with pytest.raises(InvalidArgumentError, match="object has no JSON form"):
        sensay.users.create("bob", name=object())  # type: ignore[arg-type] # the mistake


def test_a_misspelt_option_is_refused(sensay: Sensay) -> None:
    with pytest.raises(TypeError, match="unexpected keyword argument: max_retrys"):
        sensay.users.get("bob", max_retrys=3)  # type: ignore[call-arg] # the mistake


class TestEnsure:
    def test_makes_a_user_once(self, sensay: Sensay) -> None:
        made = sensay.users.ensure("bob", name="Bob")
        found = sensay.users.ensure("bob", name="Robert")

        assert (made.name, found.name) == ("Bob", "Bob")

    def test_works_for_the_user_that_the_client_is_to_act_as(self, sensay: Sensay) -> None:
        bob = sensay.as_user("bob")

        assert (bob.users.ensure("bob")).id == (bob.users.me()).id == "bob"

    def test_takes_the_user_that_somebody_else_made_in_between(self, sensay: Sensay, sandbox: Sandbox) -> None:
        sensay.users.create("bob", name="Bob")
        sandbox.fail_next(404, operation="get_user")

        assert (sensay.users.ensure("bob", name="Robert")).name == "Bob"

    @pytest.mark.parametrize(
        "fault",
        [
            Fault(connection="unanswered"),
            Fault(status=500, late=True),
            Fault(status=200, body="<html>", late=True),
        ],
        ids=["no answer", "an error", "an answer that cannot be read"],
    )
    def test_finds_the_user_that_was_made_although_the_answer_was_lost(
        self, sensay: Sensay, sandbox: Sandbox, fault: Fault
    ) -> None:
        sandbox.add_fault(fault, operation="create_user")

        assert (sensay.users.ensure("bob", name="Bob")).name == "Bob"

    @pytest.mark.parametrize(
        ("fault", "error"), [(Fault(connection="unanswered"), APIConnectionError), (Fault(status=500), ServerError)]
    )
    def test_says_what_went_wrong_when_there_is_no_user_afterwards(
        self, sensay: Sensay, sandbox: Sandbox, fault: Fault, error: type[Exception]
    ) -> None:
        sandbox.add_fault(fault, operation="create_user")
        sandbox.add_fault(Fault(status=404), operation="get_user", times=2)

        with pytest.raises(error):
            sensay.users.ensure("bob")

    def test_says_that_the_address_belongs_to_somebody_else(self, sensay: Sensay) -> None:
        sensay.users.create("bob", email="bob@example.com")

        with pytest.raises(ConflictError, match="email"):
            sensay.users.ensure("robert", email="bob@example.com")

    def test_other_failures_are_not_looked_into(self, sensay: Sensay, sandbox: Sandbox) -> None:
        sandbox.fail_next(429, operation="create_user", times=3)
        seen = RequestsSince(sandbox)

        with pytest.raises(RateLimitError):
            sensay.users.ensure("bob", max_retries=0)
        assert [request.operation for request in seen.all] == ["get_user", "create_user"]

    @pytest.mark.parametrize(
        ("given", "error", "message"),
        [
            ({"name": "B" * 51}, InvalidArgumentError, "name has 51 characters"),
            ({"linked_accounts": ["777"]}, InvalidArgumentError, "is neither a mapping nor a LinkedAccount"),
            ({"nmae": "Bob"}, TypeError, "nmae"),
        ],
    )
    def test_what_is_wrong_is_said_before_anything_is_sent(
        self, sensay: Sensay, sandbox: Sandbox, given: dict[str, Any], error: type[Exception], message: str
    ) -> None:
        seen = RequestsSince(sandbox)
        with pytest.raises(error, match=message):
            sensay.users.ensure("bob", **given)

        assert seen.all == []

    def test_what_is_only_for_writing_is_left_out_when_reading(self, sensay: Sensay) -> None:
        # A body in a GET request would be refused here.
        user = sensay.users.ensure("bob", extra_body={"name": "Bob"}, retry_unsafe=True)

        assert user.name == "Bob"


class TestMe:
    def test_is_the_user_that_the_client_acts_as(self, alice: Sensay) -> None:
        assert (alice.users.me()).name == "Alice"

    @pytest.mark.usefixtures("alice")
    def test_is_the_user_of_the_call(self, sensay: Sensay) -> None:
        assert (sensay.users.me(user="alice")).name == "Alice"

    @pytest.mark.parametrize("method", ["me", "update_me", "delete_me", "usage"])
    def test_there_must_be_one(self, sensay: Sensay, sandbox: Sandbox, method: str) -> None:
        seen = RequestsSince(sandbox)
        with pytest.raises(ConfigurationError, match=rf"users\.{method} acts as a user, and there is none"):
            getattr(sensay.users, method)()

        assert seen.all == []

    def test_changes_leave_the_rest(self, alice: Sensay) -> None:
        alice.users.update_me(email="alice@example.com")
        changed = alice.users.update_me(
            name="Alice B.", linked_accounts=[{"account_id": "1", "account_type": "discord"}]
        )

        assert (changed.id, changed.name, changed.email) == ("alice", "Alice B.", "alice@example.com")
        assert [account.account_id for account in changed.linked_accounts or []] == ["1"]

    def test_none_takes_something_away(self, alice: Sensay) -> None:
        assert (alice.users.update_me(name=None)).name is None

    def test_can_get_another_id(self, sensay: Sensay, alice: Sensay) -> None:
        assert (alice.users.update_me(id="alice-2")).id == "alice-2"
        assert (sensay.as_user("alice-2").users.me()).name == "Alice"

    @pytest.mark.parametrize(
        ("changes", "error", "message"),
        [
            ({"nickname": "Al"}, TypeError, "nickname"),
            ({"name": "A" * 51}, InvalidArgumentError, "name has 51 characters"),
            ({"id": ""}, InvalidArgumentError, "id has 0 characters"),
        ],
    )
    def test_a_change_that_cannot_be_is_refused_before_anything_is_sent(
        self, alice: Sensay, sandbox: Sandbox, changes: dict[str, Any], error: type[Exception], message: str
    ) -> None:
        seen = RequestsSince(sandbox)
        with pytest.raises(error, match=message):
            alice.users.update_me(**changes)

        assert seen.all == []

    def test_changes_are_not_held_up_by_a_name_that_the_api_would_not_take_today(self) -> None:
        stored = {"id": "zoe", "name": "Zoë"}
        with FaultServer(*[reply(200, {"success": True, **stored})] * 2) as server:
            with make_client(server.url, user_id="zoe") as client:
                client.users.update_me(email="zoe@example.com")

        assert json.loads(server.requests[1].body) == stored | {"email": "zoe@example.com"}

    def test_is_gone_when_deleted(self, sensay: Sensay, alice: Sensay) -> None:
        alice.users.delete_me()

        with pytest.raises(NotFoundError):
            sensay.users.get("alice")

    @pytest.mark.parametrize("fault", [Fault(connection="unanswered"), Fault(status=503, late=True)])
    def test_is_gone_when_deleted_although_the_answer_was_lost(
        self, sensay: Sensay, alice: Sensay, sandbox: Sandbox, fault: Fault
    ) -> None:
        for client, user in ((alice, None), (sensay, "alice")):
            sensay.users.ensure("alice")
            sandbox.add_fault(fault, operation="delete_user_me")
            client.users.delete_me(user=user)

            with pytest.raises(NotFoundError):
                sensay.users.get("alice")

    def test_a_deletion_whose_answer_was_lost_has_a_reply(self, alice: Sensay, sandbox: Sandbox) -> None:
        sandbox.add_fault(Fault(connection="unanswered"), operation="delete_user_me")
        response = alice.with_raw_response(alice.users.delete_me)

        assert (response.parsed, response.status_code) == (None, 404)

    @pytest.mark.parametrize(
        ("lookup", "options"),
        [
            (Fault(status=401), {}),
            (Fault(status=200, body={"id": "alice"}), {}),
            (None, {"user": "42", "user_id_type": "telegram"}),
        ],
        ids=["nobody can look", "the user is there", "not an id of ours"],
    )
    def test_an_unknown_secret_is_no_deletion(
        self, alice: Sensay, sandbox: Sandbox, lookup: Fault | None, options: Any
    ) -> None:
        sandbox.add_fault(Fault(status=503), operation="delete_user_me")
        sandbox.add_fault(Fault(status=401), operation="delete_user_me")
        seen = RequestsSince(sandbox)
        if lookup is not None:
            sandbox.add_fault(lookup, operation="get_user")
        with pytest.raises(AuthenticationError) as caught:
            alice.users.delete_me(**options)

        assert caught.value.ambiguous
        assert seen.operations["get_user"] == (lookup is not None)

    def test_who_is_not_known_at_first_is_not_looked_for(self, sensay: Sensay, sandbox: Sandbox) -> None:
        seen = RequestsSince(sandbox)
        with pytest.raises(AuthenticationError):
            sensay.as_user("nobody").users.delete_me()

        assert [request.operation for request in seen.all] == ["delete_user_me"]

    def test_counts_what_was_used(self, alice: Sensay) -> None:
        usage = alice.users.usage()

        assert usage.conversations.current_month_total == 0
        assert usage.knowledge_base_entries.total == 0
