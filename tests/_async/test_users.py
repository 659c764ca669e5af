"""Users, as the client offers them."""

import json
from typing import Any

import pytest

from sensay_ext import (
    APIConnectionError,
    AsyncSensay,
    AuthenticationError,
    ConfigurationError,
    ConflictError,
    InvalidArgumentError,
    NotFoundError,
    RateLimitError,
    ServerError,
)
from sensay_ext.models import LinkedAccount, LinkedAccountType
from sensay_ext.sandbox import Fault, Sandbox
from tests._async.making import make_client
from tests.fault_server import FaultServer, reply
from tests.requests_seen import RequestsSince

pytestmark = pytest.mark.anyio


async def test_a_user_has_the_id_it_was_given(sensay: AsyncSensay) -> None:
    user = await sensay.users.create("bob", name="Bob", email="bob@example.com")

    assert (user.id, user.name, user.email) == ("bob", "Bob", "bob@example.com")
    assert await sensay.users.get("bob") == user


async def test_the_api_makes_an_id_where_none_is_given(sensay: AsyncSensay) -> None:
    user = await sensay.users.create()

    assert (await sensay.users.get(user.id)).id == user.id


@pytest.mark.parametrize(
    "account",
    [
        {"account_id": "777", "account_type": "telegram"},
        {"accountID": "777", "accountType": "telegram"},
        LinkedAccount(account_id="777", account_type=LinkedAccountType.TELEGRAM),
    ],
    ids=["our names", "the names of the API", "a model"],
)
async def test_accounts_are_given_as_mappings_or_models(sensay: AsyncSensay, account: Any) -> None:
    user = await sensay.users.create("bob", linked_accounts=[account])

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
async def test_accounts_that_cannot_be_sent_are_refused(sensay: AsyncSensay, accounts: Any, message: str) -> None:
    with pytest.raises(InvalidArgumentError, match=message):
        await sensay.users.create("bob", linked_accounts=accounts)


async def test_a_name_that_is_too_long_is_refused_before_it_is_sent(sensay: AsyncSensay, sandbox: Sandbox) -> None:
    seen = RequestsSince(sandbox)
    with pytest.raises(InvalidArgumentError, match="name has 51 characters; the API takes at most 50") as caught:
        await sensay.users.create("bob", name="B" * 51)

    assert caught.value.field == "name"
    assert seen.all == []


async def test_an_id_that_would_lead_elsewhere_is_refused(sensay: AsyncSensay) -> None:
    with pytest.raises(InvalidArgumentError, match="user_id is empty"):
        await sensay.users.get("..")


async def test_a_value_without_a_form_in_json_is_refused(sensay: AsyncSensay) -> None:
    with pytest.raises(InvalidArgumentError, match="object has no JSON form"):
        await sensay.users.create("bob", name=object())  # type: ignore[arg-type] # the mistake


async def test_a_misspelt_option_is_refused(sensay: AsyncSensay) -> None:
    with pytest.raises(TypeError, match="unexpected keyword argument: max_retrys"):
        await sensay.users.get("bob", max_retrys=3)  # type: ignore[call-arg] # the mistake


class TestEnsure:
    async def test_makes_a_user_once(self, sensay: AsyncSensay) -> None:
        made = await sensay.users.ensure("bob", name="Bob")
        found = await sensay.users.ensure("bob", name="Robert")

        assert (made.name, found.name) == ("Bob", "Bob")

    async def test_works_for_the_user_that_the_client_is_to_act_as(self, sensay: AsyncSensay) -> None:
        bob = sensay.as_user("bob")

        assert (await bob.users.ensure("bob")).id == (await bob.users.me()).id == "bob"

    async def test_takes_the_user_that_somebody_else_made_in_between(
        self, sensay: AsyncSensay, sandbox: Sandbox
    ) -> None:
        await sensay.users.create("bob", name="Bob")
        sandbox.fail_next(404, operation="get_user")

        assert (await sensay.users.ensure("bob", name="Robert")).name == "Bob"

    @pytest.mark.parametrize(
        "fault",
        [
            Fault(connection="unanswered"),
            Fault(status=500, late=True),
            Fault(status=200, body="<html>", late=True),
        ],
        ids=["no answer", "an error", "an answer that cannot be read"],
    )
    async def test_finds_the_user_that_was_made_although_the_answer_was_lost(
        self, sensay: AsyncSensay, sandbox: Sandbox, fault: Fault
    ) -> None:
        sandbox.add_fault(fault, operation="create_user")

        assert (await sensay.users.ensure("bob", name="Bob")).name == "Bob"

    @pytest.mark.parametrize(
        ("fault", "error"), [(Fault(connection="unanswered"), APIConnectionError), (Fault(status=500), ServerError)]
    )
    async def test_says_what_went_wrong_when_there_is_no_user_afterwards(
        self, sensay: AsyncSensay, sandbox: Sandbox, fault: Fault, error: type[Exception]
    ) -> None:
        sandbox.add_fault(fault, operation="create_user")
        sandbox.add_fault(Fault(status=404), operation="get_user", times=2)

        with pytest.raises(error):
            await sensay.users.ensure("bob")

    async def test_says_that_the_address_belongs_to_somebody_else(self, sensay: AsyncSensay) -> None:
        await sensay.users.create("bob", email="bob@example.com")

        with pytest.raises(ConflictError, match="email"):
            await sensay.users.ensure("robert", email="bob@example.com")

    async def test_other_failures_are_not_looked_into(self, sensay: AsyncSensay, sandbox: Sandbox) -> None:
        sandbox.fail_next(429, operation="create_user", times=3)
        seen = RequestsSince(sandbox)

        with pytest.raises(RateLimitError):
            await sensay.users.ensure("bob", max_retries=0)
        assert [request.operation for request in seen.all] == ["get_user", "create_user"]

    @pytest.mark.parametrize(
        ("given", "error", "message"),
        [
            ({"name": "B" * 51}, InvalidArgumentError, "name has 51 characters"),
            ({"linked_accounts": ["777"]}, InvalidArgumentError, "is neither a mapping nor a LinkedAccount"),
            ({"nmae": "Bob"}, TypeError, "nmae"),
        ],
    )
    async def test_what_is_wrong_is_said_before_anything_is_sent(
        self, sensay: AsyncSensay, sandbox: Sandbox, given: dict[str, Any], error: type[Exception], message: str
    ) -> None:
        seen = RequestsSince(sandbox)
        with pytest.raises(error, match=message):
            await sensay.users.ensure("bob", **given)

        assert seen.all == []

    async def test_what_is_only_for_writing_is_left_out_when_reading(self, sensay: AsyncSensay) -> None:
        # A body in a GET request would be refused here.
        user = await sensay.users.ensure("bob", extra_body={"name": "Bob"}, retry_unsafe=True)

        assert user.name == "Bob"


class TestMe:
    async def test_is_the_user_that_the_client_acts_as(self, alice: AsyncSensay) -> None:
        assert (await alice.users.me()).name == "Alice"

    @pytest.mark.usefixtures("alice")
    async def test_is_the_user_of_the_call(self, sensay: AsyncSensay) -> None:
        assert (await sensay.users.me(user="alice")).name == "Alice"

    @pytest.mark.parametrize("method", ["me", "update_me", "delete_me", "usage"])
    async def test_there_must_be_one(self, sensay: AsyncSensay, sandbox: Sandbox, method: str) -> None:
        seen = RequestsSince(sandbox)
        with pytest.raises(ConfigurationError, match=rf"users\.{method} acts as a user, and there is none"):
            await getattr(sensay.users, method)()

        assert seen.all == []

    async def test_changes_leave_the_rest(self, alice: AsyncSensay) -> None:
        await alice.users.update_me(email="alice@example.com")
        changed = await alice.users.update_me(
            name="Alice B.", linked_accounts=[{"account_id": "1", "account_type": "discord"}]
        )

        assert (changed.id, changed.name, changed.email) == ("alice", "Alice B.", "alice@example.com")
        assert [account.account_id for account in changed.linked_accounts or []] == ["1"]

    async def test_none_takes_something_away(self, alice: AsyncSensay) -> None:
        assert (await alice.users.update_me(name=None)).name is None

    async def test_can_get_another_id(self, sensay: AsyncSensay, alice: AsyncSensay) -> None:
        assert (await alice.users.update_me(id="alice-2")).id == "alice-2"
        assert (await sensay.as_user("alice-2").users.me()).name == "Alice"

    @pytest.mark.parametrize(
        ("changes", "error", "message"),
        [
            ({"nickname": "Al"}, TypeError, "nickname"),
            ({"name": "A" * 51}, InvalidArgumentError, "name has 51 characters"),
            ({"id": ""}, InvalidArgumentError, "id has 0 characters"),
        ],
    )
    async def test_a_change_that_cannot_be_is_refused_before_anything_is_sent(
        self, alice: AsyncSensay, sandbox: Sandbox, changes: dict[str, Any], error: type[Exception], message: str
    ) -> None:
        seen = RequestsSince(sandbox)
        with pytest.raises(error, match=message):
            await alice.users.update_me(**changes)

        assert seen.all == []

    async def test_changes_are_not_held_up_by_a_name_that_the_api_would_not_take_today(self) -> None:
        stored = {"id": "zoe", "name": "Zoë"}
        with FaultServer(*[reply(200, {"success": True, **stored})] * 2) as server:
            async with make_client(server.url, user_id="zoe") as client:
                await client.users.update_me(email="zoe@example.com")

        assert json.loads(server.requests[1].body) == stored | {"email": "zoe@example.com"}

    async def test_is_gone_when_deleted(self, sensay: AsyncSensay, alice: AsyncSensay) -> None:
        await alice.users.delete_me()

        with pytest.raises(NotFoundError):
            await sensay.users.get("alice")

    @pytest.mark.parametrize("fault", [Fault(connection="unanswered"), Fault(status=503, late=True)])
    async def test_is_gone_when_deleted_although_the_answer_was_lost(
        self, sensay: AsyncSensay, alice: AsyncSensay, sandbox: Sandbox, fault: Fault
    ) -> None:
        for client, user in ((alice, None), (sensay, "alice")):
            await sensay.users.ensure("alice")
            sandbox.add_fault(fault, operation="delete_user_me")
            await client.users.delete_me(user=user)

            with pytest.raises(NotFoundError):
                await sensay.users.get("alice")

    async def test_a_deletion_whose_answer_was_lost_has_a_reply(self, alice: AsyncSensay, sandbox: Sandbox) -> None:
        sandbox.add_fault(Fault(connection="unanswered"), operation="delete_user_me")
        response = await alice.with_raw_response(alice.users.delete_me)

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
    async def test_an_unknown_secret_is_no_deletion(
        self, alice: AsyncSensay, sandbox: Sandbox, lookup: Fault | None, options: Any
    ) -> None:
        sandbox.add_fault(Fault(status=503), operation="delete_user_me")
        sandbox.add_fault(Fault(status=401), operation="delete_user_me")
        seen = RequestsSince(sandbox)
        if lookup is not None:
            sandbox.add_fault(lookup, operation="get_user")
        with pytest.raises(AuthenticationError) as caught:
            await alice.users.delete_me(**options)

        assert caught.value.ambiguous
        assert seen.operations["get_user"] == (lookup is not None)

    async def test_who_is_not_known_at_first_is_not_looked_for(self, sensay: AsyncSensay, sandbox: Sandbox) -> None:
        seen = RequestsSince(sandbox)
        with pytest.raises(AuthenticationError):
            await sensay.as_user("nobody").users.delete_me()

        assert [request.operation for request in seen.all] == ["delete_user_me"]

    async def test_counts_what_was_used(self, alice: AsyncSensay) -> None:
        usage = await alice.users.usage()

        assert usage.conversations.current_month_total == 0
        assert usage.knowledge_base_entries.total == 0
