"""The public interface is held against that of the last release."""

import shutil
import subprocess
from pathlib import Path

import pytest

from scripts._errors import PipelineError
from scripts._interface import breaks
from scripts._paths import HOME
from scripts.check_api import check

RESOURCES = """
from functools import cached_property
from sensay_ext._sync._replicas import Replicas

class Resources:
    @cached_property
    def replicas(self) -> Replicas:
        return Replicas()
"""
REPLICAS = "class _Base:\n    def inherited(self, name): ...\n\nclass Replicas(_Base):\n    def get(self, uuid): ...\n"
MODEL = "from attrs import define\n\n@define\nclass {name}:\n    name: str\n    slug: str{default}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one release."""
    write(tmp_path, "pyproject.toml", '[project]\nversion = "1.2.0"\n')
    write(tmp_path, "sensay_ext/__init__.py", "from sensay_ext._errors import Gone\n__all__ = ['Gone']\n")
    write(tmp_path, "sensay_ext/_errors.py", "class Gone(Exception):\n    code = 1\n")
    write(tmp_path, "sensay_ext/_sync/__init__.py", "")
    write(tmp_path, "sensay_ext/_sync/_resources.py", RESOURCES)
    write(tmp_path, "sensay_ext/_sync/_replicas.py", REPLICAS)
    write(tmp_path, "generated_client/__init__.py", "")
    write(tmp_path, "generated_client/models/__init__.py", "")
    write(tmp_path, "generated_client/models/make.py", MODEL.format(name="MakeRequest", default=" = ''"))
    write(tmp_path, "generated_client/models/made.py", MODEL.format(name="Made", default=" = ''"))
    write(tmp_path, "changelog.d/old.breaking.md", "Old.\n")
    git(tmp_path, "init", "--quiet")
    release(tmp_path, "v1.2.0")
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S603, S607 - fixed words


def release(folder: Path, tag: str) -> None:
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", tag)
    git(folder, "tag", tag)


def test_nothing_breaks_without_a_change(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(project) == 0
    assert capsys.readouterr().out == "0 breaks of the public interface since v1.2.0\n"


@pytest.mark.parametrize(
    ("name", "text", "break_"),
    [
        ("sensay_ext/__init__.py", "__all__ = []\n", "Gone: Public object was removed"),
        ("sensay_ext/_errors.py", "class Gone(Exception): ...\n", "Gone.code: Public object was removed"),
        (
            "sensay_ext/_sync/_replicas.py",
            REPLICAS.replace("def get(", "def fetch("),
            "sensay_ext._sync._replicas.Replicas.get: Public object was removed",
        ),
        (
            "sensay_ext/_sync/_replicas.py",
            REPLICAS.replace("uuid)", "uuid, kind)"),
            "sensay_ext._sync._replicas.Replicas.get(kind): Parameter was added as required",
        ),
        (
            "sensay_ext/_sync/_replicas.py",
            REPLICAS.replace("name)", "title)"),
            "inherited(name): Parameter was removed",
        ),
        (
            "sensay_ext/_sync/_resources.py",
            RESOURCES.replace("def replicas(", "def copies("),
            "Resources.replicas: Public object was removed",
        ),
        (
            "generated_client/models/make.py",
            MODEL.format(name="MakeRequest", default=""),
            "generated_client.models.make.MakeRequest(slug): is required now",
        ),
    ],
)
def test_a_break_is_told_and_needs_two_things(
    project: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, break_: str
) -> None:
    write(project, name, text)

    assert check(project) == 1
    told = capsys.readouterr().out
    assert break_ in told
    assert "missing: version 2.0.0 in pyproject.toml" in told
    assert "missing: a note changelog.d/" in told


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sensay_ext/_errors.py", "class Gone(Exception):\n    code = 1\n    more = 2\n"),
        ("sensay_ext/_sync/_replicas.py", REPLICAS.replace("uuid)", "uuid, kind=None)")),
        ("sensay_ext/_inner.py", "def helps(): ...\n"),
        ("generated_client/models/made.py", MODEL.format(name="Made", default="")),
    ],
)
def test_what_users_gain_or_never_see_breaks_nothing(project: Path, name: str, text: str) -> None:
    write(project, name, text)

    assert check(project) == 0


def test_a_break_that_is_announced_passes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, "sensay_ext/__init__.py", "__all__ = []\n")
    write(project, "pyproject.toml", '[project]\nversion = "2.0.0"\n')
    assert check(project) == 1
    assert "missing: version" not in capsys.readouterr().out
    write(project, "changelog.d/gone.breaking.md", "Gone is gone.\n")

    assert check(project) == 0
    assert "Public object was removed" in capsys.readouterr().out


def test_the_last_release_counts(project: Path) -> None:
    write(project, "sensay_ext/__init__.py", "__all__ = []\n")
    release(project, "v2.0.0")
    git(project, "tag", "unrelated")

    assert check(project) == 0


def test_without_a_release_there_is_nothing_to_break(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, "a", "")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "A")

    assert check(tmp_path) == 0
    assert "no release" in capsys.readouterr().out


def test_a_folder_without_history_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="git does not answer"):
        check(tmp_path)


def test_the_interface_of_this_project_is_seen(tmp_path: Path) -> None:
    for package in ("sensay_ext", "generated_client"):
        shutil.copytree(HOME / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    assert breaks(HOME, tmp_path) == []
    path = tmp_path / "sensay_ext" / "_async" / "_integrations.py"
    path.write_text(path.read_text("utf-8").replace("def disconnect(", "def part("), encoding="utf-8")

    assert [line.partition(":")[0].rpartition(".")[2] for line in breaks(HOME, tmp_path)] == ["disconnect"]
