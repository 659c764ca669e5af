"""What can be done to a sandbox from outside of the API."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar, Unpack

from sensay_ext.sandbox._clock import VirtualClock, to_text
from sensay_ext.sandbox._faults import UPLOAD, Fault, Rule, TrainingFault
from sensay_ext.sandbox._options import FaultOptions, RuleOptions
from sensay_ext.sandbox._requests_log import RecordedRequest
from sensay_ext.sandbox._settings import StreamDialect
from sensay_ext.sandbox._state import State

T = TypeVar("T")

_EXPIRED = {"statusCode": "400", "error": "InvalidJWT", "message": '"exp" claim timestamp check failed'}


class Controls(ABC):
    """The controls of a sandbox.

    Args:
        state: What they work on.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self.organization_secret = state.settings.secret

    @abstractmethod
    def _call(self, function: Callable[[], T]) -> T:
        """Run a function where the state may be used."""

    @abstractmethod
    def _settle(self, moment: datetime) -> None:
        """Let everything happen that is due by a moment."""

    @property
    def requests(self) -> list[RecordedRequest]:
        """The requests that arrived, oldest first; the last 5,000 of them are kept."""
        return self._call(lambda: list(self._state.requests))

    def now(self) -> datetime:
        """Return the moment it is in the sandbox."""
        return self._state.clock.now()

    def advance(self, seconds: float) -> None:
        """Move the virtual clock, and let everything happen that is due by then.

        Args:
            seconds: How far.

        Raises:
            ValueError: If the sandbox runs on the real clock, or the clock would go back.
        """
        self._settle(self._call(lambda: self._moved(seconds)))

    def _moved(self, seconds: float) -> datetime:
        clock = self._state.clock
        if not isinstance(clock, VirtualClock):
            raise ValueError("Only a virtual clock can be moved: use virtual_time=True")  # noqa: TRY004 - a setting, not a type, is wrong
        return clock.advance(seconds)

    def add_organization(self, secret: str, *, name: str = "Organization") -> str:
        """Add an organisation, with users and replicas of its own.

        Args:
            secret: The secret it authenticates with.
            name: What it is called.

        Returns:
            The organisation's id.
        """
        return self._call(lambda: self._state.add_organization(secret, name=name))

    def set_quotas(
        self,
        *,
        conversations: int | None = None,
        entries: int | None = None,
        replicas: int | None = None,
        secret: str | None = None,
    ) -> None:
        """Set what an organisation may use; None is no limit.

        Args:
            conversations: Conversations per month.
            entries: Knowledge base entries.
            replicas: Replicas.
            secret: The organisation's secret; the first organisation's by default.
        """
        self._call(lambda: self._state.set_quotas(secret or self.organization_secret, conversations, entries, replicas))

    def enable_organization(self, *, enabled: bool, secret: str | None = None) -> None:
        """Disable an organisation, or enable it again.

        Args:
            enabled: Whether its secret is to work.
            secret: The organisation's secret; the first organisation's by default.
        """
        self._call(lambda: self._state.enable_organization(secret or self.organization_secret, enabled=enabled))

    def add_invite(self, code: str, *, expires_at: datetime | None = None, valid_until: datetime | None = None) -> None:
        """Add an invitation that can be redeemed once.

        Args:
            code: The code.
            expires_at: When it can no longer be redeemed.
            valid_until: When the secret it gives stops working.
        """
        expires = None if expires_at is None else to_text(expires_at)
        valid = None if valid_until is None else to_text(valid_until)
        self._call(lambda: self._state.add_invite(code, expires, valid))

    def set_stream(self, dialect: StreamDialect) -> None:
        """Choose what is answered to `Accept: text/event-stream` from now on.

        Args:
            dialect: The dialect; `json` answers as if no stream had been asked for.
        """

        def choose() -> None:
            self._state.stream = dialect

        self._call(choose)

    def add_video(self, identifier: str, *, transcript: str | None, title: str | None = None) -> None:
        """Tell the sandbox of a YouTube video, so that it need not ask YouTube.

        Args:
            identifier: The video's id.
            transcript: What is said in it; without one the video cannot be processed.
            title: What it is called.
        """
        self._call(lambda: self._state.videos.add_video(identifier, transcript, title))

    def add_playlist(self, identifier: str, videos: Sequence[str]) -> None:
        """Tell the sandbox of a YouTube playlist.

        Args:
            identifier: The playlist's id.
            videos: The ids of its videos.
        """
        self._call(lambda: self._state.videos.add_playlist(identifier, list(videos)))

    def add_fault(self, fault: Fault, **when: Unpack[RuleOptions]) -> Rule[Fault]:
        """Let requests go wrong.

        Args:
            fault: What goes wrong.
            **when: When, as in `Rule`; the next request by default.

        Returns:
            The rule, which counts its hits.
        """
        rule = Rule(fault=fault, **when)
        self._call(lambda: self._state.faults.requests.append(rule))
        return rule

    def fail_next(
        self, status: int = 500, *, operation: str | None = None, times: int = 1, **fault: Unpack[FaultOptions]
    ) -> Rule[Fault]:
        """Answer the next requests with an error.

        Args:
            status: The status to answer.
            operation: The operationId, or `upload`; any when None.
            times: How many requests.
            **fault: More about the answer, as in `Fault`.

        Returns:
            The rule, which counts its hits.
        """
        return self.add_fault(Fault(status=status, **fault), operation=operation, times=times)

    def expire_uploads(self, *, times: int = 1) -> Rule[Fault]:
        """Refuse the next uploads because their signed URL has expired."""
        return self.add_fault(Fault(status=400, body=_EXPIRED), operation=UPLOAD, times=times)

    def stale_reads(self, **when: Unpack[RuleOptions]) -> Rule[Fault]:
        """Answer reads from the state of this moment, whatever is written later.

        Args:
            **when: Which reads, as in `Rule`; the next one by default.

        Returns:
            The rule, which counts its hits.
        """
        self._call(self._state.freeze_reads)
        when.setdefault("method", "GET")
        return self.add_fault(Fault(stale=True), **when)

    def stall_training(
        self, message: str, *, entry: int | None = None, **when: Unpack[RuleOptions]
    ) -> Rule[TrainingFault]:
        """Let entries stay where they are, with an error that may pass.

        Args:
            message: The entry's error message.
            entry: The id of the entry; any when None.
            **when: Which entries, as in `Rule`, `operation` being the type of entry; the next step by default.

        Returns:
            The rule, which counts its hits.
        """
        return self._training_fault(TrainingFault(message=message, entry=entry), when)

    def fail_training(
        self, message: str, *, entry: int | None = None, **when: Unpack[RuleOptions]
    ) -> Rule[TrainingFault]:
        """Let entries end as UNPROCESSABLE.

        Args:
            message: The entry's error message.
            entry: The id of the entry; any when None.
            **when: Which entries, as in `Rule`, `operation` being the type of entry; the next step by default.

        Returns:
            The rule, which counts its hits.
        """
        return self._training_fault(TrainingFault(message=message, terminal=True, entry=entry), when)

    def _training_fault(self, fault: TrainingFault, when: Any) -> Rule[TrainingFault]:
        rule = Rule(fault=fault, **when)
        self._call(lambda: self._state.faults.training.append(rule))
        return rule

    def clear_faults(self) -> None:
        """Let everything go well again."""
        self._call(self._state.faults.clear)
