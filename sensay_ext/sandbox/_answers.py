"""Answers to questions: the passages of what was trained that fit best, word for word."""

import re
from dataclasses import dataclass

from sensay_ext.sandbox._database import Database
from sensay_ext.sandbox._training.passages import without_heading

NO_ANSWER = "I don't have enough information to answer that."

_ENTRY_ROOM = 100_000
_CANDIDATES = 8
_PASSAGES_IN_ANSWER = 2
_MIN_COVERAGE = 0.3
_MAX_TERMS = 64
_WORD = re.compile(r"\w+")
_HIT = re.compile("\x02([^\x03]*)\x03")

# Words that say nothing about what is asked.
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        """
        a about am an and are as at be been but by can could d did do does for from had has have he her his how i if in
        into is it its just ll m may me might must my no not of on or our please re s say shall she should so some t
        tell than that the their them then there these they this those to too us ve was we were what when where which
        who whom whose why will with would you your yours
        """,
    )
)

_QUERY = """
SELECT rowid, highlight(passages, 0, char(2), char(3)) AS marked, bm25(passages, 1.0, 0.0) AS rank
FROM passages WHERE passages MATCH ? ORDER BY rank, rowid LIMIT ?
"""


@dataclass(frozen=True)
class Passage:
    """A passage that was used.

    Attributes:
        entry_id: The entry it stands in.
        content: The passage.
        score: How well it fits; larger is better.
    """

    entry_id: int
    content: str
    score: float


@dataclass(frozen=True)
class Answer:
    """An answer with what it was drawn from.

    Attributes:
        content: The answer.
        passages: The passages in it, best first; none when nothing fits.
    """

    content: str
    passages: list[Passage]


def answer(database: Database, replica_uuid: str, question: str) -> Answer:
    """Answer a question from what a replica was trained on.

    Args:
        database: Holds the passages.
        replica_uuid: The replica that is asked.
        question: What is asked.

    Returns:
        The best passages, or an answer that says that nothing fits.
    """
    terms = _terms(question)
    if not terms:
        return Answer(NO_ANSWER, [])
    any_term = " OR ".join(f'"{term}"' for term in terms)
    match = f'replica : "{replica_uuid.replace("-", "")}" AND content : ({any_term})'
    needed = max(1.0, _MIN_COVERAGE * len(terms))
    chosen: list[Passage] = []
    covered: set[str] = set()
    for row in database.rows(_QUERY, match, _CANDIDATES):
        hits = {hit.lower() for hit in _HIT.findall(row["marked"])}
        if len(hits) < needed or not hits - covered:
            continue
        covered |= hits
        content = without_heading(row["marked"].replace("\x02", "").replace("\x03", ""))
        chosen.append(Passage(row["rowid"] // _ENTRY_ROOM, content, round(-row["rank"], 6)))
        if len(chosen) == _PASSAGES_IN_ANSWER:
            break
    if not chosen:
        return Answer(NO_ANSWER, [])
    return Answer("\n\n".join(passage.content for passage in chosen), chosen)


def _terms(question: str) -> list[str]:
    words = list(dict.fromkeys(word.lower() for word in _WORD.findall(question)))
    telling = [word for word in words if word not in _EMPTY]
    return (telling or words)[:_MAX_TERMS]
