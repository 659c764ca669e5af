"""A user and a replica for tests that are recorded once, and replayed ever after."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from sensay_ext import AsyncSensay
from sensay_ext.sandbox import Sandbox
from sensay_ext.testing import ApiAccess
from tests.recorded.world import OWNER, REPLICA


@pytest.fixture
def sandbox(request: pytest.FixtureRequest, sensay_access: ApiAccess) -> Sandbox | None:
    """The sandbox, while the test is recorded from it: what only it can be told of is for that time alone."""
    return request.getfixturevalue("sensay_sandbox") if sensay_access.source == "sandbox" else None


@pytest.fixture
async def owner(async_sensay: AsyncSensay) -> AsyncIterator[AsyncSensay]:
    """The client, acting as a user, who is gone after the test, and all that is the user's, too."""
    await async_sensay.users.ensure(OWNER, name="Alice")
    user = async_sensay.as_user(OWNER)
    yield user
    await user.users.delete_me()


@pytest.fixture
async def replica(async_sensay: AsyncSensay, owner: AsyncSensay) -> UUID:  # noqa: ARG001 - there must be an owner
    """A replica of that user."""
    return (await async_sensay.replicas.create(**REPLICA)).uuid
