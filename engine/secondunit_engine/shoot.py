"""The pipeline: a brief becomes finished, signed takes on a timeline.

Each stage is a pure function of typed inputs, named by their hash, and made only when that name is new.

    set ─┬─ cast ── motion ─┬─ camera ─┬─ frames ─┬─ picture ── take
         └──── lights ──────┴──────────┴─ sound ──┘
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from secondunit_bridge.connection import state_dir
from secondunit_bridge.errors import BadInput, NotReady
from secondunit_bridge.exchange.cue_sheet import read_moves
from secondunit_engine import layers
from secondunit_engine.dailies import draw_dailies
from secondunit_engine.directing import look_of, plan
from secondunit_engine.finish.look import LookChange, carry_look, change_look, usual_look
from secondunit_engine.library.shelf import own_props
from secondunit_engine.planning.changes import keep_names, shot_number
from secondunit_engine.planning.note import Noted, apply_note
from secondunit_engine.planning.plan import ContinuityNote, Settings, ShotPlan
from secondunit_engine.planning.seeds import derive_seed
from secondunit_engine.products import Product, ProductStore, product_key
from secondunit_engine.progress import Progress, Shares
from secondunit_engine.project import Project, TakeRecord
from secondunit_engine.provenance.approvals import allowed_quality, why_preview
from secondunit_engine.provenance.consent import names_in, require_consent
from secondunit_engine.provenance.identity import load_identity
from secondunit_engine.provenance.revocation import Watched, people_of
from secondunit_engine.render.settings import BudgetChoice, RenderSettings
from secondunit_engine.script.brief import Brief, LedgerEntry
from secondunit_engine.space import check_space
from secondunit_engine.take import find_same, keep_take
from secondunit_engine.timeline import put_on_timeline


@dataclass(frozen=True)
class Shot:
    """What a job gives back for one shot: its take, what became of the user's words, and which of their things found no
    place in the set, with the reason; and how it was fitted into its budget, if it had one."""

    take: TakeRecord
    ledger: tuple[LedgerEntry, ...]
    made: tuple[str, ...]
    reused: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    preview_only: bool = False  # asked for as final, but nobody has approved its stunts
    budget: BudgetChoice | None = None


@dataclass(frozen=True)
class Shoot:
    timeline: Path
    shots: tuple[Shot, ...]
    continuity: tuple[ContinuityNote, ...] = ()


def shoot(
    project: Project,
    brief: Brief,
    settings: Settings,
    change: LookChange,
    progress: Progress,
    *,
    despite_errors: bool = False,
) -> Shoot:
    """Shoot every shot of a brief and put the takes on the project's timeline.

    Raises NotReady for a plan with continuity errors, unless it shall be shot despite them.
    """
    planned = plan(brief, settings, own_props(project.folder))
    if not despite_errors:
        refuse_errors(planned.continuity)
    if brief.mood_board and not change.lut:
        change = replace(change, lut=str(project.keep_look(look_of(brief))))
    numbered = number_shots(project, brief, planned.shots, settings.seed)
    planned = replace(planned, shots=tuple(with_handles(shot, settings.handles) for shot in numbered))
    check_space(project.folder, settings, len(planned.shots), sum(shot.frames for shot in planned.shots))
    shares = shares_of(project, progress, "shoot", planned.shots)
    looks = [change_look(usual_look(shot.camera), change) for shot in planned.shots]
    fresh = [TakeRecord(shot, 0, settings, look, (), 0, brief) for shot, look in zip(planned.shots, looks, strict=True)]
    shots = [photograph(project, take, shares) for take in fresh]
    made = _finish(project, shots, shares)
    return replace(made, continuity=(*planned.continuity, *made.continuity))


def number_shots(project: Project, brief: Brief, shots: tuple[ShotPlan, ...], seed: int) -> tuple[ShotPlan, ...]:
    """Give the shots of a new story numbers after those the project has; in a known story what stayed keeps its own.

    A story is known by its words, or by its name: a new draft of a screenplay makes new takes of the same shots, and
    what is new in it is numbered between.
    """
    takes = project.takes()
    names = {take.shot.id for take in takes}
    story = [take for take in takes if take.brief == brief or (take.brief.name and take.brief.name == brief.name)]
    first = {take.shot.id: take for take in reversed(story)}  # a retake may have another seed
    if first:
        before = sorted(first.values(), key=lambda take: (shot_number(take.shot.id), take.shot.id))
        reseed = any(take.settings.seed != seed for take in before)
        return keep_names([take.shot for take in before], shots, seed, others=names, reseed=reseed)
    last = max((shot_number(name) for name in names), default=0)
    return tuple(replace(shot, id=f"sh{last - last % 10 + shot_number(shot.id):03d}") for shot in shots)


def refuse_errors(notes: Sequence[ContinuityNote]) -> None:
    """Raise NotReady if there is an error among the notes, and say which."""
    errors = [note for note in notes if note.level == "error"]
    if errors:
        told = "; ".join(f"{', '.join(note.shots)}: {note.message.rstrip('.')}" for note in errors[:3])
        more = f"; and {len(errors) - 3} more" if len(errors) > 3 else ""
        raise NotReady(
            f"The plan breaks continuity: {told}{more}.",
            mend="Mend the script (secondunit plan shows each), or shoot it all the same with --despite-errors.",
        )


def with_handles(shot: ShotPlan, frames: int) -> ShotPlan:
    """The shot with `frames` more at its head and tail; everything in it happens that much later."""
    return replace(
        shot,
        frames=shot.frames + 2 * frames,
        actions=tuple(replace(each, start=each.start + frames) for each in shot.actions),
        dialogue=tuple(replace(each, start=each.start + frames) for each in shot.dialogue),
        beats=tuple(replace(each, start=each.start + frames) for each in shot.beats),
        graphics=tuple(replace(each, start=each.start + frames) for each in shot.graphics),
        blocking=tuple(
            replace(path, spots=tuple(replace(spot, start=spot.start + frames) for spot in path.spots))
            for path in shot.blocking
        ),
        camera=replace(
            shot.camera,
            focus_pulls=tuple(replace(pull, start=pull.start + frames) for pull in shot.camera.focus_pulls),
        ),
    )


def retake(
    project: Project, shot_id: str, note: str, settings: Settings | None, progress: Progress, number: int | None = None
) -> Shoot:
    """Shoot a shot again as its director's note says, going on from a take of it (None: the last); only what depends
    on the note is made again. Raises NotFound."""
    last = project.take(shot_id, number)
    settings = settings or last.settings
    noted = apply_note(last.shot, note) if note.strip() else Noted(last.shot, ())
    shot = fit_settings(noted.shot, last.settings, settings)
    check_space(project.folder, settings, 1, shot.frames)
    shares = shares_of(project, progress, "retake", (shot,))
    look = carry_look(last.look, last.shot.camera, shot.camera)
    fresh = replace(last, shot=shot, settings=settings, look=look, parent=last.number, note=note)
    made = photograph(project, fresh, shares)
    return _finish(project, [replace(made, ledger=noted.ledger)], shares)


def fit_settings(shot: ShotPlan, before: Settings, now: Settings) -> ShotPlan:
    """A shot under changed settings: another seed makes other random choices, another length cuts or holds."""
    if now.rate != shot.rate:
        raise BadInput(f"{shot.id} was shot at {shot.rate}.", mend="Shoot the brief again for another rate.")
    if now.handles != before.handles:
        raise BadInput(f"{shot.id} has handles of {before.handles} frames.", mend="Shoot the brief again for others.")
    if now.seed != before.seed:
        shot = replace(shot, seed=derive_seed(now.seed, "shot", shot.id))
    if now.frames and now.frames != before.frames:
        shot = replace(shot, frames=now.frames + 2 * now.handles)
    if now.motion_intensity is not None:
        shot = replace(shot, motion=replace(shot.motion, intensity=now.motion_intensity))
    return shot


def relight(project: Project, shot_id: str, change: LookChange, progress: Progress) -> Shoot:
    """Finish a shot again under a changed look; nothing is rendered again, the light groups lie apart."""
    last = project.take(shot_id)
    look = change_look(last.look, change)
    shares = shares_of(project, progress, "relight", (last.shot,))
    shot = photograph(project, replace(last, look=look, parent=last.number, note="relight"), shares)
    return _finish(project, [shot], shares)


def _finish(project: Project, shots: list[Shot], shares: Shares) -> Shoot:
    timeline = put_on_timeline(project, [shot.take for shot in shots])
    draw_dailies(project)
    shares.finish()
    return Shoot(timeline, tuple(shots), (*_notes_of_missing(shots), *_notes_of_stunts(shots)))


def _notes_of_missing(shots: Sequence[Shot]) -> tuple[ContinuityNote, ...]:
    """A warning for each thing that the words bring and the set has no place for, with the shots that go without it."""
    without: dict[tuple[str, str], list[str]] = {}
    for shot in shots:
        for missing in shot.left_out:
            without.setdefault(missing, []).append(shot.take.shot.id)
    return tuple(
        ContinuityNote("warning", "no place", tuple(ids), f"{name.replace('_', ' ').capitalize()}: {reason}.")
        for (name, reason), ids in without.items()
    )


def _notes_of_stunts(shots: Sequence[Shot]) -> tuple[ContinuityNote, ...]:
    """A warning for each shot that had to stay a preview."""
    held = [shot.take.shot for shot in shots if shot.preview_only]
    return tuple(ContinuityNote("warning", "approval", (shot.id,), why_preview(shot)) for shot in held)


def shares_of(project: Project, progress: Progress, title: str, shots: Sequence[ShotPlan]) -> Shares:
    """The progress of a job, which ends if somebody in the shots takes their consent back meanwhile."""
    people = people_of(project.folder, (name for shot in shots for name in names_in(shot)))
    return Shares(Watched(progress, project.folder, people), title, sum(work(shot) for shot in shots))


def work(shot: ShotPlan) -> int:
    """How much work a shot is, in tenths of a frame's cost: what the time left is reckoned by."""
    return 180 + 12 * shot.frames


def photograph(project: Project, take: TakeRecord, shares: Shares) -> Shot:
    """Run the stages for one shot and keep the result as a take; an identical take is found, not made twice."""
    from secondunit_engine.world.brought import left_out

    shot = take.shot
    wanted, key = take.settings.quality, load_identity(state_dir() / "identity").public_key
    people = require_consent(shot, project=project.folder, producer=key)
    take = replace(take, settings=replace(take.settings, quality=allowed_quality(project.folder, shot, wanted, key)))
    built = build_layers(project.store, shot, shares)
    choice = fit_budget(project.store, shot, built, take.settings, shares)
    if choice is not None:
        fitted = replace(take.settings, width=choice.width, height=choice.height, samples=choice.samples, budget=None)
        take = replace(take, settings=fitted)
    frames, groups = render(project.store, shot, built, take.settings, shares)
    moves = {move.cue: move.by for move in read_moves(project.shot_folder(shot.id)).values() if move.by}
    sound = record(project.store, shot, built, shares, moves)
    picture, watermark = develop(project.store, take, frames, sound, shares)
    made = [*built.values(), frames, sound, picture]
    finished = replace(take, products=tuple((p.stage, p.key) for p in made), watermark=watermark, groups=tuple(groups))
    signing = shares.part(f"{shot.id} signing", 30)
    kept = find_same(project, finished) or keep_take(project, finished, built, signing, people)
    fresh, known = (tuple(p.stage for p in made if p.made is new) for new in (True, False))
    held = take.settings.quality != wanted
    return Shot(kept, shot.ledger, fresh, known, left_out(built["set"].folder), held, choice)


def build_layers(store: ProductStore, shot: ShotPlan, shares: Shares) -> dict[str, Product]:
    """The five USD layers, each from the plan and the layers below it."""
    from secondunit_engine.cast.write_cast import write_cast
    from secondunit_engine.motion.write_motion import write_motion
    from secondunit_engine.world.build_set import build_set
    from secondunit_engine.world.camera import write_camera
    from secondunit_engine.world.lights import write_lights

    shares.part(f"{shot.id} set", 40)
    set_ = store.make("set", (shot.set,), lambda folder: build_set(shot.set, folder, store.library))
    set_layer = set_.folder / "set.usdc"

    shares.part(f"{shot.id} cast", 50)
    cast = store.make("cast", (shot.cast, set_.key), lambda folder: write_cast(shot.cast, set_layer, folder))
    cast_layer = cast.folder / "cast.usdc"

    shares.part(f"{shot.id} motion", 30)
    moving = layers.for_motion(shot)
    motion = store.make(
        "motion",
        (moving, set_.key, cast.key),
        lambda folder: write_motion(moving, set_layer, cast_layer, folder / "motion.usdc", store),
    )

    lit = layers.for_lights(shot)
    lights = store.make("lights", (lit, set_.key), lambda folder: write_lights(lit, set_layer, folder / "lights.usdc"))

    seen = layers.for_camera(shot)
    below = (motion.folder / "motion.usdc", cast_layer, set_layer)
    camera = store.make("camera", (seen, motion.key), lambda folder: write_camera(seen, below, folder / "camera.usdc"))
    return {"set": set_, "cast": cast, "motion": motion, "lights": lights, "camera": camera}


def fit_budget(
    store: ProductStore, shot: ShotPlan, built: dict[str, Product], settings: Settings, shares: Shares
) -> BudgetChoice | None:
    """Size and samples with which the shot is done in its budget, None without one. Raises TooLarge.

    The choice rests on a measurement, so it is kept: shot again, or resumed after a kill, the shot is the same.
    """
    if settings.budget is None:
        return None
    from secondunit_engine.render.budget import probe, solve_budget

    seconds = settings.budget
    wanted = RenderSettings(settings.width, settings.height, settings.quality, shot.seed)
    part = shares.part(f"{shot.id} budget", 0)

    def build(folder: Path) -> None:
        stage = layers.write_stage(shot, built, folder, "stage.usda")
        choice = solve_budget(probe(stage, wanted, part), wanted, shot.frames, seconds)
        (folder / "choice.json").write_text(json.dumps(asdict(choice)), "utf-8")
        stage.unlink()

    keys = tuple(product.key for product in built.values())
    made = store.make("budget", (keys, wanted, shot.frames, seconds), build)
    return BudgetChoice(**json.loads((made.folder / "choice.json").read_text("utf-8")))


def render(
    store: ProductStore, shot: ShotPlan, built: dict[str, Product], settings: Settings, shares: Shares
) -> tuple[Product, list[str]]:
    """The layers to linear frames; returns the frames and the names of the light groups."""
    from secondunit_engine.finish.composite import light_groups
    from secondunit_engine.render.exr import read_frame
    from secondunit_engine.render.render_shot import render_shot

    wanted = RenderSettings(settings.width, settings.height, settings.quality, shot.seed, settings.samples)
    part = shares.part(f"{shot.id} frames", 10 * shot.frames)

    def build(folder: Path) -> None:
        stage = layers.write_stage(shot, built, folder, "stage.usda")
        render_shot(stage, wanted, folder, part)
        stage.unlink()

    keys = tuple(product.key for product in built.values())
    frames = store.make("frames", (keys, wanted, shot.frames, shot.rate), build, resumable=True)
    first = next(iter(sorted((frames.folder / "frames").glob("*.exr"))))
    return frames, list(light_groups(read_frame(first).parts))


def record(
    store: ProductStore, shot: ShotPlan, built: dict[str, Product], shares: Shares, moves: Mapping[str, int]
) -> Product:
    """The sound of the shot, from its plan and from what moves in the layers; `moves` are frames by cue id."""
    from secondunit_engine.sound.head import head_name
    from secondunit_engine.sound.score_shot import score_shot
    from secondunit_engine.sound.voice import voice_name

    heard = layers.for_sound(shot)
    part = shares.part(f"{shot.id} sound", 30)

    def build(folder: Path) -> None:
        stage = layers.write_stage(shot, built, folder, "stage.usda")
        score_shot(heard, stage, folder, part, moves)
        stage.unlink()

    keys = tuple(built[name].key for name in ("set", "cast", "motion", "camera"))
    moved = (tuple(sorted(moves.items())),) if moves else ()
    return store.make("sound", (heard, keys, voice_name(), head_name(), *moved), build)


def develop(
    store: ProductStore, take: TakeRecord, frames: Product, sound: Product, shares: Shares
) -> tuple[Product, int]:
    """Frames and sound to picture files; the watermark's number is part of their name."""
    from secondunit_engine.finish.finish_shot import finish_shot

    shot, look = take.shot, take.look
    watermark = int(product_key("watermark", frames.key, sound.key, look, shot.id)[:12], 16)
    part = shares.part(f"{shot.id} picture", 2 * shot.frames)

    def build(folder: Path) -> None:
        mix = sound.folder / "mix.wav"
        finish_shot(frames.folder / "frames", look, shot.rate, shot.seed, mix, watermark, folder, part)

    return store.make("picture", (frames.key, sound.key, look, watermark, shot.rate), build), watermark
