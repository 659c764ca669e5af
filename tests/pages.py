"""The pages of the documentation, and what they show."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"

PAGES = [README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("**/*.md"))]


def blocks(page: Path, language: str) -> list[str]:
    """The blocks of code in a language."""
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def count_tests(block: str) -> int:
    """How many tests a block has, for pytest to run; none if it is a program."""
    return len(re.findall(r"^(?:async )?def test_", block, re.MULTILINE))


GUIDES = [page for page in PAGES if page.parent.name == "docs" and blocks(page, "python")]
GUIDE_TO_TESTING = next(page for page in GUIDES if any(map(count_tests, blocks(page, "python"))))
