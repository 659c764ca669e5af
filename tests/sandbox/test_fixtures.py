"""The pytest fixture."""

from sensay_ext.sandbox import Sandbox
from sensay_ext.sandbox.fixtures import sensay_sandbox
from tests.sandbox.api import Api

__all__ = ["sensay_sandbox"]


def test_the_fixture_gives_a_sandbox_on_a_virtual_clock(sensay_sandbox: Sandbox) -> None:
    with Api(sensay_sandbox, sensay_sandbox.organization_secret) as api:
        replica = api.replica(api.user(id="alice"))
        number = api.learn(replica, "The password of the day is written on the door.")

        assert api.entry(replica, number)["status"] == "VECTOR_CREATED"


def test_each_test_has_a_sandbox_of_its_own(sensay_sandbox: Sandbox) -> None:
    with Api(sensay_sandbox, sensay_sandbox.organization_secret) as api:
        assert api("GET", "/replicas")["total"] == 0
        assert api.user(id="alice") == "alice"
