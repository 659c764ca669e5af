"""Connections that are not made, or break."""

from typing import Any

from generated_client.models import CreateChatCompletionResponse
from sensay_ext import APIConnectionError, APITimeoutError, Timeout
from tests.fault_server import (
    after,
    hang_up,
    head,
    raw,
    reply,
    reply_and_hang_up,
    reset,
    sliced,
    stall,
    then_reset,
    whole,
)
from tests.faults.case import COMPLETED, CUT, JSON, OK, fails, succeeds
from tests.requests_to_send import COMPLETE, DELETE, PATCH, REPLICA, SECRET, error_body

IMPATIENT = Timeout(read=0.05)
"""For servers that say nothing: the one limit here that really runs out."""

_CHUNKED_CUT = head(200, {**JSON, "Transfer-Encoding": "chunked"}) + b'b\r\n{"success":\r\n'
_LARGE = whole(200, {**REPLICA, "greeting": "x" * 100_000})

_COMPLETES: Any = {"request": COMPLETE, "result": CreateChatCompletionResponse}
_AMBIGUOUS = {"ambiguous": True, "attempts": 1}

CONNECTING = (
    succeeds(1, "refused, then taken", OK, listening="after a wait", slept=(0.5,)),
    succeeds(1, "refused, then taken, to a creation", COMPLETED, listening="after a wait", slept=(0.5,), **_COMPLETES),
    fails(
        2,
        "always refused",
        APIConnectionError,
        request=COMPLETE,
        listening="never",
        details={"attempts": 3, "ambiguous": False},
        says="no connection to 127.0.0.1: ConnectError",
        slept=(0.5, 1.0),
    ),
    fails(
        3,
        "no such host",
        APIConnectionError,
        known=False,
        details={"attempts": 3, "ambiguous": False},
        says="no connection to nowhere.invalid",
    ),
    succeeds(
        45,
        "closed while nobody used it",
        COMPLETED,
        before=reply_and_hang_up(200, REPLICA),
        closed_after_it=True,
        seen=2,
        **_COMPLETES,
    ),
    fails(
        46,
        "closed when a creation was on it",
        APIConnectionError,
        hang_up(),
        request=COMPLETE,
        before=OK,
        seen=2,
        details=_AMBIGUOUS,
    ),
    succeeds(46, "closed when a question was on it", hang_up(), OK, before=OK, seen=3),
)

LOST_CONNECTIONS = (
    succeeds(4, "reset before the answer", reset(), OK, slept=(0.5,)),
    fails(
        5,
        "reset before the answer to a creation",
        APIConnectionError,
        reset(),
        request=COMPLETE,
        details={**_AMBIGUOUS, "path": COMPLETE.path},
    ),
    fails(
        None,
        "reset before the answer to a change",
        APIConnectionError,
        reset(),
        request=PATCH,
        details={"ambiguous": True},
    ),
    succeeds(
        None,
        "reset before the answer to a creation that may be repeated",
        reset(),
        COMPLETED,
        options={"retry_unsafe": True},
        **_COMPLETES,
    ),
    succeeds(6, "closed without an answer, twice", hang_up(), hang_up(), OK, slept=(0.5, 1.0)),
    fails(
        6,
        "closed without an answer, always",
        APIConnectionError,
        *[hang_up()] * 3,
        details={"attempts": 3, "ambiguous": True},
    ),
    fails(None, "closed without an answer, no retries", APIConnectionError, hang_up(), options={"max_retries": 0}),
    succeeds(None, "closed without an answer, more retries", *[hang_up()] * 4, OK, options={"max_retries": 4}),
    succeeds(7, "reset within the body", then_reset(CUT), OK),
    succeeds(8, "body shorter than announced", raw(CUT), OK),
    fails(
        9, "chunked body cut off", APIConnectionError, raw(_CHUNKED_CUT), request=COMPLETE, details={"ambiguous": True}
    ),
    succeeds(None, "chunked body cut off, reading", raw(_CHUNKED_CUT), OK),
    succeeds(28, "reset, then gone", reset(), reply(404, error_body()), request=DELETE, result=type(None)),
    fails(44, "200 kB of headers", APIConnectionError, *[reply(200, REPLICA, {"X-Long": "x" * 200_000})] * 3),
    fails(
        44, "no HTTP at all", APIConnectionError, *[raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")] * 3, says="RemoteProtocolError"
    ),
    fails(44, "an echo of the secret instead of HTTP", APIConnectionError, *[raw(f"{SECRET}\r\n\r\n".encode())] * 3),
)

SLOWNESS = (
    fails(
        10,
        "no answer",
        APITimeoutError,
        *[stall()] * 3,
        options={"timeout": IMPATIENT},
        details={"attempts": 3, "ambiguous": True},
    ),
    fails(
        11,
        "no answer to a creation",
        APITimeoutError,
        stall(),
        request=COMPLETE,
        options={"timeout": IMPATIENT},
        details=_AMBIGUOUS,
    ),
    fails(None, "silence within the body", APITimeoutError, *[stall(CUT)] * 3, options={"timeout": IMPATIENT}),
    succeeds(None, "no answer, then one", stall(), OK, options={"timeout": IMPATIENT}),
    *(
        fails(
            12,
            f"one byte in a second, {form}",
            APITimeoutError,
            seen=1,
            faults=lambda scene, pieces=pieces: (sliced(pieces, lambda: scene.advance(1.0)),),
            client_options={"timeout": Timeout(total=30.0)},
            details=_AMBIGUOUS,
            says="the total time limit of 30.0 s ran out",
        )
        for form, pieces in {
            "its length announced": [head(200, {"Content-Length": "5000"}), *[b"x"] * 5000],
            "in chunks": [head(200, {"Transfer-Encoding": "chunked"}), *[b"1\r\nx\r\n"] * 5000],
            "within the size of a chunk": [head(200, {"Transfer-Encoding": "chunked"}), b"1;", *[b"x"] * 5000],
            "within a header": [b"HTTP/1.1 200 OK\r\nServer: ", *[b"x"] * 5000],
            "and none of it, but that it takes time": [b"HTTP/1.1 102 Processing\r\n\r\n"] * 5000,
        }.items()
    ),
    succeeds(13, "an answer after a while", seen=1, faults=lambda scene: (after(lambda: scene.advance(0.2), OK),)),
    succeeds(
        14,
        "100 kB on a slow line",
        seen=1,
        faults=lambda scene: (sliced(_pieces(_LARGE, 1000), lambda: scene.advance(1.0)),),
        details={"greeting": "x" * 100_000},
    ),
    fails(
        14,
        "100 kB on a slow line, and little time",
        APITimeoutError,
        seen=1,
        faults=lambda scene: (sliced(_pieces(_LARGE, 1000), lambda: scene.advance(1.0)),),
        client_options={"timeout": Timeout(total=30.0)},
    ),
    succeeds(15, "one byte in each packet", sliced([bytes([byte]) for byte in whole(200, REPLICA)])),
)


def _pieces(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]
