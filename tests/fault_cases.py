"""What can go wrong on the way, and what has to come of it; the same for the client for threads and that for tasks."""

import gzip
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generated_client.models import CreateChatCompletionResponse, Replica
from generated_client.types import Request
from sensay_ext._errors import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    NotFoundError,
    PermissionDeniedError,
    QuotaExceededError,
    RateLimitError,
    ResponseParseError,
    SensayError,
    ServerError,
    UnexpectedRedirectError,
)
from sensay_ext._options import CallOptions
from sensay_ext._timeout import Timeout
from tests.fault_server import (
    Instruction,
    hang_up,
    head,
    raw,
    reply,
    reset,
    sliced,
    stall,
    then_reset,
    whole,
)
from tests.requests_to_send import (
    COMPLETE,
    COMPLETION,
    CREATE_USER,
    DELETE,
    GET,
    PATCH,
    REPLICA,
    SECRET,
    error_body,
)

IMPATIENT = Timeout(read=0.05)
"""For servers that say nothing: the one limit here that really runs out."""

OK = reply(200, REPLICA)
COMPLETED = reply(200, COMPLETION)
JSON = {"Content-Type": "application/json"}
HTML = {"Content-Type": "text/html"}
GZIP = {**JSON, "Content-Encoding": "gzip"}

_CUT = head(200, {**JSON, "Content-Length": "500"}) + b'{"success":'
_CHUNKED_CUT = head(200, {**JSON, "Transfer-Encoding": "chunked"}) + b'b\r\n{"success":\r\n'
_DEEP = b"[" * 100_000 + b"]" * 100_000


@dataclass(frozen=True, kw_only=True)
class Case:
    """One fault.

    Args:
        name: What goes wrong.
        request: What is asked.
        faults: What the server does with each request.
        seen: How many requests the server must see.
        result: The type of the result, when the call ends well.
        error: The class of the error, when it does not.
        details: Attributes that the error must have.
        says: What its message must say.
        slept: The waits between the attempts.
        options: Options of the call.
        limit: Longest reply in bytes.
    """

    name: str
    request: Request[Any]
    faults: tuple[Instruction, ...]
    seen: int
    result: type | None = None
    error: type[SensayError] | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    says: str = ""
    slept: tuple[float, ...] | None = None
    options: CallOptions = field(default_factory=CallOptions)
    limit: int | None = None


def _succeeds(
    name: str, *faults: Instruction, request: Request[Any] = GET, result: type = Replica, **more: Any
) -> Case:
    return Case(name=name, request=request, faults=faults, seen=len(faults), result=result, **more)


def _fails(name: str, error: type[SensayError], *faults: Instruction, request: Request[Any] = GET, **more: Any) -> Case:
    return Case(name=name, request=request, faults=faults, seen=len(faults), error=error, **more)


def _bomb(mebibytes: int) -> bytes:
    compressor = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    return b"".join(compressor.compress(bytes(1 << 20)) for _ in range(mebibytes)) + compressor.flush()


LOST_CONNECTIONS = (
    _succeeds("reset before the answer", reset(), OK, slept=(0.5,)),
    _fails(
        "reset before the answer to a creation",
        APIConnectionError,
        reset(),
        request=COMPLETE,
        details={"ambiguous": True, "attempts": 1, "path": COMPLETE.path},
    ),
    _fails(
        "reset before the answer to a change", APIConnectionError, reset(), request=PATCH, details={"ambiguous": True}
    ),
    _succeeds(
        "reset before the answer to a creation that may be repeated",
        reset(),
        COMPLETED,
        request=COMPLETE,
        result=CreateChatCompletionResponse,
        options={"retry_unsafe": True},
    ),
    _succeeds("closed without an answer, twice", hang_up(), hang_up(), OK, slept=(0.5, 1.0)),
    _fails(
        "closed without an answer, always",
        APIConnectionError,
        *[hang_up()] * 3,
        details={"attempts": 3, "ambiguous": True},
    ),
    _fails("closed without an answer, no retries", APIConnectionError, hang_up(), options={"max_retries": 0}),
    _succeeds("closed without an answer, more retries", *[hang_up()] * 4, OK, options={"max_retries": 4}),
    _succeeds("reset within the body", then_reset(_CUT), OK),
    _succeeds("body shorter than announced", raw(_CUT), OK),
    _fails(
        "chunked body cut off", APIConnectionError, raw(_CHUNKED_CUT), request=COMPLETE, details={"ambiguous": True}
    ),
    _succeeds("chunked body cut off, reading", raw(_CHUNKED_CUT), OK),
    _fails("200 kB of headers", APIConnectionError, *[reply(200, REPLICA, {"X-Long": "x" * 200_000})] * 3),
    _fails(
        "no HTTP at all", APIConnectionError, *[raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")] * 3, says="RemoteProtocolError"
    ),
    _fails("an echo of the secret instead of HTTP", APIConnectionError, *[raw(f"{SECRET}\r\n\r\n".encode())] * 3),
)

SILENCE = (
    _fails(
        "no answer",
        APITimeoutError,
        *[stall()] * 3,
        options={"timeout": IMPATIENT},
        details={"attempts": 3, "ambiguous": True},
    ),
    _fails(
        "no answer to a creation",
        APITimeoutError,
        stall(),
        request=COMPLETE,
        options={"timeout": IMPATIENT},
        details={"attempts": 1, "ambiguous": True},
    ),
    _fails("silence within the body", APITimeoutError, *[stall(_CUT)] * 3, options={"timeout": IMPATIENT}),
    _succeeds("no answer, then one", stall(), OK, options={"timeout": IMPATIENT}),
    _succeeds("one byte in each packet", sliced([bytes([byte]) for byte in whole(200, REPLICA)])),
)

ERRORS = (
    _succeeds("500 once", reply(500, error_body()), OK, slept=(0.5,)),
    _fails(
        "500 to a creation",
        ServerError,
        reply(500, error_body("Oops")),
        request=COMPLETE,
        says="500 POST /v1/replicas/{replica_uuid}/chat/completions: Oops (request_id=fra1::abc, fingerprint=f1)",
        details={"request_id": "fra1::abc", "fingerprint": "f1", "status_code": 500, "ambiguous": True},
    ),
    _fails("500 to a change", ServerError, reply(500, error_body()), request=PATCH),
    _fails("500 as a page", ServerError, *[reply(500, b"<html>" + b"x" * 9000, HTML)] * 3, details={"attempts": 3}),
    _fails("502 without a body", ServerError, *[reply(502)] * 3, details={"status_code": 502, "attempts": 3}),
    _fails("503 as a page", ServerError, *[reply(503, b"<html>", HTML)] * 3, details={"status_code": 503}),
    _fails("504", ServerError, *[reply(504, error_body())] * 3, details={"status_code": 504}),
    _fails("501 is there to stay", ServerError, reply(501)),
    _succeeds("408 once", reply(408), OK),
    _succeeds("an error whose body is cut off", raw(head(503, {**JSON, "Content-Length": "500"}) + b'{"err'), OK),
    _fails(
        "a refusal whose body is cut off",
        BadRequestError,
        raw(head(400, {**JSON, "Content-Length": "500"}) + b'{"error":"no'),
    ),
    _fails("a refusal in broken gzip", BadRequestError, reply(400, b"no gzip", GZIP)),
    _succeeds("503 with a wish", reply(503, headers={"Retry-After": "1"}), OK, slept=(1.0,)),
    _succeeds("503 with a wish in milliseconds", reply(503, headers={"Retry-After-Ms": "1500"}), OK, slept=(1.5,)),
    _succeeds(
        "503 with a date",
        reply(503, headers={"Retry-After": "Fri, 29 Sep 2023 16:26:57 GMT"}),
        OK,
        slept=(20.0,),
    ),
    _succeeds("429 with a wish", reply(429, headers={"Retry-After": "60"}), OK, slept=(60.0,)),
    _fails(
        "503 for longer than anybody waits",
        ServerError,
        reply(503, headers={"Retry-After": "3600"}),
        details={"retry_after": 3600.0, "attempts": 1},
    ),
    _fails(
        "503 until a date far away",
        ServerError,
        reply(503, headers={"Retry-After": "Fri, 29 Sep 2023 18:26:37 GMT"}),
        details={"retry_after": 7200.0},
    ),
    *(
        _succeeds(f"503 with the wish {wish!r}", reply(503, headers={"Retry-After": wish}), OK, slept=(0.5,))
        for wish in ("garbage", "inf", "nan", "-1", "0", "Fri, 29 Sep 100000 16:26:57 GMT")
    ),
    _fails(
        "a bad date on a refusal",
        BadRequestError,
        reply(400, error_body(), {"Retry-After": "Zun, 99 Foo"}),
        details={"retry_after": None},
    ),
    _fails(
        "quota used up",
        QuotaExceededError,
        reply(429, error_body(error_code="CONVERSATION_QUOTA_EXCEEDED"), {"Retry-After": "1"}),
        request=COMPLETE,
        details={"error_code": "CONVERSATION_QUOTA_EXCEEDED"},
    ),
    _fails("quota used up, reading", QuotaExceededError, reply(429, error_body(error_code="X_QUOTA_EXCEEDED"))),
    _fails("429 that nobody documents", RateLimitError, *[reply(429)] * 3, details={"attempts": 3}),
    _fails("429 to a creation", RateLimitError, reply(429), request=COMPLETE, details={"ambiguous": False}),
    _fails("401", AuthenticationError, reply(401, error_body("Invalid organization secret"))),
    _fails("401 that echoes the secret", AuthenticationError, reply(401, error_body(f"wrong: {SECRET}"))),
    _fails("403 that nobody documents", PermissionDeniedError, reply(403, b"<html>", HTML)),
    _fails("404 to a deletion", NotFoundError, reply(404, error_body()), request=DELETE, details={"ambiguous": False}),
    _fails("409", ConflictError, reply(409, error_body("exists")), request=CREATE_USER),
    _fails("409 where it could be repeated", ConflictError, reply(409, error_body("locked"))),
    _fails("422", APIStatusError, reply(422, error_body()), details={"status_code": 422}),
    _fails("400 without a body", BadRequestError, reply(400)),
    _fails("400 with a list", BadRequestError, reply(400, [])),
    _fails("400 with missing fields", BadRequestError, reply(400, {"success": False})),
    _fails("after a passing error a lasting one", BadRequestError, reply(503), reply(400), details={"attempts": 2}),
    _fails(
        "after a lost answer a lasting one",
        AuthenticationError,
        reset(),
        reply(401),
        details={"attempts": 2, "ambiguous": True},
    ),
)

BODIES = (
    _fails(
        "a login page",
        ResponseParseError,
        reply(200, b"<html>log in</html>", HTML),
        details={"content_type": "text/html", "status_code": 200},
    ),
    _fails("200 without a body", ResponseParseError, reply(200), says="the body is empty"),
    _fails("204 where 200 is documented", ResponseParseError, reply(204), says="documents no such success"),
    _fails("null", ResponseParseError, reply(200, None)),
    _fails("a list", ResponseParseError, reply(200, [])),
    _fails("JSON cut off", ResponseParseError, reply(200, b'{"success":', JSON), says="not JSON"),
    _fails(
        "a field is missing",
        ResponseParseError,
        reply(200, {name: value for name, value in REPLICA.items() if name != "slug"}),
        details={"field": "slug"},
    ),
    _fails("a field is null", ResponseParseError, reply(200, {**REPLICA, "slug": None}), details={"field": "slug"}),
    _fails(
        "a field has another type", ResponseParseError, reply(200, {**REPLICA, "slug": 5}), details={"field": "slug"}
    ),
    _fails(
        "a secret in a field that does not fit",
        ResponseParseError,
        reply(200, {**REPLICA, "uuid": SECRET}),
        details={"field": "uuid"},
    ),
    _succeeds("an unknown field", reply(200, {**REPLICA, "brandNew": {"a": 1}})),
    _succeeds("an unknown value of an enumeration", reply(200, {**REPLICA, "type": "brand_new"})),
    _fails(
        "200 that says it failed",
        APIStatusError,
        reply(200, error_body("not today")),
        details={"status_code": 200, "message": "not today"},
    ),
    _fails("NaN", ResponseParseError, reply(200, json.dumps({**REPLICA, "x": float("nan")}).encode(), JSON)),
    _succeeds("a byte order mark", reply(200, b"\xef\xbb\xbf" + json.dumps(REPLICA).encode(), JSON)),
    _succeeds("a key twice", reply(200, json.dumps(REPLICA).encode()[:-1] + b',"slug":"other"}', JSON)),
    _succeeds("a lone surrogate", reply(200, {**REPLICA, "name": "\ud800"})),
    _succeeds("no content type", reply(200, json.dumps(REPLICA).encode())),
    _fails("latin-1", ResponseParseError, reply(200, '{"a":"\xfc"}'.encode("latin-1"), JSON), says="not UTF-8"),
    _fails("broken gzip", ResponseParseError, reply(200, b"no gzip", GZIP), says="not valid gzip"),
    _fails(
        "gzip cut off", ResponseParseError, reply(200, gzip.compress(bytes(range(256)) * 9)[:-9], GZIP), says="cut off"
    ),
    _fails(
        "gzip in gzip",
        ResponseParseError,
        reply(200, gzip.compress(gzip.compress(b"{}")), {**JSON, "Content-Encoding": "gzip, gzip"}),
        says="not asked for",
    ),
    _succeeds("gzip", reply(200, gzip.compress(json.dumps(REPLICA).encode()), GZIP)),
    _fails(
        "50 MiB in a small reply", ResponseParseError, reply(200, _bomb(50), GZIP), limit=1 << 20, says="longer than"
    ),
    _fails(
        "a long reply", ResponseParseError, reply(200, b" " * 2000, JSON), limit=1000, says="longer than 1000 bytes"
    ),
    _fails("JSON 100,000 deep", ResponseParseError, reply(200, _DEEP, JSON), says="nested too deeply"),
)

REDIRECTS = (
    *(
        _fails(
            f"{status} to another host",
            UnexpectedRedirectError,
            reply(status, headers={"Location": f"https://login.example/?token={SECRET}"}),
            details={"location_host": "login.example", "status_code": status},
        )
        for status in (301, 302, 303, 307, 308)
    ),
    _fails("a redirect that leads nowhere", UnexpectedRedirectError, reply(302), details={"location_host": ""}),
    _fails("a redirect to itself", UnexpectedRedirectError, reply(302, headers={"Location": GET.url})),
    _fails("304", UnexpectedRedirectError, reply(304)),
    _fails(
        "a creation is redirected",
        UnexpectedRedirectError,
        reply(307, headers={"Location": "https://other.example/"}),
        request=CREATE_USER,
    ),
)

CASES: tuple[Case, ...] = (*LOST_CONNECTIONS, *SILENCE, *ERRORS, *BODIES, *REDIRECTS)
