"""Takes on an OpenTimelineIO timeline. Every function returns a new timeline and leaves the one given as it was.

A clip holds one shot. Its active reference is the picture of the chosen take; `proxy`, `depth` and `sound`
lie beside it. `metadata["secondunit"]` carries what an edit must not lose: shot, take, seed, manifest, the exact
rate (OTIO's own is a float), and every take made so far, so that choosing another needs no database.
Source frames count from the media's start timecode, as editors expect them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange
from opentimelineio.schema import Clip, ExternalReference, Gap, Marker, Timeline, Track

from secondunit_bridge.errors import BadInput, Conflict, NotFound
from secondunit_bridge.otio_file import exact_rate, read_otio, references, write_otio
from secondunit_bridge.timing import Rate

__all__ = [
    "Cue", "Take", "add_take", "choose_take", "exact_rate", "new_timeline", "place_take", "read_timeline",
    "relink", "replace_take", "select_take", "takes_of", "timeline_rate", "write_timeline",
]  # fmt: skip

PICTURE = Clip.DEFAULT_MEDIA_KEY
KEY = "secondunit"
CUE_COLOURS = {"dialogue": "CYAN", "adr": "BLUE", "foley": "YELLOW", "music": "PURPLE", "beat": "GREEN"}


@dataclass(frozen=True)
class Cue:
    """Something to hear or see at a frame, counted from the shot's first frame (handles apart)."""

    id: str
    kind: str
    name: str
    frame: int
    frames: int = 1


@dataclass(frozen=True)
class Take:
    """One take of a shot. `frames` counts the whole file; `head` and `tail` of them are handles.

    `start` is the frame number of the file's first frame (its start timecode); without one it is 01:00:00:00.
    `has_sound` says that the picture file carries sound.
    """

    shot: str
    number: int
    picture: Path
    frames: int
    rate: Rate
    seed: int
    manifest: Path
    head: int = 0
    tail: int = 0
    start: int | None = None
    proxy: Path | None = None
    depth: Path | None = None
    sound: Path | None = None
    has_sound: bool = True
    cues: tuple[Cue, ...] = ()

    def __post_init__(self) -> None:
        if self.frames <= 0 or self.head < 0 or self.tail < 0 or self.head + self.tail >= self.frames:
            raise BadInput(
                f"Take {self.number} of {self.shot} has {self.frames} frames, handles of {self.head} and {self.tail}.",
                mend="A take needs at least one frame between its handles.",
            )

    @property
    def first(self) -> int:
        """The frame number of the file's first frame."""
        return self.start if self.start is not None else 3600 * self.rate.nominal

    @property
    def length(self) -> int:
        """Frames between the handles."""
        return self.frames - self.head - self.tail


def new_timeline(name: str, rate: Rate, start: int | None = None) -> Timeline:
    """An empty timeline that starts at frame `start` (01:00:00:00 unless given)."""
    begin = start if start is not None else 3600 * rate.nominal
    timeline = Timeline(name=name, global_start_time=_time(begin, rate))
    timeline.metadata[KEY] = {"schema": 1, "rate": str(rate)}
    return timeline


def timeline_rate(timeline: Timeline) -> Rate:
    """The exact rate of a timeline: what our metadata says, or what its first clip counts in. Raises BadInput."""
    said = _ours(timeline).get("rate")
    if timeline.global_start_time is not None:
        return exact_rate(timeline.global_start_time.rate, said)
    for track in timeline.video_tracks() or timeline.audio_tracks():
        for item in track:
            if isinstance(item, otio.core.Item):
                return exact_rate(item.trimmed_range().duration.rate, said)
    if isinstance(said, str):
        return Rate.parse(said)
    raise BadInput("The timeline does not say its frame rate.", mend="Put a clip on it and export it again.")


def place_take(timeline: Timeline, take: Take, *, track: int = 1, at: int | None = None) -> Timeline:
    """Put a take on video track `track` (from 1), and its sound on the audio track of that number.

    `at` is the record frame counted from the timeline's start; without it the take follows the last clip.
    A gap is made before it where needed. Raises BadInput (rate), Conflict (another clip is there).
    """
    timeline = timeline.deepcopy()
    rate = timeline_rate(timeline)
    if take.rate != rate:
        raise BadInput(
            f"Take {take.number} of {take.shot} runs at {take.rate} and the timeline at {rate}.",
            mend=f"Shoot it with --rate {rate}.",
        )
    kinds = ["Video", "Audio"] if take.has_sound or take.sound else ["Video"]
    lanes = [_track(timeline, kind, track, rate) for kind in kinds]
    position = max(_length(lane, rate) for lane in lanes) if at is None else at
    for lane in lanes:
        _put(lane, _clip_of(take, lane.kind), position, rate)
    return timeline


def add_take(timeline: Timeline, take: Take) -> Timeline:
    """List a take with every clip of its shot, without choosing it. Raises NotFound."""
    timeline = timeline.deepcopy()
    for clip in _clips_of(timeline, take.shot):
        _list_take(clip, take)
    return timeline


def replace_take(timeline: Timeline, take: Take, *, use: int | None = None) -> Timeline:
    """Choose a take for its shot: trims, neighbours and place stay. A clip that showed the whole of its take shows
    as much of the new one as there is; where that is shorter, a gap keeps the neighbours in place.

    `use` names one use of the shot on the timeline (from 0, in order); without it every use changes.
    Raises NotFound (no such shot), BadInput (the new take is too short for the trim, or has another rate).
    """
    timeline = timeline.deepcopy()
    clips = _clips_of(timeline, take.shot)
    if use is not None:
        starts = sorted({_place(clip) for clip in clips if _kind(clip) == "Video"})
        if not 0 <= use < len(starts):
            raise NotFound(f"{take.shot} is used {len(starts)} times.", mend=f"Give a use from 0 to {len(starts) - 1}.")
        clips = [clip for clip in clips if _place(clip) == starts[use]]
    for clip in clips:
        _make_room(clip, take)
        choose_take(clip, take)
    return timeline


def select_take(timeline: Timeline, shot: str, number: int) -> Timeline:
    """Choose a take that the shot's clips already list. Raises NotFound, BadInput."""
    for take in takes_of(timeline, shot):
        if take.number == number:
            return replace_take(timeline, take)
    known = ", ".join(str(take.number) for take in takes_of(timeline, shot))
    raise NotFound(f"{shot} has no take {number}.", mend=f"Its takes are {known}.")


def takes_of(timeline: Timeline, shot: str) -> tuple[Take, ...]:
    """Every take that the timeline lists for a shot, by number. Raises NotFound."""
    takes = {take.number: take for clip in _clips_of(timeline, shot) for take in _listed(clip)}
    return tuple(takes[number] for number in sorted(takes))


def relink(timeline: Timeline, moved: Mapping[Path, Path]) -> Timeline:
    """Point references to other files, or to whole folders that have moved (the longest match wins)."""
    return _with_paths(timeline, lambda path: _moved(path, moved))


def read_timeline(path: Path) -> Timeline:
    """Read an OTIO timeline; every path in it comes back absolute. Raises as `otio_file.read_otio` does."""
    home = path.parent.resolve()
    return _with_paths(read_otio(path), lambda found: home / found)


def write_timeline(timeline: Timeline, path: Path) -> None:
    """Write an OTIO file whole or not at all. Files under its folder are named relative to it, so that a project
    can move. Raises Unwritable, OutOfSpace.
    """
    home = path.parent.resolve()
    write_otio(_with_paths(timeline, lambda found: found.relative_to(home) if home in found.parents else found), path)


def _with_paths(timeline: Timeline, change: Callable[[Path], Path]) -> Timeline:
    """The timeline with every path changed: references, listed takes and manifests."""
    timeline = timeline.deepcopy()
    for reference in references(timeline):
        reference.target_url = change(Path(reference.target_url)).as_posix()
    for clip in timeline.find_clips():
        for take in _listed(clip):
            media = {key: change(Path(path)) for key, path in _media(take).items()}
            _list_take(clip, replace(take, manifest=change(take.manifest), **media))
        if "manifest" in _ours(clip):
            clip.metadata[KEY] = dict(_ours(clip)) | {"manifest": str(change(Path(str(_ours(clip)["manifest"]))))}
    return timeline


def _moved(path: Path, moved: Mapping[Path, Path]) -> Path:
    for old in (path, *path.parents):
        if old in moved:
            return moved[old] / path.relative_to(old)
    return path


def _time(value: int, rate: Rate) -> RationalTime:
    return RationalTime(value, float(rate.fraction))


def _range(start: int, frames: int, rate: Rate) -> TimeRange:
    return TimeRange(_time(start, rate), _time(frames, rate))


def _ours(thing: otio.core.SerializableObjectWithMetadata) -> Any:
    """Our own metadata of a timeline or clip; empty where there is none or where it is not a table."""
    found = thing.metadata.get(KEY)
    return found if isinstance(found, Mapping) else {}


def _track(timeline: Timeline, kind: str, number: int, rate: Rate) -> Track:
    """The track of that kind and number (from 1), made with those before it where they are missing."""
    if number < 1:
        raise BadInput(f"There is no track {number}.", mend="Tracks count from 1.")
    tracks = [track for track in timeline.tracks if isinstance(track, Track) and track.kind == kind]
    for index in range(len(tracks), number):
        track = Track(f"{kind} {index + 1}", kind=kind)
        # Video tracks stack upwards; sound tracks come after every video track.
        timeline.tracks.insert(len(timeline.video_tracks()) if kind == "Video" else len(timeline.tracks), track)
        tracks.append(track)
    return tracks[number - 1]


def _length(track: Track, rate: Rate) -> int:
    return round(track.available_range().duration.rescaled_to(float(rate.fraction)).value) if len(track) else 0


def _put(track: Track, clip: Clip, at: int, rate: Rate) -> None:
    """Put a clip at a record frame, in free space or after the end."""
    end = _length(track, rate)
    frames = round(clip.source_range.duration.value)
    if at < 0:
        raise BadInput(f"A clip cannot start at frame {at}.", mend="Give a frame from 0.")
    if at >= end:
        if at > end:
            track.append(Gap(source_range=_range(0, at - end, rate)))
        track.append(clip)
        return
    for index, item in enumerate(track):
        span = item.range_in_parent() if isinstance(item, otio.core.Item) else None
        start, length = (round(span.start_time.value), round(span.duration.value)) if span else (0, 0)
        if isinstance(item, Gap) and start <= at and at + frames <= start + length:
            before, after = at - start, start + length - at - frames
            parts = [Gap(source_range=_range(0, before, rate))] if before else []
            parts += [clip, *([Gap(source_range=_range(0, after, rate))] if after else [])]
            track[index : index + 1] = parts
            return
    raise Conflict(
        f"Another clip lies on {track.name} at frame {at}.", mend="Use another track, or a place with room for it."
    )


def _clip_of(take: Take, kind: str) -> Clip:
    clip = Clip(name=take.shot, source_range=_range(take.first + take.head, take.length, take.rate))
    choose_take(clip, take, kind)
    return clip


def _clips_of(timeline: Timeline, shot: str) -> list[Clip]:
    clips = [clip for clip in timeline.find_clips() if _ours(clip).get("shot") == shot]
    if not clips:
        shots = sorted({str(_ours(clip).get("shot")) for clip in timeline.find_clips() if _ours(clip)})
        raise NotFound(f"The timeline has no shot {shot}.", mend=f"Its shots are {', '.join(shots) or 'none'}.")
    return clips


def _kind(clip: Clip) -> str:
    parent = clip.parent()
    return parent.kind if isinstance(parent, Track) else "Video"


def _place(clip: Clip) -> tuple[int, ...]:
    return (round(clip.range_in_parent().start_time.value),)


def _make_room(clip: Clip, take: Take) -> None:
    """Shorten a clip that is not trimmed to a shorter take, and fill the rest with a gap."""
    earlier, span, track = _chosen(clip), clip.source_range, clip.parent()
    if earlier is None or not isinstance(track, Track):
        return
    whole = span.start_time.value == earlier.first + earlier.head and span.duration.value == earlier.length
    missing = round(span.duration.value) - take.length
    place = track.index(clip)
    dissolves = any(isinstance(near, otio.schema.Transition) for near in track[max(0, place - 1) : place + 2])
    if whole and missing > 0 and not dissolves:
        clip.source_range = TimeRange(span.start_time, _time(take.length, take.rate))
        if place + 1 < len(track):
            track.insert(place + 1, Gap(source_range=_range(0, missing, take.rate)))


def _chosen(clip: Clip) -> Take | None:
    """The take that the clip shows now."""
    return next((listed for listed in _listed(clip) if listed.number == _ours(clip).get("take")), None)


def choose_take(clip: Clip, take: Take, kind: str | None = None) -> None:
    """Make a take the clip's media, keeping the clip's trim counted from the shot's first frame."""
    kind = kind or _kind(clip)
    source = clip.source_range
    earlier = _chosen(clip)
    if earlier is not None:
        if take.rate != earlier.rate:
            raise BadInput(f"Take {take.number} of {take.shot} runs at {take.rate}.", mend=f"Shoot at {earlier.rate}.")
        offset = round(source.start_time.value) - earlier.first - earlier.head
        start, frames = take.first + take.head + offset, round(source.duration.value)
        if start < take.first or start + frames > take.first + take.frames:
            raise BadInput(
                f"Take {take.number} of {take.shot} is too short for the trim on the timeline.",
                mend=f"Shoot at least {take.head + offset + frames} frames, or trim the clip first.",
            )
        clip.source_range = _range(start, frames, take.rate)
    files = _media(take)
    if kind == "Audio":
        files = {PICTURE: str(take.sound or take.picture)}
    else:
        files = {PICTURE: files["picture"]} | {key: path for key, path in files.items() if key != "picture"}
    available = _range(take.first, take.frames, take.rate)
    media = {key: ExternalReference(path, available_range=available) for key, path in files.items()}
    clip.set_media_references(media, PICTURE)
    _list_take(clip, take)
    chosen = {"shot": take.shot, "take": take.number, "seed": take.seed, "manifest": str(take.manifest)}
    clip.metadata[KEY] = dict(_ours(clip)) | chosen | {"rate": str(take.rate)}
    if kind == "Video":
        others = [marker for marker in clip.markers if KEY not in marker.metadata]
        clip.markers[:] = [*others, *(_marker(cue, take) for cue in take.cues)]


def _marker(cue: Cue, take: Take) -> Marker:
    span = _range(take.first + take.head + cue.frame, cue.frames, take.rate)
    ours = {"id": cue.id, "kind": cue.kind}
    return Marker(cue.name, marked_range=span, color=CUE_COLOURS.get(cue.kind, "WHITE"), metadata={KEY: ours})


def _media(take: Take) -> dict[str, str]:
    named = {"picture": take.picture, "proxy": take.proxy, "depth": take.depth, "sound": take.sound}
    return {key: str(path) for key, path in named.items() if path is not None}


def _listed(clip: Clip) -> tuple[Take, ...]:
    """The takes that a clip's metadata lists. Raises BadInput where a stranger's tool has damaged them."""
    ours = _ours(clip)
    try:
        return tuple(_take_from(str(ours["shot"]), row) for row in ours.get("takes", ())) if ours else ()
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise BadInput(
            f"The list of takes in the clip {clip.name} is damaged.", mend="Place its take on the timeline again."
        ) from fault


def _list_take(clip: Clip, take: Take) -> None:
    others = [other for other in _listed(clip) if other.number != take.number]
    takes = sorted([*others, take], key=lambda listed: listed.number)
    clip.metadata[KEY] = {**dict(_ours(clip)), "shot": take.shot, "takes": [_row(listed) for listed in takes]}


def _row(take: Take) -> dict[str, Any]:
    return {
        "take": take.number, "seed": take.seed, "manifest": str(take.manifest), "rate": str(take.rate),
        "start": take.first, "frames": take.frames, "head": take.head, "tail": take.tail,
        "has_sound": take.has_sound, "media": _media(take), "cues": [vars(cue) for cue in take.cues],
    }  # fmt: skip


def _take_from(shot: str, row: Mapping[str, Any]) -> Take:
    files = {key: Path(str(path)) for key, path in row["media"].items()}
    return Take(
        shot=shot, number=int(row["take"]), picture=files["picture"], frames=int(row["frames"]),
        rate=Rate.parse(str(row["rate"])), seed=int(row["seed"]), manifest=Path(str(row["manifest"])),
        head=int(row["head"]), tail=int(row["tail"]), start=int(row["start"]), has_sound=bool(row["has_sound"]),
        proxy=files.get("proxy"), depth=files.get("depth"), sound=files.get("sound"),
        cues=tuple(Cue(**dict(cue)) for cue in row["cues"]),
    )  # fmt: skip
