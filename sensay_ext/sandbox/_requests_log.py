"""What was asked of the sandbox, for tests to look at."""

from collections import deque
from dataclasses import dataclass, field

_KEPT = 5_000


@dataclass
class RecordedRequest:
    """A request that arrived.

    Attributes:
        method: The method.
        path: The path, without the query.
        operation: The operationId, `upload` for the PUT to a signed URL, None for anything else.
        headers: The headers, names in lower case.
        request_id: The id in the reply's error body, if it had one.
        status: The status that was answered, None while there is none.
    """

    method: str
    path: str
    operation: str | None
    headers: dict[str, str] = field(repr=False)
    request_id: str
    status: int | None = None

    @property
    def user(self) -> str | None:
        """The X-USER-ID that was sent."""
        return self.headers.get("x-user-id")


class RequestLog(deque[RecordedRequest]):
    """The latest requests, oldest first."""

    def __init__(self) -> None:
        super().__init__(maxlen=_KEPT)
