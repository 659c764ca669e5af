# Derived from tests/recorded/_async/conftest.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""A user and a replica for tests that are recorded once, and replayed ever after."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from sensay_ext import Sensay
from sensay_ext.sandbox import Sandbox
from sensay_ext.testing import ApiAccess
from tests.recorded.world import OWNER, REPLICA


@pytest.fixture
def sandbox(request: pytest.FixtureRequest, sensay_access: ApiAccess) -> Sandbox | None:
    """The sandbox, while the test is recorded from it: what only it can be told of is for that time alone."""
    return request.getfixturevalue("sensay_sandbox") if sensay_access.source == "sandbox" else None


@pytest.fixture
def owner(sensay: Sensay) -> Iterator[Sensay]:
    """The client, acting as a user, who is gone after the test, and all that is the user's, too."""
    sensay.users.ensure(OWNER, name="Alice")
    user = sensay.as_user(OWNER)
    yield user
    user.users.delete_me()


@pytest.fixture
def replica(sensay: Sensay, owner: Sensay) -> UUID:  # noqa: ARG001 - there must be an owner
    """A replica of that user."""
    return (sensay.replicas.create(**REPLICA)).uuid
