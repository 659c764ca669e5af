"""Which language a text is in."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid import langid  # type: ignore[import-untyped] # it ships no types

from sensay_ext.sandbox._document import load_document
from sensay_ext.sandbox._training.language import detect_language

_KNOWN = load_document().languages


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The quick brown fox jumps over the lazy dog and runs away.", "en"),
        ("Der schnelle braune Fuchs springt über den faulen Hund und läuft weg.", "de"),
        ("Le renard brun et rapide saute par-dessus le chien paresseux.", "fr"),
        ("El rápido zorro marrón salta sobre el perro perezoso y se escapa.", "es"),
        ("Быстрая коричневая лиса прыгает через ленивую собаку.", "ru"),
        ("敏捷的棕色狐狸跳过了懒狗然后跑进森林里去了再也没有人看见过它。", "zh"),
    ],
)
def test_common_languages_are_told_apart(text: str, language: str) -> None:
    assert detect_language(text, _KNOWN) == language


def test_too_little_text_is_in_no_language() -> None:
    assert detect_language("Hi!", _KNOWN) is None
    assert detect_language("1234567890 " * 10, _KNOWN) is None


@given(st.text(min_size=20))
def test_no_text_is_in_a_language_that_the_api_does_not_have(text: str) -> None:
    assert detect_language(text, _KNOWN) in {None, *_KNOWN}


def test_threads_that_come_first_together_load_the_model_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = []

    def load() -> Any:
        loaded.append(True)
        return original()

    original = langid._load_identifier
    monkeypatch.setattr(langid, "IDENTIFIER", None)
    monkeypatch.setattr(langid, "_load_identifier", load)
    with ThreadPoolExecutor(4) as threads:
        languages = list(
            threads.map(lambda _: detect_language("The workshop is behind the old house.", _KNOWN), range(4))
        )

    assert languages == ["en"] * 4
    assert len(loaded) == 1
