"""CMX 3600 edit decision lists as OTIO timelines.

An event says what is on the record between two timecodes; notes below it give names, files and speeds (M2). A dissolve
is two lines of one event: the outgoing clip with no length, then the incoming one with the dissolve's. The dissolve
starts where the incoming clip starts, so the outgoing one goes on beneath it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange
from opentimelineio.schema import Clip, ExternalReference, Gap, MissingReference, Timeline, Track, Transition

from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_bridge.timing import Rate

MOST_EVENTS = 20_000
_TIME = r"(\d{1,2}[:;.]\d{2}[:;.]\d{2}[:;.]\d{2,3})"
_EVENT = re.compile(
    rf"(\d{{1,6}})\s+(\S+)\s+(\S+)\s+(C|D|W\d*|K\s?[BO]?)\s*(\d{{1,5}})?\s+{_TIME}\s+{_TIME}\s+{_TIME}\s+{_TIME}\s*"
)
_SPEED = re.compile(rf"M2\s+(.+?)\s+([+-]?\d+(?:\.\d+)?)\s+{_TIME}\s*")
_NOTE = re.compile(r"\*?\s*((?:FROM|TO) CLIP(?: NAME)?|SOURCE FILE|REEL|LOC|SECONDUNIT|COMMENT)\s*:\s*(.*)", re.I)
_BLACK = {"BL", "BLACK"}
_MEND = "Export the EDL again as CMX 3600."


@dataclass
class _Event:
    """One line of the list; times in frames."""

    line: int
    number: str
    reel: str
    channels: str
    kind: str
    length: int
    source_in: int
    record_in: int
    record_out: int
    speed: Fraction = Fraction(1)
    name: str = ""
    file: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def is_black(self) -> bool:
        return self.reel.upper() in _BLACK

    @property
    def frames(self) -> int:
        return self.record_out - self.record_in


def read_edl(text: str, rate: Rate) -> tuple[Timeline, list[str]]:
    """A timeline and what it does not carry. `rate` is the list's: an EDL does not say its own.

    Clips count in source timecode; what the list says of each lies in `metadata["cmx_3600"]`. Raises BadInput (no
    events, broken timecodes, events that overlap), TooLarge.
    """
    reader = _Reader(rate)
    for number, line in enumerate(text.splitlines(), start=1):
        reader.read(number, line.strip())
    if not reader.events:
        raise BadInput("This is not an EDL: it has no events.", mend=_MEND)
    first = min(event.record_in for event in reader.events)
    hour = first - first % (3600 * rate.nominal)
    start = hour if first - hour < 600 * rate.nominal else first  # black at the head of the reel is kept
    timeline = Timeline(reader.title, global_start_time=RationalTime(start, float(rate.fraction)))
    for name in sorted({track for event in reader.events for track in _tracks(event.channels)}, key=_track_order):
        lane = [event for event in reader.events if name in _tracks(event.channels)]
        timeline.tracks.append(_track(name, lane, start, rate, reader.notes))
    return timeline, reader.notes


class _Reader:
    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self.title = "EDL"
        self.events: list[_Event] = []
        self.notes: list[str] = []
        self._drop = False

    def read(self, number: int, line: str) -> None:
        if match := _EVENT.fullmatch(line):
            self._event(number, match)
        elif line.upper().startswith("TITLE:"):
            self.title = line[6:].strip() or self.title
        elif line.upper().startswith("FCM:"):
            self._drop = "NON" not in line.upper()
            if self._drop and not self.rate.drops:
                self.notes.append(f"The EDL says drop-frame, which {self.rate} has not: read without.")
        elif match := _SPEED.fullmatch(line):
            self._retime(number, match)
        elif re.match(r"\d{1,6}\s+\S+\s+\S+\s+\S+", line) and not line.startswith("*"):
            raise BadInput(f"Line {number} of the EDL is not an event: “{line[:60]}”.", mend=_MEND)
        elif line and self.events:
            self._note(line)

    def _event(self, number: int, match: re.Match[str]) -> None:
        if len(self.events) >= MOST_EVENTS:
            raise TooLarge(f"The EDL has more than {MOST_EVENTS} events.", mend="Conform it in parts.")
        times = [self._frame(number, text) for text in match.groups()[5:]]
        if times[3] < times[2]:
            raise BadInput(f"Line {number} of the EDL ends on the record before it starts.", mend=_MEND)
        where = (number, match[1], match[2], match[3].upper(), match[4].upper(), int(match[5] or 0))
        event = _Event(*where, source_in=times[0], record_in=times[2], record_out=times[3])
        if event.kind.startswith("K"):
            self.notes.append(f"Event {event.number} is a key; it is laid as a cut.")
            event.kind, event.length = "C", 0
        self.events.append(event)

    def _frame(self, number: int, text: str) -> int:
        drop = (self._drop or any(mark in text for mark in ";.")) and self.rate.drops
        try:
            return self.rate.frame_of(text[:8].replace(";", ":").replace(".", ":") + text[8:], drop=drop)
        except BadInput as fault:
            raise BadInput(f"Line {number} of the EDL: {fault.message}", mend=fault.mend or _MEND) from None

    def _retime(self, number: int, match: re.Match[str]) -> None:
        """An M2 line goes to the event of its number that has its reel, the last one first."""
        speed = Fraction(match[2]) / self.rate.nominal
        for event in reversed(self._latest()):
            if event.reel == match[1].strip():
                event.speed = speed
                return
        self.notes.append(f"Line {number}: the speed of {match[1].strip()} belongs to no event.")

    def _note(self, line: str) -> None:
        latest = self._latest()
        match = _NOTE.fullmatch(line)
        word = match[1].upper() if match else ""
        event = latest[0] if word.startswith("FROM") else latest[-1]
        alone_in_dissolve = len(latest) == 1 and event.kind[0] in "DW"  # then FROM names the event before
        if match and not (word.startswith("FROM") and alone_in_dissolve):
            if "CLIP NAME" in word:
                event.name = match[2].strip()
            elif "CLIP" in word or word == "SOURCE FILE":
                event.file = match[2].strip()
        event.notes.append(line.lstrip("* "))

    def _latest(self) -> list[_Event]:
        """The lines of the last event: two if it is a dissolve."""
        number = self.events[-1].number
        pair = self.events[-2:]
        return [event for event in pair if event.number == number]


def _tracks(channels: str) -> tuple[str, ...]:
    """The tracks a channel field names: B is both, AA two of sound, "AA/V" as it says."""
    if channels in ("B", "A/V"):
        return ("V1", "A1")
    tracks: list[str] = []
    for part in channels.split("/"):
        if re.fullmatch(r"V\d*", part):
            tracks.append(f"V{part[1:] or 1}")
        elif part == "AA":
            tracks += ["A1", "A2"]
        elif re.fullmatch(r"A\d*", part):
            tracks.append(f"A{part[1:] or 1}")
    return tuple(tracks)


def _track_order(name: str) -> tuple[int, int]:
    return (0 if name[0] == "V" else 1, int(name[1:]))


def _track(name: str, events: list[_Event], start: int, rate: Rate, notes: list[str]) -> Track:
    kind = "Video" if name[0] == "V" else "Audio"
    track = Track(f"{kind} {name[1:]}", kind=kind)
    place, outgoing = start, ""
    for event in sorted(events, key=lambda event: (event.record_in, event.record_out)):
        if event.frames == 0:  # the outgoing side of a dissolve
            outgoing = event.reel
            continue
        if event.record_in < place:
            raise BadInput(f"Event {event.number} of the EDL overlaps the one before it on {name}.", mend=_MEND)
        if event.record_in > place:
            track.append(Gap(source_range=_range(0, event.record_in - place, rate)))
        if event.kind[0] in "DW" and event.length:
            if outgoing.upper() in _BLACK or len(track) == 0:
                track.append(Gap(source_range=_range(0, 0, rate)))
            elif isinstance(track[-1], Gap) and outgoing:
                notes.append(f"Event {event.number} dissolves from {outgoing}, which is not on the record: from black.")
            track.append(_transition(event, rate))
        track.append(_item(event, rate))
        place, outgoing = event.record_out, ""
    return track


def _item(event: _Event, rate: Rate) -> Any:
    if event.is_black:
        return Gap(source_range=_range(0, event.frames, rate))
    told: dict[str, Any] = {"reel": event.reel, "event": event.number, "comments": event.notes, "line": event.line}
    media = ExternalReference(event.file) if event.file else MissingReference()
    clip = Clip(event.name or Path(event.file).name or event.reel, media, _range(event.source_in, event.frames, rate))
    clip.metadata["cmx_3600"] = told
    if event.speed == 0:
        clip.effects.append(otio.schema.FreezeFrame())
    elif event.speed != 1:
        clip.effects.append(otio.schema.LinearTimeWarp(time_scalar=float(event.speed)))
        if event.speed < 0:  # the list names the first frame shown, OTIO the first of the media
            lowest = event.source_in + round((event.frames - 1) * event.speed)
            clip.source_range = _range(max(0, lowest), event.frames, rate)
    return clip


def _transition(event: _Event, rate: Rate) -> Transition:
    kind = otio.schema.TransitionTypes.SMPTE_Dissolve if event.kind == "D" else "SMPTE_Wipe"
    length = min(event.length, event.frames)
    per_second = float(rate.fraction)
    return Transition(event.kind, kind, RationalTime(0, per_second), RationalTime(length, per_second))


def _range(start: int, frames: int, rate: Rate) -> TimeRange:
    return TimeRange(RationalTime(start, float(rate.fraction)), RationalTime(frames, float(rate.fraction)))
