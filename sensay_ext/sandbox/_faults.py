"""Faults: what goes wrong, for whom, and how often."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Generic, Literal, TypeVar

from sensay_ext.sandbox._identifiers import Identifiers

UPLOAD = "upload"
"""The operation name of the PUT to a signed URL."""

F = TypeVar("F")

Break = Literal["before", "unanswered", "body", "close"]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something that goes wrong with a request.

    Attributes:
        status: Answer with this status instead.
        body: The body that goes with it: a JSON value, or text or bytes as they are; the API's error body by default.
        headers: Further headers of that answer.
        code: The `error_code` of the API's error body.
        late: Let the operation happen first, so that only its answer is lost.
        delay: Wait this many seconds before anything else.
        connection: Break the connection: `before` anything happens, `unanswered` after the operation happened,
            in the middle of the `body` (all three by reset), or in the middle of the body by an orderly `close`.
        after_bytes: Break the connection `before` anything happens when this much of the body was read; without it,
            when all of it was.
        bytes_per_second: Send the reply's body this slowly.
        stale: Answer a read from the state at the moment the fault was set.
    """

    status: int | None = None
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    code: str | None = None
    late: bool = False
    delay: float = 0.0
    connection: Break | None = None
    after_bytes: int | None = None
    bytes_per_second: float | None = None
    stale: bool = False

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> "Fault":
        """Read a fault from a JSON object with the names of the attributes.

        Raises:
            ValueError: If it has a name that no fault has.
        """
        unknown = value.keys() - {one.name for one in fields(cls)}
        if unknown:
            raise ValueError(f"a fault has no {', '.join(sorted(unknown))}")
        given: dict[str, Any] = dict(value)
        return cls(**given)


@dataclass(frozen=True, kw_only=True)
class TrainingFault:
    """Something that goes wrong with a knowledge base entry.

    Attributes:
        message: The entry's error message.
        terminal: End the entry as UNPROCESSABLE; otherwise it stays where it is and is tried again later.
        entry: The id of the entry; any when None.
    """

    message: str
    terminal: bool = False
    entry: int | None = None


@dataclass(kw_only=True)
class Rule(Generic[F]):
    """When a fault strikes.

    Attributes:
        fault: What goes wrong.
        operation: The operationId it is for, `upload` for the PUT to a signed URL; all when None. For training: the
            type of entry.
        user: The X-USER-ID it is for; all when None.
        method: The method it is for; all when None.
        times: How often it strikes; always when None.
        skip: How many matching requests it lets pass first.
        probability: How likely it strikes when it could.
        hits: How often it has struck.
    """

    fault: F
    operation: str | None = None
    user: str | None = None
    method: str | None = None
    times: int | None = 1
    skip: int = 0
    probability: float = 1.0
    hits: int = 0

    def matches(self, operation: str | None, user: str | None, method: str | None) -> bool:
        """Tell whether the rule is for this request, and not used up."""
        return (
            (self.times is None or self.hits < self.times)
            and self.operation in (None, operation)
            and self.user in (None, user)
            and self.method in (None, method)
        )


class Faults:
    """The faults that are set; of several that match, the one set first strikes.

    Args:
        identifiers: Decides by its seed whether a fault with a probability strikes.
    """

    def __init__(self, identifiers: Identifiers) -> None:
        self._identifiers = identifiers
        self.requests: list[Rule[Fault]] = []
        self.training: list[Rule[TrainingFault]] = []

    def clear(self) -> None:
        """Let everything go well again."""
        self.requests.clear()
        self.training.clear()

    def of_request(self, operation: str | None, user: str | None, method: str) -> Rule[Fault] | None:
        """Return the rule that strikes this request, and count the hit."""
        return self._strike(self.requests, operation, user, method)

    def of_training(self, entry_type: str, entry: int) -> TrainingFault | None:
        """Return the fault that strikes an entry's next step, and count the hit."""
        rules = [rule for rule in self.training if rule.fault.entry in (None, entry)]
        rule = self._strike(rules, entry_type, None, None)
        return None if rule is None else rule.fault

    def _strike(
        self, rules: list[Rule[F]], operation: str | None, user: str | None, method: str | None
    ) -> Rule[F] | None:
        for rule in rules:
            if not rule.matches(operation, user, method):
                continue
            if rule.skip > 0:
                rule.skip -= 1
            elif rule.probability >= 1 or self._identifiers.fraction() < rule.probability:
                rule.hits += 1
                return rule
        return None
