"""Loads what a package offers when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["load"]


def load(namespace: dict[str, Any], places: Mapping[str, str], name: str) -> object:
    """What a package offers under a name; afterwards it is there as if it had been imported at once.

    Args:
        namespace: The globals of the package.
        places: The modules that the names are loaded from.
        name: The name.

    Raises:
        AttributeError: The package offers no such thing.
    """
    package = namespace["__name__"]
    if name not in places:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - nothing but a few names may be all that is needed

    found = getattr(import_module(places[name]), name)
    if isinstance(found, type):
        # Messages and tracebacks should say where it is imported from, not in which file it is kept.
        found.__module__ = package
    namespace[name] = found
    return found
