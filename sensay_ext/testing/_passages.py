"""Cuts a text into what is looked through at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Passage", "passages"]

# Base64 in lines of its own, as in YAML and in e-mails.
_FULL = re.compile(rb"[ \t]*[A-Za-z0-9+/_-]{32,}[ \t]*")
_LAST = re.compile(rb"[ \t]*[A-Za-z0-9+/_-]+={0,2}[ \t]*")


@dataclass(frozen=True, slots=True)
class Passage:
    """A line, or what lines of base64 are together.

    Args:
        number: The number of the line, or of the first one.
        data: What is there.
        is_part: Whether it is but a part of something in base64, so that it tells nothing to decode it.
    """

    number: int
    data: bytes = field(repr=False)
    is_part: bool = False


def passages(data: bytes) -> Iterator[Passage]:
    """What to look through, in order: each line as it is, and then the lines of base64 as one.

    Args:
        data: A text.
    """
    block: list[Passage] = []
    for number, line in enumerate(data.splitlines(), start=1):
        if _FULL.fullmatch(line):
            block.append(Passage(number, line, is_part=True))
            continue
        yield from _joined(block)
        if block and _LAST.fullmatch(line):
            # It may be the end of it, or a word that is none of it.
            yield from _joined([*block, Passage(number, line, is_part=True)])
        else:
            yield Passage(number, line)
        block = []
    yield from _joined(block)


def _joined(block: list[Passage]) -> list[Passage]:
    if len(block) == 1:
        return [Passage(block[0].number, block[0].data)]
    whole = [Passage(block[0].number, b"".join(part.data.strip() for part in block))] if block else []
    return block + whole
