"""Prints the table of ratios; exit status 1 when one of them exceeds its limit.

python -m benchmarks              all benchmarks
python -m benchmarks uploads      only those that are named
"""

import argparse
import sys

from rich.console import Console
from rich.table import Table

from benchmarks import calls, imports, regeneration, sandboxes, training, uploads, waiting

_BENCHMARKS = {
    module.__name__.rpartition(".")[2]: module
    for module in (imports, calls, regeneration, sandboxes, uploads, waiting, training)
}


def main(arguments: list[str] | None = None) -> int:
    """Run benchmarks, one after the other.

    Args:
        arguments: Names of benchmarks; those of the command line by default. All of them if there is none.
    """
    names = _names(arguments)
    table = Table("what", "ours", "peer", "peer's", "ratio", "limit")
    holds = True
    for name in names:
        for ratio in _BENCHMARKS[name].measure():
            holds &= ratio.holds
            colour = "green" if ratio.holds else "red"
            figures = (f"{ratio.ours:.1f}", ratio.peer, f"{ratio.theirs:.1f}")
            table.add_row(ratio.what, *figures, f"[{colour}]{ratio.value:.2f}[/]", f"{ratio.limit:.2f}")
    Console().print(table)
    return 0 if holds else 1


def _names(arguments: list[str] | None) -> list[str]:
    parser = argparse.ArgumentParser("python -m benchmarks", description="Speed and memory beside named peers.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"which to run: {', '.join(_BENCHMARKS)}")
    names: list[str] = parser.parse_args(arguments).names
    unknown = [name for name in names if name not in _BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(_BENCHMARKS)}")
    return names or list(_BENCHMARKS)


if __name__ == "__main__":
    sys.exit(main())
