# Derived from tests/recorded/_async/test_users.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Users, as recorded."""

import pytest

from sensay_ext import ConflictError, NotFoundError, Sensay
from sensay_ext.params import LinkedAccountParams  # noqa: TC001 - type of a literal
from tests.recorded.world import OWNER

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("sensay_vcr")]


def test_a_user_is_created_changed_and_deleted(sensay: Sensay) -> None:
    created = sensay.users.create(OWNER, name="Alice", email="alice@example.com")
    alice = sensay.as_user(OWNER)
    renamed = alice.users.update_me(name="Alice B.")
    found = sensay.users.get(OWNER)
    alice.users.delete_me()

    assert (created.id, renamed.id, found.id) == (OWNER, OWNER, OWNER)
    assert (created.name, renamed.name, found.name) == ("Alice", "Alice B.", "Alice B.")
    with pytest.raises(NotFoundError):
        sensay.users.get(OWNER)


def test_a_user_is_there_once(sensay: Sensay, owner: Sensay) -> None:
    ensured = sensay.users.ensure(OWNER)

    assert ensured == owner.users.me()
    with pytest.raises(ConflictError):
        sensay.users.create(OWNER)


def test_accounts_elsewhere_are_linked(sensay: Sensay) -> None:
    accounts: list[LinkedAccountParams] = [{"account_id": "739120566", "account_type": "telegram"}]
    created = sensay.users.create(OWNER, linked_accounts=accounts)
    impersonated = sensay.as_user("739120566", "telegram").users.me()
    sensay.as_user(OWNER).users.delete_me()

    assert impersonated.id == created.id
    assert impersonated.linked_accounts is not None
    assert [account.account_id for account in impersonated.linked_accounts] == ["739120566"]


def test_what_was_used_is_counted(owner: Sensay) -> None:
    usage = owner.users.usage()

    assert usage.conversations.current_month_total == 0
    assert usage.knowledge_base_entries.total == 0
