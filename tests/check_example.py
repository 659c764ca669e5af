"""Runs the tests of the sample project against the wheel, in an environment with nothing but what it asks for.

`python -m tests.check_example` builds the wheel, installs it with the extra `testing` and the sample project beside it,
runs the project's tests there, and looks through its cassettes.
"""

import shutil
import tempfile
from pathlib import Path

from tests.wheel import HOME, build, install, run

EXAMPLE = HOME / "examples" / "shop-assistant"


def main() -> None:
    """Build, install and test.

    Raises:
        SystemExit: A test fails, or something cannot be built or installed.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # Away from the checkout, so that nothing is taken from there, and nothing is left there.
        project = shutil.copytree(EXAMPLE, folder / EXAMPLE.name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        python = install(f"{build(folder / 'wheel')}[testing]", str(project), folder=folder / "venv")
        run(python, "-I", "-m", "pytest", "--sensay-scan=tests/cassettes", cwd=project)


if __name__ == "__main__":
    main()
