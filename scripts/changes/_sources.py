"""Gets a document from where a person says it is: an address, a file, or a commit."""

import subprocess
from pathlib import Path
from typing import Any

from scripts._errors import PipelineError
from scripts._fetch import fetch, is_url, parse

BUNDLED = "openapi/upstream.json"
"""The document that a bare git ref stands for."""


def load(source: str) -> dict[str, Any]:
    """Return the OpenAPI document that `source` names.

    Args:
        source: an `http(s)://` address, a file, `<git ref>:<path>`, or a git ref alone, which stands for that
            commit's `openapi/upstream.json`.

    Raises:
        PipelineError: there is none, or it is no OpenAPI 3.0 or 3.1 document in JSON.
    """
    fetched = fetch(source) if is_url(source) or Path(source).is_file() else None
    document = fetched.document if fetched is not None else parse(_committed(source), source)
    hint = "an OpenAPI 3.0 or 3.1 document is needed"
    if not str(document.get("openapi")).startswith(("3.0", "3.1")):
        raise PipelineError(f"{source} is JSON, but does not say that it is OpenAPI 3.0 or 3.1", hint)
    if not isinstance(document.get("paths", document.get("webhooks")), dict):
        raise PipelineError(f"{source} has no paths", hint)
    return document


def _committed(source: str) -> bytes:
    ref, colon, path = source.partition(":")
    place = f"{ref}:{path if colon else BUNDLED}"
    hint = f"name an address, a file, or a git ref such as HEAD~1 or HEAD~1:{BUNDLED}"
    if not ref or ref.startswith("-"):
        raise PipelineError(f"{source!r} is neither an address nor a file nor a git ref", hint)
    command = ["git", "show", place]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell, and no option
    except OSError as error:
        raise PipelineError(f"{source!r} is no file, and git could not be run", hint) from error
    if done.returncode:
        raise PipelineError(f"{source!r} is no file, and git knows no {place}", hint)
    return done.stdout
