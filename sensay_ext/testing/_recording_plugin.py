"""What pytest learns about cassettes: the fixture that gives one to a test, and the options.

`--sensay-record` says whether tests replay or record, `--sensay-scan` looks through a folder for what must not be in it.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from sensay_ext.testing import Cassette, Scrubber

# Whatever is imported here is imported by each run of pytest, used or not; so the fixtures import what they need.
# ruff: noqa: PLC0415

_PASSED = pytest.StashKey[bool]()
_MODES = ("none", "once", "rewrite")
_LONGEST_NAME = 100
_ODD = re.compile(r"[^\w.,=+-]+", re.ASCII)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the options."""
    group = parser.getgroup("sensay", "recorded requests to the Sensay API")
    group.addoption(
        "--sensay-record",
        choices=_MODES,
        default="none",
        help="whether tests with sensay_vcr replay their cassettes (none, the default), record those that are missing "
        "(once), or record all anew (rewrite)",
    )
    group.addoption(
        "--sensay-scan",
        metavar="FOLDER",
        action="append",
        default=[],
        type=Path,
        help="fail for each file of the folder that holds a secret, or something that identifies somebody",
    )


@pytest.fixture
def sensay_cassette_dir(request: pytest.FixtureRequest) -> Path:
    """Where the cassettes of a test module are; beside it in `cassettes` unless overridden."""
    return request.path.parent / "cassettes"


@pytest.fixture
def sensay_scrubber() -> Scrubber:
    """What takes out of recordings what must not be in them; override it to name more."""
    from sensay_ext.testing import Scrubber

    return Scrubber()


@pytest.fixture
def sensay_vcr(
    request: pytest.FixtureRequest, sensay_cassette_dir: Path, sensay_scrubber: Scrubber
) -> Iterator[Cassette]:
    """The cassette of the test, a `sensay_ext.testing.Cassette`, by which its requests are answered."""
    from sensay_ext.testing import Cassette, CassetteError, CassetteMismatch

    path = sensay_cassette_dir / request.path.stem / f"{cassette_name(request.node)}.yaml"
    problem: BaseException | None = None
    try:
        cassette = Cassette(path, record=request.config.getoption("--sensay-record"), scrubber=sensay_scrubber)
        with cassette.inserted():
            yield cassette
        if request.node.stash.get(_PASSED, False):
            cassette.finish()
    except (CassetteError, CassetteMismatch) as raised:
        problem = raised
    if problem is not None:
        pytest.fail(str(problem), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether the test itself passed: only then is its recording kept, or expected to have been played."""
    report = yield
    if report.when == "call":
        item.stash[_PASSED] = report.passed
    return report


def cassette_name(node: Any) -> str:
    """The name of a test as that of a file; no two tests of a module have the same."""
    name = "::".join(node.nodeid.split("::")[1:]) or str(node.name)
    parameters = name.partition("[")[2]
    plain = _ODD.sub("-", name.replace("::", ".")).strip("-")
    is_faithful = plain == name.replace("::", ".").replace("[", "-").replace("]", "")
    # Some file systems take two names that differ in nothing but the case of letters for one.
    if is_faithful and parameters == parameters.lower() and len(plain) <= _LONGEST_NAME:
        return plain
    return f"{plain[:_LONGEST_NAME]}-{sha256(name.encode()).hexdigest()[:8]}"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add a test for each file that is to be looked through."""
    folders: list[Path] = config.getoption("--sensay-scan")
    if not folders:
        return
    from sensay_ext.testing._scan import files_in

    for folder in folders:
        try:
            files = files_in(folder)
        except FileNotFoundError as problem:
            raise pytest.UsageError(f"--sensay-scan: {problem}") from None
        if not files:
            raise pytest.UsageError(f"--sensay-scan: there is no file in the folder {folder}")
        items.extend(_Scanned.from_parent(session, name=f"sensay-scan[{file.as_posix()}]", file=file) for file in files)


class _Scanned(pytest.Item):
    """A file in which nothing is to be found."""

    def __init__(self, *, file: Path, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._file = file

    def runtest(self) -> None:
        """Look through it."""
        from sensay_ext.testing import scan

        findings = scan(self._file)
        if findings:
            listed = "".join(f"\n    {finding}" for finding in findings)
            pytest.fail(f"this must not be in a file that others can read:{listed}", pytrace=False)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Say what was looked through."""
        return self._file, None, self.name
