"""One line of the table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """What we need for something, beside what a peer needs for the like of it.

    Attributes:
        what: what was measured, and in which unit.
        ours: our figure.
        peer: the name of what it is compared with.
        theirs: the peer's figure.
        limit: the ratio that must not be exceeded.
    """

    what: str
    ours: float
    peer: str
    theirs: float
    limit: float

    @property
    def value(self) -> float:
        """Our figure by the peer's."""
        return self.ours / self.theirs

    @property
    def holds(self) -> bool:
        """Whether the ratio stays within its limit."""
        return self.value <= self.limit
