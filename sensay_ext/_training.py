"""When training is over, and when to look again: rules without I/O and without a clock.

An entry becomes usable at VECTOR_CREATED, usually after minutes; READY follows within a day and changes only how well
it is found. UNPROCESSABLE is the one final failure. An `error` beside any other status is a trouble that may pass.
Statuses that this release does not know count as "not there yet": the API has renamed its statuses before.
"""

from collections.abc import Callable
from typing import Literal, Protocol

from sensay_ext._errors import APIStatusError, ConfigurationError, SensayError

Target = Literal["usable", "ready"]
Outcome = Literal["pending", "done", "failed"]
Pace = float | Callable[[float], float]
"""Seconds between two polls: fixed, or by the age of the youngest entry that is waited for."""

NEW = "NEW"
VECTOR_CREATED = "VECTOR_CREATED"
READY = "READY"
UNPROCESSABLE = "UNPROCESSABLE"

USABLE_STATUSES = frozenset({VECTOR_CREATED, READY})
"""Statuses in which a replica answers from an entry."""

_REACHED = {"usable": USABLE_STATUSES, "ready": frozenset({READY})}

# Seconds between two polls, at first and at most. Texts are done soonest; a video has to be listened to first.
_PACE = {"text": (1.0, 15.0), "file": (2.0, 30.0), "website": (2.0, 30.0), "youtube": (5.0, 30.0)}
_PACE_OF_UNKNOWN = (2.0, 30.0)
_PACE_OF_OPTIMISING = (5.0, 300.0)
_SHARE_OF_AGE = 0.1
_JITTER = 0.2

_TEMPORARY = frozenset({408, 425, 429})
_CLIENT_ERRORS = range(400, 500)


class EntryError(Protocol):
    """The error of an entry, as the API lists it."""

    @property
    def message(self) -> str | None:
        """What is wrong, in the API's words."""

    @property
    def fingerprint(self) -> str | None:
        """The API's id of this kind of error; support asks for it."""


class Entry(Protocol):
    """What the rules look at in an entry; the generated models have it."""

    @property
    def id(self) -> int:
        """Id of the entry."""

    @property
    def status(self) -> str:
        """Its status."""

    @property
    def type_(self) -> str:
        """What it was made from."""

    @property
    def error(self) -> EntryError | None:
        """Its error, if it has one."""


def judge(status: str, until: Target) -> Outcome:
    """Say whether an entry with this status is where it was waited for to be."""
    if status in _REACHED[until]:
        return "done"
    return "failed" if status == UNPROCESSABLE else "pending"


def poll_interval(entry_type: str | None, age: float, *, status: str | None = None, jitter: float = 0.0) -> float:
    """Return how long to wait before the next poll.

    A tenth of the entry's age, so that the end is noticed at most a tenth late, within bounds by type.

    Args:
        entry_type: What the entry was made from, if it is known.
        age: Seconds for which it has been waited for; from when it became usable, if it has.
        status: Its status, if it is known.
        jitter: A random number from 0 to 1; keeps many clients from asking at the same moment.
    """
    least, most = _PACE.get(entry_type or "", _PACE_OF_UNKNOWN)
    if status in USABLE_STATUSES:
        least, most = _PACE_OF_OPTIMISING
    return min(max(age * _SHARE_OF_AGE, least), most) * (1 - _JITTER * jitter)


def ends_wait(error: SensayError) -> bool:
    """Return whether a failed poll makes further ones pointless: the request itself is refused."""
    if isinstance(error, APIStatusError):
        return error.status_code in _CLIENT_ERRORS and error.status_code not in _TEMPORARY
    return isinstance(error, ConfigurationError)
