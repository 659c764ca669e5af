"""What it costs to wait for 1,000 entries, beside asking for each of them at the same pace."""

from uuid import UUID

from benchmarks._ratio import Ratio
from sensay_ext import RequestEvent, Sensay
from sensay_ext._concurrency import Clock
from sensay_ext.sandbox import Sandbox, serve

_ENTRIES = 1_000
_BATCH = 100
_BETWEEN = 4.0  # seconds between two batches
_TRAINING = 48.0  # seconds that the sandbox takes for a text
_PAGE = 100
_FEWER = 1 / 20
_LATE = 1.1


class _VirtualClock(Clock):
    """A clock that moves the sandbox along instead of waiting.

    Args:
        sandbox: The sandbox, on a virtual clock of its own.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._elapsed = 0.0
        self.waits: list[float] = []

    def now(self) -> float:
        """Seconds that were waited."""
        return self._elapsed

    def sleep(self, seconds: float) -> None:
        """Let so much time pass, and note when that began."""
        self.waits.append(self._elapsed)
        self._elapsed += seconds
        self._sandbox.advance(seconds)


def measure() -> list[Ratio]:
    """Add entries over a while, wait for all of them, and count the requests."""
    requests: list[RequestEvent] = []
    with serve(virtual_time=True, allow_network=False) as sandbox:
        clock = _VirtualClock(sandbox)
        with Sensay(
            sandbox.organization_secret, base_url=sandbox.base_url, on_request=requests.append, _clock=clock
        ) as sensay:
            replica = _replica(sensay)
            made = _add(sensay, replica, clock)
            requests.clear()
            clock.waits.clear()
            sensay.knowledge_base.wait_until_ready(replica, list(made))
            looks = [*clock.waits, clock.now()]
    usable = [created + _TRAINING for created in made.values()]
    singly = sum(1 for before, _ in zip([0.0, *looks], looks, strict=False) for moment in usable if moment > before)
    late = looks[-1] - max(made.values())
    pages = len(looks) * _ENTRIES / _PAGE
    return [
        Ratio("requests to wait for 1,000 entries", len(requests), "one for each entry", singly, limit=_FEWER),
        Ratio("the same", len(requests), "one for each page and look", pages, limit=1.0),
        Ratio("until the last is seen to be usable, s", late, "until it is", _TRAINING, limit=_LATE),
    ]


def _replica(sensay: Sensay) -> UUID:
    sensay.users.ensure("alice")
    return sensay.replicas.create(
        name="Guide", short_description="d", greeting="Hello!", owner_id="alice", slug="guide", llm={}
    ).uuid


def _add(sensay: Sensay, replica: UUID, clock: _VirtualClock) -> dict[int, float]:
    """The numbers of the entries, and when each was made."""
    made = {}
    for number in range(_ENTRIES):
        if number and number % _BATCH == 0:
            clock.sleep(_BETWEEN)
        made[sensay.knowledge_base.add_text(replica, f"This is chapter {number}.").id] = clock.now()
    return made
