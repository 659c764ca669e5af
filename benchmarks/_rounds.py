"""Measures two ways of doing the same, so that what else the machine does meets both."""

import gc
import statistics
import time
from collections.abc import Callable

_CALLS = 25


def medians(ours: Callable[[], object], theirs: Callable[[], object], *, rounds: int) -> tuple[float, float]:
    """The median time of a call in microseconds, for each of two ways.

    They take turns by rounds of 25 calls, as a program calls one of them again and again: after each call of the
    other one the memory and the processor's caches would be in a state that no program meets. The first round of each
    does not count.

    Args:
        ours: One way.
        theirs: The other way.
        rounds: How many rounds of each count.
    """
    _round(ours)
    _round(theirs)
    our_times: list[float] = []
    their_times: list[float] = []
    for _ in range(rounds):
        our_times += _round(ours)
        their_times += _round(theirs)
    return statistics.median(our_times) * 1e6, statistics.median(their_times) * 1e6


def _round(way: Callable[[], object]) -> list[float]:
    gc.collect()
    times = []
    for _ in range(_CALLS):
        start = time.perf_counter()
        way()
        times.append(time.perf_counter() - start)
    return times
