"""How far a call has come."""

from __future__ import annotations

from dataclasses import dataclass, field
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
        attempt: The attempt under way; 1 is the first.
        ambiguous: Whether an earlier attempt may have been carried out.
    """

    call: Call
    deadline: Deadline
    attempt: int = 0
    ambiguous: bool = field(default=False)

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

    def delay_after(self, failure: Failure, config: Config, budget: RetryBudget) -> float | None:
        """Seconds until the next attempt, which is then paid for; None when this failure is the end."""
        if self.attempt > self.call.max_retries:
            return None
        delay = config.retry_policy.delay(failure.as_failed(self.attempt, repeatable=self.call.repeatable))
        if delay is None or not self.deadline.allows(delay) or not budget.take():
            return None
        self.ambiguous = self.ambiguous or failure.may_have_worked
        return delay
