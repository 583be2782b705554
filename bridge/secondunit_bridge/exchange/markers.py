"""Cues as an editor's markers: one list, in and out of EDL, CSV, FCP7 XML, OTIO and Pro Tools session text.

Every format carries time, length, name, colour, note and id. Where a format has no place for the id it ends the note:
"step on gravel secondunit:sh010:2:f1".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange
from opentimelineio.schema import Clip, Stack, Timeline, Track

from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_bridge.exchange import colours, marker_text, pro_tools
from secondunit_bridge.exchange.cue_marker import MOST_MARKERS, CueMarker, split_note, with_id
from secondunit_bridge.exchange.read_cut_file import read_cut_file
from secondunit_bridge.otio_file import exact_rate
from secondunit_bridge.timing import Rate

__all__ = ["FORMATS", "CueMarker", "markers_in", "read_markers", "write_markers"]

FORMATS = (".edl", ".csv", ".xml", ".otio", ".txt")


def write_markers(path: Path, markers: Sequence[CueMarker], rate: Rate, start: int, *, drop: bool = False) -> None:
    """Write markers in the format of the path's suffix, whole or not at all. `start` is the cut's first frame number.

    `drop` writes drop-frame timecode. Raises BadInput (unknown format, a rate the format has not), TooLarge.
    """
    if len(markers) > MOST_MARKERS:
        raise TooLarge(f"There are {len(markers)} markers.", mend=f"Keep to {MOST_MARKERS}.")
    writers: dict[str, Callable[[], str]] = {
        ".edl": lambda: marker_text.to_edl(markers, rate, path.stem, drop=drop),
        ".csv": lambda: marker_text.to_csv(markers, rate, drop=drop),
        ".txt": lambda: pro_tools.to_session(markers, rate, start, path.stem, drop=drop),
        ".xml": lambda: _to_fcp7(markers, rate, start, path.stem),
        ".otio": lambda: _to_otio(markers, rate, start, path.stem).to_json_string(indent=2) + "\n",
    }
    if path.suffix.lower() not in writers:
        raise BadInput(f"Markers are not written as {path.suffix or 'a file without a suffix'}.", mend=_mend())
    text = writers[path.suffix.lower()]()
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", newline="")
    part.replace(path)


def read_markers(path: Path, rate: Rate) -> list[CueMarker]:
    """The markers of a file, by time. Those on clips know where in the take they lie (`local`).

    Raises NotFound, BadInput, TooLarge.
    """
    kind = path.suffix.lower()
    if kind in (".csv", ".txt", ".edl"):
        text = marker_text.text_of(path)
        readers = {".csv": marker_text.from_csv, ".txt": pro_tools.from_session, ".edl": marker_text.from_edl}
        found = readers[kind](text, rate)
    elif kind in FORMATS or kind == ".otioz":
        found = markers_in(read_cut_file(path, rate).timeline, rate)
    else:
        raise BadInput(f"{path.name} is not a list of markers we can read.", mend=_mend())
    if len(found) > MOST_MARKERS:
        raise TooLarge(f"{path.name} has {len(found)} markers.", mend=f"Keep to {MOST_MARKERS}.")
    return sorted(found, key=lambda marker: (marker.frame, marker.id, marker.name))


def _mend() -> str:
    return f"Use one of {', '.join(FORMATS)}."


def markers_in(timeline: Timeline, rate: Rate) -> list[CueMarker]:
    """The markers of a timeline, of its tracks and of its clips, as record frame numbers."""
    begin = timeline.global_start_time
    start = _frames(begin, rate) if begin is not None else 0
    found = [
        _marker(each, _absolute(_frames(each.marked_range.start_time, rate), start), rate)
        for each in timeline.tracks.markers
    ]
    for track in timeline.tracks:
        place = Fraction(0)
        for item in track if isinstance(track, Track) else ():
            if isinstance(item, otio.schema.Transition):
                continue
            length = item.source_range.duration if item.source_range else item.duration()
            for clip in (
                [item] if isinstance(item, Clip) else item.find_clips() if isinstance(item, Stack | Track) else ()
            ):
                found += _of_clip(clip, start + round(place * rate.fraction), rate)
            place += Fraction(length.value) / exact_rate(length.rate).fraction
    return found


def _of_clip(clip: Clip, record: int, rate: Rate) -> list[CueMarker]:
    span = clip.source_range
    available = clip.media_reference.available_range if clip.media_reference is not None else None
    found = []
    for each in clip.markers:
        at = each.marked_range.start_time
        first = _frames(span.start_time, rate) if span is not None else 0
        origin = _frames(available.start_time, rate) if available is not None else None
        found.append(
            _marker(
                each, record + _frames(at, rate) - first, rate, None if origin is None else _frames(at, rate) - origin
            )
        )
    return found


def _absolute(frame: int, start: int) -> int:
    """A timeline marker's frame: some hosts count from the timeline's start, some in timecode."""
    return frame if frame >= start else start + frame


def _marker(each: otio.schema.Marker, frame: int, rate: Rate, local: int | None = None) -> CueMarker:
    told = each.metadata.get("Resolve_OTIO", {})
    said = told.get("Note", "") if hasattr(told, "get") else ""
    note, found = split_note(each.comment or str(said))
    ours = each.metadata.get("secondunit", {})
    found = str(ours.get("marker", "")) if hasattr(ours, "get") and "marker" in ours else found
    length = max(1, _frames(each.marked_range.duration, rate))
    return CueMarker(found, frame, length, each.name, str(each.color or "RED").upper(), note, local=local)


def _frames(time: RationalTime, rate: Rate) -> int:
    return round(Fraction(time.value) / exact_rate(time.rate).fraction * rate.fraction)


def _to_otio(markers: Sequence[CueMarker], rate: Rate, start: int, name: str) -> Timeline:
    per_second = float(rate.fraction)
    timeline = Timeline(name, global_start_time=RationalTime(start, per_second))
    timeline.metadata["secondunit"] = {"schema": 1, "rate": str(rate)}
    end = max((each.frame + each.frames for each in markers), default=start + 1)
    empty = otio.schema.Gap(
        source_range=TimeRange(RationalTime(0, per_second), RationalTime(max(1, end - start), per_second))
    )
    timeline.tracks.append(Track("Video 1", [empty], kind="Video"))
    for each in markers:
        span = TimeRange(RationalTime(each.frame, per_second), RationalTime(each.frames, per_second))
        marker = otio.schema.Marker(each.name, span, each.colour)
        marker.comment = with_id(each)
        marker.metadata["Resolve_OTIO"] = {"Keywords": [], "Note": marker.comment}
        if each.id:
            marker.metadata["secondunit"] = {"marker": each.id}
        timeline.tracks.markers.append(marker)
    return timeline


def _to_fcp7(markers: Sequence[CueMarker], rate: Rate, start: int, name: str) -> str:
    """A sequence with nothing on it but markers, their colour in Premiere's number as well."""
    root = ElementTree.Element("xmeml", version="5")
    sequence = ElementTree.SubElement(root, "sequence", id="markers")
    end = max((each.frame + each.frames for each in markers), default=start + 1)
    for tag, value in (("name", name), ("duration", end - start)):
        ElementTree.SubElement(sequence, tag).text = str(value)
    _rate(sequence, rate)
    timecode = ElementTree.SubElement(sequence, "timecode")
    _rate(timecode, rate)
    for tag, value in (("string", rate.timecode(start)), ("frame", start), ("displayformat", "NDF")):
        ElementTree.SubElement(timecode, tag).text = str(value)
    ElementTree.SubElement(ElementTree.SubElement(ElementTree.SubElement(sequence, "media"), "video"), "track")
    for each in markers:
        marker = ElementTree.SubElement(sequence, "marker")
        red, green, blue = colours.OTIO.get(each.colour, colours.OTIO["RED"])
        parts = (("name", each.name), ("comment", with_id(each)), ("in", each.frame - start))
        for tag, value in (*parts, ("out", each.frame - start + each.frames)):
            ElementTree.SubElement(marker, tag).text = str(value)
        ElementTree.SubElement(marker, "pproColor").text = str(colours.premiere_number(each.colour))
        colour = ElementTree.SubElement(marker, "color")
        for tag, value in (("alpha", 255), ("red", red), ("green", green), ("blue", blue)):
            ElementTree.SubElement(colour, tag).text = str(value)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>\n{ElementTree.tostring(root, "unicode")}\n'


def _rate(element: ElementTree.Element, rate: Rate) -> None:
    found = ElementTree.SubElement(element, "rate")
    ElementTree.SubElement(found, "timebase").text = str(rate.nominal)
    ElementTree.SubElement(found, "ntsc").text = "TRUE" if rate.denominator == 1001 else "FALSE"
