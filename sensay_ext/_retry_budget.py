"""Keeps a dead server from being asked three times as often as a healthy one."""

from __future__ import annotations

from threading import Lock

__all__ = ["RetryBudget"]

_CAPACITY = 500
_COST = 14
_REWARD = 1


class RetryBudget:
    """A token bucket that all calls of a client share.

    A retry costs tokens and gets them back when it succeeds; a call that succeeds at once earns one. When the bucket is
    empty, failures are reported without a retry. Safe to share between threads.

    Args:
        capacity: Tokens at the start, and at most.
        cost: Tokens that a retry costs.
    """

    def __init__(self, capacity: int = _CAPACITY, cost: int = _COST) -> None:
        self._capacity = capacity
        self._cost = cost
        self._tokens = capacity
        self._lock = Lock()

    @property
    def tokens(self) -> int:
        """Tokens left."""
        return self._tokens

    def take(self) -> bool:
        """Pay for one retry; False when there is not enough left."""
        with self._lock:
            if self._tokens < self._cost:
                return False
            self._tokens -= self._cost
            return True

    def succeeded(self, *, retried: bool) -> None:
        """Note a call that went well, at once or after a retry."""
        with self._lock:
            self._tokens = min(self._capacity, self._tokens + (self._cost if retried else _REWARD))
