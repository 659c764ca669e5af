"""A sandbox for all tests, and for each test an organisation of its own in it."""

from collections.abc import Iterator
from itertools import count

import pytest

from sensay_ext.sandbox import Sandbox, serve
from tests.sandbox.api import Api

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def shared_sandbox() -> Iterator[Sandbox]:
    """A sandbox on a virtual clock, without the network."""
    with serve(virtual_time=True, allow_network=False, seed="tests") as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(shared_sandbox: Sandbox) -> Iterator[Sandbox]:
    """The sandbox, in which everything goes well again after the test."""
    yield shared_sandbox
    shared_sandbox.clear_faults()


@pytest.fixture
def api(sandbox: Sandbox) -> Iterator[Api]:
    """The admin of a new organisation."""
    secret = f"secret-{next(_NUMBERS)}"
    sandbox.add_organization(secret)
    with Api(sandbox, secret) as admin:
        yield admin
