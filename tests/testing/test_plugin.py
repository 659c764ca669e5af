"""The fixtures that run on a sandbox, used as other projects use them."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sensay_ext import AsyncSensay, NotFoundError, Sensay, Text
from sensay_ext.sandbox import Sandbox
from sensay_ext.testing import ApiAccess, VirtualClock
from tests.testing.runs import run

pytest_plugins = "pytester"

UNUSED = """
import json, sys

def test_of_something_else():
    print(json.dumps(sorted(sys.modules)))
"""


def test_each_test_has_a_sandbox_of_its_own(sensay_sandbox: Sandbox, sensay: Sensay) -> None:
    assert list(sensay.replicas.list()) == []
    assert sensay.users.create("alice").id == "alice"
    assert [request.operation for request in sensay_sandbox.requests] == ["list_replicas", "create_user"]


def test_and_so_has_the_next_one(sensay: Sensay) -> None:
    with pytest.raises(NotFoundError):
        sensay.users.get("alice")


def test_clients_wait_for_a_training_in_no_time(sensay: Sensay, sensay_clock: VirtualClock) -> None:
    begun = sensay_clock.now()
    sensay.users.create("alice")
    replica = sensay.replicas.create_and_train(
        name="Guide",
        short_description="Knows the hours",
        greeting="Hi!",
        owner_id="alice",
        slug="guide",
        sources=[Text("We are open from 9 to 5.")],
    )

    assert "9 to 5" in sensay.as_user("alice").chat.complete(replica, "When are you open?").content
    assert sensay_clock.now() - begun >= timedelta(seconds=40)
    assert sum(sensay_clock.slept) == pytest.approx((sensay_clock.now() - begun).total_seconds(), abs=0.001)


def test_a_client_that_the_test_makes_waits_in_no_time_too(
    sensay_access: ApiAccess, sensay_clock: VirtualClock
) -> None:
    with Sensay(sensay_access.organization_secret, base_url=sensay_access.base_url, user_id="alice") as own:
        own.users.create("alice")
        replica = own.replicas.create(
            name="Guide", short_description="Guides", greeting="Hi!", owner_id="alice", slug="guide", llm={}
        )
        entry = own.knowledge_base.add_text(replica, "We are open from 9 to 5.")
        own.knowledge_base.wait_until_ready(replica, [entry.id], until="ready", max_wait=10 * 3600)

    assert sensay_clock.slept


def test_moving_the_clock_moves_the_sandbox(sensay_sandbox: Sandbox, sensay_clock: VirtualClock) -> None:
    before = sensay_sandbox.now()
    sensay_clock.advance(3600)

    assert sensay_sandbox.now() - before == timedelta(hours=1)
    assert sensay_clock.now() == sensay_sandbox.now()


@pytest.mark.parametrize("anyio_backend", ["asyncio", "trio"])
@pytest.mark.anyio
async def test_the_client_for_tasks_does_the_same(async_sensay: AsyncSensay, sensay_clock: VirtualClock) -> None:
    await async_sensay.users.create("alice")
    replica = await async_sensay.replicas.create_and_train(
        name="Guide",
        short_description="Knows the hours",
        greeting="Hi!",
        owner_id="alice",
        slug="guide",
        sources=[Text("We are open from 9 to 5.")],
    )
    reply = await async_sensay.as_user("alice").chat.complete(replica, "When are you open?")

    assert "9 to 5" in reply.content
    assert sensay_clock.slept


def test_clients_act_for_nobody_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("SENSAY_USER_ID", "somebody")
    sensay: Sensay = request.getfixturevalue("sensay")
    sensay.users.create("alice")

    assert [seen.user for seen in request.getfixturevalue("sensay_sandbox").requests] == [None]
    assert os.environ["SENSAY_USER_ID"] == "somebody"


def test_access_shows_no_secret(sensay_access: ApiAccess) -> None:
    assert sensay_access.organization_secret not in repr(sensay_access)


def test_a_project_can_say_where_its_tests_run(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
        import pytest
        from sensay_ext.sandbox import serve
        from sensay_ext.testing import ApiAccess

        @pytest.fixture
        def sensay_access():
            with serve(secret="another") as sandbox:
                yield ApiAccess(organization_secret=sandbox.organization_secret, base_url=sandbox.base_url)

        def test_it(sensay, sensay_access, request):
            assert sensay.users.create("alice").id == "alice"
            assert sensay_access.organization_secret == "another"
            assert "sensay_sandbox" not in request.node.funcargs
        """,
    )

    result.assert_outcomes(passed=1)


def test_fixtures_say_what_they_are(pytester: pytest.Pytester) -> None:
    result = run(pytester, "", "--fixtures")

    for name in ("sensay", "async_sensay", "sensay_access", "sensay_clock", "sensay_faults", "sensay_sandbox"):
        result.stdout.re_match_lines([rf"{name} -- .*_sandbox_fixtures\.py"])
    result.stdout.no_fnmatch_line("*no docstring available*")


def test_whoever_does_not_use_it_does_not_pay_for_it(tmp_path: Path) -> None:
    (tmp_path / "test_unused.py").write_text(UNUSED)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-s", "-q", "-p", "sensay_ext.testing.plugin", "-W", "error"],
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(json.loads(next(line for line in done.stdout.splitlines() if line.startswith("["))))

    assert "sensay_ext.testing.plugin" in loaded
    expensive = {
        "anyio",
        "asyncio",
        "attrs",
        "connexion",
        "generated_client",
        "httpx",
        "respx",
        "uvicorn",
        "vcr",
        "yaml",
    }
    assert not expensive & {name.partition(".")[0] for name in loaded}
    assert not {
        name for name in loaded if name.startswith(("sensay_ext._async", "sensay_ext._sync", "sensay_ext.sandbox"))
    }


def test_the_clock_needs_no_sandbox(sensay_clock: VirtualClock, request: pytest.FixtureRequest) -> None:
    begun = sensay_clock.now()
    sensay_clock.advance(90)

    assert sensay_clock.now() - begun == timedelta(seconds=90)
    assert abs(begun - datetime.now(UTC)) < timedelta(minutes=1)
    assert "sensay_sandbox" not in request.node.funcargs
