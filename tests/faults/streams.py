"""Answers that are read while they come in, interruptions, and servers that are dead."""

from generated_client.models import CreateKnowledgeBaseEntryResponse
from sensay_ext import APIConnectionError, APIStatusError, ResponseParseError, ServerError, StreamInterrupted
from sensay_ext._redact import MASK
from tests._stream_samples import JSON, SSE, UI_MESSAGES, event_stream
from tests.fault_server import Instruction, head, raw, reply, reset, sliced, then_reset
from tests.faults.case import HTML, fails, succeeds
from tests.requests_to_send import ADD_TEXT, COMPLETE, SECRET, error_body

_HEAD = head(200, {**SSE, "X-Request-Id": "r1"})
_WHOLE_HEAD = head(200, {**SSE, "Content-Length": str(len(UI_MESSAGES))})
_HALF = event_stream({"type": "text-delta", "id": "t", "delta": "We are "}, done=False)
_SO_FAR = {"text": "We are ", "request_id": "r1"}
_DEEP = b"[" * 500 + b"]" * 500


def _sse(body: bytes) -> Instruction:
    return raw(_HEAD + body)


STREAMS = (
    fails(55, "a stream cut off", StreamInterrupted, then_reset(_HEAD + _HALF), streamed=True, details=_SO_FAR),
    fails(55, "a stream that ends early", StreamInterrupted, _sse(_HALF), streamed=True, details=_SO_FAR),
    fails(55, "a stream cut within an event", StreamInterrupted, _sse(_HALF + b'data: {"ty'), streamed=True),
    succeeds(55, "a stream without its last line end", _sse(UI_MESSAGES.rstrip()), streamed=True, result=str),
    succeeds(
        15,
        "a stream of one byte in each packet",
        sliced([_WHOLE_HEAD, *(bytes([byte]) for byte in UI_MESSAGES)]),
        streamed=True,
        result=str,
    ),
    fails(
        None,
        "a stream that echoes the secret",
        StreamInterrupted,
        _sse(_HALF + event_stream({"type": "error", "errorText": f"{SECRET} is wrong"})),
        streamed=True,
        details=_SO_FAR,
        says="is wrong",
    ),
    fails(
        None,
        "a stream with an error that nobody would read",
        StreamInterrupted,
        _sse(_HALF + event_stream({"type": "error", "errorText": f"no{' ' * 200_000}way"})),
        streamed=True,
        says="way (received_characters=7",
    ),
    fails(
        None,
        "a stream with the secret in its headers",
        StreamInterrupted,
        raw(head(200, {**SSE, "X-Request-Id": SECRET}) + _HALF),
        streamed=True,
        details={"request_id": MASK},
    ),
    fails(
        None,
        "an error instead of a stream, with the secret",
        APIStatusError,
        reply(200, error_body(f"{SECRET} is wrong", details={"seen": SECRET}), JSON),
        streamed=True,
        details={"request_id": "fra1::abc", "fingerprint": "f1"},
        says="is wrong",
    ),
    fails(
        None,
        "a stream with an error 500 deep",
        StreamInterrupted,
        _sse(_HALF + b'data: {"type":"error","errorText":"no","code":' + _DEEP + b"}\n\n"),
        streamed=True,
        details=_SO_FAR,
        says="reported an error: no",
    ),
    fails(
        None,
        "an error instead of a stream, 500 deep",
        APIStatusError,
        reply(200, b'{"success":false,"error":"no","request_id":' + _DEEP + b"}", JSON),
        streamed=True,
        details={"message": "no", "request_id": None, "error_code": None},
    ),
    fails(
        None,
        "no answer instead of a stream, 500 deep",
        ResponseParseError,
        reply(200, _DEEP, JSON),
        streamed=True,
        says="no content",
    ),
    fails(None, "a page instead of a stream", ResponseParseError, reply(200, b"<html>", HTML), streamed=True),
    fails(5, "no stream", APIConnectionError, reset(), streamed=True, details={"ambiguous": True, "attempts": 1}),
    fails(17, "500 instead of a stream", ServerError, reply(500, error_body()), streamed=True),
)

OTHERS = (
    succeeds(
        54,
        "some entries are taken, and some are not",
        reply(
            207,
            {
                "success": True,
                "results": [
                    {"enqueued": True, "type": "text", "knowledgeBaseID": 1},
                    {"enqueued": False, "type": "text", "error": "too dull"},
                ],
            },
        ),
        request=ADD_TEXT,
        result=CreateKnowledgeBaseEntryResponse,
    ),
    fails(56, "the user interrupts a wait", KeyboardInterrupt, reply(503), interrupted=True, slept=(0.5,)),
    fails(57, "a dead server is asked a hundred times", ServerError, *[reply(503)] * 135, calls=100),
    fails(57, "a creation on a dead server", ServerError, *[reply(503)] * 100, calls=100, request=COMPLETE),
)
