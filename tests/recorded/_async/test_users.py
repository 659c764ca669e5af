"""Users, as recorded."""

import pytest

from sensay_ext import AsyncSensay, ConflictError, NotFoundError
from sensay_ext.params import LinkedAccountParams  # noqa: TC001 - type of a literal
from tests.recorded.world import OWNER

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("sensay_vcr")]


async def test_a_user_is_created_changed_and_deleted(async_sensay: AsyncSensay) -> None:
    created = await async_sensay.users.create(OWNER, name="Alice", email="alice@example.com")
    alice = async_sensay.as_user(OWNER)
    renamed = await alice.users.update_me(name="Alice B.")
    found = await async_sensay.users.get(OWNER)
    await alice.users.delete_me()

    assert (created.id, renamed.id, found.id) == (OWNER, OWNER, OWNER)
    assert (created.name, renamed.name, found.name) == ("Alice", "Alice B.", "Alice B.")
    with pytest.raises(NotFoundError):
        await async_sensay.users.get(OWNER)


async def test_a_user_is_there_once(async_sensay: AsyncSensay, owner: AsyncSensay) -> None:
    ensured = await async_sensay.users.ensure(OWNER)

    assert ensured == await owner.users.me()
    with pytest.raises(ConflictError):
        await async_sensay.users.create(OWNER)


async def test_accounts_elsewhere_are_linked(async_sensay: AsyncSensay) -> None:
    accounts: list[LinkedAccountParams] = [{"account_id": "739120566", "account_type": "telegram"}]
    created = await async_sensay.users.create(OWNER, linked_accounts=accounts)
    impersonated = await async_sensay.as_user("739120566", "telegram").users.me()
    await async_sensay.as_user(OWNER).users.delete_me()

    assert impersonated.id == created.id
    assert impersonated.linked_accounts is not None
    assert [account.account_id for account in impersonated.linked_accounts] == ["739120566"]


async def test_what_was_used_is_counted(owner: AsyncSensay) -> None:
    usage = await owner.users.usage()

    assert usage.conversations.current_month_total == 0
    assert usage.knowledge_base_entries.total == 0
