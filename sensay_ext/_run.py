"""How far a call has come."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from sensay_ext._deadline import OutOfTimeError
from sensay_ext._failures import Failure, connection_failure, deadline_failure
from sensay_ext._redact import redact_headers
from sensay_ext._replies import Reply, status_error

if TYPE_CHECKING:
    from sensay_ext._call import Call
    from sensay_ext._config import Config
    from sensay_ext._deadline import Deadline
    from sensay_ext._retry_budget import RetryBudget

__all__ = ["Run"]


@dataclass(slots=True, kw_only=True)
class Run:
    """The attempts of one call.

    Args:
        call: What is asked.
        deadline: When the call gives up.
        ambiguous: Whether an earlier attempt may have been carried out.
    """

    call: Call
    deadline: Deadline
    ambiguous: bool = False
    attempt: int = field(init=False)
    """The attempt under way; 1 is the first of the call, or of those that it belongs to."""
    _earlier: int = field(init=False)

    def __post_init__(self) -> None:
        self.attempt = self._earlier = self.call.series.attempts

    @property
    def is_repeated(self) -> bool:
        """Whether the attempt under way is not the first of this call."""
        return self.attempt > self._earlier + 1

    def begin(self) -> None:
        """Begin the next attempt."""
        self.attempt += 1
        self.call.series.attempts = self.attempt

    def headers(self) -> dict[str, str]:
        """The headers of the attempt under way."""
        return self.call.attempt_headers(self.attempt, self._earlier + self.call.max_retries + 1)

    def reply(self, status_code: int, headers: dict[str, str], content: bytes, problem: str) -> Reply:
        """The reply to the attempt under way; `problem` says what is wrong with its body.

        Headers are put into errors, events and logs, and whoever answers may have sent back the ones that it got.
        """
        return Reply(
            status_code=status_code,
            headers=redact_headers(headers, self.call.identity.secrets()),
            content=content,
            problem=problem,
            attempts=self.attempt,
            elapsed=self.deadline.elapsed,
            ambiguous=self.ambiguous,
        )

    def failed_by(self, problem: Exception) -> Failure:
        """The attempt under way ended in an exception."""
        if isinstance(problem, OutOfTimeError):
            return deadline_failure(self.call, attempt=self.attempt)
        return connection_failure(problem, self.call, attempt=self.attempt, ambiguous=self.ambiguous)

    def refused_by(self, reply: Reply, now: float) -> Failure:
        """The attempt under way was answered with an error, at so many seconds since 1970."""
        return Failure(error=status_error(reply, self.call, now=now))

    def is_done(self, reply: Reply) -> bool:
        """Whether the call has done what it was to do.

        So it has where what it was to delete is not there, and an earlier attempt may have deleted it.
        """
        is_gone = self.call.method == "DELETE" and reply.status_code == HTTPStatus.NOT_FOUND
        return reply.is_success or (is_gone and reply.ambiguous)

    def delay_after(self, failure: Failure, config: Config, budget: RetryBudget) -> float | None:
        """Seconds until the next attempt, which is then paid for; None when this failure is the end."""
        made = self.attempt - self._earlier
        if made > self.call.max_retries:
            return None
        delay = config.retry_policy.delay(failure.as_failed(made, repeatable=self.call.repeatable))
        if delay is None or not self.deadline.allows(delay) or not budget.take():
            return None
        self.ambiguous = self.ambiguous or failure.may_have_worked
        return delay
