"""One scene, planned: its story told, covered, timed, staged and photographed, before anybody is cast.

A scene depends on its own words, on the state of the world it begins in, and on the settings, and on nothing else:
so it is planned once, and again only when one of those changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.blocking import Blocking, Step, beat_seconds, block_shot, find_steps, wanted_seconds
from secondunit_engine.planning.casting import mark_name
from secondunit_engine.planning.cinematography import choose_camera
from secondunit_engine.planning.cover import Coverage, cover_scene, is_one_shot, speakers
from secondunit_engine.planning.floor import floor_of
from secondunit_engine.planning.pacing import Elastic, elastic
from secondunit_engine.planning.people import people_in
from secondunit_engine.planning.plan import CameraPlan, PathPlan, StyleName
from secondunit_engine.planning.reading import SceneReading, ShotReading
from secondunit_engine.planning.setups import Last, Line, Stage, side_of, solve_camera
from secondunit_engine.planning.staging import place_at
from secondunit_engine.planning.state import WorldState, is_away, open_scene
from secondunit_engine.planning.story import Refusal, Story, entering, tell_story
from secondunit_engine.planning.styles import STYLES, VARIANTS, Style
from secondunit_engine.planning.walk_through import Part, stage_scene

MOST_PEOPLE = 8  # in one scene; a note says who is left out
_SHORTEST = Fraction(2)  # seconds of a shot
_AIR = Fraction(1)  # seconds that a shot may be held longer than its beats


@dataclass(frozen=True)
class ShotDraft:
    """A shot of a scene without its people's looks: what happens when, who is where, and the camera."""

    reading: ShotReading
    steps: tuple[Step, ...]
    blocking: Blocking
    paths: tuple[PathPlan, ...]
    camera: CameraPlan
    people: tuple[str, ...]
    before: WorldState


@dataclass(frozen=True)
class SceneDraft:
    """The shots of a scene, the state it ends in, and what cannot happen in it, by shot."""

    shots: tuple[ShotDraft, ...]
    after: WorldState
    refusals: tuple[tuple[int, Refusal], ...]


@dataclass(frozen=True)
class SceneSettings:
    """What of the settings a scene depends on. `frames` is one length for every shot, `lengths` one for each."""

    rate: Rate
    style: StyleName | None = None
    frames: int | None = None
    lengths: tuple[int, ...] = ()


def plan_scene(scene: SceneReading, before: WorldState, settings: SceneSettings) -> SceneDraft:
    """Plan a scene that begins in a state of the world."""
    people = people_in(scene.beats)[:MOST_PEOPLE]
    whole = _reading(scene, 0, len(scene.beats), 0)
    steps = find_steps(whole, people)
    goes_on = "CONTINUOUS" in scene.scene.heading.upper()
    start = open_scene(before, scene.place, people, goes_on=goes_on, enters=entering(steps))
    story = tell_story(steps, len(scene.beats), start)
    style = STYLES[settings.style or "coverage"]
    seconds = [float(beat_seconds(beat, _of_beats(story.steps, at, at + 1))) for at, beat in enumerate(scene.beats)]
    chosen = any(beat.beat.coverage for beat in scene.beats)
    if settings.style is None and not chosen and (scene.is_prompt or is_one_shot(scene, people, seconds, style)):
        return _plan_one_shot(whole, people, story, settings)
    covers = cover_scene(scene, story.steps, people, style, seconds)
    readings = [_reading(scene, cover.first, cover.last, at) for at, cover in enumerate(covers)]
    own = [_of_beats(story.steps, cover.first, cover.last) for cover in covers]
    blocked = [
        _block(reading, mine, settings, at) for at, (reading, mine) in enumerate(zip(readings, own, strict=True))
    ]
    paths = _stage(scene, people, readings, blocked, settings)
    cameras = _photograph(scene, covers, style, paths)
    shots = [
        ShotDraft(reading, mine, block, way, camera, _present(people, story, cover), story.before[cover.first])
        for reading, mine, block, way, camera, cover in zip(readings, own, blocked, paths, cameras, covers, strict=True)
    ]
    refusals = tuple((_shot_of(covers, refusal.beat), refusal) for refusal in story.refusals)
    return SceneDraft(tuple(shots), story.after, refusals)


def _plan_one_shot(whole: ShotReading, people: tuple[str, ...], story: Story, settings: SceneSettings) -> SceneDraft:
    """One shot, composed by its set; nobody is moved from the marks that the set is lit for."""
    block = _block(whole, tuple(step for step in story.steps if not step.filled), settings, 0)
    camera = choose_camera(whole, whole.place, people, block.actions)
    draft = ShotDraft(whole, story.steps, block, (), camera, people, story.before[0] if story.before else WorldState())
    return SceneDraft((draft,), story.after, tuple((0, refusal) for refusal in story.refusals))


def _reading(scene: SceneReading, first: int, last: int, position: int) -> ShotReading:
    """A stretch of a scene's beats as a shot to be; the heading goes with the first."""
    beats = scene.beats[first:last]
    start = scene.scene.span.start if position == 0 or not beats else beats[0].beat.span.start
    end = scene.beats[last].beat.span.start if last < len(scene.beats) else scene.scene.span.end
    return ShotReading(
        "", scene.scene, scene.heading, tuple(scene.found()), beats, scene.beats, scene.place, scene.why_place,
        position, (start, end), scene.is_prompt,
    )  # fmt: skip


def _of_beats(steps: Sequence[Step], first: int, last: int) -> tuple[Step, ...]:
    """The steps of some beats, counted from the first of them."""
    return tuple(replace(step, beat=step.beat - first) for step in steps if first <= step.beat < last)


def _block(reading: ShotReading, steps: tuple[Step, ...], settings: SceneSettings, at: int) -> Blocking:
    frames = settings.lengths[at] if settings.lengths else choose_frames(reading, steps, settings)
    return block_shot(reading, steps, frames, settings.rate)


def give_of(draft: ShotDraft, rate: Rate) -> Elastic:
    """How far a shot may be pressed and stretched: as far as its beats may; its air goes first."""
    parts = [
        elastic(
            beat_seconds(beat, _of_beats(draft.steps, at, at + 1)),
            rate,
            spoken=beat.beat.kind == "dialogue",
            locked=beat.beat.locked,
        )
        for at, beat in enumerate(draft.reading.beats)
    ]
    wanted = draft.blocking.frames
    least = min(wanted, max(1, sum(part.least for part in parts)))
    locked = bool(parts) and all(beat.beat.locked for beat in draft.reading.beats)
    most = wanted if locked else max(wanted, sum(part.most for part in parts) + rate.frames(_AIR))
    return Elastic(least, wanted, most)


def choose_frames(reading: ShotReading, steps: tuple[Step, ...], settings: SceneSettings) -> int:
    """The length the user set, else the one a prompt says, else what the beats want."""
    if settings.frames is not None:
        return settings.frames
    said = reading.first("seconds") if reading.is_prompt else None
    floor = Fraction(4) if reading.is_prompt else _SHORTEST
    return max(1, settings.rate.frames(Fraction(said.value) if said else max(floor, wanted_seconds(reading, steps))))


def _stage(
    scene: SceneReading,
    people: tuple[str, ...],
    readings: Sequence[ShotReading],
    blocked: Sequence[Blocking],
    settings: SceneSettings,
) -> tuple[tuple[PathPlan, ...], ...]:
    parts = [Part(block.frames, block.actions, tuple(line.character for line in block.dialogue)) for block in blocked]
    marks = {name: mark_name(number, scene.place) for number, name in enumerate(people)}
    return stage_scene(people, marks, parts, floor_of(scene.place), settings.rate)


def _present(people: tuple[str, ...], story: Story, cover: Coverage) -> tuple[str, ...]:
    """Who is on the set at some time of a shot: all but those who have not come yet or have gone."""
    states = story.before[cover.first : cover.last + 1] or (story.after,)
    if cover.last >= len(story.before):
        states = (*states, story.after)
    return tuple(name for name in people if not all(is_away(state, name) for state in states))


def _photograph(
    scene: SceneReading, covers: Sequence[Coverage], style: Style, paths: Sequence[tuple[PathPlan, ...]]
) -> list[CameraPlan]:
    """The cameras of a scene, each solved against the one before."""
    floor = floor_of(scene.place)
    master = floor.camera_mark(style.master)
    talkers = speakers(scene)[:MOST_PEOPLE]
    first = _find_line(talkers, paths[0]) if paths else None
    side = side_of(first, master.eye) if first and master else 1 if first else 0
    cameras: list[CameraPlan] = []
    last: Last | None = None
    lenses: dict[str, float] = {}  # matching sizes of one scene are taken with one lens
    for cover, ways in zip(covers, paths, strict=True):
        places = {path.who: place_at(path, 0) for path in ways}
        chosen = VARIANTS.get(scene.beats[cover.first].beat.coverage) if scene.beats else None
        line = _find_line(talkers, ways)
        stage = Stage(floor, places, line, side if line else 0)
        camera = solve_camera(cover, chosen[0] if chosen else style, stage, last, lenses.get(cover.size))
        cameras.append(camera)
        if camera.station is not None and camera.subject in places:
            lenses.setdefault(camera.size, camera.lens_mm)
        mark = floor.camera_mark(camera.size)
        eye = camera.station.eye if camera.station else mark.eye if mark else (0.0, 1.5, 5.0)
        last = Last(camera.subject, camera.size, eye)
    return cameras


def _find_line(talkers: tuple[str, ...], ways: Sequence[PathPlan]) -> Line | None:
    """From the first talker to the second, or to who listens, where they stand when a shot begins; None without."""
    places = {path.who: path.spots[0] for path in ways}
    names = dict.fromkeys((*talkers, *places)) if talkers else ()
    ends = [(places[name].x, places[name].z) for name in names if name in places]
    return (ends[0], ends[1]) if len(ends) > 1 else None


def _shot_of(covers: Sequence[Coverage], beat: int) -> int:
    return next((at for at, cover in enumerate(covers) if cover.first <= beat < cover.last), 0)


@lru_cache(maxsize=4096)
def plan_scene_once(scene: SceneReading, before: WorldState, settings: SceneSettings) -> SceneDraft:
    """`plan_scene`, remembered: a scene that says the same in the same state is not planned again."""
    return plan_scene(scene, before, settings)
