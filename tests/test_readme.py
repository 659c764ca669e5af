"""What the documentation shows is what happens: its examples run as printed, its commands exist."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sensay_ext.sandbox import serve
from tests.pages import GUIDE_TO_TESTING, GUIDES, PAGES, README, ROOT, blocks, count_tests

_EXAMPLES = [block for block in blocks(README, "python") if not count_tests(block)]
_GUIDES = [page for page in GUIDES if page != GUIDE_TO_TESTING]
_TARGETS = sorted(
    {
        target
        for page in PAGES
        for target in re.findall(r"(?:^|`)make ([a-z][a-z-]+)", page.read_text("utf-8"), re.MULTILINE)
    }
)


def _run(program: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program as a reader would: with a key, on the API that stands in for the real one."""
    shutil.copy(ROOT / "scripts" / "demo_data" / "handbook.pdf", folder)
    with serve(speed=400) as sandbox:
        environment = {
            "SENSAY_API_KEY": sandbox.organization_secret,
            "SENSAY_BASE_URL": sandbox.base_url,
            **dict.fromkeys(("HOME", "USERPROFILE"), str(folder)),  # where journals are kept
        }
        command = [sys.executable, "-W", "error", *program]
        return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - our own examples


@pytest.mark.parametrize("example", _EXAMPLES, ids=[str(number) for number, _ in enumerate(_EXAMPLES, 1)])
def test_example_runs_as_printed(example: str, tmp_path: Path) -> None:
    done = _run(["-c", example], tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.parametrize("guide", _GUIDES, ids=[page.stem for page in _GUIDES])
def test_examples_of_a_guide_run_one_after_another(guide: Path, tmp_path: Path) -> None:
    done = _run(["-c", "\n".join(blocks(guide, "python"))], tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_first_example_answers_from_what_it_was_trained_on(tmp_path: Path) -> None:
    assert "18:00" in _run(["-c", _EXAMPLES[0]], tmp_path).stdout


@pytest.mark.parametrize("target", _TARGETS)
def test_command_exists(target: str) -> None:
    make = shutil.which("make") or "make"
    done = subprocess.run([make, "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - a target of ours

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#\s]+)", page.read_text("utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_can_be_reached_from_the_first() -> None:
    linked = {link for page in PAGES for link in re.findall(r"\]\((?:docs/)?([\w-]+\.md)", page.read_text("utf-8"))}

    assert {page.name for page in PAGES} - linked == {README.name}


def test_first_example_has_about_ten_lines() -> None:
    lines = [line for line in _EXAMPLES[0].splitlines() if line.strip()]

    assert len(lines) <= 10
