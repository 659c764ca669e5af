"""What can go wrong with cassettes."""

from __future__ import annotations

__all__ = ["CassetteError", "CassetteMismatch", "SecretLeft"]


class CassetteError(Exception):
    """A cassette cannot be used, or was not used as it should be."""


class SecretLeft(CassetteError):  # noqa: N818 - named for what was found
    """Something that must not be in a file is there, or would be. The message says where, and does not repeat it."""


class CassetteMismatch(BaseException):
    """A request is not one that was recorded.

    It is no `Exception`, so that nothing between the request and the test takes it for a failure of the API: a client
    would try again or report a lost connection, and a program under test would carry on without its answer.
    """
