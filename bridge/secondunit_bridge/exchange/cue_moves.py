"""Cues on a cut as markers, and an editor's markers as moves of the cues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import opentimelineio as otio
from opentimelineio.schema import Clip, Timeline

from secondunit_bridge.exchange.cue_marker import CueMarker
from secondunit_bridge.exchange.cue_sheet import CueMove, cue_rows, read_moves
from secondunit_bridge.exchange.match import clips_of, frames_in, match_cut
from secondunit_bridge.exchange.shelf import KnownTake, Shelf
from secondunit_bridge.otio_file import exact_rate
from secondunit_bridge.timeline import CUE_COLOURS, timeline_rate
from secondunit_bridge.timing import Rate


@dataclass(frozen=True)
class Moved:
    """What a list of markers says: the moves by shot (all of a shot's, old ones included), each change as
    (cue, frames), and what could not be taken, in plain sentences."""

    moves: dict[str, dict[str, CueMove]]
    changes: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]


def markers_of_cut(timeline: Timeline, shelf: Shelf, shot: str = "") -> list[CueMarker]:
    """A marker for every cue that a cut shows, in record order; `shot` asks for one shot's alone."""
    return [marker for marker, _ in _placed(timeline, shelf, shot)]


def _placed(timeline: Timeline, shelf: Shelf, shot: str = "") -> list[tuple[CueMarker, Fraction]]:
    """The markers of a cut, each with how many frames of its take pass in one of the record."""
    rate = timeline_rate(timeline)
    begin = timeline.global_start_time
    start = round(Fraction(begin.value) / exact_rate(begin.rate).fraction * rate.fraction) if begin else 0
    found: list[tuple[CueMarker, Fraction]] = []
    rows: dict[tuple[str, int], list[dict[str, Any]]] = {}
    known = [each for _, each, _ in match_cut(timeline, shelf)]
    for (clip, track, first, frames), take in zip(clips_of(timeline), known, strict=True):
        if take is None or track.kind != "Video" or shot not in ("", take.take.shot) or not clip.enabled:
            continue
        key = take.take.shot, take.take.number
        if key not in rows:
            rows[key] = cue_rows(take.take.manifest.parent)
        found += _on_clip(clip, take, rows[key], start + first, frames, rate)
    return sorted(found, key=lambda placed: (placed[0].frame, placed[0].id))


def _on_clip(
    clip: Clip, take: KnownTake, rows: Iterable[dict[str, Any]], record: int, frames: int, rate: Rate
) -> list[tuple[CueMarker, Fraction]]:  # fmt: skip
    begin, speed = frames_in(clip, take.take), speed_of(clip)
    if begin is None or speed <= 0:  # nothing happens at a time in a still, and all backwards in a reverse
        return []
    step = speed * take.take.rate.fraction / rate.fraction
    found = []
    for row in rows:
        local = int(row["start"]["value"])
        place = round((local - begin) / step)
        if 0 <= place < frames:
            length = max(1, round(int(row["duration"]["value"]) / step))
            found.append((_marker(row, take, record + place, min(length, frames - place), local), step))
    return found


def speed_of(clip: Clip) -> Fraction:
    speed = Fraction(1)
    for effect in clip.effects:
        if isinstance(effect, otio.schema.LinearTimeWarp):
            speed *= Fraction(float(effect.time_scalar)).limit_denominator(100_000)
    return speed


def _marker(row: dict[str, Any], take: KnownTake, frame: int, frames: int, local: int) -> CueMarker:
    kind, character = str(row["kind"]), str(row.get("source", ""))
    said = [kind, character, str(row.get("confidence", ""))]
    note = str(row.get("editor_note") or "") or " · ".join(part for part in said if part)
    text = str(row.get("text", "")) or (str(row["name"]) if kind == "dialogue" else "")
    return CueMarker(
        f"{take.take.shot}:{take.take.number}:{row['id']}", frame, frames, str(row["name"]),
        CUE_COLOURS.get(kind, "WHITE"), note, local, kind, text if kind == "dialogue" else "", character,
        int(row.get("priority", 0)), str(row.get("reason", "")),
    )  # fmt: skip


def moves_in(markers: Sequence[CueMarker], timeline: Timeline, shelf: Shelf) -> Moved:
    """By how much an editor has moved each cue, against where the cut shows it now.

    A marker on a clip says where in its take it lies; one on the timeline is held against the nearest use of the cue.
    Raises BadInput for a damaged file of the project.
    """
    expected: dict[str, list[tuple[CueMarker, Fraction]]] = defaultdict(list)
    for each, step in _placed(timeline, shelf):
        expected[each.id].append((each, step))
    deltas: dict[tuple[str, str], set[int]] = defaultdict(set)
    written: dict[tuple[str, str], str] = {}
    notes: list[str] = []
    strangers = 0
    for marker in markers:
        shot, _, rest = marker.id.partition(":")
        number, _, cue = rest.partition(":")
        if not cue:
            strangers += 1
            continue
        by = _moved_by(marker, expected.get(marker.id, []), shelf, shot, int(number) if number.isdigit() else 0, cue)
        if by is None:
            notes.append(f"The marker “{marker.name}” names {marker.id}, which is not in the cut or has no such cue.")
        else:
            deltas[shot, cue].add(by)
            if any(use.note != marker.note for use, _ in expected.get(marker.id, ())) and marker.note:
                written[shot, cue] = marker.note
    if strangers:
        notes.append(f"{strangers} markers are none of ours and were left alone.")
    return _gathered(deltas, written, shelf, notes)


def _moved_by(
    marker: CueMarker, uses: list[tuple[CueMarker, Fraction]], shelf: Shelf, shot: str, take: int, cue: str
) -> int | None:
    if marker.local is not None:
        known = shelf.take(shot, take)
        rows = cue_rows(known.take.manifest.parent) if known else []
        return next((marker.local - int(row["start"]["value"]) for row in rows if row["id"] == cue), None)
    if not uses:
        return None
    use, step = min(uses, key=lambda each: abs(each[0].frame - marker.frame))
    return round((marker.frame - use.frame) * step)


def _gathered(
    deltas: dict[tuple[str, str], set[int]], written: dict[tuple[str, str], str], shelf: Shelf, notes: list[str]
) -> Moved:  # fmt: skip
    moves: dict[str, dict[str, CueMove]] = {}
    changes: list[tuple[str, int]] = []
    for (shot, cue), found in sorted(deltas.items()):
        moved = found - {0}
        if len(moved) > 1:
            told = " and ".join(f"{by:+d}" for by in sorted(moved))
            notes.append(f"The cue {cue} of {shot} was moved by {told} frames in different places: it stays.")
        elif moved or (shot, cue) in written:
            by = moved.pop() if moved else 0
            kept = moves.setdefault(shot, read_moves(shelf.folder / "shots" / shot))
            before = kept.get(cue, CueMove(cue, 0))
            kept[cue] = CueMove(cue, before.by + by, written.get((shot, cue), before.note))
            changes.append((f"{shot}:{cue}", by))
    return Moved(moves, tuple(changes), tuple(notes))
