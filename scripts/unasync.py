"""Derives the client for threads, and its tests, from those for tasks.

`python -m scripts.unasync` writes the derived files; with `--check` it only compares, and fails on any difference, on a
missing and on an extra file.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: Source folder and derived folder, relative to the project.
FOLDERS = (
    ("sensay_ext/_async", "sensay_ext/_sync"),
    ("tests/_async", "tests/_sync"),
    ("tests/recorded/_async", "tests/recorded/_sync"),
)

BANNER = '# Derived from {source} by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".\n'

#: What to look for, and what to write instead; in this order.
SUBSTITUTIONS = (
    (r"\basync (?=def|for|with)", ""),
    (r"\bawait ", ""),
    (r"\basynccontextmanager\b", "contextmanager"),
    (r"\bAwaitable\[(_\w+)\]", r"\1"),
    (r"Async(?=[A-Z])|\basync_(?=cursor|sensay)", ""),
    (r"\b(sensay_ext|tests)\._async\b", r"\1._sync"),
    (r"\b__a(enter|exit|iter)__\b", r"__\1__"),
    (r"\baclos(e|ing)\b", r"clos\1"),
    (r"\benter_async_context\b", "enter_context"),
    (r"\baiter_(raw|bytes)\b", r"iter_\1"),
    (r"\ba(next|iter)\(", r"\1("),
    (r"pytestmark = pytest\.mark\.anyio\n", ""),
    (r"\bfor tasks; the one for threads is derived from it\b", "for threads"),
)


def derive(root: Path) -> dict[Path, str]:
    """The text of every derived file, by its path relative to the project.

    Raises:
        SystemExit: A substitution found nothing to do, so it should go.
    """
    unused = {pattern for pattern, _ in SUBSTITUTIONS}
    derived: dict[Path, str] = {}
    for source, target in FOLDERS:
        for path in sorted((root / source).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            for pattern, replacement in SUBSTITUTIONS:
                text, count = re.subn(pattern, replacement, text)
                unused -= {pattern} if count else set()
            banner = BANNER.format(source=path.relative_to(root).as_posix())
            derived[Path(target) / path.relative_to(root / source)] = banner + text
    if unused:
        raise SystemExit(f"substitutions that found nothing to do: {', '.join(sorted(unused))}")
    return formatted(derived, root)


def formatted(files: dict[Path, str], root: Path) -> dict[Path, str]:
    """The files as the formatter would have them: shorter names change where lines break and how imports are sorted."""
    config = ["--config", str(root / "pyproject.toml")]
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            # Not under their real names, which the formatter is told to leave alone.
            place = Path(folder) / "derived" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        first_party = 'lint.isort.known-first-party=["sensay_ext", "generated_client", "tests"]'
        _ruff("check", "--select", "I,F401,TC005", "--fix", "--quiet", *config, "--config", first_party, folder)
        _ruff("format", "--quiet", *config, folder)
        return {path: (Path(folder) / "derived" / path).read_text(encoding="utf-8") for path in files}


def _ruff(*arguments: str) -> None:
    command = [sys.executable, "-m", "ruff", arguments[0], "--no-cache", *arguments[1:]]
    subprocess.run(command, check=True)  # noqa: S603 - our own arguments


def existing(root: Path) -> set[Path]:
    """The files that stand in the derived folders now."""
    return {path.relative_to(root) for _, target in FOLDERS for path in (root / target).rglob("*.py")}


def differences(derived: dict[Path, str], root: Path) -> list[str]:
    """What is wrong with the files that stand there, one line each."""
    found = existing(root)
    stale = {path for path in found & derived.keys() if (root / path).read_text(encoding="utf-8") != derived[path]}
    wrong = {"missing": derived.keys() - found, "extra": found - derived.keys(), "differs": stale}
    return [f"{what}: {path.as_posix()}" for what, paths in wrong.items() for path in sorted(paths)]


def write(derived: dict[Path, str], root: Path) -> None:
    """Make the derived folders hold these files, and no others."""
    for path in existing(root) - derived.keys():
        (root / path).unlink()
    for path, text in derived.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Run the command; 0 when all is well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only")
    options = parser.parse_args(arguments)
    derived = derive(root)
    if not options.check:
        write(derived, root)
        return 0
    problems = differences(derived, root)
    print("\n".join([*problems, "run: make unasync"]) if problems else "the derived files are up to date")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
