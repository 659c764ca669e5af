"""What a sandbox was asked since a moment."""

from collections import Counter

from sensay_ext.sandbox import RecordedRequest, Sandbox


class RequestsSince:
    """The requests that a sandbox got since this was made.

    Args:
        sandbox: The sandbox.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._last = self._newest()

    def _newest(self) -> str:
        requests = self._sandbox.requests
        return requests[-1].request_id if requests else ""

    @property
    def all(self) -> list[RecordedRequest]:
        """The requests, oldest first."""
        new: list[RecordedRequest] = []
        # Only the latest are kept, so their number says nothing.
        for request in reversed(self._sandbox.requests):
            if request.request_id == self._last:
                break
            new.insert(0, request)
        return new

    @property
    def operations(self) -> Counter[str | None]:
        """How often each operation was asked for."""
        return Counter(request.operation for request in self.all)

    def forget(self) -> None:
        """Begin anew."""
        self._last = self._newest()
