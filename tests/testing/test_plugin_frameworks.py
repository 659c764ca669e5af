"""The fixtures get along with the plugins that projects run their tests with."""

import pytest

from tests.testing.runs import run

pytest_plugins = "pytester"

FOR_THREADS = """
import pytest
from sensay_ext import Text

@pytest.mark.parametrize("number", range(4))
def test_for_threads(sensay, sensay_faults, number):
    assert list(sensay.replicas.list()) == []
    sensay_faults.fail_next(503, operation="users.get")
    assert sensay.users.ensure(f"user-{number}").id == f"user-{number}"
"""

FOR_TASKS = """
@pytest.mark.parametrize("number", range(2))
async def test_for_tasks(async_sensay, sensay_clock, number):
    await async_sensay.users.create("alice")
    replica = await async_sensay.replicas.create_and_train(
        name="Guide", short_description="Guides", greeting="Hi!", owner_id="alice", slug="guide",
        sources=[Text("We are open from 9 to 5.")],
    )
    async with async_sensay.as_user("alice").chat.stream(replica, "When are you open?") as stream:
        assert "9 to 5" in "".join([piece async for piece in stream.text_stream()])
    assert sensay_clock.slept
"""

CLIENT_OF_THEIR_OWN = """
@pytest.fixture
async def alice(async_sensay):
    await async_sensay.users.create("alice")
    return async_sensay.as_user("alice")

async def test_with_an_asynchronous_fixture_of_theirs(alice):
    assert (await alice.users.me()).id == "alice"
"""


def test_pytest_asyncio_in_strict_mode(pytester: pytest.Pytester) -> None:
    source = f"{FOR_THREADS}\n@pytest.mark.asyncio{FOR_TASKS}"

    run(pytester, source, "--asyncio-mode=strict", using=("asyncio",)).assert_outcomes(passed=6)


def test_pytest_asyncio_in_auto_mode(pytester: pytest.Pytester) -> None:
    source = FOR_THREADS + FOR_TASKS + CLIENT_OF_THEIR_OWN

    run(pytester, source, "--asyncio-mode=auto", using=("asyncio",)).assert_outcomes(passed=7)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_anyio(pytester: pytest.Pytester, backend: str) -> None:
    chosen = f"@pytest.fixture\ndef anyio_backend():\n    return {backend!r}"
    source = f"{FOR_THREADS}\npytestmark = pytest.mark.anyio\n{chosen}\n{FOR_TASKS}{CLIENT_OF_THEIR_OWN}"

    run(pytester, source, using=("anyio",)).assert_outcomes(passed=7)


def test_several_processes_in_random_order(pytester: pytest.Pytester) -> None:
    source = f"{FOR_THREADS}\n@pytest.mark.asyncio{FOR_TASKS}"

    result = run(pytester, source, "-n", "2", using=("anyio", "asyncio", "randomly", "xdist"))

    result.assert_outcomes(passed=6)
    result.stdout.fnmatch_lines(["*2 workers*"])


def test_classes_of_unittest(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
        import unittest
        import pytest

        class TestGuide(unittest.TestCase):
            @pytest.fixture(autouse=True)
            def _client(self, sensay, sensay_faults):
                self.sensay, self.faults = sensay, sensay_faults

            def test_it(self):
                self.faults.fail_next(503, operation="users.get")
                assert self.sensay.users.ensure("alice").id == "alice"

            def test_a_fault_that_does_not_strike(self):
                self.faults.fail_next(503)
        """,
    )

    result.assert_outcomes(passed=1, failed=1)
