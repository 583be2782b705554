"""A CSV sheet as a PDF for the stage: python -m secondunit_engine.sound.sheet_pdf SHEET.csv SHEET.pdf TITLE.

No date is written: the same sheet gives the same bytes.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

_CELL: Final = ParagraphStyle("cell", fontName="Helvetica", fontSize=7.5, leading=9)
_HEAD: Final = ParagraphStyle("head", parent=_CELL, fontName="Helvetica-Bold", textColor=colors.white)
_TITLE: Final = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=13, leading=17)
_WIDE: Final = {"line": 4.0, "note": 2.4, "reason": 2.0, "what": 2.2, "materials": 2.2, "character": 1.6, "who": 1.6}
_NARROW: Final = {"cue": 0.8, "priority": 0.9, "on screen": 1.0, "effort": 0.8, "frames": 0.8}


def draw_sheet(rows: list[list[str]], path: Path, title: str) -> None:
    """Draw a sheet; its first row is the heading, which stands on each page."""
    page = landscape(A4)
    shares = [_WIDE.get(name, _NARROW.get(name, 1.3)) for name in rows[0]]
    room = page[0] - 20 * mm
    table = Table(
        [[Paragraph(escape(cell), _HEAD if not at else _CELL) for cell in row] for at, row in enumerate(rows)],
        colWidths=[room * share / sum(shares) for share in shares],
        repeatRows=1,
    )
    table.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, 0), colors.Color(0.16, 0.18, 0.22)),
                ("ROWBACKGROUNDS", (0, 1), (-1, -1), (colors.white, colors.Color(0.94, 0.95, 0.97))),
                ("LINEBELOW", (0, 0), (-1, -1), 0.25, colors.Color(0.75, 0.77, 0.8)),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 2.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
            ]
        )
    )
    part = path.with_name(f".{path.name}.part")
    document = SimpleDocTemplate(
        str(part), pagesize=page, title=title, author="Second Unit", invariant=1,
        leftMargin=10 * mm, rightMargin=10 * mm, topMargin=10 * mm, bottomMargin=10 * mm,
    )  # fmt: skip
    document.build([Paragraph(escape(title), _TITLE), Spacer(1, 3 * mm), table])
    part.replace(path)


def main(sheet: str, pdf: str, title: str) -> None:
    with Path(sheet).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    draw_sheet(rows, Path(pdf), title)
    json.dump({"pdf": pdf, "rows": len(rows) - 1}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:4])
