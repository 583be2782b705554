"""A timeline of the fake Resolve as the OTIO that Resolve writes: effect slots on every clip, absolute timecode."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

_SLOTS = ("Transform", "Cropping", "Dynamic Zoom", "Composite", "Lens Correction", "Retime and Scaling", "Video Faders")
_NTSC = {"23.976": Fraction(24000, 1001), "29.97": Fraction(30000, 1001)}


def exported(timeline: Any, world: Any) -> dict[str, Any]:
    """The document. Custom data of markers is not in it; Resolve leaves it out."""
    said = world.settings["timelineFrameRate"]
    rate = float(_NTSC.get(said) or Fraction(said))
    start = int(timeline.GetStartFrame())
    children = []
    for kind in ("video", "audio"):
        for number, row in enumerate(timeline._tracks[kind], start=1):
            items, place = [], start
            for item in sorted(row, key=lambda item: item._start):
                if item._start > place:
                    items.append(_gap(item._start - place, rate))
                items.append(_clip(item, world, rate))
                place = item._start + item._frames
            children.append(_track(kind, number, items))
    stack = {"OTIO_SCHEMA": "Stack.1", "name": "", "metadata": {}, "source_range": None, "effects": [], "markers": [],
             "enabled": True, "children": children}  # fmt: skip
    return {
        "OTIO_SCHEMA": "Timeline.1", "name": timeline._name, "global_start_time": _time(start, rate),
        "metadata": {"Resolve_OTIO": {"Resolve OTIO Meta Version": "1.0"}}, "tracks": stack,
    }  # fmt: skip


def _track(kind: str, number: int, items: list[dict[str, Any]]) -> dict[str, Any]:
    name = "Video" if kind == "video" else "Audio"
    return {
        "OTIO_SCHEMA": "Track.1", "name": f"{name} {number}", "kind": name, "source_range": None, "effects": [],
        "metadata": {"Resolve_OTIO": {"Locked": False}}, "markers": [], "enabled": True, "children": items,
    }  # fmt: skip


def _clip(item: Any, world: Any, rate: float) -> dict[str, Any]:
    first = int(3600 * round(rate))
    effects = [
        {"OTIO_SCHEMA": "Effect.1", "name": "", "effect_name": "Resolve Effect", "enabled": True,
         "metadata": {"Resolve_OTIO": {"Effect Name": name, "Enabled": True, "Name": name, "Parameters": []}}}
        for name in _SLOTS
    ]  # fmt: skip
    media = {
        "OTIO_SCHEMA": "ExternalReference.1", "name": item.GetName(), "metadata": {}, "available_image_bounds": None,
        "target_url": item._media._path, "available_range": _range(first, world.lengths[item._media._path], rate),
    }  # fmt: skip
    return {
        "OTIO_SCHEMA": "Clip.2", "name": item.GetName(), "metadata": {"Resolve_OTIO": {}}, "effects": effects,
        "source_range": _range(first + item._left, item._frames, rate), "enabled": True, "markers": [],
        "media_references": {"DEFAULT_MEDIA": media}, "active_media_reference_key": "DEFAULT_MEDIA",
    }  # fmt: skip


def _gap(frames: int, rate: float) -> dict[str, Any]:
    return {
        "OTIO_SCHEMA": "Gap.1", "name": "", "metadata": {}, "source_range": _range(0, frames, rate), "effects": [],
        "markers": [], "enabled": True,
    }  # fmt: skip


def _range(start: int, frames: int, rate: float) -> dict[str, Any]:
    return {"OTIO_SCHEMA": "TimeRange.1", "start_time": _time(start, rate), "duration": _time(frames, rate)}


def _time(value: int, rate: float) -> dict[str, Any]:
    return {"OTIO_SCHEMA": "RationalTime.1", "value": float(value), "rate": rate}
