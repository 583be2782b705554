"""From scenes to shots: who is in front of which camera, on which set, in which light, doing what and when."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_bridge.timing import Rate
from secondunit_engine.places import place_of
from secondunit_engine.planning.casting import Description, cast_person, mark_name
from secondunit_engine.planning.changes import shot_number
from secondunit_engine.planning.cinematography import choose_kit, choose_motion, choose_music
from secondunit_engine.planning.continuity import check_between, check_continuity, note_crowds, note_places
from secondunit_engine.planning.dressing import dress_set, with_own_props
from secondunit_engine.planning.focus import pull_focus
from secondunit_engine.planning.graphics import graphics_of
from secondunit_engine.planning.lighting import check_light, light_scene
from secondunit_engine.planning.line import check_geometry
from secondunit_engine.planning.on_the_beat import Cut, MarkerLike, fit_beats
from secondunit_engine.planning.pacing import fit_total
from secondunit_engine.planning.people import add_descriptions, attribute, described_in, people_in, role_of
from secondunit_engine.planning.plan import (
    CastPlan,
    ContinuityNote,
    LightPlan,
    Plan,
    Settings,
    ShotPlan,
    Spot,
    copy_with,
)
from secondunit_engine.planning.plan_scene import (
    MOST_PEOPLE,
    Filmed,
    Places,
    SceneDraft,
    SceneSettings,
    ShotDraft,
    give_of,
    goes_on,
    plan_scene,
)
from secondunit_engine.planning.reading import ReadBeat, SceneReading, ShotReading, name_people, read_once
from secondunit_engine.planning.seeds import derive_seed
from secondunit_engine.planning.state import WorldState
from secondunit_engine.planning.stunts import find_stunts
from secondunit_engine.script.brief import LedgerEntry, Script, ScriptScene
from secondunit_engine.script.contradictions import find_contradictions
from secondunit_engine.script.prompt import Found

_MAX_FRAMES = 100_000
_MOST_SCENES = 2000  # a feature has some 150


def plan_script(script: Script, settings: Settings, music: Sequence[MarkerLike] = ()) -> Plan:
    """Plan every shot of a script. A prompt is one shot; a scene has as many as its coverage asks for.

    Each shot depends only on its own scene, on the state the scene begins in, on what the script says of its people,
    and on the settings: changing a beat leaves what does not follow from it as it was.
    With the markers of a track the shots end on its beats, and the tensest begins on a drop.
    Raises BadInput for a length that cannot be shot, TooLarge for a screenplay of too many scenes.
    """
    if settings.frames is not None and settings.frames < 1:
        raise BadInput(f"A shot cannot last {settings.frames} frames.", mend="Give a duration above zero.")
    if settings.frames is not None and settings.total_frames is not None:
        raise BadInput("A length for each shot and one for all were given.", mend="Give one of them.")
    if music and (settings.frames is not None or settings.total_frames is not None):
        raise BadInput("A length was given, and music to cut to.", mend="Give one of them.")
    if len(script.scenes) > _MOST_SCENES:
        raise TooLarge(f"The screenplay has over {_MOST_SCENES} scenes.", mend="Shoot it in parts.")
    names = name_people(script)
    readings = [read_once(scene, names) for scene in script.scenes]
    wanted = SceneSettings(settings.rate, settings.style, settings.frames, seed=settings.seed)
    drafts = _draft_scenes(readings, [wanted] * len(readings))
    if settings.total_frames is not None:
        lengths = _fit_lengths(drafts, settings.total_frames, settings.rate)
        drafts = _draft_scenes(readings, [replace(wanted, lengths=own) for own in lengths])
    cuts: tuple[Cut, ...] = ()
    if music:
        lengths, cuts = _fit_music(drafts, music, settings.rate)
        drafts = _draft_scenes(readings, [replace(wanted, lengths=own) for own in lengths])
    people = _describe(drafts)
    own = _unsized(settings)
    starts = [entry.start for entry in script.ledger]
    scenes: list[FinishedScene] = []
    ledgers: list[tuple[LedgerEntry, ...]] = []
    number = 0
    for scene, draft in zip(script.scenes, drafts, strict=True):
        _check_frames(draft, number)
        known = tuple(_seen_from(people[name], number, len(draft.shots)) for name in draft.people if name in people)
        scenes.append(_number_shots(_finish_scene(draft, known, own), number, settings.seed))
        number += len(draft.shots)
        ledgers += [script.ledger[slice(*_between(starts, span))] for span in _spans(scene, draft)]
    bare = (shot for done in scenes for shot in done.shots)
    shots = tuple(
        copy_with(shot, ledger=ledger, set=with_own_props(shot.set, script.own))
        for shot, ledger in zip(bare, ledgers, strict=True)
    )
    between = (note for a, b in pairwise(scenes) for note in check_between(a.shots, b.shots))
    on_beat = (_told_cuts(shots, cuts),) if cuts else ()
    notes = (*(note for done in scenes for note in done.notes), *between, *on_beat)
    return Plan(script.title, shots, notes, script.ledger)


@dataclass(frozen=True, eq=False)
class Drafted:
    """A scene's draft. It is remembered by all that it was planned from (`_draft_once`): the same is one object."""

    scene: SceneReading
    draft: SceneDraft

    @property
    def shots(self) -> tuple[ShotDraft, ...]:
        return self.draft.filmed.shots

    @cached_property
    def longest(self) -> int:
        """The frames of its longest shot."""
        return max((shot.blocking.frames for shot in self.shots), default=0)

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Everybody in it, and everybody it describes."""
        seen = (name for shot in self.shots for name in shot.people)
        told = (name for beat in self.scene.beats for name in attribute(beat))
        return tuple(dict.fromkeys((*seen, *told)))

    @cached_property
    def described(self) -> tuple[tuple[int, str, str, tuple[Found, ...]], ...]:
        """Who is described in it: (shot, name, set, words)."""
        return tuple(
            (at, name, self.scene.place, tuple(items))
            for at, shot in enumerate(self.shots)
            for name, items in described_in(shot.reading)
        )


@dataclass(frozen=True, eq=False)
class FinishedScene:
    """The shots of a scene and the notes on them. The same is one object."""

    shots: tuple[ShotPlan, ...]
    notes: tuple[ContinuityNote, ...]


def _unsized(settings: Settings) -> Settings:
    """The settings without what no plan depends on: how large and how good the picture is."""
    return replace(settings, width=854, height=480, quality="preview", total_frames=None)


@lru_cache(maxsize=4096)
def _draft_once(scene: SceneReading, state: WorldState, wanted: SceneSettings, known: Places) -> Drafted:
    return Drafted(scene, plan_scene(scene, state, wanted, known))


def _draft_scenes(scenes: Sequence[SceneReading], wanted: Sequence[SceneSettings]) -> list[Drafted]:
    """Scene after scene, each beginning in the state where the one before it ended, and one that goes on on the same
    set in its places too."""
    state, place = WorldState(), ""
    places: dict[str, Spot] = {}
    drafts: list[Drafted] = []
    for scene, own in zip(scenes, wanted, strict=True):
        if not goes_on(scene) or scene.place != place:
            places, place = {}, scene.place
        known = {name: places.pop(name) for name in people_in(scene.beats) if name in places} if places else {}
        concerned, others = state.part(_subjects(scene))
        drafts.append(_draft_once(scene, concerned, own, tuple(known.items())))
        state = drafts[-1].draft.after.put(*others.facts)
        places |= dict(drafts[-1].draft.filmed.left)
    return drafts


@lru_cache(maxsize=4096)
def _subjects(scene: SceneReading) -> frozenset[str]:
    """The people and things a scene has to do with: what is true of others waits until they come up again."""
    things = (item.value for item in scene.found() if item.facet in ("prop", "dressing", "thing"))
    last_words = (item.text.split()[-1].lower() for item in scene.found() if item.facet == "dressing")
    return frozenset((*people_in(scene.beats), *things, *last_words, *place_of(scene.place).things))


def _describe(drafts: Sequence[Drafted]) -> dict[str, Description]:
    """What the whole script says of its people; a garment is worn from the shot in which it is named."""
    people: dict[str, Description] = {}
    number = 0
    for drafted in drafts:
        people = add_descriptions(people, drafted.described, number)
        number += len(drafted.shots)
    return people


@lru_cache(maxsize=4096)
def _finish_scene(drafted: Drafted, people: tuple[Description, ...], settings: Settings) -> FinishedScene:
    """A scene's shots with set, cast, light and state, and the notes on them, as if the scene were the whole film."""
    dressed = _dress_scene(drafted.scene, drafted.draft.filmed, people, settings)
    shots = tuple(
        copy_with(shot, state=tuple(before.tell()))
        for shot, before in zip(dressed.shots, drafted.draft.before, strict=True)
    )
    notes = (
        *check_continuity(shots),
        *dressed.notes,
        *_refusals(drafted, shots),
        *note_places(((shots[0].id, place_of(drafted.scene.place).label, drafted.scene.why_place),)),
        *note_crowds(((shots[0].id, people_in(drafted.scene.beats)[MOST_PEOPLE:]),)),
    )
    return FinishedScene(shots, notes)


@lru_cache(maxsize=4096)
def _dress_scene(
    scene: SceneReading, filmed: Filmed, people: tuple[Description, ...], settings: Settings
) -> FinishedScene:
    """A scene's shots with set, cast and light, and the notes on their cameras and lights: all that the state of the
    world does not change."""
    known = {person.name: person for person in people}
    set_plan = dress_set(filmed.shots[0].reading, settings.seed)
    lights = light_scene(scene, set_plan, [shot.reading.beats for shot in filmed.shots])
    shots = tuple(
        _finish(replace(draft.reading, id=_name(at)), draft, light, known, settings)
        for at, (draft, light) in enumerate(zip(filmed.shots, lights, strict=True))
    )
    return FinishedScene(shots, (*check_geometry(shots), *check_light(shots)))


def _name(at: int) -> str:
    """The name of a film's shot, counted from 0."""
    return f"sh{10 * (at + 1):03d}"


@lru_cache(maxsize=4096)
def _number_shots(done: FinishedScene, number: int, seed: int) -> FinishedScene:
    """A finished scene in its film: `number` counts the shots before it."""
    names = {shot.id: _name(number + at) for at, shot in enumerate(done.shots)}
    shots = tuple(copy_with(shot, id=names[shot.id], seed=_shot_seed(seed, names[shot.id])) for shot in done.shots)
    notes = tuple(replace(note, shots=tuple(names[name] for name in note.shots)) for note in done.notes)
    return FinishedScene(shots, notes)


@lru_cache(maxsize=8192)
def _shot_seed(seed: int, name: str) -> int:
    return derive_seed(seed, "shot", name)


def _seen_from(person: Description, number: int, shots: int) -> Description:
    """A person as a scene of so many shots sees them, with `number` shots before it: garments count from its first
    shot, and those of later scenes are all just later."""
    wardrobes = tuple((min(max(at - number, 0), shots), garment) for at, garment in person.wardrobes)
    return replace(person, wardrobes=wardrobes) if wardrobes else person


def _check_frames(drafted: Drafted, number: int) -> None:
    """Raises TooLarge for a shot that is too long."""
    if drafted.longest <= _MAX_FRAMES:
        return
    for at, shot in enumerate(drafted.shots):
        if shot.blocking.frames > _MAX_FRAMES:
            raise TooLarge(
                f"Shot {_name(number + at)} would last {shot.blocking.frames} frames.",
                mend=f"Keep a shot under {_MAX_FRAMES} frames.",
            )


def _fit_lengths(drafts: Sequence[Drafted], total: int, rate: Rate) -> list[tuple[int, ...]]:
    """Frames of every shot, by scene, that add up to the total. Raises BadInput with the range that can be met."""
    frames = iter(fit_total([give_of(shot, rate) for draft in drafts for shot in draft.shots], total, rate))
    return [tuple(next(frames) for _ in draft.shots) for draft in drafts]


def _fit_music(
    drafts: Sequence[Drafted], music: Sequence[MarkerLike], rate: Rate
) -> tuple[list[tuple[int, ...]], tuple[Cut, ...]]:
    """Frames of every shot, by scene, that end on the beat, and where they end."""
    shots = [shot for draft in drafts for shot in draft.shots]
    tensions = [max((tempo.tension for tempo in shot.tempos), default=0) for shot in shots]
    tensest = [at for at, tension in enumerate(tensions) if at and tension and tension == max(tensions)][:1]
    found, cuts = fit_beats([give_of(shot, rate) for shot in shots], music, rate, tensest)
    frames = iter(found)
    return [tuple(next(frames) for _ in draft.shots) for draft in drafts], cuts


def _told_cuts(shots: Sequence[ShotPlan], cuts: Sequence[Cut]) -> ContinuityNote:
    """Where each shot ends, and how far its nearest frame is from the beat."""
    on = sum(bool(cut.marker) for cut in cuts)
    each = "; ".join(
        f"{shot.id} ends on a {cut.marker} ({cut.residual_ms:+.1f} ms)" if cut.marker else f"{shot.id} ends on no beat"
        for shot, cut in zip(shots, cuts, strict=True)
    )
    message = f"{on} of {len(cuts)} shots end on the beat, to the nearest frame: {each}."
    return ContinuityNote("warning", "beat sync", tuple(shot.id for shot in shots), message)


def _finish(
    reading: ShotReading,
    draft: ShotDraft,
    light: LightPlan,
    people: dict[str, Description],
    settings: Settings,
) -> ShotPlan:
    """A shot with its set, its cast, its light and its name."""
    frames = draft.blocking.frames
    set_plan = dress_set(reading, settings.seed)
    cast = _cast_shot(reading, draft.people, people, settings.seed)
    planned = ShotPlan(
        id=reading.id,
        scene=reading.scene.id,
        heading=reading.scene.heading,
        frames=frames,
        rate=settings.rate,
        seed=_shot_seed(settings.seed, reading.id),
        set=set_plan,
        camera=choose_kit(draft.camera, reading),
        lights=light,
        motion=choose_motion(reading, settings),
        cast=cast,
        actions=draft.blocking.actions,
        dialogue=draft.blocking.dialogue,
        beats=draft.blocking.beats,
        music=choose_music(reading, set_plan.place),
        blocking=tuple(path for path in draft.paths if path.who in draft.people),
        stunts=find_stunts(draft.blocking.beats, people),
        graphics=graphics_of(draft.blocking.beats, draft.blocking.frames, settings.rate),
    )
    return pull_focus(planned)


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
        person = cast_person(replace(known, found=(*known.found, *moods)), shot_number(shot.id) // 10 - 1, seed)
        cast.append(replace(person, mark=mark_name(marks[name], shot.place)))
    return tuple(cast)


def _refusals(drafted: Drafted, shots: Sequence[ShotPlan]) -> Iterator[ContinuityNote]:
    """What cannot happen, as errors of the shots in which it would; what staging gave up and directions that exclude
    each other, as warnings."""
    for shot, named in zip(drafted.shots, shots, strict=True):
        for beat in shot.reading.beats:
            for message in _clashes(beat):
                yield ContinuityNote("warning", "contradiction", (named.id,), message)
    for at, refusal in drafted.draft.refusals:
        rule = "unmet precondition" if refusal.level == "error" else "changes nothing"
        yield ContinuityNote(refusal.level, rule, (shots[at].id,), refusal.reason)
    for at, reason in drafted.draft.filmed.gave_way:
        yield ContinuityNote("warning", "staging", (shots[at].id,), reason)


@lru_cache(maxsize=20_000)
def _clashes(beat: ReadBeat) -> tuple[str, ...]:
    """The directions of a beat that exclude each other, as sentences."""
    return tuple(clash.message for clash in find_contradictions(beat.beat.text, beat.found))


def _spans(scene: ScriptScene, drafted: Drafted) -> Iterator[tuple[int, int]]:
    """The characters of the brief that belong to each shot of a scene; the heading goes with the first."""
    first = 0
    for shot in drafted.shots:
        last = first + len(shot.reading.beats)
        start = scene.span.start if first == 0 else scene.beats[first].span.start
        end = scene.beats[last].span.start if last < len(scene.beats) else scene.span.end
        yield start, end
        first = last


def _between(starts: Sequence[int], span: tuple[int, int]) -> tuple[int, int]:
    """Where in the ledger, whose entries are in order of their `starts`, the entries of a span begin and end."""
    first, last = span
    return bisect_left(starts, first), bisect_left(starts, last)
