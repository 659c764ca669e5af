"""Tells which language a text is in."""

from collections.abc import Collection
from threading import Lock

_MIN_LETTERS = 20
_SAMPLE = 5_000
_loading = Lock()
"""Held while a text is looked at: threads that come first together would each load the model."""


def detect_language(text: str, known: Collection[str]) -> str | None:
    """Tell a text's language.

    Args:
        text: The text.
        known: The codes of the languages that the API has.

    Returns:
        The code; None if there is too little text to tell, or the API has no such language.
    """
    sample = text[:_SAMPLE]
    if sum(letter.isalpha() for letter in sample) < _MIN_LETTERS:
        return None
    # Its model takes a moment to load, which only those who train should wait for.
    from py3langid import classify  # type: ignore[import-untyped] # noqa: PLC0415 - see above; it ships no types

    with _loading:
        code: str = classify(sample)[0]
    return code if code in known else None
