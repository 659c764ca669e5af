"""Pages by number, the way the list operations share."""

from collections.abc import Mapping
from typing import Any

# SQLite counts in 64 bits; a page number past that is simply past the end.
_LARGEST = 2**62


def page_of(query: Mapping[str, Any], *, size_name: str = "pageSize", default: int = 24) -> tuple[int, int]:
    """Read the page parameters.

    Args:
        query: The query parameters; the page is `page`, or the older `page_index`.
        size_name: What this operation calls the page size.
        default: The page size when none is given.

    Returns:
        LIMIT and OFFSET.
    """
    given = query.get(size_name)
    size = default if given is None else min(int(given), _LARGEST)
    page = query.get("page") or query.get("page_index") or 1
    return size, min((int(page) - 1) * size, _LARGEST)
