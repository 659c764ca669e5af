"""Reads the configuration files of the provider's command line tool; never writes them."""

from __future__ import annotations

import json
import logging
from pathlib import Path

__all__ = ["PROJECT_FILE", "USER_FILE", "read_cli_config"]

_logger = logging.getLogger("sensay_ext")

#: Relative to the working directory, as the tool has it.
PROJECT_FILE = "sensay.config.json"
#: Relative to the home directory.
USER_FILE = ".sensay/config.json"

_NAMES = {"apiKey": "organization_secret", "userId": "user_id", "baseUrl": "base_url"}


def read_cli_config(path: Path) -> dict[str, str]:
    """The settings in one file, under our own names; empty when there is no usable file.

    The file belongs to another program, so nothing about it is an error here.
    """
    try:
        # As bytes: editors and shells put marks before the text, which say how it is encoded.
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as problem:
        _logger.warning("%s is ignored: %s", path.name, type(problem).__name__)
        return {}
    if not isinstance(data, dict):
        return {}
    found = {ours: data.get(theirs) for theirs, ours in _NAMES.items()}
    return {name: value.strip() for name, value in found.items() if isinstance(value, str) and value.strip()}


def project_config() -> dict[str, str]:
    """What the file of the working directory says."""
    return read_cli_config(Path(PROJECT_FILE))


def user_config() -> dict[str, str]:
    """What the file of the home directory says."""
    try:
        home = Path.home()
    except RuntimeError:  # a process without a user
        return {}
    return read_cli_config(home / USER_FILE)
