"""The secret shows itself nowhere."""

import copy
import pickle
from typing import Any

import pytest

from sensay_ext._errors import ConfigurationError
from sensay_ext._secret import Secret

SENTINEL = "zq-SENTINEL-7f3a"


def test_whitespace_around_a_secret_is_dropped() -> None:
    assert Secret(f"  {SENTINEL}\r\n").reveal() == SENTINEL


@pytest.mark.parametrize("value", ["", " ", "\n", "two words", "tab\tin", "line\nin", "nul\0", "sécret", "del\x7f"])
def test_a_secret_that_cannot_be_sent_is_refused_without_being_repeated(value: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Secret(value)

    assert not value.strip() or value.strip() not in str(caught.value)


def test_a_secret_that_is_no_text_is_refused_without_being_repeated() -> None:
    value: Any = SENTINEL.encode()
    with pytest.raises(ConfigurationError, match="must be a str, not bytes"):
        Secret(value)


def test_a_missing_secret_is_refused_with_a_way_out() -> None:
    with pytest.raises(ConfigurationError, match="SENSAY_API_KEY"):
        Secret.required(None)


def test_a_secret_shows_four_characters_at_most() -> None:
    secret = Secret.required(SENTINEL)

    assert repr(secret) == "Secret('zq-S…')"
    assert str(secret) == "Secret('zq-S…')"


def test_a_short_secret_shows_nothing() -> None:
    assert repr(Secret("zq-SENTINEL")) == "Secret('…')"


def test_secrets_are_equal_by_value() -> None:
    assert Secret(SENTINEL) == Secret(f"{SENTINEL}\n")
    assert Secret(SENTINEL) != Secret("another")
    assert Secret(SENTINEL) != SENTINEL
    assert {Secret(SENTINEL), Secret(SENTINEL)} == {Secret(SENTINEL)}


@pytest.mark.parametrize("take", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_secret_cannot_be_taken_out_by_pickle_or_copy(take: object) -> None:
    with pytest.raises(TypeError, match="cannot be pickled"):
        take(Secret(SENTINEL))  # type: ignore[operator]
