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
from secondunit_engine.planning.blocking import Blocking, beat_seconds, block_shot, read_tempo, wanted_seconds
from secondunit_engine.planning.casting import mark_name
from secondunit_engine.planning.cinematography import choose_camera, photograph_scene
from secondunit_engine.planning.cover import Coverage, cover_scene, is_one_shot, speakers
from secondunit_engine.planning.dressing import set_seed
from secondunit_engine.planning.floor import Floor, floor_at
from secondunit_engine.planning.pacing import Elastic, Tempo, elastic
from secondunit_engine.planning.people import people_in
from secondunit_engine.planning.plan import CameraPlan, PathPlan, SetPlan, Spot, StyleName
from secondunit_engine.planning.reading import SceneReading, ShotReading
from secondunit_engine.planning.staging import Staging, stage_scene
from secondunit_engine.planning.state import WorldState, is_away, open_scene
from secondunit_engine.planning.steps import Step, find_steps
from secondunit_engine.planning.story import Refusal, entering, tell_story
from secondunit_engine.planning.styles import STYLES, VARIANTS, Style

MOST_PEOPLE = 8  # in one scene; a note says who is left out
_SHORTEST = Fraction(2)  # seconds of a shot
_AIR = Fraction(1)  # seconds that a shot may be held longer than its beats

Places = tuple[tuple[str, Spot], ...]  # where people are: name, spot at frame 0


@dataclass(frozen=True)
class ShotDraft:
    """A shot of a scene without its people's looks: what happens when, who is where, and the camera. `tempos` are how
    its beats are played."""

    reading: ShotReading
    steps: tuple[Step, ...]
    blocking: Blocking
    paths: tuple[PathPlan, ...]
    camera: CameraPlan
    people: tuple[str, ...]
    tempos: tuple[Tempo, ...] = ()


@dataclass(frozen=True, eq=False)
class Filmed:
    """A scene's shots as they are whatever the world was like before, and the beats of each: first, last (not
    included). The same is one object."""

    shots: tuple[ShotDraft, ...]
    spans: tuple[tuple[int, int], ...]
    gave_way: tuple[tuple[int, str], ...] = ()
    left: Places = ()


@dataclass(frozen=True)
class SceneDraft:
    """A scene as it is filmed, the state before each shot and after the last, and what cannot happen in it, by shot."""

    filmed: Filmed
    before: tuple[WorldState, ...]
    after: WorldState
    refusals: tuple[tuple[int, Refusal], ...]


@dataclass(frozen=True)
class SceneSettings:
    """What of the settings a scene depends on. `frames` is one length for every shot, `lengths` one for each; `seed`
    chooses the floor of a set that has several."""

    rate: Rate
    style: StyleName | None = None
    frames: int | None = None
    lengths: tuple[int, ...] = ()
    seed: int = 0


def goes_on(scene: SceneReading) -> bool:
    """Whether a scene goes on from the one before without a jump in time."""
    return "CONTINUOUS" in scene.scene.heading.upper()


def plan_scene(scene: SceneReading, before: WorldState, settings: SceneSettings, known: Places = ()) -> SceneDraft:
    """Plan a scene that begins in a state of the world. `known` are those of its people whom the scene that it goes on
    from left on the same set: there they are, and what it shows they do from there."""
    people = people_in(scene.beats)[:MOST_PEOPLE]
    whole = read_shot(scene, 0, len(scene.beats), 0)
    steps = find_steps(whole, people)
    start = open_scene(before, scene.place, people, goes_on=goes_on(scene), enters=entering(steps))
    story = tell_story(steps, len(scene.beats), start)
    away = tuple(frozenset(name for name in people if is_away(state, name)) for state in (*story.before, story.after))
    filmed = _film(scene, story.steps, away, settings, known)
    heads = story.before or (WorldState(),)
    refusals = tuple((_shot_of(filmed.spans, refusal.beat), refusal) for refusal in story.refusals)
    return SceneDraft(filmed, tuple(heads[first] for first, _ in filmed.spans), story.after, refusals)


@lru_cache(maxsize=4096)
def _film(
    scene: SceneReading,
    steps: tuple[Step, ...],
    away: tuple[frozenset[str], ...],
    settings: SceneSettings,
    known: Places,
) -> Filmed:
    """Cover, time, stage and photograph a scene whose story is told. `away` are those who are not on the set at the
    head of each beat and at the end. A scene in which the same happens though the world before it changed (somebody
    else has the relic) is filmed once."""
    people = people_in(scene.beats)[:MOST_PEOPLE]
    style = STYLES[settings.style or "coverage"]
    tempos = read_tempo(scene.beats, steps)
    seconds = [
        float(beat_seconds(beat, _of_beats(steps, at, at + 1), tempos[at])) for at, beat in enumerate(scene.beats)
    ]
    chosen = any(beat.beat.coverage for beat in scene.beats)
    composed = scene.is_prompt or (not known and is_one_shot(scene, people, seconds, style))
    if settings.style is None and not chosen and composed:
        return _film_one_shot(scene, people, steps, tempos, settings)
    covers = cover_scene(scene, steps, people, style, seconds)
    readings = [read_shot(scene, cover.first, cover.last, at) for at, cover in enumerate(covers)]
    own = [_of_beats(steps, cover.first, cover.last) for cover in covers]
    played = [tempos[cover.first : cover.last] for cover in covers]
    blocked = [
        _block(reading, mine, tempo, settings, at)
        for at, (reading, mine, tempo) in enumerate(zip(readings, own, played, strict=True))
    ]
    floor = floor_at(SetPlan(scene.place, seed=set_seed(settings.seed, scene.place, scene.found())))
    staged = _stage(scene, people, blocked, floor, settings.rate, known)
    present = [_present(people, away[cover.first : cover.last + 1]) for cover in covers]
    seen = [
        tuple(path for path in ways if path.who in there) for ways, there in zip(staged.paths, present, strict=True)
    ]
    cameras = _photograph(scene, covers, style, seen, blocked, floor, settings.rate)
    shots = tuple(
        ShotDraft(*parts) for parts in zip(readings, own, blocked, seen, cameras, present, played, strict=True)
    )
    return Filmed(shots, tuple((cover.first, cover.last) for cover in covers), staged.notes, staged.left)


def _film_one_shot(
    scene: SceneReading,
    people: tuple[str, ...],
    steps: tuple[Step, ...],
    tempos: tuple[Tempo, ...],
    settings: SceneSettings,
) -> Filmed:
    """One shot, composed by its set; nobody is moved from the marks that the set is lit for."""
    whole = read_shot(scene, 0, len(scene.beats), 0)
    block = _block(whole, tuple(step for step in steps if not step.filled), tempos, settings, 0)
    camera = choose_camera(whole, whole.place, people, block.actions)
    return Filmed((ShotDraft(whole, steps, block, (), camera, people, tempos),), ((0, len(scene.beats)),))


def read_shot(scene: SceneReading, first: int, last: int, position: int) -> ShotReading:
    """A stretch of a scene's beats as a shot to be."""
    return ShotReading(
        "", scene.scene, scene.heading, scene.found(), scene.beats[first:last], scene.beats, scene.place, position,
        scene.is_prompt,
    )  # fmt: skip


def _of_beats(steps: Sequence[Step], first: int, last: int) -> tuple[Step, ...]:
    """The steps of some beats, counted from the first of them."""
    return tuple(replace(step, beat=step.beat - first) for step in steps if first <= step.beat < last)


def _block(
    reading: ShotReading, steps: tuple[Step, ...], tempos: tuple[Tempo, ...], settings: SceneSettings, at: int
) -> Blocking:
    frames = settings.lengths[at] if settings.lengths else choose_frames(reading, steps, tempos, settings)
    return block_shot(reading, steps, frames, settings.rate, tempos)


def give_of(draft: ShotDraft, rate: Rate) -> Elastic:
    """How far a shot may be pressed and stretched: as far as its beats may; its air goes first."""
    parts = [
        elastic(
            beat_seconds(beat, _of_beats(draft.steps, at, at + 1), draft.tempos[at]),
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


def choose_frames(
    reading: ShotReading, steps: tuple[Step, ...], tempos: tuple[Tempo, ...], settings: SceneSettings
) -> int:
    """The length the user set, else the one a prompt says, else what the beats want."""
    if settings.frames is not None:
        return settings.frames
    said = reading.first("seconds") if reading.is_prompt else None
    floor = Fraction(4) if reading.is_prompt else _SHORTEST
    wanted = Fraction(said.value) if said else max(floor, wanted_seconds(reading, steps, tempos))
    return max(1, settings.rate.frames(wanted))


def _stage(
    scene: SceneReading,
    people: tuple[str, ...],
    blocked: Sequence[Blocking],
    floor: Floor,
    rate: Rate,
    known: Places,
) -> Staging:
    marks = {name: mark_name(number, scene.place) for number, name in enumerate(people)}
    return stage_scene(people, marks, blocked, floor, rate, dict(known))


def _present(people: tuple[str, ...], away: Sequence[frozenset[str]]) -> tuple[str, ...]:
    """Who is on the set at some time of a shot: all but those who have not come yet or have gone."""
    return tuple(name for name in people if not all(name in gone for gone in away))


def _photograph(
    scene: SceneReading,
    covers: Sequence[Coverage],
    style: Style,
    paths: Sequence[tuple[PathPlan, ...]],
    blocked: Sequence[Blocking],
    floor: Floor,
    rate: Rate,
) -> list[CameraPlan]:
    """The cameras of a scene; a beat whose coverage was chosen is shot in that style."""
    chosen = [VARIANTS.get(scene.beats[cover.first].beat.coverage) if scene.beats else None for cover in covers]
    styles = [variant[0] if variant else style for variant in chosen]
    frames = [block.frames for block in blocked]
    return photograph_scene(covers, styles, paths, frames, speakers(scene)[:MOST_PEOPLE], floor, rate)


def _shot_of(spans: Sequence[tuple[int, int]], beat: int) -> int:
    return next((at for at, (first, last) in enumerate(spans) if first <= beat < last), 0)
