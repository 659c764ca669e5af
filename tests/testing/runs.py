"""Runs of pytest within a test: warnings are errors, and no plugin takes part but those under test."""

import pytest

_OTHERS = ("anyio", "asyncio", "randomly", "respx", "schemathesis", "socket", "timeout", "xdist")
_SETTINGS = {"asyncio": ("-o", "asyncio_default_fixture_loop_scope=function")}


def run(pytester: pytest.Pytester, source: str, *arguments: str, using: tuple[str, ...] = ()) -> pytest.RunResult:
    """Run tests in a process of its own, where everything is imported for the first time.

    Args:
        pytester: Makes the folder that they are in.
        source: The module with the tests.
        *arguments: What pytest is told.
        using: The plugins of others that take part.
    """
    pytester.makepyfile(source)
    options = ["-W", "error"]
    for name in _OTHERS:
        options += _SETTINGS.get(name, ()) if name in using else ("-p", f"no:{name}")
    return pytester.runpytest_subprocess(*options, *arguments)
