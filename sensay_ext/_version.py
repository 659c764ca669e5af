"""The version of this package."""

from __future__ import annotations

import platform
from functools import cache

__all__ = ["user_agent", "version"]

_DISTRIBUTION = "sensay-ext"


@cache
def version() -> str:
    """The installed version; `0` when the code runs without being installed."""
    # Slow to import, and needed once.
    from importlib.metadata import PackageNotFoundError  # noqa: PLC0415
    from importlib.metadata import version as installed_version  # noqa: PLC0415

    try:
        return installed_version(_DISTRIBUTION)
    except PackageNotFoundError:
        return "0"


@cache
def user_agent() -> str:
    """What we call ourselves in requests: this package and the Python version, nothing about the machine."""
    return f"{_DISTRIBUTION}/{version()} python/{platform.python_version()}"
