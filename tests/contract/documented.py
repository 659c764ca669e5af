"""The replies that documentation of the API shows, as the files in `replies` have them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class DocumentedReply:
    """One reply, in our own words and numbers, and what the client makes of it.

    Args:
        source: The page of the documentation.
        name: What the reply is.
        operation: What was asked for.
        status: HTTP status.
        body: The body: JSON.
        result: The type of the result, or `list of` the type of its items.
        error: The class of the error, where there is no result.
        values: Values in the result or the error, by their place: names and numbers with dots between them.
        unknown: Where the result holds what the client does not know.
        wrong: What is wrong with it, where the API does otherwise.
    """

    source: str
    name: str
    operation: str
    status: int
    body: str
    result: str = ""
    error: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    wrong: str = ""


def _read() -> dict[str, DocumentedReply]:
    replies = {}
    for path in sorted((Path(__file__).parent / "replies").glob("*.toml")):
        page = tomllib.loads(path.read_text(encoding="utf-8"))
        for reply in page["replies"]:
            replies[f"{path.stem}: {reply['name']}"] = DocumentedReply(source=page["source"], **reply)
    return replies


REPLIES: Mapping[str, DocumentedReply] = _read()
"""The replies by page and name."""
