"""python -m benchmarks [NAME ...]: measure everything, or the named benchmarks, and print one table."""

from __future__ import annotations

import argparse
import os
from importlib import import_module

from benchmarks.table import print_table

# Each is a module of this package with `measure() -> list[Row]`.
BENCHMARKS = (
    "planning", "stories", "sets", "layout", "scenes", "prompts", "frames", "frame_cost", "frame_handoff", "memory",
    "kills", "handover", "conforming", "equal_quality", "analytic", "heaps", "watermark", "beats",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--prompts", metavar="DIR", help="where the public prompt sets lie, for the benchmark prompts")
    asked = parser.parse_args()
    if asked.prompts:
        os.environ["SECONDUNIT_PROMPTS"] = asked.prompts
    names = asked.names or BENCHMARKS
    unknown = sorted(set(names) - set(BENCHMARKS))
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    print_table([row for name in names for row in import_module(f"benchmarks.{name}").measure()])


if __name__ == "__main__":
    main()
