"""The cuts of a timeline that exists, rolled onto the beats of a track.

A rolled cut gives to one clip what it takes from its neighbour: nothing else moves, and the timeline stays as long as
it was. A cut is left where it is if the media has no frames for it, or a transition lies on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange

_COLORS: Final = {"downbeat": "CYAN", "section": "GREEN", "build": "ORANGE", "drop": "RED"}


@dataclass(frozen=True)
class Rolled:
    """A cut: where it was and is [frames of the record], on which marker (empty: on none), how much later than this
    its frame is [ms], and why it stayed if it did."""

    before: int
    after: int
    marker: str
    residual_ms: float
    reason: str = ""


def roll_onto_beats(timeline: otio.schema.Timeline, markers: Sequence[dict[str, Any]], reach: int) -> list[Rolled]:
    """Roll the cuts of the first picture track to the nearest marker within `reach` frames; the timeline is changed.

    `markers` are those of the engine's music document, by frame from the start of the track.
    """
    by_frame: dict[int, dict[str, Any]] = {}
    for marker in markers:
        frame = marker["frame"]
        if frame not in by_frame or marker["kind"] in ("drop", "section"):
            by_frame[frame] = marker
    track = next(each for each in timeline.tracks if each.kind == otio.schema.TrackKind.Video)
    found: list[Rolled] = []
    at = 0
    for index, item in enumerate(track[:-1]):
        if isinstance(item, otio.schema.Transition):
            continue
        at += round(item.duration().value)
        found.append(_roll(track, index, at, by_frame, reach))
        at = found[-1].after
    for frame, marker in sorted(by_frame.items()):
        if marker["kind"] in _COLORS and frame < at:
            track.markers.append(_marker(marker, frame, track[0].duration().rate))
    return found


def _roll(track: otio.schema.Track, index: int, at: int, by_frame: dict[int, dict[str, Any]], reach: int) -> Rolled:
    left, right = track[index], track[index + 1]
    if not isinstance(right, otio.core.Item):
        return Rolled(at, at, "", 0.0, "a transition lies on it")
    near = sorted((frame for frame in by_frame if abs(frame - at) <= reach), key=lambda frame: (abs(frame - at), frame))
    if not near:
        return Rolled(at, at, "", 0.0, "no beat is near")
    for frame in near:
        by = frame - at
        if _may_move(left, 0, by) and _may_move(right, by, 0):
            _move(left, 0, by)
            _move(right, by, 0)
            marker = by_frame[frame]
            return Rolled(at, frame, marker["kind"], marker["residual_ms"])
    return Rolled(at, at, "", 0.0, "the media has no frames there")


def _may_move(item: otio.core.Item, head: int, tail: int) -> bool:
    """Whether an item may begin `head` and end `tail` frames later: it stays a frame long, and within its media."""
    used = item.trimmed_range()
    if used.duration.value - head + tail < 1:
        return False
    if isinstance(item, otio.schema.Gap):
        return True
    if not isinstance(item, otio.schema.Clip) or item.effects:
        return False  # a retime or a reframe has its own clock
    available = item.media_reference.available_range if item.media_reference else None
    if available is None:
        return False
    rate = used.duration.rate
    low, high = (time.rescaled_to(rate).value for time in (available.start_time, available.end_time_exclusive()))
    return low <= used.start_time.value + head and used.end_time_exclusive().value + tail <= high


def _move(item: otio.core.Item, head: int, tail: int) -> None:
    used = item.trimmed_range()
    rate = used.duration.rate
    length = used.duration.value - head + tail
    item.source_range = TimeRange(RationalTime(used.start_time.value + head, rate), RationalTime(length, rate))


def _marker(marker: dict[str, Any], frame: int, rate: float) -> otio.schema.Marker:
    known = {name: marker[name] for name in ("kind", "sample", "bar", "beat", "confidence", "residual_ms")}
    return otio.schema.Marker(
        f"{marker['kind']} {marker['bar']}.{marker['beat']}",
        TimeRange(RationalTime(frame, rate), RationalTime(1, rate)),
        _COLORS[marker["kind"]],
        {"secondunit": known},
    )
