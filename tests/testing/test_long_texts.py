"""Texts that patterns might take forever for: the limit of time that all tests have would end each of these.

A megabyte that is gone through from each of its characters on takes minutes, and one that is gone through once takes
no more than some seconds.
"""

import pytest

from sensay_ext._redact import redact_text
from sensay_ext.testing import CassetteMismatch, Interaction, Message, Scrubber
from sensay_ext.testing._passages import passages
from sensay_ext.testing._player import Player
from sensay_ext.testing._pseudonyms import PSEUDONYM, Kind
from sensay_ext.testing._rules import shapes
from sensay_ext.testing._spellings import Wanted, any_spelling
from tests.testing.planting import JWT

LENGTH = 1_000_000

UNITS = [
    "a",
    "eyJ",
    "eyJaaaa.",
    "1",
    "123456789:",
    "?",
    "?token=a&",
    "://",
    "://a",
    "cookie",
    "cookie:",
    "password: bearer ",
    "@",
    "a@",
    "a.",
    "a@a.",
    "\\",
    "\\u",
    "%",
    "%25",
    "%5c",
    "&",
    "&amp;",
    "&#",
    " ",
    "\n",
    " \n",
    "A" * 32 + "\\n",
    "A" * 32 + "\\" * 16,
    "A" * 76 + "\n",
    "[sensay-ext:",
    "scrubbed-user-",
    "5c4b0001",
    "555000000",
    "http://127.0.0.1:",
]
STARTS = ["a@", "cookie:", "cookie", "?", "://", "&#", "%", "password: bearer", "A" * 32]
FILLINGS = [" ", "a", "1.", "-", "0", "25", '"', "\t", "eyJ"]


def ids(texts: list[str]) -> list[str]:
    return [repr(text[:12]) for text in texts]


@pytest.mark.parametrize("unit", UNITS, ids=ids(UNITS))
def test_patterns_go_through_a_row_once(unit: str) -> None:
    text = f"{unit * (LENGTH // len(unit))} {JWT}"

    assert JWT not in redact_text(text)
    assert (Kind.TOKEN, len(text) - len(JWT), len(text)) in set(shapes(text))
    assert PSEUDONYM.search(text) is None
    assert [passage.data for passage in passages(text.encode()) if JWT.encode() in passage.data]


@pytest.mark.parametrize("filling", FILLINGS, ids=ids(FILLINGS))
@pytest.mark.parametrize("start", STARTS, ids=ids(STARTS))
def test_patterns_go_through_what_follows_once(start: str, filling: str) -> None:
    text = f"{start}{filling * (LENGTH // 4 // len(filling))} {JWT}"

    assert JWT not in redact_text(text)
    assert (Kind.TOKEN, len(text) - len(JWT), len(text)) in set(shapes(text))


def scrubbed(text: str) -> str:
    made = Interaction(method="PUT", url="https://h/p", request=Message(headers={"x-user-id": ("alice",)}, body=text))
    body = Scrubber().scrub([made])[0].request.body
    assert isinstance(body, str)
    return body


@pytest.mark.parametrize("unit", ["%25", "\\", "&amp;", "a@a.", "?token=a&", "A" * 76 + "\n", "\\u0061", "harbour "])
def test_long_bodies_are_scrubbed(unit: str) -> None:
    text = scrubbed(f"{unit * (LENGTH // 4 // len(unit))} {JWT} alice")

    assert text.endswith(" scrubbed-token-0001 scrubbed-user-0001")


@pytest.mark.parametrize("between", [", ", "\\n", "%0A"])
def test_many_values_are_scrubbed(between: str) -> None:
    crew = [f"sailor.{number}@harbour.test" for number in range(2000)]

    assert scrubbed(between.join(crew)).split(between) == [
        f"scrubbed-email-{number:04d}@example.com" for number in range(1, 2001)
    ]


def test_a_spelling_is_found_after_many_backslashes() -> None:
    assert Wanted("alice", Kind.USER).is_word
    assert any_spelling("alice").count(b"{1,63}") == len("alice")


def test_many_open_pseudonyms_in_one_text_are_compared() -> None:
    names = ", ".join(f"scrubbed-user-{number:04d}" for number in range(1, 40))
    recorded = Interaction(method="PUT", url="https://h/p", request=Message(body=f"{names}, and nobody else"))
    live = ", ".join(f"sailor {number}" for number in range(1, 400))
    asked = Interaction(method="PUT", url="https://h/p", request=Message(body=f"{live}, and somebody else"))

    with pytest.raises(CassetteMismatch, match="Different: body"):
        Player([recorded], Scrubber(), PSEUDONYM.findall(names)).play(asked)


def test_as_many_are_settled_when_it_is_the_same() -> None:
    names = ", ".join(f"scrubbed-user-{number:04d}" for number in range(1, 40))
    recorded = Interaction(
        method="PUT",
        url="https://h/p",
        request=Message(body=f"{names}, and nobody else"),
        reply=Message(body="scrubbed-user-0039 and scrubbed-user-0001"),
    )
    live = ", ".join(f"sailor {number}" for number in range(1, 40))
    asked = Interaction(method="PUT", url="https://h/p", request=Message(body=f"{live}, and nobody else"))

    assert Player([recorded], Scrubber(), PSEUDONYM.findall(names)).play(asked).reply.body == "sailor 39 and sailor 1"
