"""Users."""

from typing import Any
from uuid import UUID

import pytest

from tests.sandbox.api import Api


def test_a_user_without_an_id_gets_a_uuid(api: Api) -> None:
    created = api("POST", "/users", {})

    assert str(UUID(created["id"])) == created["id"]
    assert created["linkedAccounts"] == []
    assert api("GET", f"/users/{created['id']}") == created


def test_a_user_can_be_created_without_a_body(api: Api) -> None:
    assert api.client.post("/v1/users").json()["id"]


def test_a_user_keeps_what_it_was_created_with(api: Api) -> None:
    given = {
        "id": "a/b c",
        "email": "ann@example.com",
        "name": "Ann-Marie O'Neil (Jr.)",
        "linkedAccounts": [{"accountID": "1", "accountType": "discord"}, {"accountID": "2", "accountType": "embed"}],
    }

    assert api("POST", "/users", given) == {"success": True, **given}
    assert api.as_user("a/b c")("GET", "/users/me") == {"success": True, **given}


@pytest.mark.parametrize(
    "again",
    [
        {"id": "alice"},
        {"id": "bob", "email": "alice@example.com"},
        {"id": "bob", "linkedAccounts": [{"accountID": "1", "accountType": "telegram"}]},
    ],
)
def test_id_email_and_linked_account_are_there_once(api: Api, again: dict[str, Any]) -> None:
    account = {"accountID": "1", "accountType": "telegram"}
    api.user(id="alice", email="alice@example.com", linkedAccounts=[account])

    assert "already exists" in api("POST", "/users", again, expect=409)["error"]
    assert api.send("GET", "/users/bob").status_code == 404


@pytest.mark.parametrize(
    "body",
    [{"id": 5}, {"name": "x" * 51}, {"name": "a<b"}, {"email": "nobody"}, {"unknown": 1}, {"linkedAccounts": [{}]}],
)
def test_what_the_document_does_not_allow_is_refused(api: Api, body: dict[str, Any]) -> None:
    assert api("POST", "/users", body, expect=400)["success"] is False


def test_a_missing_user_is_not_found_and_the_error_has_no_fingerprint(api: Api) -> None:
    assert api("GET", "/users/nobody", expect=404).keys() == {"success", "error", "request_id"}


def test_a_user_replaces_itself_and_keeps_its_accounts_unless_it_gives_others(api: Api) -> None:
    account = {"accountID": "1", "accountType": "embed"}
    alice = api.as_user(api.user(id="alice", email="alice@example.com", linkedAccounts=[account]))
    replica = api.replica("alice")

    changed = alice("PUT", "/users/me", {"id": "alicia", "name": "Alicia"})

    assert changed == {"success": True, "id": "alicia", "name": "Alicia", "linkedAccounts": [account]}
    assert api("GET", f"/replicas/{replica}")["ownerID"] == "alicia"
    alice("GET", "/users/me", expect=401)
    alicia = api.as_user("alicia")
    assert alicia("PUT", "/users/me", {"id": "alicia", "linkedAccounts": []})["linkedAccounts"] == []


def test_a_user_cannot_take_what_belongs_to_another(api: Api) -> None:
    api.user(id="bob", email="bob@example.com")
    alice = api.as_user(api.user(id="alice"))

    alice("PUT", "/users/me", {"id": "bob"}, expect=409)
    alice("PUT", "/users/me", {"id": "alice", "email": "bob@example.com"}, expect=409)

    assert alice("GET", "/users/me") == {"success": True, "id": "alice", "linkedAccounts": []}


def test_deleting_a_user_deletes_its_replicas(api: Api) -> None:
    alice = api.as_user(api.user(id="alice"))
    replica = api.replica("alice")
    api.learn(replica, "The lighthouse was built in 1821 by two brothers.")

    assert alice("DELETE", "/users/me", expect=204) is None

    api("GET", "/users/alice", expect=404)
    api("GET", f"/replicas/{replica}", expect=404)
    alice("GET", "/users/me", expect=401)
