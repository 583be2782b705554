"""ADR and Foley sheets list what the cut shows, in its own timecode, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from secondunit_bridge.engine_tool import run_tool
from secondunit_bridge.exchange.cue_marker import CueMarker
from secondunit_bridge.exchange.spotting_sheet import COLUMNS, sheet_rows, to_csv
from secondunit_bridge.timing import Rate

LINE = CueMarker(
    "sh010:1:sh010-line-1", 86424, 48, "line", "CYAN", "dialogue", 24, "dialogue", "=2+2, “really”?", "MARA", 1, "guide"
)
BLOW = CueMarker("sh010:1:blow", 86430, 1, "cup strikes", "YELLOW", "", 30, "foley", "", "cup")
ROWS = {
    LINE.id: {"on_screen": False, "effort": True, "timing": "exact"},
    BLOW.id: {
        "camera_delay_samples": 4000, "materials": ["oak", "glass"], "impulse": 0.8, "azimuth": -14.04,
        "distance": 28.6, "confidence": "exact",
    },
}  # fmt: skip


def test_an_adr_sheet_has_a_row_a_line_with_what_the_stage_asks() -> None:
    rows = sheet_rows("adr", [LINE, BLOW], ROWS, Rate(24))
    (read,) = csv.DictReader(io.StringIO(to_csv("adr", rows)))
    assert (read["cue"], read["character"], read["reason"], read["priority"]) == ("101", "MARA", "guide", "1")
    assert (read["in"], read["out"]) == ("01:00:01:00", "01:00:03:00")
    assert (read["on screen"], read["effort"], read["guide"]) == ("off", "effort", "exact")
    assert read["line"] == "'=2+2, “really”?"  # no formula


def test_a_foley_sheet_has_the_time_at_contact_and_at_the_camera() -> None:
    (row,) = sheet_rows("foley", [LINE, BLOW], ROWS, Rate(24))
    read = dict(zip(COLUMNS["foley"], row, strict=True))
    assert (read["at contact"], read["at camera"]) == ("01:00:01:06", "01:00:01:08")
    assert (read["materials"], read["impulse N s"], read["azimuth"]) == ("oak, glass", "0.8", "-14.04")


def test_a_sheet_is_drawn_as_the_same_pdf_twice(tmp_path: Path) -> None:
    (tmp_path / "sheet.csv").write_text(to_csv("adr", sheet_rows("adr", [LINE] * 80, ROWS, Rate(24))), "utf-8")
    for name in ("one.pdf", "two.pdf"):
        run_tool("sound.sheet_pdf", str(tmp_path / "sheet.csv"), str(tmp_path / name), "ADR <sheet>")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert (tmp_path / "one.pdf").read_bytes().startswith(b"%PDF")
