"""Bodies that do not fit."""

import gzip
import json
import zlib

from sensay_ext import APIStatusError, BadRequestError, ResponseParseError
from sensay_ext._redact import MASK
from tests.fault_server import reply
from tests.faults.case import GZIP, HTML, JSON, fails, succeeds
from tests.requests_to_send import REPLICA, SECRET, error_body


def _nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


def _bomb(mebibytes: int) -> bytes:
    compressor = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    return b"".join(compressor.compress(bytes(1 << 20)) for _ in range(mebibytes)) + compressor.flush()


BODIES = (
    fails(
        35,
        "a login page",
        ResponseParseError,
        reply(200, b"<html>log in</html>", HTML),
        details={"content_type": "text/html", "status_code": 200},
    ),
    fails(36, "200 without a body", ResponseParseError, reply(200), says="the body is empty"),
    fails(36, "204 where 200 is documented", ResponseParseError, reply(204), says="documents no such success"),
    fails(37, "null", ResponseParseError, reply(200, None)),
    fails(37, "a list", ResponseParseError, reply(200, [])),
    fails(37, "JSON cut off", ResponseParseError, reply(200, b'{"success":', JSON), says="not JSON"),
    fails(
        38,
        "a field is missing",
        ResponseParseError,
        reply(200, {name: value for name, value in REPLICA.items() if name != "slug"}),
        details={"field": "slug"},
    ),
    fails(38, "a field is null", ResponseParseError, reply(200, {**REPLICA, "slug": None}), details={"field": "slug"}),
    fails(
        38,
        "a field has another type",
        ResponseParseError,
        reply(200, {**REPLICA, "slug": 5}),
        details={"field": "slug"},
    ),
    fails(
        None,
        "a secret in a field that does not fit",
        ResponseParseError,
        reply(200, {**REPLICA, "uuid": SECRET}),
        details={"field": "uuid"},
    ),
    fails(
        None,
        "the secret as a content type",
        ResponseParseError,
        reply(200, b"", {"Content-Type": SECRET}),
        details={"content_type": MASK},
    ),
    succeeds(
        None,
        "the secret in the headers",
        reply(200, REPLICA, {**JSON, "X-Request-Id": SECRET, "X-API-Version": SECRET}),
    ),
    succeeds(None, "the secret as the name of a field", reply(200, {**REPLICA, SECRET: 1})),
    succeeds(None, "the secret as a value of an enumeration", reply(200, {**REPLICA, "type": SECRET})),
    succeeds(
        39,
        "an unknown field",
        reply(200, {**REPLICA, "brandNew": {"a": 1}}),
        details={"additional_properties": {"brandNew": {"a": 1}}},
    ),
    succeeds(
        39,
        "an unknown value of an enumeration",
        reply(200, {**REPLICA, "type": "brand_new"}),
        details={"type_": "brand_new"},
    ),
    fails(
        40,
        "200 that says it failed",
        APIStatusError,
        reply(200, error_body("not today")),
        details={"status_code": 200, "message": "not today"},
    ),
    fails(41, "NaN", ResponseParseError, reply(200, json.dumps({**REPLICA, "x": float("nan")}).encode(), JSON)),
    succeeds(41, "a byte order mark", reply(200, b"\xef\xbb\xbf" + json.dumps(REPLICA).encode(), JSON)),
    succeeds(41, "a key twice", reply(200, json.dumps(REPLICA).encode()[:-1] + b',"slug":"other"}', JSON)),
    succeeds(41, "a lone surrogate", reply(200, {**REPLICA, "name": "\ud800"})),
    succeeds(None, "no content type", reply(200, json.dumps(REPLICA).encode())),
    fails(42, "latin-1", ResponseParseError, reply(200, '{"a":"\xfc"}'.encode("latin-1"), JSON), says="not UTF-8"),
    fails(42, "broken gzip", ResponseParseError, reply(200, b"no gzip", GZIP), says="not valid gzip"),
    fails(
        None,
        "gzip cut off",
        ResponseParseError,
        reply(200, gzip.compress(bytes(range(256)) * 9)[:-9], GZIP),
        says="cut off",
    ),
    fails(
        None,
        "gzip in gzip",
        ResponseParseError,
        reply(200, gzip.compress(gzip.compress(b"{}")), {**JSON, "Content-Encoding": "gzip, gzip"}),
        says="not asked for",
    ),
    succeeds(None, "gzip", reply(200, gzip.compress(json.dumps(REPLICA).encode()), GZIP)),
    fails(
        43,
        "50 MiB in a small reply",
        ResponseParseError,
        reply(200, _bomb(50), GZIP),
        limit=1 << 20,
        says="longer than",
    ),
    fails(
        None,
        "a long reply",
        ResponseParseError,
        reply(200, b" " * 2000, JSON),
        limit=1000,
        says="longer than 1000 bytes",
    ),
    fails(43, "JSON 100,000 deep", ResponseParseError, reply(200, _nested(100_000), JSON), says="nested too deeply"),
    *(
        fails(None, f"an error {depth:,} deep", BadRequestError, reply(400, _nested(depth), JSON))
        # Around the depth at which the decoder gives up; what it accepts has to be masked.
        for depth in (100, *range(300, 1000, 50), 5000, 100_000)
    ),
    fails(
        None,
        "200 that says it failed, 500 deep",
        APIStatusError,
        reply(200, b'{"success":false,"error":"no","request_id":' + _nested(500) + b"}", JSON),
        details={"message": "no", "request_id": None},
    ),
    succeeds(
        None,
        "an unknown field 500 deep",
        reply(200, json.dumps(REPLICA).encode()[:-1] + b',"deep":' + _nested(500) + b"}", JSON),
    ),
)
