"""Websites: the text that a page shows."""

from typing import Any

from sensay_ext.sandbox._training.extraction import convert
from sensay_ext.sandbox._training.fetching import Fetcher
from sensay_ext.sandbox._training.outcomes import Unprocessable

_PAGES = frozenset({"text/html", "application/xhtml+xml", ""})


async def read_website(fetcher: Fetcher, url: str) -> dict[str, Any]:
    """Fetch a page and return what it says.

    Args:
        fetcher: Fetches it.
        url: Its address.

    Returns:
        Its `text`, and `title`, `description` and `links` if it has them.

    Raises:
        Unprocessable: If it cannot be fetched, is no web page, or shows no text.
        Temporary: If it may be reachable later.
    """
    page = await fetcher.fetch(url)
    if page.media_type not in _PAGES:
        raise Unprocessable(f"The URL leads to {page.media_type}, not to a web page")
    found = await convert(page.content, ".html")
    if not found["text"].strip():
        raise Unprocessable("The page shows no text")
    return {name: value for name, value in found.items() if value}
