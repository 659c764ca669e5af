"""Prints the table of ratios; exit status 1 when one of them exceeds its limit."""

import sys

from rich.console import Console
from rich.table import Table

from benchmarks import calls, imports, regeneration

_BENCHMARKS = (imports, calls, regeneration)


def main() -> int:
    """Run all benchmarks, one after the other."""
    table = Table("what", "ours", "peer", "peer's", "ratio", "limit")
    holds = True
    for benchmark in _BENCHMARKS:
        for ratio in benchmark.measure():
            holds &= ratio.holds
            colour = "green" if ratio.holds else "red"
            figures = (f"{ratio.ours:.1f}", ratio.peer, f"{ratio.theirs:.1f}")
            table.add_row(ratio.what, *figures, f"[{colour}]{ratio.value:.2f}[/]", f"{ratio.limit:.2f}")
    Console().print(table)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
