"""What is announced to go wrong goes wrong, or the test fails."""

from pathlib import Path
from uuid import UUID

import pytest

from sensay_ext import (
    APIConnectionError,
    APITimeoutError,
    NotFoundError,
    QuotaExceededError,
    RateLimitError,
    Sensay,
    ServerError,
    Text,
    TrainingFailed,
)
from sensay_ext.sandbox import Fault
from sensay_ext.testing import SandboxFaults, VirtualClock
from tests.testing.runs import run

pytest_plugins = "pytester"

TOO_MUCH_ANNOUNCED = """
import pytest
from sensay_ext import ServerError

def test_nothing_sent(sensay, sensay_faults):
    sensay_faults.fail_next(503, operation="chat.complete")

def test_not_often_enough(sensay, sensay_faults):
    sensay_faults.fail_next(times=2, operation="get_user")
    sensay.users.create("alice")
    with pytest.raises(ServerError):
        sensay.users.get("alice", max_retries=0)

def test_not_even_once(sensay, sensay_faults):
    sensay_faults.lose_reply(operation="upload", times=None)

def test_two_things(sensay, sensay_faults):
    sensay_faults.expire_uploads()
    sensay_faults.fail_training("No text", kind="file")

@pytest.mark.anyio
async def test_for_tasks(async_sensay, sensay_faults):
    sensay_faults.fail_next(503)
"""

ENOUGH_STRUCK = """
import pytest
from sensay_ext import NotFoundError, SensayError
from sensay_ext.sandbox import Fault

def test_of_something_taken_back(sensay, sensay_faults):
    sensay_faults.fail_next()
    sensay_faults.clear()
    with pytest.raises(NotFoundError):
        sensay.users.get("bob")

def test_of_something_by_chance(sensay, sensay_faults):
    sensay_faults.add(Fault(status=503), times=9, probability=0.5)
    for _ in range(20):
        with pytest.raises(SensayError):
            sensay.users.get("bob", max_retries=0)

def test_that_fails_for_its_own_reasons(sensay, sensay_faults):
    sensay_faults.fail_next()
    assert 1 == 2
"""


@pytest.fixture
def replica(sensay: Sensay) -> UUID:
    """A replica of a user."""
    sensay.users.create("alice")
    return sensay.replicas.create(
        name="Guide", short_description="Guides", greeting="Hi!", owner_id="alice", slug="guide", llm={}
    ).uuid


def test_a_failure_is_tried_again(sensay: Sensay, sensay_faults: SandboxFaults, sensay_clock: VirtualClock) -> None:
    fault = sensay_faults.fail_next(503, operation="replicas.list", times=2)

    assert list(sensay.replicas.list()) == []
    assert fault.hits == 2
    assert sensay_clock.slept == [0.5, 1.0]


def test_a_failure_can_be_dressed_up(sensay: Sensay, sensay_faults: SandboxFaults, sensay_clock: VirtualClock) -> None:
    sensay_faults.fail_next(429, headers={"Retry-After": "20"}, operation="list_replicas")
    sensay_faults.fail_next(429, code="CONVERSATION_QUOTA_EXCEEDED", operation="users.create")

    assert list(sensay.replicas.list()) == []
    with pytest.raises(QuotaExceededError):
        sensay.users.create("alice")
    assert sensay_clock.slept == [20.0]


def test_the_api_can_be_down(sensay: Sensay, sensay_faults: SandboxFaults) -> None:
    fault = sensay_faults.fail_next(500, times=None)

    with pytest.raises(ServerError):
        list(sensay.replicas.list())
    assert fault.hits == 3


def test_a_lost_reply_leaves_something_behind(sensay: Sensay, sensay_faults: SandboxFaults) -> None:
    sensay_faults.lose_reply(operation="users.create")

    with pytest.raises(APIConnectionError) as caught:
        sensay.users.create("alice")
    assert caught.value.ambiguous
    assert sensay.users.get("alice").id == "alice"


def test_a_late_failure_leaves_something_behind(sensay: Sensay, sensay_faults: SandboxFaults) -> None:
    sensay_faults.fail_next(500, operation="users.create", late=True)

    with pytest.raises(ServerError):
        sensay.users.create("alice")
    assert sensay.users.get("alice").id == "alice"


def test_a_connection_that_breaks_early_leaves_nothing_behind(sensay: Sensay, sensay_faults: SandboxFaults) -> None:
    sensay_faults.break_connection(operation="users.create")

    with pytest.raises(APIConnectionError):
        sensay.users.create("alice")
    with pytest.raises(NotFoundError):
        sensay.users.get("alice")


def test_a_reply_that_breaks_off_is_read_again(sensay: Sensay, sensay_faults: SandboxFaults) -> None:
    for end in ("body", "close"):
        sensay_faults.break_connection(end, operation="replicas.list")

    assert list(sensay.replicas.list()) == []


def test_a_slow_reply_is_given_up(sensay: Sensay, sensay_faults: SandboxFaults) -> None:
    sensay_faults.slow_reply(0.05, operation="users.get")

    with pytest.raises(APITimeoutError):
        sensay.users.get("alice", timeout=0.01, max_retries=0)


def test_a_url_for_an_upload_expires_and_another_is_asked_for(
    sensay: Sensay, sensay_faults: SandboxFaults, replica: UUID, tmp_path: Path
) -> None:
    file = tmp_path / "hours.txt"
    file.write_text("We are open from 9 to 5 on every day of the week but Sunday.")
    fault = sensay_faults.expire_uploads()

    sensay.knowledge_base.add_file(replica, file)

    assert fault.hits == 1
    assert [entry.file and entry.file.name for entry in sensay.knowledge_base.list(replica)] == ["hours.txt"]


def test_a_read_shows_what_was(sensay: Sensay, sensay_faults: SandboxFaults) -> None:
    sensay_faults.stale_reads(operation="users.get")
    sensay.users.create("alice")

    with pytest.raises(NotFoundError):
        sensay.users.get("alice")
    assert sensay.users.get("alice").id == "alice"


def test_a_training_stalls_and_goes_on(sensay: Sensay, sensay_faults: SandboxFaults, replica: UUID) -> None:
    sensay_faults.stall_training("Out of workers", kind="text")

    assert sensay.training.train(replica, [Text("We are open from 9 to 5.")]).ok


def test_a_training_fails(sensay: Sensay, sensay_faults: SandboxFaults, replica: UUID) -> None:
    entry = sensay.knowledge_base.add_text(replica, "We are open from 9 to 5.")
    sensay_faults.fail_training("No text was found", entry=entry.id)

    with pytest.raises(TrainingFailed, match="No text was found"):
        sensay.knowledge_base.wait_until_ready(replica, [entry.id])


def test_anything_else_the_sandbox_can_do(sensay: Sensay, sensay_faults: SandboxFaults) -> None:
    fault = sensay_faults.add(Fault(status=429), operation="users.get", skip=1, times=None)

    for expected in (NotFoundError, RateLimitError):
        with pytest.raises(expected):
            sensay.users.get("alice", max_retries=0)
    assert fault.hits == 1


def test_what_never_struck_fails_the_test(pytester: pytest.Pytester) -> None:
    result = run(pytester, TOO_MUCH_ANNOUNCED, using=("anyio",))

    result.assert_outcomes(failed=6)
    for told in (
        "fail_next(503, operation='chat.complete') struck 0 of 1 times. The latest requests were: none at all. *",
        "fail_next(500, operation='get_user') struck 1 of 2 times. The latest requests were: create_user, get_user. *",
        "lose_reply(operation='upload') struck 0 of any number of times. *",
        "expire_uploads() struck 0 of 1 times; fail_training('No text', kind='file') struck 0 of 1 times. *",
    ):
        result.stdout.fnmatch_lines_random([f"sensay_faults: {told}take it back with clear()"])


def test_what_need_not_strike_does_not_fail_the_test(pytester: pytest.Pytester) -> None:
    result = run(pytester, ENOUGH_STRUCK)

    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*assert 1 == 2*"])
    result.stdout.no_fnmatch_line("*sensay_faults: *")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("chat.compleet", r"did you mean chat\.complete\?"),
        ("nonsense", r"such as replicas\.get, or its operationId"),
        ("conversations.get", "name one of them: get_replica_chat_conversation, get_replica_conversation"),
        ("training.train", "name one of them: create_replica_knowledge_base, "),
    ],
)
@pytest.mark.parametrize("method", ["fail_next", "break_connection", "lose_reply", "stale_reads"])
def test_an_operation_that_is_not_there_is_refused(
    sensay_faults: SandboxFaults, method: str, name: str, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        getattr(sensay_faults, method)(operation=name)
