"""Any cut file as one kind of timeline: what it shows in OTIO's terms, reframes as ours, and what it does not carry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange

from secondunit_bridge.errors import BadInput, NotFound, SecondUnitError, TooLarge
from secondunit_bridge.exchange.aaf import read_aaf
from secondunit_bridge.exchange.edl import read_edl
from secondunit_bridge.exchange.fcp7 import read_fcp7
from secondunit_bridge.exchange.otio_bundle import timeline_in_folder, timeline_in_zip
from secondunit_bridge.exchange.reframe import settle_effects
from secondunit_bridge.otio_file import LARGEST_FILE, media_path, otio_in, references
from secondunit_bridge.timing import Rate

Form = Literal["second unit", "resolve", "premiere", "otio", "fcp7", "edl", "aaf"]
SUFFIXES = (".otio", ".otioz", ".otiod", ".xml", ".edl", ".aaf")


@dataclass(frozen=True)
class CutFile:
    """A cut as somebody's editor wrote it. `notes` say what of it is not carried, in plain sentences."""

    timeline: otio.schema.Timeline
    form: Form
    notes: tuple[str, ...] = ()


def read_cut_file(path: Path, rate: Rate) -> CutFile:
    """Read a cut. `rate` is used where the file does not say its own (EDL).

    Media paths come back absolute where the file gives one. Raises NotFound, BadInput, TooLarge, NotReady (no AAF
    adapter).
    """
    kind = path.suffix.lower()
    if not path.exists():
        raise NotFound(f"There is no timeline {path.name}.", mend=f"It was looked for at {path}.")
    if kind not in SUFFIXES:
        raise BadInput(f"{path.name} is not a cut we can read.", mend=f"Export it as one of {', '.join(SUFFIXES)}.")
    if kind == ".otiod":
        path, kind = timeline_in_folder(path), ".otio"
    if kind in (".otio", ".otioz"):
        data = timeline_in_zip(path) if kind == ".otioz" else _bytes(path)
        timeline = otio_in(data, path.name, path.parent)
        form = _form(timeline)
        notes = _settle(timeline, form)
    elif kind == ".aaf":
        form: Form = "aaf"
        timeline, notes = read_aaf(path)
    else:
        form = "fcp7" if kind == ".xml" else "edl"
        text = _text(path)
        timeline, notes = read_fcp7(text) if kind == ".xml" else read_edl(text, rate)
    if form in ("aaf", "fcp7", "edl"):
        _resolve_paths(timeline, path.parent, notes)
    return CutFile(timeline, form, tuple(dict.fromkeys(notes)))


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_FILE:
        raise TooLarge(
            f"{path.name} is larger than {LARGEST_FILE >> 20} MB.", mend="Export only the sequence you need."
        )
    return path.read_bytes()


def _text(path: Path) -> str:
    """A text file in UTF-8, UTF-16 with its mark, or Latin-1, which old EDLs are in. Raises BadInput for a binary."""
    data = _bytes(path)
    for encoding in ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "latin-1"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadInput(f"{path.name} is not a text file.", mend="Export the cut again.")


def _form(timeline: otio.schema.Timeline) -> Form:
    stacks = (timeline.metadata, timeline.tracks.metadata, *(track.metadata for track in timeline.tracks))
    if any("PremierePro_OTIO" in each for each in stacks):
        return "premiere"
    if any("Resolve_OTIO" in each for each in stacks):
        return "resolve"
    return "second unit" if "secondunit" in timeline.metadata else "otio"


def _settle(timeline: otio.schema.Timeline, form: Form) -> list[str]:
    """Make a host's OTIO plain, in place."""
    notes: list[str] = []
    retimed = 0
    for clip in timeline.find_clips():
        notes += settle_effects(clip)
        if form == "premiere":
            retimed += _record_length(clip)
    if form in ("premiere", "resolve"):
        for track in timeline.tracks:
            track.effects.clear()  # mixer strips: faders and panners
    if retimed:
        notes.append(f"{retimed} retimed clips are read as Premiere writes them: their length in frames of the media.")
    return notes


def _record_length(clip: otio.schema.Clip) -> bool:
    """Premiere gives a retimed clip its length in frames of the media; OTIO means frames of the record."""
    speeds = [effect.time_scalar for effect in clip.effects if type(effect) is otio.schema.LinearTimeWarp]
    if speeds == [1.0]:
        clip.effects[:] = [each for each in clip.effects if not isinstance(each, otio.schema.LinearTimeWarp)]
        return False
    if len(speeds) != 1 or not speeds[0] or abs(speeds[0]) > 1000 or clip.source_range is None:
        return False
    span = clip.source_range
    length = max(1, round(span.duration.value / abs(speeds[0])))
    clip.source_range = TimeRange(span.start_time, RationalTime(length, span.duration.rate))
    return True


def _resolve_paths(timeline: otio.schema.Timeline, home: Path, notes: list[str]) -> None:
    """Make paths absolute; one that is none on this machine is left for the match to find, and said."""
    for reference in references(timeline):
        try:
            reference.target_url = str(media_path(reference.target_url, home))
        except SecondUnitError as fault:
            notes.append(fault.message)


def walk(value: Any, depth: int = 0) -> list[tuple[str, str]]:
    """(key, text) of every text and number in a metadata tree, eight levels deep at most."""
    if depth > 8:
        return []
    found: list[tuple[str, str]] = []
    if hasattr(value, "items"):
        for key, inner in value.items():
            if isinstance(inner, str | int | float) and not isinstance(inner, bool):
                found.append((str(key), str(inner)))
            else:
                found += walk(inner, depth + 1)
    elif hasattr(value, "__iter__") and not isinstance(value, str | bytes):
        for inner in value:
            found += [("", str(inner))] if isinstance(inner, str | int | float) else walk(inner, depth + 1)
    return found
