"""The cues of a take with what editors have moved, and the moves themselves: kept with the shot, for every take of it.

A move is a number of frames by which a cue comes later than it happens by itself. It lies in `shots/sh010/
cue_moves.json`, so the next sound pass, the next cue sheet and the next markers all have it. A cue sheet says of each
cue by how much it has been moved already.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from secondunit_bridge.errors import BadInput, Unwritable
from secondunit_bridge.timeline import Cue
from secondunit_bridge.timing import Rate

MOVES = "cue_moves.json"
_LARGEST = 16 << 20  # bytes
_FARTHEST = 24 * 3600 * 120  # frames


@dataclass(frozen=True)
class CueMove:
    """By how many frames a cue comes later (earlier if negative), and what the editor wrote on its marker."""

    cue: str
    by: int
    note: str = ""


def read_moves(shot_folder: Path) -> dict[str, CueMove]:
    """The moves of a shot by cue id; none if nobody has moved anything. Raises BadInput for a damaged file."""
    path = shot_folder / MOVES
    if not path.is_file():
        return {}
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("too large")
        found = [
            CueMove(str(row["cue"]), int(row["by"]), str(row.get("note", "")))
            for row in json.loads(path.read_text("utf-8"))["moves"]
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise BadInput(
            f"{path} cannot be read.", mend="Mend it, or delete it: the cues go back to where they happen."
        ) from fault
    if any(abs(move.by) > _FARTHEST for move in found):
        raise BadInput(f"{path} moves a cue by more than a day.", mend="Mend it, or delete it.")
    return {move.cue: move for move in found}


def write_moves(shot_folder: Path, moves: Mapping[str, CueMove], rate: Rate) -> None:
    """Keep the moves of a shot, whole or not at all; without any the file goes. Raises Unwritable."""
    path = shot_folder / MOVES
    kept = [asdict(moves[cue]) for cue in sorted(moves) if moves[cue].by or moves[cue].note]
    try:
        if not kept:
            path.unlink(missing_ok=True)
            return
        part = path.with_suffix(".part")
        document = {"schema": 1, "shot": shot_folder.name, "rate": str(rate), "moves": kept}
        part.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")
        os.replace(part, path)
    except OSError as fault:
        raise Unwritable(
            f"{path} cannot be written: {fault.strerror}.", mend="Check the folder's permissions."
        ) from fault


def cue_rows(take_folder: Path) -> list[dict[str, Any]]:
    """The cues of a take as its sheet lists them, each where the editor has moved it. Raises BadInput.

    `start` counts from the take's first frame, handles and all; `moved` says by how much it was moved.
    """
    path = take_folder / "cues.json"
    if not path.is_file():
        return []
    moves = read_moves(take_folder.parent.parent)
    try:
        sheet = json.loads(path.read_text("utf-8"))
        rows = [dict(row) for row in sheet["cues"]]
        return [_moved(row, moves[row["id"]], sheet) if row["id"] in moves else row for row in rows]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise BadInput(
            f"The cue sheet {path} cannot be read.", mend="Shoot the take again, or move it away."
        ) from fault


def _moved(row: dict[str, Any], move: CueMove, sheet: Mapping[str, Any]) -> dict[str, Any]:
    by = move.by - int(row.get("moved", 0))
    rate = Rate.parse(str(sheet["rate"]))
    start = int(row["start"]["value"]) + by
    changed = {"start": dict(row["start"]) | {"value": start}, "moved": move.by}
    changed["timecode"] = rate.timecode(max(0, start))
    if "sample" in row:
        changed["sample"] = int(row["sample"]) + (rate.samples(by) if by >= 0 else -rate.samples(-by))
    if move.note:
        changed["editor_note"] = move.note
    return row | changed


def cues_of(take_folder: Path, head: int) -> tuple[Cue, ...]:
    """A take's cues for the timeline, counted from behind its head handle. Raises BadInput."""
    return tuple(
        Cue(
            str(row["id"]),
            str(row["kind"]),
            str(row["name"]),
            int(row["start"]["value"]) - head,
            int(row["duration"]["value"]),
        )
        for row in cue_rows(take_folder)
    )
