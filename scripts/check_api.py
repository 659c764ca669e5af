"""Holds the public interface against that of the last release, the last git tag `v<version>`.

Whatever breaks it needs a new major version and a note in `changelog.d/`.

Exit status 0 nothing breaks, or all that is needed is there, or there is no release yet; 1 something is missing; 2 git
does not answer.
"""

import io
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

from scripts._command import run
from scripts._errors import PipelineError
from scripts._interface import breaks
from scripts._paths import HOME

FRAGMENTS = "changelog.d"
"""Where notes on changes are collected for the next release."""


def check(home: Path) -> int:
    """Compare a checkout with its last release.

    Raises:
        PipelineError: git does not answer, or a version cannot be read.
    """
    tag = last_release(home)
    if not tag:
        print("there is no release yet to compare with")
        return 0
    with tempfile.TemporaryDirectory(prefix="release-") as folder:
        old = Path(folder)
        with tarfile.open(fileobj=io.BytesIO(_git(home, "archive", tag))) as archive:
            archive.extractall(old, filter="data")
        found = breaks(old, home)
        missing = _missing(old, home) if found else []
    print(f"{len(found)} breaks of the public interface since {tag}")
    for line in [*found, *(f"missing: {one}" for one in missing)]:
        print(f"  - {line}")
    return int(bool(missing))


def last_release(home: Path) -> str:
    """Return the newest tag `v<version>` that the checkout descends from; empty without one.

    Raises:
        PipelineError: git does not answer.
    """
    if not _git(home, "tag", "--list", "v[0-9]*", "--merged", "HEAD").strip():
        return ""
    return _git(home, "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*").decode().strip()


def _missing(old: Path, new: Path) -> list[str]:
    missing = []
    before, after = _major(old), _major(new)
    if after <= before:
        missing.append(f"version {before + 1}.0.0 in pyproject.toml, which still has {after}")
    known = {path.name for path in (old / FRAGMENTS).glob("*.breaking.md")}
    if not {path.name for path in (new / FRAGMENTS).glob("*.breaking.md")} - known:
        missing.append(f"a note {FRAGMENTS}/<a few words>.breaking.md that says what to write instead")
    return missing


def _major(folder: Path) -> int:
    try:
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        return int(project["version"].partition(".")[0])
    except (OSError, ValueError, KeyError) as error:
        raise PipelineError(f"no version in pyproject.toml ({error})", "it must have one under `project`") from error


def _git(home: Path, *arguments: str) -> bytes:
    command = ["git", "-C", str(home), *arguments]
    try:
        return subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603 - our own words
    except (OSError, subprocess.CalledProcessError) as error:
        raise PipelineError("git does not answer", "run this in a clone with its history") from error


if __name__ == "__main__":
    sys.exit(run("check_api", lambda: check(HOME)))
