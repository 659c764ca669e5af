"""Text out of files: plain ones here, documents in a process of their own."""

import asyncio  # noqa: TID251 - the sandbox is a server with its own event loop
import json
import sys
from typing import Any

from sensay_ext.sandbox._file_types import extension_of
from sensay_ext.sandbox._training.archives import ARCHIVES, check_archive
from sensay_ext.sandbox._training.outcomes import Unprocessable

_PLAIN = frozenset({
    ".txt", ".text", ".log", ".md", ".markdown", ".csv", ".tsv", ".json", ".xml", ".yaml", ".yml", ".css", ".js",
})  # fmt: skip
_CONVERTED = ARCHIVES | {".pdf", ".html", ".htm"}

_SECONDS = 60
_MAX_CHARACTERS = 5_000_000
_MIN_CHARACTERS = 50
_HEAD = 1024


async def extract_text(filename: str, content: bytes) -> str:
    """Return the text of an uploaded file.

    Args:
        filename: The name it was announced under; its ending decides how it is read.
        content: Its bytes.

    Returns:
        The text, at most five million characters of it.

    Raises:
        Unprocessable: If the file is empty, damaged, too short, or of a kind that cannot be read.
    """
    if not content:
        raise Unprocessable("The file is empty")
    extension = extension_of(filename)
    if extension in _PLAIN:
        text = _decode(content)
        if len(text.strip()) < _MIN_CHARACTERS:
            raise Unprocessable(f"The text is shorter than {_MIN_CHARACTERS} characters")
    elif extension in _CONVERTED:
        if extension in ARCHIVES:
            await asyncio.to_thread(check_archive, content, extension)
        elif extension == ".pdf" and b"%PDF-" not in content[:_HEAD]:
            raise Unprocessable("The file is damaged or not what its name says")
        text = (await convert(content, ".html" if extension == ".htm" else extension))["text"]
    else:
        raise Unprocessable(f"Files of type {extension or 'unknown'} cannot be read")
    if not text.strip():
        raise Unprocessable("No text was found in the file")
    return text[:_MAX_CHARACTERS]


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\0" in content[:8192]:
        raise Unprocessable("The file is not a text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


async def convert(content: bytes, extension: str) -> dict[str, Any]:
    """Turn a document into text, in a process that can be given up.

    A damaged or hostile document may take all time and memory there is; it must not take the server's.

    Args:
        content: The document.
        extension: Its kind, as a file name ending with the dot.

    Returns:
        Its `text` as Markdown, and for a web page its `title`, `description` and `links`.

    Raises:
        Unprocessable: If it cannot be read, or not in time.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sensay_ext.sandbox._training.converter",
        extension,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(_SECONDS):
            output, _ = await process.communicate(content)
    except TimeoutError as error:
        raise Unprocessable(f"The file could not be read within {_SECONDS} seconds") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise Unprocessable("The file is damaged or not what its name says")
    converted: dict[str, Any] = json.loads(output)
    # A file may claim to hold halves of characters; no text can.
    converted["text"] = converted["text"].encode("utf-8", "replace").decode()
    return converted
