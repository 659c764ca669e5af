"""The models that the generator makes of the same document with its own templates."""

import importlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from scripts._paths import HOME, Tree

_PACKAGE = "stock_client"


@contextmanager
def stock_models() -> Iterator[ModuleType]:
    """Generate them, and offer the package of models as long as this lasts."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / _PACKAGE)
        command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none", "--output-path", out]
        command += ["--path", str(Tree(HOME).client)]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
        sys.path.insert(0, folder)
        try:
            yield importlib.import_module(f"{_PACKAGE}.models")
        finally:
            sys.path.remove(folder)
