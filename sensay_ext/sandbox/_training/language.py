"""Tells which language a text is in."""

_MIN_LETTERS = 20
_SAMPLE = 5_000


def detect_language(text: str) -> str | None:
    """Return the two-letter code of a text's language, None if there is too little to tell."""
    sample = text[:_SAMPLE]
    if sum(letter.isalpha() for letter in sample) < _MIN_LETTERS:
        return None
    # Its model takes a moment to load, which only those who train should wait for.
    from py3langid import classify  # type: ignore[import-untyped] # noqa: PLC0415 - see above; it ships no types

    code: str = classify(sample)[0]
    return code
