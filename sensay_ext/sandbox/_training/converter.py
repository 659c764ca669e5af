"""The process that turns one document into text: `python -m … EXTENSION < document > JSON`."""

import io
import json
import sys
from contextlib import suppress
from typing import Any

from bs4 import BeautifulSoup
from markitdown import MarkItDown, StreamInfo

_MEMORY = 2 * 1024**3
_MAX_LINKS = 200


def main() -> None:
    """Convert standard input, which is of the kind named by the first argument; the result is a JSON object."""
    _limit_memory()
    extension, document = sys.argv[1], sys.stdin.buffer.read()
    converter = MarkItDown(enable_plugins=False)
    converted = converter.convert_stream(io.BytesIO(document), stream_info=StreamInfo(extension=extension))
    result: dict[str, Any] = {"text": converted.text_content}
    if extension == ".html":
        result.update(_about(BeautifulSoup(document, "html.parser")))
    sys.stdout.write(json.dumps(result))


def _limit_memory() -> None:
    # Not every system can; the time limit still holds there.
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - it exists on some systems only

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _about(page: BeautifulSoup) -> dict[str, Any]:
    description = page.find("meta", attrs={"name": "description"})
    links = [str(link["href"]) for link in page.find_all("a", href=True)]
    return {
        "title": page.title.get_text(strip=True) if page.title else None,
        "description": description.get("content") if description else None,
        "links": list(dict.fromkeys(links))[:_MAX_LINKS],
    }


if __name__ == "__main__":
    main()
