"""FCP7 XML (xmeml 4 and 5, as Premiere and Resolve write it) as OTIO timelines, retimes and reframes kept.

Read by hand because the adapter loses retimes and effects. In xmeml the start or end of a clip that touches a
transition is -1, and its in point then counts from the transition's edge; in and out of a retimed clip are counted in
frames of the retimed clip. A document that declares entities is refused before it is parsed.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange
from opentimelineio.schema import Clip, ExternalReference, Gap, MissingReference, Stack, Timeline, Track, Transition

from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_bridge.exchange.fcp7_details import comments_of, markers_of, number, retime_of, settle_filters, text_of
from secondunit_bridge.timing import Rate

MOST_ITEMS = 40_000
DEEPEST = 8
_DECLARES = re.compile(r"<!ENTITY|<!DOCTYPE(?!\s+xmeml\s*>)", re.I)
_MEND = "Export the sequence again as Final Cut Pro XML."

Element = ElementTree.Element


def read_fcp7(text: str) -> tuple[Timeline, list[str]]:
    """The first sequence of the document, and what it does not carry.

    Clips count in source timecode where the file has one; comments, logging information and reel lie in
    `metadata["fcp_xml"]`. Raises BadInput (broken XML, entities, no sequence, impossible times), TooLarge.
    """
    if _DECLARES.search(text):
        raise BadInput("The XML declares entities or a foreign document type.", mend=_MEND)
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError) as fault:
        raise BadInput(f"The XML is broken: {fault}.", mend=_MEND) from None
    if root.tag != "xmeml":
        raise BadInput("This XML is not of Final Cut Pro 7 (xmeml).", mend=_MEND)
    sequences = [each for each in root.iter("sequence") if each.find("media") is not None]
    if not sequences:
        raise BadInput("The XML holds no sequence.", mend=_MEND)
    reader = _Reader(root)
    inner = {id(each) for item in root.iter("clipitem") for each in item.iter("sequence")}
    tops = [each for each in sequences if id(each) not in inner]
    if len(tops) > 1:
        reader.notes.append(f"The XML holds {len(tops)} sequences; “{text_of(tops[0], 'name')}” is read.")
    return reader.timeline(tops[0]), reader.notes


class _Reader:
    def __init__(self, root: Element) -> None:
        self.notes: list[str] = []
        named = (each for tag in ("file", "sequence") for each in root.iter(tag))
        self._whole = {(each.tag, each.get("id")): each for each in named if len(each)}
        self._items = 0

    def timeline(self, sequence: Element) -> Timeline:
        rate = _rate(sequence)
        start = _start(sequence.find("timecode"), rate)
        timeline = Timeline(text_of(sequence, "name") or "sequence", global_start_time=_time(start, rate))
        timeline.tracks.extend(self._tracks(sequence, rate, 0))
        timeline.tracks.markers.extend(markers_of(sequence, rate, start))
        return timeline

    def _tracks(self, sequence: Element, rate: Rate, depth: int) -> list[Track]:
        if depth > DEEPEST:
            raise TooLarge(f"Sequences nest deeper than {DEEPEST}.", mend="Flatten the nested sequences.")
        size = (
            int(number(sequence, "media/video/format/samplecharacteristics/width", 0)),
            int(number(sequence, "media/video/format/samplecharacteristics/height", 0)),
        )
        tracks: list[Track] = []
        for kind in ("Video", "Audio"):
            for count, found in enumerate(sequence.findall(f"media/{kind.lower()}/track"), start=1):
                track = Track(f"{kind} {count}", kind=kind)
                track.enabled = text_of(found, "enabled").upper() != "FALSE"
                self._fill(track, found, rate, size, depth)
                if len(track):
                    tracks.append(track)
        return tracks

    def _fill(self, track: Track, found: Element, rate: Rate, size: tuple[int, int], depth: int) -> None:
        items = [each for each in found if each.tag in ("clipitem", "generatoritem", "transitionitem")]
        self._items += len(items)
        if self._items > MOST_ITEMS:
            raise TooLarge(f"The XML has more than {MOST_ITEMS} items.", mend="Export only the sequence you need.")
        place = 0
        for index, each in enumerate(items):
            if each.tag == "transitionitem":
                track.append(self._transition(each, rate))
                continue
            start, end = _edge(items, index, "start"), _edge(items, index, "end")
            if start < place or end <= start:
                raise BadInput(
                    f"“{text_of(each, 'name')}” lies from {start} to {end} on {track.name}, over its neighbour.",
                    mend=_MEND,
                )
            if start > place:
                gap = Gap(source_range=_span(0, start - place, rate))
                leads_in = number(each, "start", -1) < 0 and isinstance(track[-1] if len(track) else None, Transition)
                track.insert(len(track) - 1, gap) if leads_in else track.append(gap)
            track.append(self._item(each, items, index, (start, end), rate, size, depth))
            place = end

    def _transition(self, item: Element, rate: Rate) -> Transition:
        start, end, cut = int(number(item, "start", -1)), int(number(item, "end", -1)), _cut(item)
        if not 0 <= start < end:
            raise BadInput(f"A transition runs from {start} to {end}.", mend=_MEND)
        name = text_of(item, "effect/name") or "transition"
        plain = "dissolve" in name.lower() or "fade" in name.lower()
        kind = otio.schema.TransitionTypes.SMPTE_Dissolve if plain else "Custom_Transition"
        return Transition(name, kind, _time(cut - start, rate), _time(end - cut, rate))

    def _item(
        self, item: Element, items: list[Element], index: int, place: tuple[int, int], rate: Rate,
        size: tuple[int, int], depth: int,
    ) -> Any:  # fmt: skip
        name, frames = text_of(item, "name"), place[1] - place[0]
        nested = item.find("sequence")
        if nested is not None:
            whole = self._whole.get(("sequence", nested.get("id")), nested)
            inner = _rate(whole, rate)
            begin = int(number(item, "in", 0)) + _lead(items, index, place[0])
            return Stack(
                name, self._tracks(whole, inner, depth + 1), TimeRange(_time(begin, inner), _time(frames, rate))
            )
        media = item.find("file")
        file = None if media is None else self._whole.get(("file", media.get("id")), media)
        clip = Clip(name, MissingReference())
        clip.enabled = text_of(item, "enabled").upper() != "FALSE"
        own = _rate(item, _rate(file, rate) if file is not None else rate)
        speed, remarks = retime_of(item, name)
        first = Fraction(int(number(item, "in", 0)))
        first += _lead(items, index, place[0]) * own.fraction / rate.fraction
        length, begin = 0, 0
        if file is not None:
            length, begin = int(number(file, "duration", 0)), _start(file.find("timecode"), own)
            url = text_of(file, "pathurl") or text_of(file, "name")
            clip.media_reference = ExternalReference(url, _span(begin, length, own) if length else None)
            clip.media_reference.name = text_of(file, "name")
        clip.source_range = TimeRange(_time(begin + _shown(first, frames, speed, length), own), _time(frames, rate))
        if speed == 0:
            clip.effects.append(otio.schema.FreezeFrame())
        elif speed != 1:
            clip.effects.append(otio.schema.LinearTimeWarp(time_scalar=float(speed)))
        width = int(number(file, "media/video/samplecharacteristics/width", 0)) if file is not None else 0
        self.notes += remarks + settle_filters(item, clip, width, size)
        clip.metadata["fcp_xml"] = comments_of(item, file)
        clip.markers.extend(markers_of(item, own, begin))
        return clip


def _shown(first: Fraction, frames: int, speed: Fraction, length: int) -> int:
    """The media frame where a clip's range starts: in points of a retimed clip count retimed frames."""
    if speed >= 0:
        return int(first * speed) if speed else int(first)
    return int(max(0, length - 1 - (first + frames - 1) * -speed)) if length else int(first)


def _cut(transition: Element) -> int:
    """The record frame of the cut that a transition lies over, by its alignment."""
    start, end = int(number(transition, "start", 0)), int(number(transition, "end", 0))
    alignment = text_of(transition, "alignment").lower()
    if alignment.startswith("start"):
        return start
    return end if alignment.startswith("end") else (start + end) // 2


def _edge(items: list[Element], index: int, edge: str) -> int:
    """Where an item starts or ends on the record; -1 means at the cut of the transition beside it."""
    said = int(number(items[index], edge, -1))
    if said >= 0:
        return said
    beside = index - 1 if edge == "start" else index + 1
    if 0 <= beside < len(items) and items[beside].tag == "transitionitem":
        return _cut(items[beside])
    raise BadInput(f"“{text_of(items[index], 'name')}” does not say where it {edge}s.", mend=_MEND)


def _lead(items: list[Element], index: int, start: int) -> int:
    """Frames between a clip's in point and its cut: the part of its head that lies under a transition."""
    if number(items[index], "start", -1) >= 0 or index == 0:
        return 0
    return start - int(number(items[index - 1], "start", start))


def _rate(element: Element | None, otherwise: Rate | None = None) -> Rate:
    found = element.find("rate") if element is not None else None
    base = int(number(found, "timebase", 0)) if found is not None else 0
    if base <= 0 or base > 1000:
        if otherwise is not None:
            return otherwise
        raise BadInput("The sequence does not say its frame rate.", mend=_MEND)
    return Rate(base * 1000, 1001) if text_of(found, "ntsc").upper() == "TRUE" else Rate(base)


def _start(timecode: Element | None, rate: Rate) -> int:
    if timecode is None:
        return 0
    if timecode.find("frame") is not None:
        return max(0, int(number(timecode, "frame", 0)))
    written = text_of(timecode, "string")
    drop = text_of(timecode, "displayformat").upper() == "DF" and rate.drops
    return _rate(timecode, rate).frame_of(written.replace(";", ":"), drop=drop) if written else 0


def _time(value: int, rate: Rate) -> RationalTime:
    return RationalTime(value, float(rate.fraction))


def _span(start: int, frames: int, rate: Rate) -> TimeRange:
    return TimeRange(_time(start, rate), _time(frames, rate))
