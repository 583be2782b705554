"""Which take a clip of somebody's cut is, how we know, and how surely.

Looked at in this order: our id (metadata, a marker, third-party metadata), the media file, reel and timecode, the name.
Where the id and the media file name two takes of one shot, the file is what the editor saw and wins; that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path, PurePosixPath
from typing import Any, Literal

import opentimelineio as otio
from opentimelineio.schema import Clip, ExternalReference, Stack, Timeline, Track

from secondunit_bridge.exchange.read_cut_file import walk
from secondunit_bridge.exchange.shelf import KnownTake, Shelf
from secondunit_bridge.otio_file import exact_rate
from secondunit_bridge.timeline import KEY, Take

How = Literal["id", "file", "reel", "name", "elsewhere", "nothing"]
Sure = Literal["sure", "likely", "guess", "none"]

_ID = re.compile(r"secondunit:(sh\d{3,6}[A-Z]{0,2}):(\d{1,6})(?::|\b)")
_PATH = re.compile(r"shots/(sh\d{3,6}[A-Z]{0,2})/takes/(\d{3,6})/([\w.-]+)$")
_REEL = re.compile(r"(?<![A-Za-z0-9])(?i:sh)(\d{3,6})([A-Z]{0,2}?)(?i:t)(\d{1,3})(?![A-Za-z0-9])")
_NAME = re.compile(
    r"(?<![A-Za-z0-9])(?i:sh)(\d{3,6})([A-Z]{0,2})(?:[ _.,-]+(?:(?i:take|tk|t|v)[ _.]*)?(\d{1,3}))?(?![A-Za-z0-9])"
)
_MOST_MARKERS = 10_000  # of one clip, looked at for ids


@dataclass(frozen=True)
class Match:
    """A clip and its take. `start` is its record frame from the cut's first; `reason` is for a person to judge.

    `take` is 0 where there is none; `final` is the take of final quality that stands in for it, 0 if there is none.
    """

    clip: str
    track: str
    start: int
    frames: int
    how: How
    sure: Sure
    reason: str
    shot: str = ""
    take: int = 0
    quality: str = ""
    final: int = 0


@dataclass
class _Evidence:
    ids: list[tuple[str, int]] = field(default_factory=list)
    files: list[tuple[str, int, str]] = field(default_factory=list)
    reels: list[tuple[str, int]] = field(default_factory=list)
    names: list[tuple[str, int]] = field(default_factory=list)


def match_cut(timeline: Timeline, shelf: Shelf) -> list[tuple[Clip, KnownTake | None, Match]]:
    """Every clip with its take, in track order. Pure but for the manifests that the shelf reads."""
    return [(clip, *_match(clip, track, start, frames, shelf)) for clip, track, start, frames in clips_of(timeline)]


def clips_of(timeline: Timeline) -> Iterator[tuple[Clip, Track, int, int]]:
    """Each clip with its top track and its (start, frames) on the record, in frames of the track's items."""
    for track in timeline.tracks:
        if not isinstance(track, Track):
            continue
        place = Fraction(0)
        rate = None
        for item in track:
            if isinstance(item, otio.schema.Transition):
                continue
            length = _duration(item)
            rate = rate or exact_rate(length.rate)
            seconds = Fraction(length.value) / exact_rate(length.rate).fraction
            span = round(place * rate.fraction), round(seconds * rate.fraction)
            inner = [item] if isinstance(item, Clip) else item.find_clips() if isinstance(item, Stack | Track) else []
            for clip in inner:
                yield clip, track, *span
            place += seconds


def _duration(item: Any) -> otio.opentime.RationalTime:
    try:
        return item.source_range.duration if item.source_range else item.duration()
    except otio.exceptions.OTIOError:  # without media: conform names it
        return otio.opentime.RationalTime(0, 24)


def _match(
    clip: Clip, track: Track, start: int, frames: int, shelf: Shelf
) -> tuple[KnownTake | None, Match]:  # fmt: skip
    place = (clip.name or "a clip without a name", track.name, start, frames)
    found = _gather(clip)
    missing = ""
    for how, sure, shot, number, reason in _ranked(found, shelf):
        known, sure, reason = _choose(clip, shelf, shot, number, sure, reason)
        if known is None:
            missing = missing or reason
            continue
        final = shelf.final_of(known)
        taken = (known.take.shot, known.take.number, known.quality, final.take.number if final else 0)
        return known, Match(*place, how, sure, reason, *taken)
    if _media_is_there(clip) and "cmx_3600" in clip.metadata:
        missing = "its media is there, but an EDL does not say where the media's timecode begins"
    elif _media_is_there(clip):
        return None, Match(*place, "elsewhere", "sure", "it is none of ours; its media is there")
    elif isinstance(clip.media_reference, ExternalReference) and clip.media_reference.target_url:
        media = clip.media_reference.target_url.replace("\\", "/").rpartition("/")[2]
        missing = f"{missing or 'nothing on it names a take'}, and its media is missing: {media}"
    return None, Match(*place, "nothing", "none", missing or "nothing on it names a take or a file")


def _ranked(found: _Evidence, shelf: Shelf) -> Iterator[tuple[How, Sure, str, int, str]]:
    """Candidates from the surest to the least."""
    files = {shot: (number, name) for shot, number, name in reversed(found.files)}
    for shot, number in dict.fromkeys(found.ids):
        if shot in files and files[shot][0] != number and shelf.take(shot, files[shot][0]):
            other, name = files[shot]
            yield "file", "sure", shot, other, f"its media is take {other} ({name}); its id still says take {number}"
        yield "id", "sure", shot, number, "our id is on it"
    for shot, number, name in found.files:
        yield "file", "sure", shot, number, f"its media is {shot}/takes/{number:03d}/{name}"
    for shot, number in found.reels:
        yield "reel", "likely", shot, number, "its reel names the take"
    for shot, number in found.names:
        yield ("name", "likely" if number else "guess", shot, number, "its name says so")


def _choose(
    clip: Clip, shelf: Shelf, shot: str, number: int, sure: Sure, reason: str
) -> tuple[KnownTake | None, Sure, str]:
    """The take itself, or without a number the last one that has the frames."""
    takes = shelf.takes(shot)
    if not takes:
        return None, "none", f"it names {shot}, which this project has no take of"
    if number:
        known = shelf.take(shot, number)
        if known is None:
            there = ", ".join(str(each.take.number) for each in takes)
            return None, "none", f"it names {shot} take {number}, which is not there (there are {there})"
        fits = frames_in(clip, known.take) is not None
        return known, sure if fits else "guess", reason if fits else f"{reason}; its timecode lies outside of the take"
    fitting = [known for known in takes if frames_in(clip, known.take) is not None]
    known = fitting[-1] if fitting else takes[-1]
    if len(takes) == 1:
        return known, "likely" if fitting else "guess", f"{reason}; the shot has one take"
    return (
        known,
        "guess",
        f"{reason}, but not which take: the last one {'that has its frames' if fitting else ''}".strip(),
    )


def frames_in(clip: Clip, take: Take) -> Fraction | None:
    """Where the clip starts in the take's file, in frames of the take from its first; None if it is not in there."""
    span = clip.source_range
    if span is None:
        return Fraction(0)
    said = _in_frames(span.start_time, take)
    available = clip.media_reference.available_range if clip.media_reference is not None else None
    origins = [_in_frames(available.start_time, take)] if available is not None else []
    for origin in (*origins, Fraction(take.first), Fraction(0)):
        if 0 <= said - origin < take.frames:
            return said - origin
    return None


def _in_frames(time: otio.opentime.RationalTime, take: Take) -> Fraction:
    rate = exact_rate(time.rate)
    value = Fraction(time.value)
    return value if rate == take.rate else value / rate.fraction * take.rate.fraction


def _media_is_there(clip: Clip) -> bool:
    media = clip.media_reference
    return isinstance(media, ExternalReference) and bool(media.target_url) and Path(media.target_url).is_file()


def _gather(clip: Clip) -> _Evidence:
    found = _Evidence()
    ours = clip.metadata.get(KEY)
    if isinstance(ours, Mapping) and "shot" in ours:
        found.ids.append((str(ours["shot"]), _whole(ours.get("take"))))
    told = [
        *walk(clip.metadata),
        *(each for media in clip.media_references().values() for each in walk(media.metadata)),
    ]
    tags = {key: value for key, value in told if key.startswith("secondunit_")}
    if "secondunit_shot" in tags:
        found.ids.append((tags["secondunit_shot"], _whole(tags.get("secondunit_take"))))
    for marker in list(clip.markers)[:_MOST_MARKERS]:
        told += [("", marker.name), ("", marker.comment), *walk(marker.metadata)]
    for key, value in told:
        found.ids += [(match[1], int(match[2])) for match in _ID.finditer(value)]
        if key.lower() in ("reel", "reel name", "tape", "tape name", "tapename", "tapeid"):
            found.reels += _reels(value)
    _add_names(clip, found)
    found.ids = [(shot, number) for shot, number in found.ids if number]
    return found


def _add_names(clip: Clip, found: _Evidence) -> None:
    texts = [clip.name]
    for media in clip.media_references().values():
        url = media.target_url if isinstance(media, ExternalReference) else ""
        path = url.replace("\\", "/")
        if match := _PATH.search(path):
            found.files.append((match[1], int(match[2]), match[3]))
        texts += [media.name, PurePosixPath(path).name]
    texts += [value for key, value in walk(clip.metadata) if key in ("comments", "shottake", "description")]
    for text in texts:
        found.names += _reels(text)
        found.names += [
            (f"sh{match[1]}{match[2]}", int(match[3] or 0)) for match in _NAME.finditer(text) if not _REEL.search(text)
        ]


def _reels(text: str) -> list[tuple[str, int]]:
    return [(f"sh{match[1]}{match[2]}", int(match[3])) for match in _REEL.finditer(text)]


def _whole(value: object) -> int:
    text = str(value)
    return int(text) if text.isdigit() and len(text) < 7 else 0
