"""What is to go wrong in a test, and whether it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, Unpack

from sensay_ext.testing._operation_names import operation_id

if TYPE_CHECKING:
    from sensay_ext.sandbox import Fault, Rule, Sandbox, TrainingFault
    from sensay_ext.sandbox._faults import Break
    from sensay_ext.sandbox._options import FaultOptions, RuleOptions

__all__ = ["SandboxFaults"]

_UPLOAD = "upload"
_SHOWN_REQUESTS = 10
_F = TypeVar("_F")


@dataclass(frozen=True)
class _Announced:
    """What the test said would go wrong."""

    call: str
    rule: Rule[Any]

    @property
    def is_due(self) -> bool:
        rule = self.rule
        # Without a number of times, or with a die to cast, more than once cannot be asked for.
        return rule.hits < (rule.times if rule.times is not None and rule.probability >= 1 else 1)

    def __str__(self) -> str:
        return f"{self.call} struck {self.rule.hits} of {self.rule.times or 'any number of'} times"


class SandboxFaults:
    """What goes wrong in the sandbox of a test: what the fixture `sensay_faults` gives.

    Each method announces a fault for requests to come; of several that fit a request, the one announced first strikes.
    At the end of a test that passed, every one of them must have struck as often as it was announced, or the test
    fails: it would not have shown what it says.

    `operation` is the method that asks, such as `"chat.complete"`, or an operationId, or `"upload"` for the bytes of a
    file; None is any. `times` None is always.

    Args:
        sandbox: The sandbox.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._announced: list[_Announced] = []

    def fail_next(
        self, status: int = 500, *, operation: str | None = None, times: int | None = 1, **fault: Unpack[FaultOptions]
    ) -> Rule[Fault]:
        """Answer with an error.

        Args:
            status: The status to answer.
            operation: Which requests.
            times: How many of them.
            **fault: More about the answer: its `body`, `headers` or `error_code` as `code`; `late=True` lets the
                operation happen first.
        """
        call = _written("fail_next", status, operation=operation, **fault)
        return self._add(call, {"status": status, **fault}, operation=operation, times=times)

    def break_connection(
        self, when: Break = "before", *, operation: str | None = None, times: int | None = 1
    ) -> Rule[Fault]:
        """Break the connection.

        Args:
            when: `before` anything happens, `unanswered` after the operation happened, or in the middle of the reply's
                `body`: by a reset, or with `close` by an orderly end.
            operation: Which requests.
            times: How many of them.
        """
        call = _written("break_connection", when, operation=operation)
        return self._add(call, {"connection": when}, operation=operation, times=times)

    def lose_reply(self, *, operation: str | None = None, times: int | None = 1) -> Rule[Fault]:
        """Let the operation happen, and its reply get lost.

        Args:
            operation: Which requests.
            times: How many of them.
        """
        call = _written("lose_reply", operation=operation)
        return self._add(call, {"connection": "unanswered"}, operation=operation, times=times)

    def slow_reply(self, seconds: float, *, operation: str | None = None, times: int | None = 1) -> Rule[Fault]:
        """Let the reply take its time.

        These are real seconds, since limits on silence are kept by the network: make them few, and give the client a
        still shorter `timeout`.

        Args:
            seconds: How long.
            operation: Which requests.
            times: How many of them.
        """
        call = _written("slow_reply", seconds, operation=operation)
        return self._add(call, {"delay": seconds}, operation=operation, times=times)

    def add(self, fault: Fault, **when: Unpack[RuleOptions]) -> Rule[Fault]:
        """Let anything go wrong that the sandbox can do.

        Args:
            fault: What goes wrong.
            **when: When, as in `sensay_ext.sandbox.Rule`; the next request by default.
        """
        call = _written("add", fault, **when)
        when["operation"] = _checked(when.get("operation"))
        return self._noted(call, self._sandbox.add_fault(fault, **when))

    def expire_uploads(self, *, times: int = 1) -> Rule[Fault]:
        """Refuse uploads because their signed URL has expired.

        Args:
            times: How many.
        """
        return self._noted(_written("expire_uploads"), self._sandbox.expire_uploads(times=times))

    def stale_reads(self, *, operation: str | None = None, times: int | None = 1) -> Rule[Fault]:
        """Answer reads from the state of this moment, whatever is written later.

        Args:
            operation: Which requests.
            times: How many of them.
        """
        rule = self._sandbox.stale_reads(operation=_checked(operation), times=times)
        return self._noted(_written("stale_reads", operation=operation), rule)

    def stall_training(
        self, message: str = "Not now", *, entry: int | None = None, kind: str | None = None, times: int | None = 1
    ) -> Rule[TrainingFault]:
        """Let entries stay where they are for a while, with an error that may pass.

        Args:
            message: The entry's error message.
            entry: The id of the entry; any when None.
            kind: The type of entry, such as `file`; any when None.
            times: How many steps of training.
        """
        rule = self._sandbox.stall_training(message, entry=entry, operation=kind, times=times)
        return self._noted(_written("stall_training", message, entry=entry, kind=kind), rule)

    def fail_training(
        self, message: str = "No text", *, entry: int | None = None, kind: str | None = None, times: int | None = 1
    ) -> Rule[TrainingFault]:
        """Let entries end as UNPROCESSABLE.

        Args:
            message: The entry's error message.
            entry: The id of the entry; any when None.
            kind: The type of entry, such as `file`; any when None.
            times: How many entries.
        """
        rule = self._sandbox.fail_training(message, entry=entry, operation=kind, times=times)
        return self._noted(_written("fail_training", message, entry=entry, kind=kind), rule)

    def clear(self) -> None:
        """Let everything go well again, and forget what was announced."""
        self._sandbox.clear_faults()
        self._announced.clear()

    def problem(self) -> str:
        """What was announced and did not strike, in words; nothing if everything did.

        Asked for by itself at the end of a test that passed.
        """
        due = [str(one) for one in self._announced if one.is_due]
        if not due:
            return ""
        seen = [request.operation or request.path for request in self._sandbox.requests][-_SHOWN_REQUESTS:]
        return (
            f"sensay_faults: {'; '.join(due)}. The latest requests were: {', '.join(seen) or 'none at all'}. "
            "Send what the fault is for, or take it back with clear()"
        )

    def _add(self, call: str, fault: dict[str, Any], *, operation: str | None, times: int | None) -> Rule[Fault]:
        from sensay_ext.sandbox import Fault  # noqa: PLC0415 - loaded by now, as there is a sandbox

        rule = self._sandbox.add_fault(Fault(**fault), operation=_checked(operation), times=times)
        return self._noted(call, rule)

    def _noted(self, call: str, rule: Rule[_F]) -> Rule[_F]:
        self._announced.append(_Announced(call, rule))
        return rule


def _checked(operation: str | None) -> str | None:
    return operation if operation in {None, _UPLOAD} else operation_id(operation)


def _written(method: str, /, *args: object, **kwargs: object) -> str:
    """A call as it stands in the test."""
    given = [repr(value) for value in args] + [
        f"{name}={value!r}" for name, value in kwargs.items() if value is not None
    ]
    return f"{method}({', '.join(given)})"
