"""The shot list: one row a shot, as a first assistant director reads it; as CSV and as rows of the board."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from secondunit_engine.planning.plan import ShotPlan

COLUMNS = ("shot", "scene", "heading", "setup", "size", "lens", "stop", "angle", "move", "rig", "subject", "length",
           "what happens", "stunts", "why")  # fmt: skip


def shot_rows(shots: Sequence[ShotPlan]) -> list[tuple[str, ...]]:
    """A row of words for each shot, in the order of COLUMNS."""
    return [_row(shot) for shot in shots]


def _row(shot: ShotPlan) -> tuple[str, ...]:
    camera = shot.camera
    happens = " / ".join(" ".join(beat.text.split()) for beat in shot.beats)
    seconds = float(shot.rate.seconds(shot.frames))
    return (
        shot.id, shot.scene, shot.heading, camera.setup, camera.size, camera.lens_said, f"T{camera.t_stop:g}",
        camera.angle, camera.move, camera.rig, camera.subject, f"{seconds:.1f} s", happens,
        ", ".join(dict.fromkeys(mark.kind for mark in shot.stunts)), camera.why,
    )  # fmt: skip


def to_csv(shots: Sequence[ShotPlan]) -> str:
    """The shot list as CSV (RFC 4180). A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in shot_rows(shots):
        writer.writerow([f"'{cell}" if cell[:1] in "=+-@" and cell else cell for cell in row])
    return out.getvalue()
