"""What an editor cuts music on: beats, downbeats, sections, builds and drops as markers, with how sure they are."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from secondunit_bridge.errors import BadInput
from secondunit_bridge.timing import Rate
from secondunit_engine.music.beats import find_beats
from secondunit_engine.music.form import Moment, find_form
from secondunit_engine.music.onsets import SAMPLE_RATE, find_onsets
from secondunit_engine.music.read_track import read_track

MarkerKind = Literal["beat", "downbeat", "section", "build", "drop"]
TEMPOS: Final = (30.0, 300.0)  # beats a minute that may be given
_METRE: Final = 4


@dataclass(frozen=True)
class Marker:
    """Something in a track: at which sample (48 kHz), for how many, how sure (0 to 1); bar and beat count from 1."""

    kind: MarkerKind
    sample: int
    bar: int
    beat: int
    confidence: float
    length: int = 0

    @property
    def seconds(self) -> Fraction:
        return Fraction(self.sample, SAMPLE_RATE)

    def frame(self, rate: Rate) -> int:
        """The frame nearest to it."""
        return rate.frames(self.seconds)

    def residual_ms(self, rate: Rate) -> float:
        """How much later that frame is, in milliseconds."""
        return float((rate.seconds(self.frame(rate)) - self.seconds) * 1000)


@dataclass(frozen=True)
class Music:
    """A track's markers in order of time. Beats hold the downbeats: one of these is no beat as well."""

    name: str
    bpm: float
    confidence: float
    samples: int
    markers: tuple[Marker, ...]


def map_track(path: Path, bpm: float | None = None) -> Music:
    """Find a track's markers; a tempo that is given is kept to.

    Raises NotFound, BadInput (no music, no beat), TooLarge.
    """
    if bpm is not None and not TEMPOS[0] <= bpm <= TEMPOS[1]:
        raise BadInput(f"{bpm:g} beats a minute is no tempo.", mend=f"Give {TEMPOS[0]:g} to {TEMPOS[1]:g}.")
    stamp = path.stat() if path.is_file() else None
    return _map(path, bpm, stamp and (stamp.st_size, stamp.st_mtime_ns))


@lru_cache(maxsize=8)
def _map(path: Path, bpm: float | None, stamp: object) -> Music:
    wave = read_track(path)
    onsets = find_onsets(wave)
    beats = find_beats(onsets, bpm)
    if len(beats.times) < 4:
        raise BadInput(f"{path.name} has no beat that could be found.", mend="Give its tempo with --bpm.")
    form = find_form(onsets, beats)
    top = max(float(beats.strengths.max()), 1e-9)
    found: list[Marker] = []
    for index, (time, strength) in enumerate(zip(beats.times.tolist(), beats.strengths.tolist(), strict=True)):
        count = index - beats.first_downbeat
        sure = round(beats.confidence * (0.5 + 0.5 * strength / top), 3)
        kind: MarkerKind = "beat" if count % _METRE else "downbeat"
        found.append(Marker(kind, round(time * SAMPLE_RATE), count // _METRE + 1, count % _METRE + 1, sure))
    moved: tuple[tuple[MarkerKind, tuple[Moment, ...]], ...] = (
        ("section", form.sections), ("build", form.builds), ("drop", form.drops),
    )  # fmt: skip
    for what, moments in moved:
        for moment in moments:
            near = min(found[: len(beats.times)], key=lambda each: abs(each.sample - moment.time * SAMPLE_RATE))
            sample, length = round(moment.time * SAMPLE_RATE), round(moment.seconds * SAMPLE_RATE)
            found.append(Marker(what, sample, near.bar, near.beat, round(moment.confidence, 3), length))
    ordered = tuple(sorted((each for each in found if each.sample >= 0), key=lambda each: (each.sample, each.kind)))
    return Music(path.name, round(beats.bpm, 2), round(beats.confidence, 3), len(wave), ordered)


def music_document(music: Music, rate: Rate) -> dict[str, Any]:
    """A track's markers as a document, each with its nearest frame at a rate and what is left between them [ms]."""
    markers = [
        asdict(each)
        | {
            "seconds": round(float(each.seconds), 6),
            "frame": each.frame(rate),
            "residual_ms": round(each.residual_ms(rate), 3),
        }
        for each in music.markers
    ]
    return {
        "track": music.name, "bpm": music.bpm, "confidence": music.confidence, "sample_rate": SAMPLE_RATE,
        "samples": music.samples, "rate": str(rate), "markers": markers,
    }  # fmt: skip
