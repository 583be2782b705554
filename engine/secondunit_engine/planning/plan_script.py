"""From scenes to shots: who is in front of which camera, on which set, in which light, doing what and when."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_bridge.timing import Rate
from secondunit_engine.planning.camera_path import keep_clear
from secondunit_engine.planning.casting import Description, cast_person, mark_name
from secondunit_engine.planning.cinematography import choose_motion, choose_music
from secondunit_engine.planning.continuity import check_continuity, note_crowds, note_places
from secondunit_engine.planning.dressing import dress_set
from secondunit_engine.planning.lighting import check_light, light_scene
from secondunit_engine.planning.line import check_geometry
from secondunit_engine.planning.pacing import fit_total
from secondunit_engine.planning.people import attribute, describe_people, people_in, role_of
from secondunit_engine.planning.plan import CastPlan, ContinuityNote, LightPlan, Plan, Settings, ShotPlan
from secondunit_engine.planning.plan_scene import (
    MOST_PEOPLE,
    SceneDraft,
    SceneSettings,
    ShotDraft,
    give_of,
    plan_scene_once,
)
from secondunit_engine.planning.reading import SceneReading, ShotReading, read_scenes
from secondunit_engine.planning.seeds import derive_seed
from secondunit_engine.planning.state import WorldState
from secondunit_engine.planning.stunts import find_stunts
from secondunit_engine.planning.titles import titles_of
from secondunit_engine.script.brief import LedgerEntry, Script
from secondunit_engine.script.vocabulary import SETS

_MAX_FRAMES = 100_000
_MOST_SCENES = 2000  # a feature has some 150


def plan_script(script: Script, settings: Settings) -> Plan:
    """Plan every shot of a script. A prompt is one shot; a scene has as many as its coverage asks for.

    Each shot depends only on its own scene, on the state the scene begins in, on what the script says of its people,
    and on the settings: changing a beat leaves what does not follow from it as it was.
    Raises BadInput for a length that cannot be shot, TooLarge for a screenplay of too many scenes.
    """
    if settings.frames is not None and settings.frames < 1:
        raise BadInput(f"A shot cannot last {settings.frames} frames.", mend="Give a duration above zero.")
    if settings.frames is not None and settings.total_frames is not None:
        raise BadInput("A length for each shot and one for all were given.", mend="Give one of them.")
    if len(script.scenes) > _MOST_SCENES:
        raise TooLarge(f"The screenplay has over {_MOST_SCENES} scenes.", mend="Shoot it in parts.")
    scenes = read_scenes(script)
    drafts = _draft_scenes(scenes, settings)
    if settings.total_frames is not None:
        drafts = _draft_scenes(scenes, settings, _fit_lengths(drafts, settings.total_frames, settings.rate))
    named = [(replace(draft.reading, id=name), draft) for name, draft in _named(drafts)]
    people = describe_people(reading for reading, _ in named)
    lights = [plan for scene, draft in zip(scenes, drafts, strict=True) for plan in _light(scene, draft, settings)]
    shots = tuple(
        _finish(reading, draft, light, people, script.ledger, settings)
        for (reading, draft), light in zip(named, lights, strict=True)
    )
    notes = (
        *check_continuity(shots),
        *check_geometry(shots),
        *check_light(shots),
        *_refusals(drafts, shots),
        *_note_scenes(scenes, drafts, shots),
    )
    return Plan(script.title, shots, notes, script.ledger)


def _draft_scenes(
    scenes: Sequence[SceneReading], settings: Settings, lengths: Sequence[tuple[int, ...]] = ()
) -> list[SceneDraft]:
    """Scene after scene, each beginning in the state where the one before it ended; `lengths` are of their shots."""
    state = WorldState()
    drafts: list[SceneDraft] = []
    for scene, own in zip_longest(scenes, lengths, fillvalue=()):
        assert isinstance(scene, SceneReading)
        wanted = SceneSettings(settings.rate, settings.style, settings.frames, own)
        drafts.append(plan_scene_once(scene, state, wanted))
        state = drafts[-1].after
    return drafts


def _fit_lengths(drafts: Sequence[SceneDraft], total: int, rate: Rate) -> list[tuple[int, ...]]:
    """Frames of every shot, by scene, that add up to the total. Raises BadInput with the range that can be met."""
    frames = iter(fit_total([give_of(shot, rate) for draft in drafts for shot in draft.shots], total, rate))
    return [tuple(next(frames) for _ in draft.shots) for draft in drafts]


def _named(drafts: Sequence[SceneDraft]) -> Iterator[tuple[str, ShotDraft]]:
    """Every shot with its name: sh010, sh020 and so on in script order."""
    number = 0
    for draft in drafts:
        for shot in draft.shots:
            number += 10
            yield f"sh{number:03d}", shot


def _light(scene: SceneReading, draft: SceneDraft, settings: Settings) -> tuple[LightPlan, ...]:
    """The light of a scene's shots, all under one key."""
    set_plan = dress_set(draft.shots[0].reading, settings.seed)
    return light_scene(scene, set_plan, [shot.reading.beats for shot in draft.shots])


def _finish(
    reading: ShotReading,
    draft: ShotDraft,
    light: LightPlan,
    people: dict[str, Description],
    ledger: tuple[LedgerEntry, ...],
    settings: Settings,
) -> ShotPlan:
    """A shot with its set, its cast, its light and its name."""
    frames = draft.blocking.frames
    if frames > _MAX_FRAMES:
        raise TooLarge(
            f"Shot {reading.id} would last {frames} frames.", mend=f"Keep a shot under {_MAX_FRAMES} frames."
        )
    set_plan = dress_set(reading, settings.seed)
    cast = _cast_shot(reading, draft.people, people, settings.seed)
    planned = ShotPlan(
        id=reading.id,
        scene=reading.scene.id,
        heading=reading.scene.heading,
        frames=frames,
        rate=settings.rate,
        seed=derive_seed(settings.seed, "shot", reading.id),
        set=set_plan,
        camera=draft.camera,
        lights=light,
        motion=choose_motion(reading, settings),
        cast=cast,
        actions=draft.blocking.actions,
        dialogue=draft.blocking.dialogue,
        beats=draft.blocking.beats,
        music=choose_music(reading, set_plan.place),
        ledger=_own_ledger(reading, ledger),
        blocking=tuple(path for path in draft.paths if path.who in draft.people),
        state=tuple(draft.before.tell()),
        stunts=find_stunts(draft.blocking.beats, people),
        graphics=titles_of(draft.blocking.beats),
    )
    return keep_clear(planned)


def _cast_shot(
    shot: ShotReading, names: Sequence[str], people: dict[str, Description], seed: int
) -> tuple[CastPlan, ...]:
    """The people of a shot, each in the mood of this shot, on the mark they have all through the scene."""
    marks = {name: number for number, name in enumerate(people_in(shot.scene_beats))}
    said = [words for beat in shot.beats for words in attribute(beat).items()]
    cast: list[CastPlan] = []
    for name in names:
        moods = [item for whose, items in said if whose == name for item in items if item.facet == "mood"]
        if not moods and shot.is_prompt:
            moods = [item for item in shot.found() if item.facet == "mood"]
        known = people.get(name, Description(name, role_of(name), (), (), shot.place))
        person = cast_person(replace(known, found=(*known.found, *moods)), shot.id, seed)
        cast.append(replace(person, mark=mark_name(marks[name], shot.place)))
    return tuple(cast)


def _refusals(drafts: Sequence[SceneDraft], shots: Sequence[ShotPlan]) -> Iterator[ContinuityNote]:
    """What cannot happen, as errors of the shots in which it would."""
    first = 0
    for draft in drafts:
        for at, refusal in draft.refusals:
            yield ContinuityNote("error", "unmet precondition", (shots[first + at].id,), refusal.reason)
        first += len(draft.shots)


def _note_scenes(
    scenes: Sequence[SceneReading], drafts: Sequence[SceneDraft], shots: Sequence[ShotPlan]
) -> Iterator[ContinuityNote]:
    """Places that nobody named and people who are too many, at the first shot of their scene."""
    firsts: list[tuple[str, SceneReading]] = []
    at = 0
    for scene, draft in zip(scenes, drafts, strict=True):
        firsts.append((shots[at].id, scene))
        at += len(draft.shots)
    yield from note_places((name, SETS[scene.place], scene.why_place) for name, scene in firsts)
    yield from note_crowds((name, people_in(scene.beats)[MOST_PEOPLE:]) for name, scene in firsts)


def _own_ledger(shot: ShotReading, ledger: tuple[LedgerEntry, ...]) -> tuple[LedgerEntry, ...]:
    """The ledger's entries, which are in order, for the characters of this shot."""
    first, last = (bisect_left(ledger, edge, key=lambda entry: entry.start) for edge in shot.span)
    return ledger[first:last]
