"""A cut of somebody's editor made ours: every clip on its take, at final quality where there is one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange
from opentimelineio.schema import Clip, Timeline

from secondunit_bridge.errors import NotFound
from secondunit_bridge.exchange.match import Match, clips_of, frames_in, match_cut
from secondunit_bridge.exchange.read_cut_file import CutFile
from secondunit_bridge.exchange.reframe import effect_of, reframe_of
from secondunit_bridge.exchange.shelf import KnownTake, Shelf
from secondunit_bridge.timeline import KEY, choose_take
from secondunit_bridge.timing import Rate


@dataclass(frozen=True)
class Relinked:
    """A cut on its takes. `changed` says that it shows something else than the file said; `unfinished` are the takes
    in it that no final stands in for, (shot, take); `takes` are those that it shows."""

    timeline: Timeline
    matches: tuple[Match, ...]
    changed: bool
    unfinished: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]
    takes: tuple[KnownTake, ...] = ()

    @property
    def missing(self) -> tuple[Match, ...]:
        return tuple(match for match in self.matches if match.how == "nothing")


def relink_cut(cut: CutFile, shelf: Shelf, *, as_cut: bool = False) -> Relinked:
    """Put every clip on its take, on the final one unless `as_cut`; trims, retimes, dissolves and tracks stay.

    The cut given stays as it was. Raises BadInput for a damaged manifest.
    """
    timeline = cut.timeline.deepcopy()
    width = _frame_width(timeline)
    changed = cut.form != "second unit"
    unfinished: dict[tuple[str, int], None] = {}
    notes = list(cut.notes)
    matches: list[Match] = []
    used: dict[tuple[str, int], KnownTake] = {}
    for clip, known, match in match_cut(timeline, shelf):
        matches.append(match)
        if known is None:
            continue
        final = shelf.final_of(known)
        if final is None:
            unfinished[known.take.shot, known.take.number] = None
        wanted = known if as_cut or final is None else final
        changed |= wanted is not known
        used[wanted.take.shot, wanted.take.number] = wanted
        notes += _settle_reframe(clip, known.width, width)
        if changed or not _is_on(clip, wanted):
            changed = True
            _put(clip, known, wanted, match.track)
    notes = list(dict.fromkeys(notes))
    return Relinked(timeline, tuple(matches), changed, tuple(unfinished), tuple(notes), tuple(used.values()))


def without_missing(relinked: Relinked, *, allow: bool) -> Relinked:
    """The cut with black in the place of clips that have no media, if that is allowed. Raises NotFound."""
    if not relinked.missing:
        return relinked
    told = "; ".join(f"{each.clip} at {each.start} on {each.track}: {each.reason}" for each in relinked.missing[:4])
    more = f"; and {len(relinked.missing) - 4} more" if len(relinked.missing) > 4 else ""
    if not allow:
        count = len(relinked.missing)
        raise NotFound(
            f"{count} clip{'s have' if count > 1 else ' has'} no media: {told}{more}.",
            mend="Relink them in the editor, name the right --project, or show black there with --despite-missing.",
        )
    timeline = relinked.timeline.deepcopy()
    gone = {(each.track, each.start, each.clip) for each in relinked.missing}
    for (clip, _, _), match in zip(_flat(timeline), relinked.matches, strict=True):
        if (match.track, match.start, match.clip) in gone:
            clip.enabled = False
    return replace(
        relinked, timeline=timeline, changed=True, notes=(*relinked.notes, f"Black in place of {told}{more}.")
    )


def _flat(timeline: Timeline) -> list[tuple[Clip, object, object]]:

    return [(clip, track, start) for clip, track, start, _ in clips_of(timeline)]


def _put(clip: Clip, known: KnownTake, wanted: KnownTake, track: str) -> None:
    """Make the wanted take the clip's media, on the frames that the cut shows of the known one."""
    take = wanted.take
    start = frames_in(clip, known.take)
    span = clip.source_range
    rate = float(take.rate.fraction)
    if start is not None:
        length = span.duration if span is not None else RationalTime(take.frames, rate)
        clip.source_range = TimeRange(RationalTime(float(take.first + start), rate), length)
    parent = clip.parent()
    kind = parent.kind if isinstance(parent, otio.schema.Track) else ("Audio" if track.startswith("Audio") else "Video")
    if KEY in clip.metadata:
        del clip.metadata[KEY]
    choose_take(clip, take, kind)


def _is_on(clip: Clip, wanted: KnownTake) -> bool:
    media = clip.media_reference
    return isinstance(media, otio.schema.ExternalReference) and Path(media.target_url) == wanted.take.picture


def _settle_reframe(clip: Clip, media_width: int, frame_width: int) -> list[str]:
    """A zoom told by the media's own pixels becomes one of the fitted clip, before the media is changed."""
    found = reframe_of(clip.effects)
    if found is None or not found.native:
        return []
    fitted = found.fitted(media_width, frame_width)
    others = [each for each in clip.effects if reframe_of([each]) is None]
    clip.effects[:] = others if fitted.is_none else [*others, effect_of(fitted)]
    return [] if frame_width else ["The cut does not say its frame's size: scales are taken of the fitted picture."]


def _frame_width(timeline: Timeline) -> int:
    told = timeline.tracks.metadata.get("PremierePro_OTIO", {})
    try:
        return int(told["VideoResolution"]["width"])
    except (KeyError, TypeError, ValueError):
        return 0


def rate_of(folder: Path) -> Rate:
    """The frame rate of the project in a folder, 24 if it does not say: what an EDL is read at."""
    import tomllib

    try:
        return Rate.parse(tomllib.loads((folder / "secondunit.toml").read_text("utf-8"))["rate"])
    except (OSError, KeyError, ValueError, AttributeError):
        return Rate(24)
