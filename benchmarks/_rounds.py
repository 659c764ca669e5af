"""Measures two ways of doing the same, so that what else the machine does meets both."""

import gc
import statistics
import time
from collections.abc import Callable

_CALLS = 25


def typical(ours: Callable[[], object], theirs: Callable[[], object], *, rounds: int) -> tuple[float, float]:
    """The median time of a call in microseconds, for each of two ways, in a typical pair of rounds.

    They take turns by rounds of 25 calls, as a program calls one of them again and again: after each call of the
    other one the memory and the processor's caches would be in a state that no program meets. The first round of each
    does not count. A round is compared with its neighbour alone, which met the same load; typical is the pair whose
    ratio is the median of all.

    Args:
        ours: One way.
        theirs: The other way.
        rounds: How many rounds of each count.
    """
    _round(ours)
    _round(theirs)
    pairs = [(_round(ours), _round(theirs)) for _ in range(rounds)]
    ordered = sorted(pairs, key=lambda pair: pair[0] / pair[1])
    our_time, their_time = ordered[rounds // 2]
    return our_time * 1e6, their_time * 1e6


def _round(way: Callable[[], object]) -> float:
    gc.collect()
    times = []
    for _ in range(_CALLS):
        start = time.perf_counter()
        way()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
