"""What the client promises of faults on the way, and the cases that prove it.

Promises 47 to 53 are about uploads, and stand in `tests.upload_cases`; that requests of many users at once do not mix
(58) is proven by `tests.test_threads` and `tests.test_tasks`.
"""

from collections.abc import Mapping

from tests.faults.answers import ERRORS
from tests.faults.bodies import BODIES
from tests.faults.case import Case
from tests.faults.connections import CONNECTING, LOST_CONNECTIONS, SLOWNESS
from tests.faults.redirects import REDIRECTS
from tests.faults.streams import OTHERS, STREAMS

CASES: tuple[Case, ...] = (
    *CONNECTING,
    *LOST_CONNECTIONS,
    *SLOWNESS,
    *ERRORS,
    *BODIES,
    *REDIRECTS,
    *STREAMS,
    *OTHERS,
)

PROMISES: Mapping[int, str] = {
    1: "A server that was down for a moment is reached, whatever is asked.",
    2: "A server that stays down was asked nothing, and the error knows it.",
    3: "A host that does not exist is named.",
    4: "A question whose answer is lost is asked again.",
    5: "A creation whose answer is lost is not sent again.",
    6: "A question is asked three times.",
    7: "A body that a crash cuts off is asked for again.",
    8: "A body that is shorter than announced is asked for again.",
    9: "A creation whose answer is cut off is not sent again.",
    10: "Silence ends with the time limit, and a question is asked again.",
    11: "Silence ends with the time limit, and a creation is not sent again.",
    12: "An answer that comes too slowly to end ends with the total time limit.",
    13: "Latency does no harm.",
    14: "A slow line does no harm, as long as there is time.",
    15: "The size of packets does not matter.",
    16: "A question that met a passing error is asked again.",
    17: "A creation that met an error is not sent again; the error has what support asks for.",
    18: "An error that is a web page is one of the API, and not shown whole.",
    19: "Errors of what stands before the API are errors of the API.",
    20: "The API is waited for as long as it asks.",
    21: "Nobody waits for an hour; the error says how long it would be.",
    22: "A wish that makes no sense is no wish.",
    23: "A used-up quota is told from a limit of rate, and not asked about again.",
    24: "A status that the operation does not document has its class as well.",
    25: "A wrong secret is not shown.",
    26: "A page that forbids is an error of the API.",
    27: "What was never there is not found.",
    28: "What is gone after a lost answer is deleted.",
    29: "What exists already is a conflict, and not asked about again.",
    30: "An error without a sensible body has the class of its status.",
    31: "A redirect is an error that names the host, and no more.",
    32: "A body never goes to another origin.",
    33: "Another origin does not learn who is asking.",
    34: "A redirect without an end is an error.",
    35: "A login page is not what was asked for.",
    36: "Nothing is not what was asked for.",
    37: "A body of another shape is not what was asked for.",
    38: "A field that does not fit is named.",
    39: "What is new does no harm, and is kept.",
    40: "A success that says it failed has failed.",
    41: "What is odd but clear is read; what is no JSON is not.",
    42: "A body that cannot be decoded is not what was asked for.",
    43: "A body cannot fill the memory or the stack.",
    44: "What is no HTTP is a broken connection.",
    45: "A connection that was closed while nobody used it is not used.",
    46: "A connection that is closed in use is replaced for a question, and not for a creation.",
    54: "Of several entries each has its own outcome.",
    55: "A stream may be cut anywhere; what breaks off keeps its text.",
    56: "An interruption passes at once.",
    57: "A dead server is asked a third more often than a healthy one, not three times.",
}
