"""A secret that never shows itself."""

from __future__ import annotations

from typing import NoReturn

from sensay_ext._errors import ConfigurationError

__all__ = ["Secret"]

_SHOWN = 4
_LONG_ENOUGH_TO_SHOW = 16


class Secret:
    """Holds a secret; shows at most its first four characters, and cannot be pickled.

    Args:
        value: The secret. Whitespace around it is dropped, as environment files like to add a line end.

    Raises:
        ConfigurationError: It is no text, empty, or holds something else than printable ASCII. The value is not repeated.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        # What a secret is read from may give bytes.
        if not isinstance(value, str):
            raise ConfigurationError(f"the organization secret must be a str, not {type(value).__name__}")
        stripped = value.strip()
        if not stripped:
            raise ConfigurationError("the organization secret is empty")
        if not all("!" <= character <= "~" for character in stripped):
            raise ConfigurationError("the organization secret holds characters other than printable ASCII")
        self._value = stripped

    @classmethod
    def required(cls, value: str | None) -> Secret:
        """The secret, where there must be one.

        Raises:
            ConfigurationError: There is none, or it is malformed.
        """
        if value is None:
            raise ConfigurationError(
                "no organization secret: give it to the client, set SENSAY_API_KEY, or log in with the official tool"
            )
        return cls(value)

    def reveal(self) -> str:
        """The secret itself, for the header it is sent in."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret('{self.hint()}')"

    __str__ = __repr__

    def hint(self) -> str:
        """The first characters of a long secret, enough to tell two apart."""
        return f"{self._value[:_SHOWN]}…" if len(self._value) >= _LONG_ENOUGH_TO_SHOW else "…"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return self._value == other._value

    def __hash__(self) -> int:
        return hash((Secret, self._value))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret cannot be pickled")
