"""When an answer is as expected."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensay_ext._verification import Expectation, Verification, meets


@pytest.mark.parametrize(
    ("expect", "met"),
    [
        ("9 to 5", True),
        ("OPEN\nfrom  9", True),
        ("10", False),
        (re.compile(r"^We .* 5\.$"), True),
        (re.compile("open$"), False),
        (lambda answer: len(answer) < 30, True),
        (lambda _answer: None, False),
    ],
)
def test_an_answer_is_measured_by_text_pattern_or_function(expect: Expectation, met: bool) -> None:  # noqa: FBT001 - a table
    assert meets("We are open from 9 to 5.", expect) is met


@given(st.text(), st.text(), st.text())
def test_a_text_is_found_wherever_it_stands(before: str, text: str, after: str) -> None:
    assert meets(f"{before} {text} {after}", text)


def test_the_outcome_is_true_or_false_by_itself() -> None:
    assert Verification(ok=True, answer="yes", attempts=1)
    assert not Verification(ok=False, answer="no", attempts=1)
