"""Who may do what."""

from datetime import timedelta
from typing import Any

import pytest

from sensay_ext.sandbox import Sandbox
from tests.sandbox.api import Api


@pytest.mark.parametrize("headers", [{"X-ORGANIZATION-SECRET": ""}, {"X-ORGANIZATION-SECRET": "wrong"}])
def test_a_missing_or_wrong_secret_is_refused_without_being_repeated(api: Api, headers: dict[str, str]) -> None:
    reply = api("GET", "/replicas", expect=401, headers=headers)

    assert reply["success"] is False
    assert reply.keys() == {"success", "error", "request_id", "fingerprint"}
    assert "wrong" not in reply["error"]


def test_a_disabled_organization_is_refused_until_it_is_enabled_again(sandbox: Sandbox, api: Api) -> None:
    sandbox.enable_organization(enabled=False, secret=api.secret)
    api("GET", "/replicas", expect=401)

    sandbox.enable_organization(enabled=True, secret=api.secret)
    api("GET", "/replicas")


def test_an_unknown_user_is_refused_and_known_after_it_was_created(api: Api) -> None:
    alice = api.as_user("alice")
    alice("GET", "/users/me", expect=401)

    # The header of a user that does not exist yet must not stand in the way of creating it.
    alice("POST", "/users", {"id": "alice"})

    assert alice("GET", "/users/me")["id"] == "alice"


def test_an_operation_that_needs_to_know_who_asks_is_never_open_to_everyone(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("sensay_ext.sandbox._identity._OPEN", frozenset({"get_user_me"}))

    api("GET", "/users/me", expect=500)

    assert "get_user_me has no caller" in caplog.text


@pytest.mark.parametrize("path", ["/users/me", "/users/me/usage"])
def test_what_is_about_the_user_needs_one(api: Api, path: str) -> None:
    api("GET", path, expect=401)


def test_a_linked_account_stands_for_its_user_when_its_type_is_given(api: Api) -> None:
    api.user(id="alice", linkedAccounts=[{"accountID": "777", "accountType": "telegram"}])
    account = api.as_user("777")

    assert account("GET", "/users/me", headers={"X-USER-ID-TYPE": "telegram"})["id"] == "alice"
    account("GET", "/users/me", headers={"X-USER-ID-TYPE": "discord"}, expect=401)
    account("GET", "/users/me", expect=401)


@pytest.mark.parametrize("kind", ["string", "email"])
def test_a_type_of_user_id_that_does_not_exist_is_refused(api: Api, kind: str) -> None:
    alice = api.as_user(api.user(id="alice"))

    error = alice("GET", "/users/me", headers={"X-USER-ID-TYPE": kind}, expect=401)["error"]

    assert "X-USER-ID-TYPE" in error


def test_organizations_see_nothing_of_each_other(sandbox: Sandbox, api: Api) -> None:
    replica = api.replica(api.user(id="alice"), slug="mine")
    entry = api.learn(replica, "The secret ingredient of our soup is nutmeg.")
    other_secret = f"{api.secret}-other"
    sandbox.add_organization(other_secret)

    with Api(sandbox, other_secret) as other:
        assert other("GET", "/replicas")["total"] == 0
        other("GET", "/users/alice", expect=404)
        other("GET", f"/replicas/{replica}", expect=404)
        other("GET", f"/replicas/{replica}/knowledge-base/{entry}", expect=404)
        other("POST", f"/replicas/{replica}/chat/completions", {"content": "What is the ingredient?"}, expect=404)
        other("DELETE", f"/replicas/{replica}", expect=404)
        assert other.user(id="alice") == "alice"
        assert other.replica("alice", slug="mine") != replica


def test_a_private_replica_is_there_for_its_owner_its_guests_and_the_admin_only(api: Api) -> None:
    for name in ("owner", "guest", "stranger"):
        api.user(id=name, email=f"{name}@example.com")
    replica = api.replica("owner", private=True, whitelistEmails=["guest@example.com"])
    path = f"/replicas/{replica}"

    for caller in (api, api.as_user("owner"), api.as_user("guest")):
        assert caller("GET", path)["uuid"] == replica
        assert [item["uuid"] for item in caller("GET", "/replicas")["items"]] == [replica]
        caller("POST", f"{path}/chat/completions", {"content": "Hello?"})
    stranger = api.as_user("stranger")
    assert stranger("GET", "/replicas")["items"] == []
    stranger("GET", path, expect=404)
    stranger("POST", f"{path}/chat/completions", {"content": "Hello?"}, expect=404)


_CHANGES: list[tuple[str, str, Any]] = [
    ("DELETE", "", None),
    ("POST", "/knowledge-base", {"text": "Something to learn."}),
    ("GET", "/knowledge-base", None),
    ("GET", "/analytics/conversations/sources", None),
    ("POST", "/integrations/telegram", {"telegram_token": "1:a", "mention": "bot"}),
]


@pytest.mark.parametrize(("method", "path", "body"), _CHANGES)
def test_only_the_owner_and_the_admin_manage_a_replica(api: Api, method: str, path: str, body: Any) -> None:
    api.user(id="owner")
    api.user(id="stranger")
    replica = api.replica("owner")

    api.as_user("stranger")(method, f"/replicas/{replica}{path}", body, expect=403)
    assert api.as_user("owner").send(method, f"/replicas/{replica}{path}", body).is_success


def test_only_the_admin_gives_a_replica_to_someone_else(api: Api) -> None:
    api.user(id="owner")
    api.user(id="heir")
    replica = api.replica("owner", slug="heritage")
    body = {"name": "N", "shortDescription": "S", "greeting": "G", "ownerID": "heir", "slug": "heritage", "llm": {}}

    api.as_user("owner")("PUT", f"/replicas/{replica}", body, expect=403)
    api("PUT", f"/replicas/{replica}", body)

    assert api("GET", f"/replicas/{replica}")["ownerID"] == "heir"


def test_an_invite_is_redeemed_once_for_a_secret_that_ends(sandbox: Sandbox, api: Api) -> None:
    code = f"code-{api.secret}"
    sandbox.add_invite(code, valid_until=sandbox.now() + timedelta(days=1))
    body = {"organizationName": "Acme", "name": "Ann", "email": "ann@example.com"}

    redeemed = api("POST", f"/api-keys/invites/{code}/redeem", body, headers={"X-ORGANIZATION-SECRET": ""})

    assert api("POST", f"/api-keys/invites/{code}/redeem", body, expect=400)["error"]
    with Api(sandbox, redeemed["apiKey"]) as acme:
        acme.user(id="first")
        sandbox.advance(24 * 3600)
        acme("GET", "/users/first", expect=401)


def test_an_invite_that_has_expired_or_never_was_is_refused(sandbox: Sandbox, api: Api) -> None:
    code = f"late-{api.secret}"
    sandbox.add_invite(code, expires_at=sandbox.now() + timedelta(hours=1))
    sandbox.advance(3600)
    body = {"organizationName": "Acme", "name": "Ann", "email": "ann@example.com"}

    assert "expired" in api("POST", f"/api-keys/invites/{code}/redeem", body, expect=400)["error"]
    api("POST", "/api-keys/invites/no-such-code/redeem", body, expect=404)
