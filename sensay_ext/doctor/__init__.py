"""Looks whether a program that uses this package has what it needs from the API: `python -m sensay_ext.doctor`.

    python -m sensay_ext.doctor --uses src

tells whether the secret is good, which version of the API answers, and what has changed in the API since this release was
made; with `--uses`, what of it concerns the methods that the code in a folder calls.
"""

from sensay_ext.doctor._main import main

__all__ = ["main"]
