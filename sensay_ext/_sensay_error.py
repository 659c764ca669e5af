"""What all errors of this package have in common; the tree stands in `_errors`."""

from __future__ import annotations

__all__ = ["SensayError", "with_details"]

_LONGEST_MESSAGE = 1000
_LONGEST_DETAIL = 200


def _blank(cls: type[SensayError], args: tuple[object, ...]) -> SensayError:
    return cls.__new__(cls, *args)


class SensayError(Exception):
    """Base of all errors of this package: `except SensayError` catches every one of them."""

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions are rebuilt from their arguments by default, which fails with keyword-only ones.
        return _blank, (type(self), self.args), dict(self.__dict__)


def with_details(message: str, **details: object) -> str:
    """The message, and after it in brackets what of the details is known.

    Servers have a part in both, so neither is longer than somebody would read; attributes of the error hold all of it.
    """
    known = {name: str(value) for name, value in details.items() if value not in (None, "")}
    shown = [f"{name}={_shortened(value, _LONGEST_DETAIL)}" for name, value in known.items()]
    short = _shortened(message, _LONGEST_MESSAGE)
    return f"{short} ({', '.join(shown)})" if shown else short


def _shortened(text: str, most: int) -> str:
    # The beginning says what happened, and the end what follows from it.
    end = most // 5
    return text if len(text) <= most else f"{text[: most - end]} … {text[-end:]}"
