"""What all errors of this package have in common; the tree stands in `_errors`."""

from __future__ import annotations

__all__ = ["SensayError", "with_details"]


def _blank(cls: type[SensayError], args: tuple[object, ...]) -> SensayError:
    return cls.__new__(cls, *args)


class SensayError(Exception):
    """Base of all errors of this package: `except SensayError` catches every one of them."""

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions are rebuilt from their arguments by default, which fails with keyword-only ones.
        return _blank, (type(self), self.args), dict(self.__dict__)


def with_details(message: str, **details: object) -> str:
    """The message, and after it in brackets what of the details is known."""
    shown = [f"{name}={value}" for name, value in details.items() if value not in (None, "")]
    return f"{message} ({', '.join(shown)})" if shown else message
