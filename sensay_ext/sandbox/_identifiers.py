"""Identifiers: random, or the same ones again when a seed is given."""

import secrets
from random import Random
from uuid import UUID


class Identifiers:
    """Makes the sandbox's identifiers.

    Args:
        seed: Makes the sequence repeatable; without one it is random.
    """

    def __init__(self, seed: str | None = None) -> None:
        self._random: Random = Random(seed) if seed is not None else secrets.SystemRandom()  # noqa: S311 - names, no secrets

    def uuid(self) -> str:
        """Return a new version 4 UUID."""
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def token(self) -> str:
        """Return a new 32-digit hexadecimal token."""
        return f"{self._random.getrandbits(128):032x}"

    def request_id(self) -> str:
        """Return a request id of the shape that the API's host gives."""
        number = self._random.getrandbits
        return f"sbx1::loc1:loc1::{number(20):05x}-{number(41):013d}-{number(48):012x}"

    def fraction(self) -> float:
        """Return a number from 0 up to, not including, 1."""
        return self._random.random()
