"""What a program does with the errors of the package. Type checkers read this, nobody runs it."""

from __future__ import annotations

from typing import assert_type

from sensay_ext import (
    APIConnectionError,
    APIStatusError,
    EntryState,
    InvalidArgumentError,
    NotFoundError,
    QuotaExceededError,
    RateLimitError,
    ResponseParseError,
    Sensay,
    SensayError,
    StreamInterrupted,
    TrainingError,
    UnexpectedRedirectError,
    UploadError,
    __version__,
)


def told(error: SensayError) -> object:
    """What there is to know of an error."""
    known: object = str(error)
    match error:
        case InvalidArgumentError():
            known = assert_type(error.field, str), assert_type(error.limit, str)
        case APIConnectionError():
            known = assert_type(error.ambiguous, bool), assert_type(error.client_request_id, str)
        case UnexpectedRedirectError():
            known = assert_type(error.location_host, str)
        case APIStatusError():
            known = assert_type(error.request_id, str | None), assert_type(error.retry_after, float | None)
            assert_type(error.body, object)
        case ResponseParseError():
            known = assert_type(error.content_type, str)
        case UploadError():
            known = assert_type(error.filename, str), assert_type(error.status_code, int | None)
        case StreamInterrupted():
            known = assert_type(error.text, str)
        case TrainingError():
            assert_type(error.entries, tuple[EntryState, ...])
            known = assert_type([entry.id for entry in error.entries], list[int])
        case _:
            pass
    return known


def caught(sensay: Sensay) -> str:
    """The usual way to handle them."""
    try:
        return sensay.users.get("nobody").id
    except NotFoundError as error:
        return assert_type(error.method, str)
    except QuotaExceededError as error:
        return assert_type(error.error_code, str | None) or __version__
    except RateLimitError as error:
        return str(assert_type(error.attempts, int))
