"""Every error that an operation documents raises the class of its status, with all that support asks for."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from sensay_ext import (
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    NotFoundError,
    QuotaExceededError,
    RateLimitError,
    ServerError,
    UnsupportedMediaTypeError,
)
from sensay_ext._operations import METHODS
from tests.contract.provider import CLIENTS, THINGS, Provider
from tests.leaks import check_error
from tests.operation_uses import USES, outcome
from tests.operations import OPERATIONS

CLASSES: Mapping[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    404: NotFoundError,
    409: ConflictError,
    415: UnsupportedMediaTypeError,
    429: RateLimitError,
    500: ServerError,
}

IN_HEADER = {"X-Vercel-Id": "fra1::iad1::in-the-header"}
INNER = {"name": "TypeError", "cause": "none", "stack": "TypeError: at /var/task/index.js", "message": "inner words"}

#: The forms in which errors come: with each of the two names of the message, with all that may stand beside it, and
#: with nothing.
SHAPES: Mapping[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "error": (
        {"error": "said", "request_id": "r1", "fingerprint": "f1", "error_code": "SOME_CODE"},
        {"message": "said", "request_id": "r1", "fingerprint": "f1", "error_code": "SOME_CODE"},
    ),
    "error alone": (
        {"error": "said"},
        {"message": "said", "request_id": IN_HEADER["X-Vercel-Id"], "fingerprint": None, "error_code": None},
    ),
    "message": (
        {"message": "said", "request_id": "r1", "fingerprint": "f1", "error_code": "SOME_CODE"},
        {"message": "said", "request_id": "r1", "fingerprint": "f1", "error_code": "SOME_CODE"},
    ),
    "message alone": (
        {"message": "said"},
        {"message": "said", "request_id": IN_HEADER["X-Vercel-Id"], "fingerprint": None, "error_code": None},
    ),
    "inner exception": (
        {"error": "said", "request_id": "r1", "fingerprint": "f1", "inner_exception": INNER},
        {"message": "said", "request_id": "r1", "fingerprint": "f1", "error_code": None},
    ),
}

DOCUMENTED = [(name, status) for name, operation in OPERATIONS.items() for status in operation.errors]


def error_of(operation: str, client: str, status: int, body: dict[str, Any]) -> APIStatusError:
    """What the method for an operation raises when the API answers with this."""
    provider = Provider(operation, status, {"success": False, **body}, IN_HEADER)
    with pytest.raises(APIStatusError) as caught:
        outcome(USES[operation], CLIENTS[client](httpx.MockTransport(provider)), THINGS)
    assert len(provider.requests) == 1
    return caught.value


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(("operation", "status"), DOCUMENTED)
def test_a_documented_error_raises_its_class(operation: str, status: int, client: str) -> None:
    where = OPERATIONS[operation]
    for body, details in SHAPES.values():
        error = error_of(operation, client, status, body)

        assert type(error) is CLASSES[status]
        assert {name: getattr(error, name) for name in details} == details
        assert (error.status_code, error.method, error.path) == (status, where.method, where.path)
        assert error.ambiguous == (status == 500)
        assert f"{status} {where.method} {where.path}: said (" in str(error)
        assert f"request_id={details['request_id']}" in str(error)
        assert "inner words" not in str(error)
        check_error(error)


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("operation", [name for name, status in DOCUMENTED if status == 429])
def test_a_used_up_quota_has_a_class_of_its_own(operation: str, client: str) -> None:
    code = "KNOWLEDGE_BASE_CUSTOM_QUOTA_EXCEEDED"
    error = error_of(operation, client, 429, {"error": "no more", "error_code": code, "request_id": "r1"})

    assert (type(error), error.error_code, error.request_id) == (QuotaExceededError, code, "r1")


def test_every_documented_error_is_of_an_operation_with_a_method() -> None:
    assert {operation for operation, _ in DOCUMENTED} == METHODS.keys() - {"get_user_me"}
    assert {status for _, status in DOCUMENTED} == CLASSES.keys()
