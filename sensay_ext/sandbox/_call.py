"""What a handler is given, and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sensay_ext.sandbox._database import Database
from sensay_ext.sandbox._document import Operation
from sensay_ext.sandbox._identity import Identity
from sensay_ext.sandbox._state import State

Reply = tuple[int, dict[str, Any] | None]


@dataclass(frozen=True)
class Call:
    """One validated request.

    Attributes:
        state: Everything the sandbox holds.
        database: What to read from and write to; an older copy when a fault makes reads stale.
        operation: The operation asked for.
        caller: Who asks; None when the operation is open to everyone.
        parameters: The path and query parameters that were given.
        body: The JSON body, empty without one.
        base_url: The address the caller reached this server at.
    """

    state: State
    database: Database
    operation: Operation
    caller: Identity | None
    parameters: Mapping[str, Any]
    body: dict[str, Any]
    base_url: str

    @property
    def identity(self) -> Identity:
        """Who asks, for operations that need to know."""
        if self.caller is None:
            raise RuntimeError(f"{self.operation.id} has no caller")
        return self.caller
