"""Tests that record and replay, run as those of another project."""

from pathlib import Path

import pytest

from tests.testing.runs import run

pytest_plugins = "pytester"

WITHOUT_SANDBOX = "import sys\nsys.modules['sensay_ext.sandbox'] = None\n"

ENSURE = """
def test_ensure(sensay, sensay_vcr):
    assert sensay.users.ensure("alice").id == "alice"
    assert sensay.users.ensure("alice").id == "alice"
"""

REPLICA = """
from sensay_ext import SensayError, Text

def make(sensay, *texts, greeting="Hi!", **options):
    sensay.users.ensure("alice")
    return sensay.replicas.create_and_train(
        name="Guide", short_description="Guides", greeting=greeting, owner_id="alice", slug="guide",
        sources=[Text(text) for text in texts], **options,
    )
"""

TRAIN = f"""{REPLICA}
HOURS, PLACE = "We are open from 9 to 5.", "You find us in Harbour Street."

def test_train(sensay, sensay_vcr):
    replica = make(sensay, HOURS, PLACE)
    assert "9 to 5" in sensay.as_user("alice").chat.complete(replica, "When are you open?").content
"""

FOR_TASKS = """
import pytest
from sensay_ext import Text

pytestmark = pytest.mark.anyio

@pytest.fixture
def anyio_backend():
    return "asyncio"

async def test_train(async_sensay, sensay_vcr):
    await async_sensay.users.ensure("alice")
    replica = await async_sensay.replicas.create_and_train(
        name="Guide", short_description="Guides", greeting="Hi!", owner_id="alice", slug="guide",
        sources=[Text("We are open from 9 to 5."), Text("You find us in Harbour Street.")],
    )
    assert "9 to 5" in (await async_sensay.as_user("alice").chat.complete(replica, "When are you open?")).content
"""


def replay(pytester: pytest.Pytester, source: str, *arguments: str, using: tuple[str, ...] = ()) -> pytest.RunResult:
    """Run tests where there is no sandbox."""
    pytester.makeconftest(WITHOUT_SANDBOX)
    return run(pytester, source, *arguments, using=using)


def cassettes(pytester: pytest.Pytester) -> dict[str, str]:
    """The texts of all cassettes, by file."""
    folder = pytester.path / "cassettes"
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.yaml"))}


def test_what_was_recorded_is_replayed_without_the_sandbox(pytester: pytest.Pytester) -> None:
    source = TRAIN + ENSURE
    run(pytester, source, "--sensay-record=once").assert_outcomes(passed=2)
    name = Path(next(pytester.path.glob("test_*.py"))).stem
    recorded = cassettes(pytester)

    assert list(recorded) == [f"{name}/test_ensure.yaml", f"{name}/test_train.yaml"]
    assert all("recorded_from: sandbox\n" in text for text in recorded.values())
    replay(pytester, source).assert_outcomes(passed=2)
    assert cassettes(pytester) == recorded


def test_tasks_record_and_replay_as_well(pytester: pytest.Pytester) -> None:
    run(pytester, FOR_TASKS, "--sensay-record=once", using=("anyio",)).assert_outcomes(passed=1)

    replay(pytester, FOR_TASKS, using=("anyio",)).assert_outcomes(passed=1)


def test_recording_once_leaves_what_is_there_alone(pytester: pytest.Pytester) -> None:
    run(pytester, ENSURE, "--sensay-record=once")
    file = next(pytester.path.rglob("*.yaml"))
    file.write_text(file.read_text().replace("recorded_from: sandbox", "recorded_from: a good day"))

    replay(pytester, ENSURE, "--sensay-record=once").assert_outcomes(passed=1)
    assert "recorded_from: a good day" in file.read_text()


def test_rewriting_records_what_is_there_anew(pytester: pytest.Pytester) -> None:
    run(pytester, ENSURE, "--sensay-record=once")
    recorded = cassettes(pytester)
    next(pytester.path.rglob("*.yaml")).write_text("nothing of use")

    run(pytester, ENSURE, "--sensay-record=rewrite").assert_outcomes(passed=1)
    assert cassettes(pytester) == recorded


def test_a_missing_cassette_says_how_to_record_it(pytester: pytest.Pytester) -> None:
    result = replay(pytester, ENSURE)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*there is no cassette at *test_ensure.yaml; record it with --sensay-record=once*"])


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("{", "it is not a cassette of this package (*)"),
        ("interactions: []", "it is not a cassette of this package (KeyError)"),
        ("version: 2\ninteractions: []", "it is of version 2, which this version of sensay-ext cannot read"),
    ],
)
def test_a_broken_cassette_is_named(pytester: pytest.Pytester, content: str, complaint: str) -> None:
    run(pytester, ENSURE, "--sensay-record=once")
    next(pytester.path.rglob("*.yaml")).write_text(content)

    result = replay(pytester, ENSURE)

    result.assert_outcomes(errors=1)
    # In the pattern, brackets would be a choice of letters.
    result.stdout.fnmatch_lines([f"*test_ensure.yaml: {complaint}"])


def test_a_changed_request_body_fails_with_what_is_different(pytester: pytest.Pytester) -> None:
    run(pytester, TRAIN, "--sensay-record=once").assert_outcomes(passed=1)
    changed = TRAIN.replace('greeting="Hi!"', 'greeting="Good evening!"')

    result = replay(pytester, changed)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*this request was not recorded.*",
            "*The closest one that has not been played is interaction *, POST /v1/replicas*",
            "*Different: body, greeting*",
            '*-  "greeting": "Hi!",*',
            '*+  "greeting": "Good evening!",*',
        ]
    )


@pytest.mark.parametrize(("source", "using"), [(TRAIN, ()), (FOR_TASKS, ("anyio",))], ids=["threads", "tasks"])
def test_a_changed_source_fails_although_it_is_sent_from_elsewhere(
    pytester: pytest.Pytester, source: str, using: tuple[str, ...]
) -> None:
    run(pytester, source, "--sensay-record=once", using=using).assert_outcomes(passed=1)
    changed = source.replace("in Harbour Street.", "in Station Road.")

    result = replay(pytester, changed, using=using)

    result.assert_outcomes(failed=1)
    # Which of the two recorded texts it is shown beside depends on which source was sent first.
    result.stdout.fnmatch_lines(["*Different: body, text*", '*-  "text": *', "*+*in Station Road.*"])


def test_a_request_that_the_program_takes_no_notice_of_fails_the_test(pytester: pytest.Pytester) -> None:
    run(pytester, ENSURE, "--sensay-record=once")
    careless = """
def test_ensure(sensay, sensay_vcr):
    try:
        sensay.users.ensure("alice")
        sensay.users.ensure("alice")
        sensay.users.ensure("bob")
    except BaseException:
        pass
"""

    result = replay(pytester, careless)

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*recorded requests (*) have been played; this one came on top:*"])


def test_what_is_not_asked_for_fails_the_test(pytester: pytest.Pytester) -> None:
    run(pytester, ENSURE, "--sensay-record=once")
    last = '    assert sensay.users.ensure("alice").id == "alice"\n'

    result = replay(pytester, ENSURE.removesuffix(last))

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        ["*not all of *test_ensure.yaml was asked for; this was left:*", "*interaction 3, GET /v1/users/*"]
    )


def test_a_test_that_fails_says_no_more_than_why_and_writes_nothing(pytester: pytest.Pytester) -> None:
    failing = f"{ENSURE}    assert False, 'of its own'\n"
    run(pytester, failing, "--sensay-record=once").assert_outcomes(failed=1)

    assert cassettes(pytester) == {}
    run(pytester, ENSURE, "--sensay-record=once")
    recorded = cassettes(pytester)
    result = replay(pytester, failing.replace('    assert sensay.users.ensure("alice").id == "alice"\n', "", 1))
    result.assert_outcomes(failed=1)
    assert cassettes(pytester) == recorded


def test_no_two_tests_share_a_file(pytester: pytest.Pytester) -> None:
    source = """
import pytest

class TestUsers:
    def test_ensure(self, sensay, sensay_vcr):
        sensay.users.ensure("alice")

class TestOthers:
    def test_ensure(self, sensay, sensay_vcr):
        sensay.users.ensure("bob")

@pytest.mark.parametrize("name", ["a/b", "a:b", "a b", "../../up", "x" * 300, "x" * 301, "\\u00e4", "A", "a"])
def test_named(sensay, sensay_vcr, name):
    sensay.users.ensure(f"user-{len(name)}")
"""
    run(pytester, source, "--sensay-record=once").assert_outcomes(passed=11)
    files = [Path(name) for name in cassettes(pytester)]

    assert len({file.as_posix().lower() for file in files}) == 11
    assert {file.name for file in files} >= {"TestUsers.test_ensure.yaml", "TestOthers.test_ensure.yaml"}
    assert all(len(file.name) <= 120 and len(file.parts) == 2 and file.as_posix().isascii() for file in files)
    replay(pytester, source).assert_outcomes(passed=11)


def test_several_processes_in_random_order(pytester: pytest.Pytester) -> None:
    source = """
import pytest

@pytest.mark.parametrize("number", range(6))
def test_ensure(sensay, sensay_vcr, number):
    assert sensay.users.ensure(f"user-{number}").id == f"user-{number}"
"""
    run(pytester, source, "--sensay-record=once").assert_outcomes(passed=6)
    assert len(cassettes(pytester)) == 6

    replay(pytester, source, "-n", "2", using=("randomly", "xdist")).assert_outcomes(passed=6)


def test_a_project_names_what_else_is_to_be_hidden_and_where_cassettes_are(pytester: pytest.Pytester) -> None:
    source = """
import pytest
from sensay_ext.testing import Scrubber

@pytest.fixture
def sensay_cassette_dir(request):
    return request.config.rootpath / "tapes"

@pytest.fixture
def sensay_scrubber():
    return Scrubber(secrets=["harbour-office"])

def test_ensure(sensay, sensay_vcr):
    assert sensay.users.create(name="harbour-office").name == "harbour-office"
"""
    run(pytester, source, "--sensay-record=once").assert_outcomes(passed=1)
    (tape,) = (pytester.path / "tapes").rglob("*.yaml")

    assert "harbour-office" not in tape.read_text()
    assert "scrubbed-secret-0001" in tape.read_text()
    replay(pytester, source).assert_outcomes(passed=1)
