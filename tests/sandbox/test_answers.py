"""Answers drawn from what was trained."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensay_ext.sandbox._answers import NO_ANSWER, answer
from sensay_ext.sandbox._database import Database
from sensay_ext.sandbox._training.passages import digest, split_passages
from tests.sandbox.api import Api

_TEXT = """
# Shipping

We ship to Norway, Sweden and Finland. Orders placed before noon leave the warehouse the same day.
Returns are free within 60 days, and the money is back on your account within a week.

| size | price |
| small | 12 kroner |
| large | 30 kroner |
"""


@pytest.fixture
def replica(api: Api) -> str:
    replica = api.replica()
    api.learn(replica, _TEXT)
    return replica


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which countries do you ship to?", "We ship to Norway, Sweden and Finland."),
        ("when do ORDERS leave the WAREHOUSE", "Orders placed before noon leave the warehouse the same day."),
        ("Is returning something free?", "Returns are free within 60 days"),
        ("What is the price of a large one?", "| large | 30 kroner |"),
    ],
)
def test_the_best_passage_comes_first_word_for_word(api: Api, replica: str, question: str, said: str) -> None:
    assert api.ask(replica, question).startswith(said)


@pytest.mark.parametrize(
    "question",
    [
        "How did you handle the immense pressure during the Civil War?",
        "Who?",
        "???",
        "'; DROP TABLE passages; --",
        'NEAR("boat" OR) AND replica:*',
        "zażółć gęślą jaźń",
    ],
)
def test_an_answer_says_so_when_nothing_fits(api: Api, replica: str, question: str) -> None:
    assert api.ask(replica, question) == NO_ANSWER


def test_what_was_asked_in_words_of_no_meaning_is_still_found(api: Api) -> None:
    replica = api.replica()
    api.learn(replica, "To be, or not to be, that is the question.")

    assert api.ask(replica, "to be or not to be") == "To be, or not to be, that is the question."


def test_two_sources_are_joined_when_each_has_a_part_of_the_answer(api: Api, replica: str) -> None:
    api.learn(replica, "Gift wrapping costs five kroner and is done by hand.")

    told = api.ask(replica, "What does gift wrapping cost, and do you ship to Norway?")

    assert "Gift wrapping costs five kroner" in told
    assert "We ship to Norway" in told


def test_a_replica_knows_nothing_of_what_others_were_told(api: Api, replica: str) -> None:
    other = api.replica()

    assert api.ask(other, "Which countries do you ship to?") == NO_ANSWER
    assert api.ask(replica, "Which countries do you ship to?") != NO_ANSWER


def test_the_history_names_the_sources_of_an_answer(api: Api, replica: str) -> None:
    api.ask(replica, "Which countries do you ship to?")

    question, reply = api("GET", f"/replicas/{replica}/chat/history")["items"]

    assert question["sources"] == []
    (source,) = reply["sources"]
    assert source["content"] == "We ship to Norway, Sweden and Finland."
    assert source["status"] == "scored"
    assert source["score"] > 0
    assert source["name"] == "Shipping"
    assert api.entry(replica, source["id"])["status"] == "VECTOR_CREATED"


@given(st.text())
def test_no_question_is_too_strange_to_be_asked(question: str) -> None:
    database = Database()
    try:
        assert answer(database, "00000000-0000-4000-8000-000000000000", question).content == NO_ANSWER
    finally:
        database.close()


@given(st.text().filter(str.strip))
def test_passages_keep_every_word_in_its_order(text: str) -> None:
    assert "".join("".join(split_passages(text)).split()) == "".join(text.split())


@given(st.lists(st.text("abc", min_size=1, max_size=700), min_size=100, max_size=300))
def test_a_sentence_without_an_end_is_cut_between_words_where_it_can_be(words: list[str]) -> None:
    passages = split_passages(" ".join(words))

    assert all(len(passage) <= 600 for passage in passages)
    assert "".join(passages).replace(" ", "") == "".join(words)


def test_a_text_gives_so_many_passages_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sensay_ext.sandbox._training.passages._MAX_PASSAGES", 2)

    assert split_passages("\n".join(f"This is passage number {number} of many." for number in range(5))) == [
        "This is passage number 0 of many.",
        "This is passage number 1 of many.",
    ]


@given(st.text(min_size=1, max_size=3000).filter(str.strip))
def test_whatever_is_learnt_has_a_title_a_summary_and_chunks_of_a_size(text: str) -> None:
    derived = digest(text)

    assert 0 < len(derived.title) <= 80
    assert derived.summary
    assert [chunk["chunkIndex"] for chunk in derived.chunks] == list(range(len(derived.chunks)))
    assert all(0 < chunk["chunkChars"] == len(chunk["content"]) < 1_000 for chunk in derived.chunks)
