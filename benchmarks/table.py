"""One table for all benchmarks: what was measured, the figure, its unit, and the bar it is held to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    what: str
    figure: str
    unit: str
    bar: str = ""


def print_table(rows: Sequence[Row]) -> None:
    """Print the rows as a Markdown table."""
    print("| what | measured | unit | bar |\n| --- | --- | --- | --- |")
    for row in rows:
        print(f"| {row.what} | {row.figure} | {row.unit} | {row.bar} |", flush=True)
