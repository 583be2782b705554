"""ADR and Foley sheets of a cut: what is to be recorded, where it lies in the record, and why; as CSV.

A row of each cue that the cut shows; its place is the record's timecode, the rest is as the take's cue sheet says.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from secondunit_bridge.exchange.cue_marker import CueMarker
from secondunit_bridge.timing import Rate

Kind = Literal["adr", "foley"]
COLUMNS: Mapping[Kind, tuple[str, ...]] = {
    "adr": ("cue", "character", "line", "reason", "in", "out", "priority", "on screen", "effort", "guide", "note"),
    "foley": (
        "cue", "what", "who", "at contact", "at camera", "frames", "materials", "impulse N s", "speed m/s",
        "azimuth", "elevation", "distance m", "confidence",
    ),
}  # fmt: skip
_CUE_KIND: Mapping[Kind, str] = {"adr": "dialogue", "foley": "foley"}


def sheet_rows(
    kind: Kind, markers: Sequence[CueMarker], rows: Mapping[str, Mapping[str, Any]], rate: Rate
) -> list[tuple[str, ...]]:
    """The rows of a sheet. `rows` are those of the takes' cue sheets by the markers' ids."""
    wanted = [each for each in markers if each.kind == _CUE_KIND[kind]]
    make = _adr_row if kind == "adr" else _foley_row
    return [make(number, each, rows.get(each.id, {}), rate) for number, each in enumerate(wanted, start=1)]


def to_csv(kind: Kind, rows: Sequence[tuple[str, ...]]) -> str:
    """A sheet as CSV; a cell that a spreadsheet would take for a formula is quoted as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS[kind])
    writer.writerows([_as_text(cell) for cell in row] for row in rows)
    return out.getvalue()


def _as_text(cell: str) -> str:
    looks_like_number = cell.lstrip("+-").replace(".", "", 1).isdigit()
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") and not looks_like_number else cell


def _adr_row(number: int, each: CueMarker, row: Mapping[str, Any], rate: Rate) -> tuple[str, ...]:
    return (
        f"{100 + number}", each.character, each.line, each.reason, rate.timecode(each.frame),
        rate.timecode(each.frame + each.frames), str(each.priority or ""),
        "on" if row.get("on_screen", True) else "off", "effort" if row.get("effort") else "",
        str(row.get("timing", "none")), each.note,
    )  # fmt: skip


def _foley_row(number: int, each: CueMarker, row: Mapping[str, Any], rate: Rate) -> tuple[str, ...]:
    later = round(int(row.get("camera_delay_samples", 0)) * rate.fraction / 48000)
    measured = (row.get(name) for name in ("impulse", "speed", "azimuth", "elevation", "distance"))
    return (
        f"F{number:03d}", each.name, each.character, rate.timecode(each.frame), rate.timecode(each.frame + later),
        str(each.frames), ", ".join(row.get("materials", ())), *(_figure(value) for value in measured),
        str(row.get("confidence", "")),
    )  # fmt: skip


def _figure(value: Any) -> str:
    return "" if value is None else f"{float(value):.2f}".rstrip("0").rstrip(".")
