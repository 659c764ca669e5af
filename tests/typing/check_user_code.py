"""Checks user code against the wheel, as a program that installed the package sees it, with two type checkers.

`python -m tests.typing.check_user_code` builds the wheel, installs it into an environment of its own, and runs mypy and
basedpyright there, both as strict as they can be. basedpyright is pyright with further rules, of which one refuses every
value whose type is `Any`; and it brings along the JavaScript engine that pyright would fetch when it is first run.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from tests.typing.user_code import FILES
from tests.wheel import build, install, run

_STRICT = {"typeCheckingMode": "strict", "reportAny": "error", "include": ["user_code"]}


def main() -> None:
    """Build, install and check.

    Raises:
        SystemExit: A checker finds something, or the wheel cannot be built.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = install(str(build(folder / "wheel")), folder=folder / "venv")
        for file in FILES:
            target = folder / "user_code" / file.parent.name.strip("_") / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
        (folder / "pyrightconfig.json").write_text(json.dumps(_STRICT))
        mypy = [sys.executable, "-m", "mypy", "--strict", "--disallow-any-expr", "--config-file", ""]
        run(*mypy, "--python-executable", python, "--package", "user_code", cwd=folder)
        run(sys.executable, "-m", "basedpyright", "--pythonpath", python, cwd=folder)


if __name__ == "__main__":
    main()
