"""Shot lengths that put the cuts on a track's beats.

Each shot has bounds within which it may be pressed and stretched. Of all ways to end the shots on beats the one is
taken that departs least from what they want, with downbeats, sections and drops liked better (dynamic programming over
the beats that a shot can reach). The film begins with the track; where the music is over, cuts fall where they want.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Protocol

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.pacing import Elastic

_LIKED: Final = {"beat": 0.0, "downbeat": 0.04, "build": 0.04, "section": 0.12, "drop": 0.6}
_HIGHLIGHT: Final = 4.0  # for a highlight that begins on a drop
_OFF: Final = 1.0  # what a cut beside the beat costs
_KEPT: Final = 48  # ways that are followed at once


class MarkerLike(Protocol):
    """What is needed of music.markers.Marker: the planner reads no sound."""

    @property
    def kind(self) -> str: ...

    @property
    def seconds(self) -> Fraction: ...


@dataclass(frozen=True)
class Cut:
    """Where a shot ends: the frame, the marker that it lies on (empty: none), and how much later the frame is [ms]."""

    frame: int
    marker: str = ""
    residual_ms: float = 0.0


def fit_beats(
    parts: Sequence[Elastic], markers: Sequence[MarkerLike], rate: Rate, highlights: Sequence[int] = ()
) -> tuple[tuple[int, ...], tuple[Cut, ...]]:
    """Frames of each part, and where each ends. `highlights` are parts that shall begin on a drop if they can."""
    frames = _by_frame(markers, rate)
    ordered = sorted(frames)
    ways: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for number, part in enumerate(parts):
        begins_highlight = number + 1 in highlights
        found: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, lengths) in ways.items():
            for end, extra in _ends(start, part, ordered, frames, begins_highlight):
                length = end - start
                total = cost + extra + ((length - part.wanted) / max(part.wanted, 1)) ** 2
                if end not in found or total < found[end][0]:
                    found[end] = (total, (*lengths, length))
        ways = dict(sorted(found.items(), key=lambda way: (way[1][0], way[0]))[:_KEPT])
    lengths = min(ways.values())[1] if ways else ()
    cuts, at = [], 0
    for length in lengths:
        at += length
        marker = frames.get(at)
        late = float((rate.seconds(at) - marker.seconds) * 1000) if marker else 0.0
        cuts.append(Cut(at, marker.kind if marker else "", round(late, 2)))
    return lengths, tuple(cuts)


def _ends(
    start: int, part: Elastic, ordered: Sequence[int], frames: Mapping[int, MarkerLike], begins_highlight: bool
) -> list[tuple[int, float]]:
    """The frames at which a part that starts here may end, and what each costs. A part whose length is not locked may
    last until the next beat after its most."""
    inside = [frame for frame in ordered if start + part.least <= frame <= start + part.most]
    if not inside and part.least < part.most:
        inside = [frame for frame in ordered if frame > start + part.most][:1]
    found = []
    for frame in inside:
        kind = frames[frame].kind
        found.append((frame, -_LIKED[kind] - (_HIGHLIGHT if begins_highlight and kind == "drop" else 0.0)))
    return found or [(start + part.wanted, _OFF)]


def _by_frame(markers: Sequence[MarkerLike], rate: Rate) -> dict[int, MarkerLike]:
    """The most important marker of each frame."""
    found: dict[int, MarkerLike] = {}
    for marker in markers:
        frame = rate.frames(marker.seconds)
        if frame > 0 and (frame not in found or _LIKED[marker.kind] > _LIKED[found[frame].kind]):
            found[frame] = marker
    return found
