"""What can go wrong with an upload, and what has to come of it; the same for both clients."""

from dataclasses import dataclass, field
from typing import Any

from sensay_ext import FileRejected, UploadError, UploadUrlExpired
from tests.fault_server import (
    Instruction,
    hang_up,
    head,
    reply,
    reply_and_hang_up,
    reset,
    stall,
    then_reset,
    within_body,
)

TOKEN = "eyJSENTINEL.eyJSENTINEL.SENTINEL"
PATH = f"/storage/v1/object/upload/sign/replica_files/1.txt?token={TOKEN}"
CONTENT = b"We are open from nine to five. " * 40_000
"""1,240,000 bytes: more than one piece, and more than a socket holds."""

STORED = reply(200, {"Key": "replica_files/1.txt"})
HTML = "<html><body>" + "blocked " * 200 + TOKEN + "</body></html>"


def refused(status: int, error: str, message: str = "", *, http: int = 400, **headers: str) -> Instruction:
    """What the storage answers."""
    body = {"statusCode": str(status), "error": error, "message": message}
    return reply(http, body, headers)


@dataclass(frozen=True)
class UploadCase:
    """One row.

    Args:
        name: What goes wrong.
        faults: What the storage does, request by request.
        error: What is raised; None when all goes well.
        details: Attributes of the error.
        says: Part of its message.
        whole: The requests that bring the whole body; all of them unless given.
        slept: Waits, with a policy that never shortens them.
    """

    name: str
    faults: tuple[Instruction, ...]
    error: type[UploadError] | None = None
    details: dict[str, Any] = field(default_factory=dict)
    says: str = ""
    whole: tuple[int, ...] | None = None
    slept: tuple[float, ...] | None = None


def failing(name: str, status: int, error: str, **more: Any) -> UploadCase:
    """The storage fails in passing, and says so in the body of a 400."""
    return UploadCase(name, (refused(status, error), STORED), slept=(0.5,), **more)


CASES = (
    UploadCase("all is well", (STORED,), slept=()),
    UploadCase("reset within the body, then well", (within_body(256 * 1024, reset()), STORED), whole=(1,)),
    UploadCase("closed within the body, then well", (within_body(1, hang_up()), STORED), whole=(1,)),
    UploadCase("reset after the body, then well", (reset(), STORED), slept=(0.5,)),
    UploadCase("reset for ever", (reset(),) * 3, UploadError, {"attempts": 3, "ambiguous": True}, "the connection to"),
    UploadCase("stored, answer lost", (reset(), refused(409, "Duplicate", "The resource already exists"))),
    UploadCase("stored, answer lost, real status", (hang_up(), refused(409, "Duplicate", http=409))),
    UploadCase("stored, answer lost, by its code", (reset(), reply(400, {"code": "KeyAlreadyExists"}))),
    UploadCase("stored, then an error", (reply(503), refused(409, "Duplicate"))),
    UploadCase("answer cut off", (then_reset(head(200, {"Content-Length": "40"})), refused(409, "Duplicate"))),
    UploadCase(
        "there is a file already",
        (refused(409, "Duplicate", "The resource already exists"),),
        UploadError,
        {"status_code": 409, "error_code": "Duplicate", "attempts": 1, "ambiguous": False},
        "there is a file at the signed URL already",
    ),
    UploadCase(
        "refused, then there is a file already",
        (refused(423, "ResourceLocked"), refused(409, "Duplicate")),
        UploadError,
        {"status_code": 409, "attempts": 2},
    ),
    UploadCase(
        "expired",
        (refused(400, "InvalidJWT", '"exp" claim timestamp check failed'),),
        UploadUrlExpired,
        {"status_code": 400, "error_code": "InvalidJWT", "attempts": 1},
        "too old",
    ),
    UploadCase("expired, newer code", (refused(400, "ExpiredToken", "The token has expired."),), UploadUrlExpired),
    UploadCase("expired, real status", (refused(403, "ExpiredToken", http=403),), UploadUrlExpired),
    UploadCase(
        "forged", (refused(400, "InvalidSignature", "expected another"),), UploadError, {}, "does not accept the signed"
    ),
    failing("locked", 423, "ResourceLocked"),
    failing("busy", 503, "LockTimeout"),
    failing("database too slow", 544, "DatabaseTimeout"),
    UploadCase("500", (refused(500, "InternalError", http=500), STORED), slept=(0.5,)),
    UploadCase("429 with a date to come back", (reply(429, headers={"Retry-After": "7"}), STORED), slept=(7.0,)),
    UploadCase("408", (reply(408), STORED), slept=(0.5,)),
    UploadCase(
        "503 for ever", (reply(503),) * 3, UploadError, {"status_code": 503, "ambiguous": False}, slept=(0.5, 1.0)
    ),
    UploadCase(
        "too large for the storage",
        (refused(413, "EntityTooLarge", "The object exceeded the maximum allowed size"),),
        FileRejected,
        {"status_code": 413},
        "too large for the storage (The object exceeded",
    ),
    UploadCase(
        "too large, said within the body",
        (within_body(1, stall(head(413, {"Content-Length": "0", "Connection": "close"}))),),
        FileRejected,
        {"status_code": 413},
        whole=(),
    ),
    UploadCase(
        "wrong type", (refused(415, "InvalidMimeType"),), FileRejected, {"status_code": 415}, "does not take its type"
    ),
    UploadCase(
        "a page of whoever stands in front",
        (reply(403, HTML.encode(), {"Content-Type": "text/html"}),),
        UploadError,
        {"status_code": 403, "error_code": None},
        "the storage refused it: <html><body>blocked",
    ),
    UploadCase("nothing said", (reply(400),), UploadError, {"status_code": 400}, "no reason given"),
    UploadCase(
        "a body that is no object",
        (reply(400, ["Duplicate"]),),
        UploadError,
        {"status_code": 400},
        'refused it: ["Dupl',
    ),
    UploadCase(
        "a body 30,000 deep",
        (reply(400, b"[" * 30_000 + b"]" * 30_000),),
        UploadError,
        {"status_code": 400},
        "refused it: [[[",
    ),
    UploadCase("connection not kept", (reply_and_hang_up(503), STORED)),
)

REDIRECTS = (307, 308, 301, 302, 303)


def expected_bodies(case: UploadCase, bodies: list[bytes]) -> bool:
    """Whether the requests brought what they should."""
    whole = range(len(bodies)) if case.whole is None else case.whole
    return all(bodies[place] == CONTENT for place in whole) and all(CONTENT.startswith(body) for body in bodies)
