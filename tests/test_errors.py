"""The tree of errors."""

import copy
import pickle
import re
from typing import Any

import pytest

from sensay_ext import EntryState, _errors
from sensay_ext._errors import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    ConfigurationError,
    ConflictError,
    FileRejected,
    InvalidArgumentError,
    NotFoundError,
    PartialFailure,
    PermissionDeniedError,
    QuotaExceededError,
    RateLimitError,
    ResponseParseError,
    SensayError,
    ServerError,
    StreamInterrupted,
    TrainingTimeout,
    UnexpectedRedirectError,
    UnsupportedMediaTypeError,
    UploadUrlExpired,
    status_error_class,
)

EXAMPLES: list[SensayError] = [
    ConfigurationError("no secret"),
    APIConnectionError("reset", method="GET", path="/v1/users/me", ambiguous=True, attempts=3, client_request_id="abc"),
    APITimeoutError("too slow"),
    NotFoundError(
        "no such replica",
        status_code=404,
        method="GET",
        path="/v1/replicas/{replica_uuid}",
        error_code="NOT_FOUND",
        request_id="xyz1::reg1",
        fingerprint="f00",
        retry_after=1.5,
        attempts=2,
        ambiguous=True,
        body={"error": "no such replica"},
    ),
    UnexpectedRedirectError("redirected to example.com, not followed", status_code=302, location_host="example.com"),
    ResponseParseError(
        "is missing",
        status_code=200,
        method="GET",
        path="/v1/users/me",
        field="items[3].uuid",
        content_type="application/json",
        request_id="r",
        attempts=2,
    ),
    UploadUrlExpired("too old", filename="a.pdf", status_code=400, error_code="InvalidJWT", ambiguous=True, attempts=2),
    FileRejected("too large"),
    StreamInterrupted("cut off", text="Hello wor", request_id="r"),
    TrainingTimeout(
        "not usable yet",
        entries=(EntryState(1, "text", "hours.txt", "pending", "RAW_TEXT", None, None, ()),),
        elapsed=1800.0,
    ),
    PartialFailure("1 of 3 sources failed"),
    InvalidArgumentError("name is too long", field="name", limit="50 characters"),
]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_an_error_survives_pickle_with_all_it_knows(error: SensayError, protocol: int) -> None:
    restored = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301 - our own bytes

    assert (type(error), str(error), error.__dict__) == (type(restored), str(restored), restored.__dict__)


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_an_error_can_be_copied(error: SensayError) -> None:
    restored = copy.copy(error)

    assert (str(error), error.__dict__) == (str(restored), restored.__dict__)


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes() -> None:
    parents: dict[str, str] = {}
    path = ["SensayError"]
    for line in (_errors.__doc__ or "").splitlines():
        if match := re.match(r"    ([│├└─ ]+)(\w+)", line):
            depth, name = len(match[1]) // 4, match[2]
            path[depth:] = [name]
            parents[name] = path[depth - 1]
    classes: dict[str, Any] = {
        name: value
        for name, value in vars(_errors).items()
        if isinstance(value, type) and issubclass(value, SensayError) and value is not SensayError
    }

    assert {name: value.__bases__[0].__name__ for name, value in classes.items()} == parents


@pytest.mark.parametrize(
    ("status_code", "error_code", "expected"),
    [
        (400, None, BadRequestError),
        (401, None, AuthenticationError),
        (403, None, PermissionDeniedError),
        (404, None, NotFoundError),
        (409, None, ConflictError),
        (415, None, UnsupportedMediaTypeError),
        (429, None, RateLimitError),
        (429, "TOO_MANY", RateLimitError),
        (429, "CONVERSATION_QUOTA_EXCEEDED", QuotaExceededError),
        (429, "KNOWLEDGE_BASE_CUSTOM_QUOTA_EXCEEDED", QuotaExceededError),
        (400, "CONVERSATION_QUOTA_EXCEEDED", BadRequestError),
        (500, None, ServerError),
        (502, None, ServerError),
        (599, None, ServerError),
        (300, None, UnexpectedRedirectError),
        (302, None, UnexpectedRedirectError),
        (308, None, UnexpectedRedirectError),
        (200, None, APIStatusError),
        (402, None, APIStatusError),
        (422, None, APIStatusError),
    ],
)
def test_each_status_has_its_class(status_code: int, error_code: str | None, expected: type) -> None:
    assert expected is status_error_class(status_code, error_code)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (EXAMPLES[0], "no secret"),
        (
            EXAMPLES[1],
            "GET /v1/users/me: reset; the request may have been carried out (attempts=3, client_request_id=abc)",
        ),
        (EXAMPLES[2], "too slow; the request was not carried out (attempts=1)"),
        (
            EXAMPLES[3],
            (
                "404 GET /v1/replicas/{replica_uuid}: no such replica (error_code=NOT_FOUND, request_id=xyz1::reg1, "
                "fingerprint=f00, retry_after=1.5, attempts=2)"
            ),
        ),
        (EXAMPLES[4], "302: redirected to example.com, not followed"),
        (
            EXAMPLES[5],
            (
                "GET /v1/users/me: is missing (field=items[3].uuid, status_code=200, content_type=application/json, "
                "request_id=r)"
            ),
        ),
        (EXAMPLES[6], "a.pdf: too old (status_code=400, error_code=InvalidJWT)"),
        (EXAMPLES[7], "too large"),
        (EXAMPLES[8], "cut off (received_characters=9, request_id=r)"),
        (EXAMPLES[9], "not usable yet"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_message_says_what_support_asks_for(error: SensayError, expected: str) -> None:
    assert expected == str(error)


def test_a_configuration_error_is_a_value_error_as_well() -> None:
    assert isinstance(ConfigurationError("x"), ValueError)


def test_a_message_without_a_place_has_no_empty_place() -> None:
    assert str(ResponseParseError("empty", status_code=204)) == "empty (status_code=204)"


@pytest.mark.parametrize(
    "error",
    [
        APIConnectionError("x" * 5000, method="GET", path="/v1/x", ambiguous=True),
        BadRequestError("x" * 5000, status_code=400, error_code="C" * 5000),
        ResponseParseError("x" * 5000, status_code=200, field="f" * 5000),
        UploadUrlExpired("x" * 5000, filename="a.pdf"),
        StreamInterrupted("x" * 5000),
        TrainingTimeout("x" * 5000),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_message_that_nobody_would_read_is_cut_in_its_middle(error: SensayError) -> None:
    assert 1000 < len(str(error)) < 1300
    assert "xxx … " in str(error)


def test_what_is_cut_in_the_message_stands_in_the_attributes() -> None:
    error = BadRequestError("x" * 5000, status_code=400, method="GET", path="/v1/x", error_code="C" * 201)

    assert str(error) == f"400 GET /v1/x: {'x' * 785} … {'x' * 200} (error_code={'C' * 160} … {'C' * 40})"
    assert (error.message, error.error_code) == ("x" * 5000, "C" * 201)
    assert str(APIConnectionError("x" * 5000)).endswith("xxx; the request was not carried out (attempts=1)")
