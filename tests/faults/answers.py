"""Answers that are errors."""

from sensay_ext import (
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    NotFoundError,
    PermissionDeniedError,
    QuotaExceededError,
    RateLimitError,
    ServerError,
)
from sensay_ext._redact import MASK
from tests.fault_server import head, raw, reply, reset
from tests.faults.case import GZIP, HTML, JSON, OK, fails, succeeds
from tests.requests_to_send import COMPLETE, CREATE_USER, DELETE, PATCH, SECRET, error_body

ERRORS = (
    succeeds(16, "500 once", reply(500, error_body()), OK, slept=(0.5,)),
    fails(
        17,
        "500 to a creation",
        ServerError,
        reply(500, error_body("Oops")),
        request=COMPLETE,
        says="500 POST /v1/replicas/{replica_uuid}/chat/completions: Oops (request_id=fra1::abc, fingerprint=f1)",
        details={"request_id": "fra1::abc", "fingerprint": "f1", "status_code": 500, "ambiguous": True},
    ),
    fails(None, "500 to a change", ServerError, reply(500, error_body()), request=PATCH),
    fails(18, "500 as a page", ServerError, *[reply(500, b"<html>" + b"x" * 9000, HTML)] * 3, details={"attempts": 3}),
    fails(19, "502 without a body", ServerError, *[reply(502)] * 3, details={"status_code": 502, "attempts": 3}),
    fails(19, "503 as a page", ServerError, *[reply(503, b"<html>", HTML)] * 3, details={"status_code": 503}),
    fails(19, "504", ServerError, *[reply(504, error_body())] * 3, details={"status_code": 504}),
    fails(None, "501 is there to stay", ServerError, reply(501)),
    succeeds(None, "408 once", reply(408), OK),
    succeeds(None, "an error whose body is cut off", raw(head(503, {**JSON, "Content-Length": "500"}) + b'{"err'), OK),
    fails(
        None,
        "a refusal whose body is cut off",
        BadRequestError,
        raw(head(400, {**JSON, "Content-Length": "500"}) + b'{"error":"no'),
    ),
    fails(None, "a refusal in broken gzip", BadRequestError, reply(400, b"no gzip", GZIP)),
    succeeds(20, "503 with a wish", reply(503, headers={"Retry-After": "1"}), OK, slept=(1.0,)),
    succeeds(None, "503 with a wish in milliseconds", reply(503, headers={"Retry-After-Ms": "1500"}), OK, slept=(1.5,)),
    succeeds(
        None,
        "503 with a date",
        reply(503, headers={"Retry-After": "Fri, 29 Sep 2023 16:26:57 GMT"}),
        OK,
        slept=(20.0,),
    ),
    succeeds(None, "429 with a wish", reply(429, headers={"Retry-After": "60"}), OK, slept=(60.0,)),
    fails(
        21,
        "503 for longer than anybody waits",
        ServerError,
        reply(503, headers={"Retry-After": "3600"}),
        details={"retry_after": 3600.0, "attempts": 1},
    ),
    fails(
        21,
        "503 until a date far away",
        ServerError,
        reply(503, headers={"Retry-After": "Fri, 29 Sep 2023 18:26:37 GMT"}),
        details={"retry_after": 7200.0},
    ),
    *(
        succeeds(22, f"503 with the wish {wish!r}", reply(503, headers={"Retry-After": wish}), OK, slept=(0.5,))
        for wish in ("garbage", "inf", "nan", "-1", "0", "Fri, 29 Sep 100000 16:26:57 GMT")
    ),
    fails(
        None,
        "a bad date on a refusal",
        BadRequestError,
        reply(400, error_body(), {"Retry-After": "Zun, 99 Foo"}),
        details={"retry_after": None},
    ),
    fails(
        23,
        "quota used up",
        QuotaExceededError,
        reply(429, error_body(error_code="CONVERSATION_QUOTA_EXCEEDED"), {"Retry-After": "1"}),
        request=COMPLETE,
        details={"error_code": "CONVERSATION_QUOTA_EXCEEDED"},
    ),
    fails(None, "quota used up, reading", QuotaExceededError, reply(429, error_body(error_code="X_QUOTA_EXCEEDED"))),
    fails(24, "429 that nobody documents", RateLimitError, *[reply(429)] * 3, details={"attempts": 3}),
    fails(None, "429 to a creation", RateLimitError, reply(429), request=COMPLETE, details={"ambiguous": False}),
    fails(25, "401", AuthenticationError, reply(401, error_body("Invalid organization secret"))),
    fails(25, "401 that echoes the secret", AuthenticationError, reply(401, error_body(f"wrong: {SECRET}"))),
    fails(
        None,
        "400 with the secret in its headers",
        BadRequestError,
        reply(400, {}, {"X-Request-Id": f"id-of-{SECRET}"}),
        details={"request_id": f"id-of-{MASK}"},
    ),
    fails(26, "403 that nobody documents", PermissionDeniedError, reply(403, b"<html>", HTML)),
    fails(
        27, "404 to a deletion", NotFoundError, reply(404, error_body()), request=DELETE, details={"ambiguous": False}
    ),
    fails(29, "409", ConflictError, reply(409, error_body("exists")), request=CREATE_USER),
    fails(None, "409 where it could be repeated", ConflictError, reply(409, error_body("locked"))),
    fails(None, "422", APIStatusError, reply(422, error_body()), details={"status_code": 422}),
    fails(
        None,
        "400 with a text that nobody would read",
        BadRequestError,
        reply(400, error_body(f"no{' ' * 200_000}way", error_code="C" * 9000, request_id="r" * 9000)),
        says="way (error_code=C",
        details={"message": f"no{' ' * 200_000}way", "error_code": "C" * 9000, "request_id": "r" * 9000},
    ),
    fails(30, "400 without a body", BadRequestError, reply(400)),
    fails(30, "400 with a list", BadRequestError, reply(400, [])),
    fails(30, "400 with missing fields", BadRequestError, reply(400, {"success": False})),
    fails(
        None, "after a passing error a lasting one", BadRequestError, reply(503), reply(400), details={"attempts": 2}
    ),
    fails(
        None,
        "after a lost answer a lasting one",
        AuthenticationError,
        reset(),
        reply(401),
        details={"attempts": 2, "ambiguous": True},
    ),
)
