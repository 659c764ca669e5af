"""Cuts a text into what is searched, what is shown as chunks, and what is said about it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_MAX_PASSAGE = 600
_MIN_PASSAGE = 25
_MAX_PASSAGES = 50_000
_MAX_CHUNK = 1_000
_MAX_TITLE = 80
_MAX_FACTS = 20
_SUMMARY_SENTENCES = 3
_CHARS_PER_TOKEN = 4

_END = re.compile(r"(?<=[.!?]) |(?<=[\u3002\uff01\uff1f]) ?")
_WORD = re.compile(r"\w{4,}")
_MARKUP = re.compile(r"^[#>*\-\s|]+|[|\s]+$")


@dataclass(frozen=True)
class Digest:
    """What is derived from a text.

    Attributes:
        passages: The pieces that questions are answered from.
        chunks: The larger pieces that the API shows.
        title: A short name.
        summary: The sentences that say most.
        facts: Single statements.
    """

    passages: list[str]
    chunks: list[dict[str, Any]]
    title: str
    summary: str
    facts: list[str]


def digest(text: str) -> Digest:
    """Derive everything that training derives from a text.

    Args:
        text: The raw text; it has at least one character that is not blank.

    Returns:
        The derived parts.
    """
    passages = split_passages(text)
    sentences = [
        plain for passage in passages if len(plain := _MARKUP.sub("", without_heading(passage))) >= _MIN_PASSAGE
    ]
    return Digest(
        passages=passages,
        chunks=_chunks(passages),
        title=_title(passages),
        summary=_summary(sentences) or passages[0],
        facts=sentences[:_MAX_FACTS],
    )


def split_passages(text: str) -> list[str]:
    """Cut a text at the ends of sentences and lines; short pieces, like headings, stay with what follows them."""
    passages: list[str] = []
    short = ""
    for sentence in _sentences(text):
        joint = "\n" if short.startswith("#") else " "
        for part in _wrap(f"{short}{joint}{sentence}" if short else sentence):
            if len(part) < _MIN_PASSAGE:
                short = part
            else:
                passages.append(part)
                short = ""
        if len(passages) >= _MAX_PASSAGES:
            return passages
    if short:
        passages.append(short)
    return passages


def _sentences(text: str) -> Iterator[str]:
    for line in text.splitlines():
        # With single spaces only, no pattern can take longer than the line is long.
        for sentence in _END.split(" ".join(line.split())):
            if sentence:
                yield sentence


def _wrap(piece: str) -> list[str]:
    if len(piece) <= _MAX_PASSAGE:
        return [piece]
    parts: list[str] = []
    start = 0
    while start < len(piece):
        end = start + _MAX_PASSAGE
        cut = piece.rfind(" ", start + _MAX_PASSAGE // 2, end) if end < len(piece) else -1
        parts.append(piece[start : cut if cut > start else end].strip())
        start = cut if cut > start else end
    return parts


def _chunks(passages: list[str]) -> list[dict[str, Any]]:
    contents: list[str] = []
    for passage in passages:
        if contents and len(contents[-1]) + len(passage) < _MAX_CHUNK:
            contents[-1] = f"{contents[-1]} {passage}"
        else:
            contents.append(passage)
    return [
        {
            "content": content,
            "chunkIndex": index,
            "chunkChars": len(content),
            "chunkTokens": -(-len(content) // _CHARS_PER_TOKEN),
        }
        for index, content in enumerate(contents)
    ]


def without_heading(passage: str) -> str:
    """Return what a passage says under its heading, if it has one."""
    heading, _, rest = passage.partition("\n")
    return rest if heading.startswith("#") and rest else passage


def _title(passages: list[str]) -> str:
    line = passages[0].partition("\n")[0]
    first = _MARKUP.sub("", line) or line
    if len(first) <= _MAX_TITLE:
        return first.rstrip(".")
    return f"{first[: first.rfind(' ', 0, _MAX_TITLE - 1) if ' ' in first[:_MAX_TITLE] else _MAX_TITLE - 1]}…"


def _summary(sentences: list[str]) -> str:
    words = Counter(word for sentence in sentences for word in _words(sentence))

    def weight(sentence: str) -> float:
        own = _words(sentence)
        return sum(words[word] for word in own) / (len(own) + 3)

    best = sorted(range(len(sentences)), key=lambda at: -weight(sentences[at]))[:_SUMMARY_SENTENCES]
    return " ".join(sentences[at] for at in sorted(best))


def _words(sentence: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(sentence)}
