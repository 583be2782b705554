"""Sounds that something on the stage makes by moving, and the Foley cues for them."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.motion.events import Event
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.sound.beds import at_level
from secondunit_engine.sound.cues import Cue, cue_id, frame_of
from secondunit_engine.sound.engine import engine_note, tyre_roll
from secondunit_engine.sound.foley import cloth, creak, footsteps, relic_swell
from secondunit_engine.sound.heard import Heard, Person
from secondunit_engine.sound.impacts import shatter, splash, squeal, strike
from secondunit_engine.sound.noise import SAMPLE_RATE, Samples
from secondunit_engine.sound.source import SPEED_OF_SOUND, Source, seen_from

_LEAD = SAMPLE_RATE // 2  # samples before the shot: sound from up to 170 m away is on its way when it starts
_FLOOR = 0.9  # m from the middle of a body to its feet

Effects = tuple[list[Source], list[Cue]]


def find_effects(shot: ShotPlan, heard: Heard, count: int) -> Effects:
    """Every moving thing we know a sound for, `count` samples long."""
    sources: list[Source] = []
    cues: list[Cue] = []
    for name, positions in heard.props.items():
        parts = [_car(shot, heard, positions, count)] if name == "Car" else []
        if name in heard.openings:
            parts.append(_opening(shot, heard, name, positions, heard.openings[name], count))
        for made, noted in parts:
            sources += made
            cues += noted
    for name, person in heard.people.items():
        made, noted = _person(shot, heard, name, person, count)
        sources += made
        cues += noted
    made, noted = _happenings(shot, heard, count)
    return [*sources, *made], [*cues, *noted]


_HAPPENS: Final = {"contact": "strikes", "break": "breaks", "splash": "splashes", "tyre slip": "tyres slip"}


def _happenings(shot: ShotPlan, heard: Heard, count: int) -> Effects:
    """What strikes, breaks, splashes or slips, where and when the motion layer says."""
    sources: list[Source] = []
    cues: list[Cue] = []
    for number, event in enumerate(each for each in heard.events if each.kind in _HAPPENS):
        onset = round(event.time * SAMPLE_RATE)
        if not 0 <= onset < count:
            continue
        name = " and ".join(each for each in event.who if each) or "set"
        slips = event.kind == "tyre slip" and name in heard.props
        positions = heard.props[name] if slips else np.tile(np.array(event.place), (shot.frames, 1))
        grain = _voice(shot, number, event)[: count - onset]
        wave = np.zeros(count)
        wave[onset : onset + len(grain)] = 0.3 * grain
        sources.append(Source(f"{name} {number}", "effects", wave, positions, 1.5, room=0.5, foley=True))
        what = _HAPPENS[event.kind] if slips else f"{name} {_HAPPENS[event.kind]}"
        frame = frame_of(onset, shot.rate)
        cues.append(_cue(shot, heard, what, name, frame, 1, positions, sample=onset, event=event))
    return sources, cues


def _voice(shot: ShotPlan, number: int, event: Event) -> Samples:
    """What an event sounds like at its place."""
    if event.kind == "break":
        return shatter(shot.seed, number, event.materials, event.impulse * event.speed / 2)
    if event.kind == "splash":
        return splash(shot.seed, number, event.impulse)
    if event.kind == "tyre slip":
        return squeal(shot.seed, number, event.speed, wet=any("wet" in each for each in event.materials))
    return strike(shot.seed, number, event.materials, event.impulse)


def _car(shot: ShotPlan, heard: Heard, positions: NDArray[np.floating], count: int) -> Effects:
    """Engine and tyres that follow the car; in slow motion the engine keeps the pitch of its true speed."""
    rate = float(shot.rate.fraction)
    moved = np.linalg.norm(np.diff(positions, axis=0, prepend=positions[:1]), axis=1) * rate  # (frames,)
    speed = moved / max(shot.motion.time_scale, 0.05)
    if len(speed) > 1:
        speed[0] = speed[1]
    size = _LEAD + count
    note = engine_note(shot.seed, speed, rate, size, _LEAD)
    tyres = tyre_roll(shot.seed, speed, rate, size, _LEAD, wet="rain" in shot.set.weather)
    sources = [
        Source("car engine", "effects", at_level(note, -19.0), positions, 5.0, lead=_LEAD, room=0.35),
        Source("car tyres", "effects", 0.1 * tyres, positions, 5.0, lead=_LEAD, room=0.25),
    ]
    cues = []
    away = np.linalg.norm(positions - heard.listener.positions, axis=1)
    start = int(np.argmax(speed > 0.5)) if (speed > 0.5).any() else None
    if start is not None:
        cues.append(_cue(shot, heard, "car drives", "Car", start, shot.frames - start, positions))
        nearest = int(np.argmin(away))
        if away[nearest] < 15:
            cues.append(_cue(shot, heard, "car passes closest", "Car", nearest, 1, positions))
    return sources, cues


def _opening(
    shot: ShotPlan, heard: Heard, name: str, positions: NDArray[np.floating], open_: NDArray[np.floating], count: int
) -> Effects:
    """A lid or a leaf that turns: its hinge, and for the relic what comes out of it."""
    rate = float(shot.rate.fraction)
    pace = np.abs(np.gradient(open_)) if len(open_) > 1 else np.zeros_like(open_)
    if pace.max() < 1e-4:
        return [], []
    size = 0.01 if name == "Relic" else 0.06
    hinge = size * creak(shot.seed, name, pace / pace.max(), rate, count)
    sources = [Source(f"{name} hinge", "effects", hinge, positions, 2.0, room=0.5, foley=True)]
    first = int(np.argmax(pace > 1e-3 * pace.max()))
    last = int(len(pace) - np.argmax(pace[::-1] > 1e-3 * pace.max()))
    cues = [_cue(shot, heard, f"{name.lower()} opens", name, first, last - first, positions)]
    if name == "Relic":
        swell = 0.045 * relic_swell(shot.seed, open_, rate, count)
        sources.append(Source("relic", "effects", swell, positions, 3.0, room=1.2))
    return sources, cues


def _person(shot: ShotPlan, heard: Heard, name: str, person: Person, count: int) -> Effects:
    """Cloth, and feet if they walk."""
    rate = float(shot.rate.fraction)
    if person.activity.max() < 0.005:
        return [], []
    sources = [
        Source(
            f"{name} cloth", "effects", 0.012 * cloth(shot.seed, name, person.activity, rate, count),
            person.positions, 2.0, room=0.15, foley=True,
        )
    ]  # fmt: skip
    falls = [event for event in heard.events if event.kind == "footfall" and event.who[:1] == (name,)]
    if not falls:
        return sources, []
    onsets = [round(event.time * SAMPLE_RATE) for event in falls]
    feet = person.positions - np.array([0.0, _FLOOR, 0.0])
    steps = 0.11 * footsteps(shot.seed, onsets, count)
    sources.append(Source(f"{name} steps", "effects", steps, feet, 2.5, room=0.6, foley=True))
    cues = [
        _cue(shot, heard, "footfall", name, frame_of(onset, shot.rate), 1, feet, sample=onset, event=fall)
        for fall, onset in zip(falls, onsets, strict=True)
    ]
    return sources, cues


def _cue(
    shot: ShotPlan,
    heard: Heard,
    name: str,
    source: str,
    start: int,
    frames: int,
    positions: NDArray[np.floating],
    sample: int | None = None,
    event: Event | None = None,
) -> Cue:
    at = min(start, len(positions) - 1)
    front, left, up = seen_from(positions, heard.listener)[at].tolist()
    distance = float(np.linalg.norm(positions[at] - heard.listener.positions[at]))
    x, y, z = positions[at].tolist()
    return Cue(
        id=cue_id(shot.id, source, name, start),
        kind="foley",
        name=name,
        start=start,
        frames=frames,
        sample=shot.rate.samples(start) if sample is None else sample,
        confidence="exact",
        source=source,
        delay=int(distance / SPEED_OF_SOUND * SAMPLE_RATE),
        distance=distance,
        position=(x, y, z),
        event=event.kind if event else "moves",
        materials=tuple(each for each in event.materials if each) if event else (),
        impulse=event.impulse if event else None,
        speed=event.speed if event else None,
        azimuth=float(np.degrees(np.arctan2(left, front))),
        elevation=float(np.degrees(np.arctan2(up, np.hypot(front, left)))),
    )
