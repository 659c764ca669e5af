"""A run that is killed, or for which disk or rights do not suffice, changes nothing or is finished by the next."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scripts._paths import HOME, Tree
from tests.fault_server import FaultServer, after, stall
from tests.scripts.small_documents import Json
from tests.scripts.trees import contents, regenerate, written

# Runs the command with a generator that makes nothing, and waits for a server at the point that the first argument names.
RUN = """
import itertools, os, pathlib, sys, urllib.request
import scripts._build, scripts.regenerate
from tests.scripts.trees import fake_client

point, address, *arguments = sys.argv[1:]
moves = itertools.count(1)
really_rename = pathlib.Path.rename
really_replace = scripts.regenerate.replace

def generate(document, target):
    fake_client(document, target)
    wait_at("generating")

def rename(path, goal):
    wait_at(f"renaming {next(moves)}")
    return really_rename(path, goal)

def wait_at(here):
    if here == point:
        urllib.request.urlopen(address).read()

def replace(root, result):
    if point == "without rights" and os.geteuid() == 0:
        result.chmod(0o755)
        os.seteuid(65534)
    try:
        really_replace(root, result)
    finally:
        os.seteuid(os.getuid())

scripts._build.generate_client = generate
scripts.regenerate.replace = replace
pathlib.Path.rename = rename
sys.exit(scripts.regenerate.main(arguments))
"""


@contextmanager
def running(point: str, source: str, root: Path) -> Iterator[subprocess.Popen[str]]:
    """Start the command, and go on when it has arrived at a point where it waits for ever."""
    arrived = threading.Event()
    with FaultServer(after(arrived.set, stall())) as server:
        source = source or f"{server.url}/schema"
        command = [sys.executable, "-c", RUN, point, server.url, "--schema", source, "--out", str(root)]
        with subprocess.Popen(command, cwd=HOME, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own code
            try:
                assert arrived.wait(60)
                yield process
            finally:
                process.kill()


@pytest.fixture
def changed(tmp_path: Path, upstream: Json) -> str:
    """A document that differs from the one at hand."""
    return written(tmp_path, {**upstream, "info": {**upstream["info"], "version": "2"}})


@pytest.mark.parametrize(
    ("point", "way"),
    [
        ("fetching", signal.SIGTERM),
        ("generating", signal.SIGINT),
        ("renaming 4", signal.SIGTERM),
        ("renaming 8", signal.SIGINT),
    ],
)
def test_a_run_that_is_asked_to_stop_leaves_everything_as_it_was(
    point: str, way: signal.Signals, tree: Tree, temporary: Path, changed: str
) -> None:
    before = contents(tree.root)
    with running(point, "" if point == "fetching" else changed, tree.root) as process:
        process.send_signal(way)
        _, error = process.communicate(timeout=60)

    assert process.returncode == 2
    assert error == "regenerate: stopped; run it again\n"
    assert contents(tree.root) == before
    assert contents(temporary) == {}


@pytest.mark.usefixtures("temporary")
@pytest.mark.parametrize("point", ["fetching", "generating"])
def test_a_run_that_is_killed_before_it_replaces_anything_leaves_everything_as_it_was(
    point: str, tree: Tree, changed: str
) -> None:
    before = contents(tree.root)
    with running(point, "" if point == "fetching" else changed, tree.root) as process:
        process.kill()
        process.wait(timeout=60)

    assert contents(tree.root) == before


@pytest.mark.usefixtures("fake_generator", "temporary")
@pytest.mark.parametrize("point", ["renaming 2", "renaming 5", "renaming 8"])
def test_a_run_that_is_killed_while_it_replaces_is_finished_by_the_next(
    point: str, tree: Tree, changed: str, tmp_path: Path
) -> None:
    with running(point, changed, tree.root) as process:
        process.kill()
        process.wait(timeout=60)
    assert regenerate(str(tmp_path / "gone.json"), tree.root) == 2  # any run will do, even one that fails

    finished = contents(tree.root)
    assert regenerate(changed, tree.root) == 0
    assert contents(tree.root) == finished
    assert finished["notes.txt"] == finished["openapi/overlay.yaml"] == b"mine"
    assert "generated_client/stale.py" not in finished
    assert b'"version": "2"' in finished["openapi/upstream.json"]


LIMITED = """
import resource, sys
import scripts.regenerate
unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, unlimited[1]))
status = scripts.regenerate.main(sys.argv[1:])
resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)  # what runs at the end of a process, as of coverage, may write
sys.exit(status)
"""


def test_a_disk_that_is_full_changes_nothing(tree: Tree, temporary: Path, changed: str) -> None:
    before = contents(tree.root)
    command = [sys.executable, "-c", LIMITED, "--schema", changed, "--out", str(tree.root)]
    outcome = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)  # noqa: S603 - our own code

    assert outcome.returncode == 2
    assert outcome.stderr == "regenerate: File too large; nothing was changed\n"
    assert contents(tree.root) == before
    assert contents(temporary) == {}


def test_a_folder_without_the_right_to_write_stays_as_it_is(upstream: Json, template: Path) -> None:
    with tempfile.TemporaryDirectory() as name:  # not below the folder of the tests, which is closed to other users
        folder = Path(name)
        folder.chmod(0o755)
        source = written(folder, {**upstream, "info": {**upstream["info"], "version": "2"}})
        root = folder / "tree"
        for file, content in contents(template).items():
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            if content != b"a folder":
                (root / file).write_bytes(content)
        root.chmod(0o555)
        command = [sys.executable, "-c", RUN, "without rights", "", "--schema", source, "--out", str(root)]
        environment = {**os.environ, "TMPDIR": ""}
        outcome = subprocess.run(  # noqa: S603 - our own code
            command, cwd=HOME, capture_output=True, text=True, check=False, env=environment
        )
        after_it = contents(root)
        root.chmod(0o755)

    assert outcome.returncode == 2
    assert outcome.stderr == f"regenerate: Permission denied ({root}/.regenerate-stage); nothing was changed\n"
    assert after_it == contents(template)
