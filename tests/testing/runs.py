"""Runs of pytest within a test: warnings are errors, and no plugin takes part but those under test."""

import pkgutil
from importlib import import_module

import pytest
import xdist  # type: ignore[import-untyped] # it ships no types

import generated_client
import sensay_ext

# What a run imports is forgotten in its end, and a second copy of a class is not the same class. The plugin that starts
# processes is there for another reason: a run would parse its source, which Python 3.11 now and then fails to do (gh-106905).
for _package in (sensay_ext, generated_client, xdist):
    for _module in pkgutil.walk_packages(_package.__path__, f"{_package.__name__}."):
        if not _module.name.endswith("__main__"):
            import_module(_module.name)


_OTHERS = (
    "anyio",
    "asyncio",
    "hypothesispytest",
    "randomly",
    "respx",
    "schemathesis",
    "socket",
    "timeout",
    "xdist",
)
_SETTINGS = {"asyncio": ("-o", "asyncio_default_fixture_loop_scope=function")}


def run(pytester: pytest.Pytester, source: str, *arguments: str, using: tuple[str, ...] = ()) -> pytest.RunResult:
    """Run tests in this process.

    Args:
        pytester: Makes the folder that they are in.
        source: The module with the tests.
        *arguments: What pytest is told.
        using: The plugins of others that take part.
    """
    pytester.makepyfile(source)
    return pytester.runpytest_inprocess(*_options(using), *arguments)


def _options(using: tuple[str, ...]) -> list[str]:
    # Pytest parses the source of what its own tracebacks show, which may fail as well, see above.
    options = ["-W", "error", "--tb=native"]
    for name in _OTHERS:
        options += _SETTINGS.get(name, ()) if name in using else ("-p", f"no:{name}")
    return options
