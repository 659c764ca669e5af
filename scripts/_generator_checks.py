"""Whether a generated package is complete, importable and typed."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from scripts._errors import PipelineError
from scripts._generator_facts import iterate_operations

_MYPY_SETTINGS = Path(__file__).parent.parent / "openapi" / "generator" / "mypy.ini"

# Runs apart from us: a generated package must not stay among the modules of the process that made it.
_IMPORT_ALL = """
import importlib, pkgutil, sys
sys.path.insert(0, sys.argv[1])
package = importlib.import_module(sys.argv[2])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
"""


def check_operations(content: dict[str, Any], package: Path) -> None:
    """Check that each operation of the document has a module of its own.

    Raises:
        PipelineError: operations are missing, or modules are left over.
    """
    expected = sorted(operation.get("operationId", label) for label, operation in iterate_operations(content))
    found = sorted(path.stem for path in package.glob("api/*/*.py") if path.name != "__init__.py")
    if expected != found:
        missing = [name for name in expected if expected.count(name) != found.count(name)]
        raise PipelineError(
            f"{len(expected)} operations gave {len(found)} modules; wrong are {', '.join(missing) or 'leftovers'}",
            "every operation needs an operationId in snake_case that no other has",
        )


def check_importable(package: Path) -> None:
    """Check that every module of the package imports, without leaving bytecode behind.

    Raises:
        PipelineError: one does not.
    """
    arguments = [
        *(sys.executable, "-I", "-B", "-X", "utf8", "-W", "error::SyntaxWarning"),
        *("-c", _IMPORT_ALL, str(package.parent), package.name),
    ]
    _run(arguments, package, "the generated package does not import")


def check_types(package: Path) -> None:
    """Check the package with mypy in strict mode, without a cache and without httpx.

    Raises:
        PipelineError: there is a finding.
    """
    arguments = [
        *(sys.executable, "-I", "-m", "mypy", "--config-file", str(_MYPY_SETTINGS), "--no-error-summary"),
        *("--cache-dir", os.devnull, "-p", package.name),
    ]
    _run(arguments, package, "the generated package is not typed")


def _run(arguments: list[str], package: Path, failure: str) -> None:
    outcome = subprocess.run(  # noqa: S603 - our own interpreter and arguments
        arguments, cwd=package.parent, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if outcome.returncode:
        lines = (outcome.stdout + outcome.stderr).strip().splitlines() or ["no output"]
        raise PipelineError(
            f"{failure}: {lines[-1]}", "correct the template of that file in openapi/generator/templates"
        )
