"""python -m benchmarks [NAME ...]: measure everything, or the named benchmarks, and print one table."""

from __future__ import annotations

import argparse
from importlib import import_module

from benchmarks.table import print_table

# Each is a module of this package with `measure() -> list[Row]`.
BENCHMARKS = ("planning", "frame_cost", "frame_handoff", "memory", "kills", "equal_quality")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    names = parser.parse_args().names or BENCHMARKS
    unknown = sorted(set(names) - set(BENCHMARKS))
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    print_table([row for name in names for row in import_module(f"benchmarks.{name}").measure()])


if __name__ == "__main__":
    main()
