"""The `sensay` command."""

from sensay_ext.cli._main import main

__all__ = ["main"]
