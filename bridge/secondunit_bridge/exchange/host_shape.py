"""A conformed cut given back to its editor, as an OTIO in the very shape that the host writes and therefore reads.

Resolve imports nothing, without a word, unless source frames are timecode-absolute, clips are `Clip.2` with
`media_references`, media paths are bare, tracks are called "Video 1", the timeline has a `global_start_time` and a
`Resolve_OTIO` dictionary (measured by others, 19.1 to 21.0.4). Premiere takes file URLs, counts a retimed clip in
frames of its media, and has the frame's size on the stack. Neither has been tried inside the host itself.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange
from opentimelineio.schema import Clip, ExternalReference, Gap, Timeline, Track

from secondunit_bridge.cut import Reframe
from secondunit_bridge.exchange.reframe import reframe_of
from secondunit_bridge.otio_file import exact_rate
from secondunit_bridge.timeline import KEY, PICTURE, timeline_rate

Host = Literal["resolve", "premiere", "otio"]
HOSTS: tuple[Host, ...] = ("resolve", "premiere", "otio")
_ZOOM = {"maxValue": 100.0, "minValue": 0.0}
_MOVE = {"maxValue": 4.0, "minValue": -4.0}


def shaped_for(timeline: Timeline, host: Host, size: tuple[int, int]) -> tuple[Timeline, list[str]]:
    """A new timeline in the host's shape, and what of ours it cannot carry. `size` is the frame in pixels."""
    timeline = timeline.deepcopy()
    notes: list[str] = []
    if host == "otio":
        return timeline, notes
    if timeline.global_start_time is None:
        timeline.global_start_time = RationalTime(0, float(timeline_rate(timeline).fraction))
    counts = {"Video": 0, "Audio": 0}
    for track in timeline.tracks:
        if isinstance(track, Track):
            counts[track.kind] = counts.get(track.kind, 0) + 1
            track.name = f"{track.kind} {counts[track.kind]}"
            _shape_track(track, host)
    for clip in timeline.find_clips():
        _shape_media(clip, host)
        notes += _shape_effects(clip, host, size)
        _shape_ids(clip, host)
    _shape_timeline(timeline, host, size)
    if any(isinstance(item, otio.schema.Stack) for track in timeline.tracks for item in track):
        notes.append(f"Nested sequences are written as they are; {host.capitalize()} has not been tried with them.")
    return timeline, list(dict.fromkeys(notes))


def _shape_timeline(timeline: Timeline, host: Host, size: tuple[int, int]) -> None:
    for key in [key for key in timeline.metadata if key not in _kept(host)]:
        del timeline.metadata[key]
    if host == "resolve":
        timeline.metadata["Resolve_OTIO"] = {"Resolve OTIO Meta Version": "1.0"}
        return
    timeline.metadata["PremierePro_OTIO"] = {"MetadataVersion": "1.0"}
    timeline.tracks.metadata["PremierePro_OTIO"] = {
        "AudioFrameRate": 48000.0, "PixelAspectRatio": {"denominator": 1.0, "numerator": 1.0},
        "VideoFrameRate": float(timeline_rate(timeline).fraction),
        "VideoResolution": {"width": size[0], "height": size[1]},
    }  # fmt: skip


def _kept(host: Host) -> tuple[str, ...]:
    return (KEY, "Resolve_OTIO" if host == "resolve" else "PremierePro_OTIO")


def _shape_track(track: Track, host: Host) -> None:
    if host == "resolve":
        audio = {"Audio Type": "Stereo", "SoloOn": False} if track.kind == "Audio" else {}
        track.metadata["Resolve_OTIO"] = {"Locked": False, **audio}
    empty = [item for item in track if isinstance(item, Gap) and item.duration().value == 0]
    for item in empty:
        track.remove(item)


def _shape_media(clip: Clip, host: Host) -> None:
    """One reference under the usual key: a bare path for Resolve, a file URL for Premiere; range and trim absolute."""
    media = clip.media_reference
    if not isinstance(media, ExternalReference) or not media.target_url:
        return
    path = Path(media.target_url)
    media.target_url = path.as_posix() if host == "resolve" else path.absolute().as_uri()
    media.name = path.name
    clip.set_media_references({PICTURE: media.deepcopy()}, PICTURE)


def _shape_effects(clip: Clip, host: Host, size: tuple[int, int]) -> list[str]:
    kept: list[Any] = []
    notes: list[str] = []
    for effect in clip.effects:
        reframe = reframe_of((effect,))
        if reframe is not None:
            kept.append(_resolve_transform(reframe) if host == "resolve" else _premiere_motion(reframe))
        elif isinstance(effect, otio.schema.LinearTimeWarp):
            if effect.time_scalar != 1:
                kept.append(effect)
                if host == "premiere":
                    _media_length(clip, float(effect.time_scalar))
        else:
            notes.append(f"The effect “{effect.effect_name or effect.name}” on {clip.name} is left out.")
    clip.effects[:] = kept
    return notes


def _media_length(clip: Clip, speed: float) -> None:
    if clip.source_range is not None and speed:
        span = clip.source_range
        length = Fraction(span.duration.value) / exact_rate(span.duration.rate).fraction * abs(Fraction(speed))
        frames = round(length * exact_rate(span.start_time.rate).fraction)
        clip.source_range = TimeRange(span.start_time, RationalTime(max(1, frames), span.start_time.rate))


def _resolve_transform(reframe: Reframe) -> otio.schema.Effect:
    named = {
        "transformationZoomX": (reframe.zoom_x, 1.0, _ZOOM), "transformationZoomY": (reframe.zoom_y, 1.0, _ZOOM),
        "transformationPan": (reframe.x, 0.0, _MOVE), "transformationTilt": (reframe.y, 0.0, _MOVE),
        "transformationRotationAngle": (reframe.turn, 0.0, {"maxValue": 360.0, "minValue": -360.0}),
    }  # fmt: skip
    parameters = [
        {"Parameter ID": name, "Parameter Value": value, "Default Parameter Value": usual, "Key Frames": {},
         "Variant Type": "Double", **bounds}
        for name, (value, usual, bounds) in named.items() if value != usual
    ]  # fmt: skip
    told = {"Effect Name": "Transform", "Enabled": True, "Name": "Transform", "Parameters": parameters, "Type": 2}
    return otio.schema.Effect("", "Resolve Effect", {"Resolve_OTIO": told})


def _premiere_motion(reframe: Reframe) -> otio.schema.Effect:
    """Motion with scales in per cent. The media of a take is as large as the frame it was shot for."""
    values: dict[str, Any] = {
        "Position": {"X": 0.5 + reframe.x, "Y": 0.5 - reframe.y}, "Scale": reframe.zoom_y * 100,
        "Scale Width": reframe.zoom_x * 100, " ": reframe.zoom_x == reframe.zoom_y, "Rotation": -reframe.turn,
    }  # fmt: skip
    start = {"OTIO_SCHEMA": "RationalTime.1", "rate": 30.0, "value": -10800000.0}  # its mark for “from the beginning”
    parameters = [
        {"DisplayName": name, "ID": number, "StartValue": {"Position": start, "Value": value}}
        for number, (name, value) in enumerate(values.items(), start=1)
    ]
    told = {"IsIntrinsic": True, "MatchName": "AE.ADBE Motion", "Parameters": parameters}
    return otio.schema.Effect("", "Motion", {"PremierePro_OTIO": told})


def _shape_ids(clip: Clip, host: Host) -> None:
    """Ids stay, in a small dictionary of ours and in the markers' notes; the list of takes is ours alone."""
    ours = clip.metadata.get(KEY)
    facts = {key: ours[key] for key in ("shot", "take") if key in ours} if ours is not None else {}
    for key in [key for key in clip.metadata if key not in _kept(host)]:
        del clip.metadata[key]
    if facts:
        clip.metadata[KEY] = facts
    for marker in clip.markers:
        own = marker.metadata.get(KEY)
        if own is None or not facts:
            continue
        note = f"{own.get('kind', '')} secondunit:{facts['shot']}:{facts['take']}:{own.get('id', '')}".strip()
        marker.comment = note
        if host == "resolve":
            marker.metadata["Resolve_OTIO"] = {"Keywords": [], "Note": note}
