"""The fixtures that run on a sandbox."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from sensay_ext import AsyncSensay, Sensay
    from sensay_ext.sandbox import Sandbox
    from sensay_ext.testing import ApiAccess, SandboxFaults, VirtualClock

# Whatever is imported here is imported by each run of pytest, used or not; so the fixtures import what they need.
# ruff: noqa: PLC0415

# A recording holds dates; it should be the same whenever it is made.
_RECORDED_AT = datetime(2026, 1, 15, 12, tzinfo=UTC)

_FAULTS = pytest.StashKey["SandboxFaults"]()


@pytest.fixture
def sensay_clock(request: pytest.FixtureRequest) -> Iterator[VirtualClock]:
    """The time of the test, a `sensay_ext.testing.VirtualClock`: no client waits for anything but this.

    While a test is recorded from the live API, clients go by the real time: nothing there is faster for a clock of ours.
    """
    from sensay_ext.testing import VirtualClock
    from sensay_ext.testing._access import recorded_access

    access = recorded_access(request)
    clock = VirtualClock(_RECORDED_AT if "sensay_vcr" in request.fixturenames else None)
    with nullcontext() if access is not None and access.source == "live" else clock.told_to_clients():
        yield clock


@pytest.fixture
def sensay_sandbox(sensay_clock: VirtualClock) -> Iterator[Sandbox]:
    """A sandbox of its own for each test, on the time of the test and without the network."""
    from sensay_ext.sandbox import serve

    with (
        serve(virtual_time=True, start_time=sensay_clock.now(), allow_network=False, seed="sensay_sandbox") as sandbox,
        sensay_clock.shared_with(sandbox),
    ):
        yield sandbox


@pytest.fixture
def sensay_access(request: pytest.FixtureRequest) -> ApiAccess:
    """Where `sensay` and `async_sensay` send their requests, a `sensay_ext.testing.ApiAccess`.

    That is the sandbox; with `sensay_vcr` it is the cassette, or what the cassette is recorded from: the live API if
    SENSAY_API_KEY is in the environment, else the sandbox.
    """
    from sensay_ext.testing import ApiAccess
    from sensay_ext.testing._access import recorded_access

    recorded = recorded_access(request)
    if recorded is not None:
        return recorded
    sandbox: Sandbox = request.getfixturevalue("sensay_sandbox")
    return ApiAccess(organization_secret=sandbox.organization_secret, base_url=sandbox.base_url)


@pytest.fixture
def sensay(sensay_access: ApiAccess, sensay_clock: VirtualClock) -> Iterator[Sensay]:  # noqa: ARG001 - tells the time
    """A client with administrator's rights that waits in no time; on a sandbox of its own, or on a cassette."""
    from sensay_ext.testing._clients import make_client

    with make_client(sensay_access) as client:
        yield client


@pytest.fixture
def async_sensay(sensay_access: ApiAccess, sensay_clock: VirtualClock) -> AsyncSensay:  # noqa: ARG001 - tells the time
    """The same for tasks, on any event loop; it leaves nothing open, so that it needs no closing."""
    from sensay_ext.testing._clients import make_async_client

    return make_async_client(sensay_access)


@pytest.fixture
def sensay_faults(request: pytest.FixtureRequest, sensay_sandbox: Sandbox) -> SandboxFaults:
    """What is to go wrong in the sandbox, a `sensay_ext.testing.SandboxFaults`; the test fails if it does not."""
    from sensay_ext.testing import SandboxFaults

    faults = request.node.stash[_FAULTS] = SandboxFaults(sensay_sandbox)
    return faults


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test that passed although something that it announced did not go wrong."""
    result = yield
    faults = item.stash.get(_FAULTS, None)
    problem = "" if faults is None else faults.problem()
    if problem:
        pytest.fail(problem, pytrace=False)
    return result
