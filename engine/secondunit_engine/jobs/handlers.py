"""Which function does which kind of job.

A handler takes the request and a Progress, works in the worker process, and returns the result. It may be killed at
any moment and run again: what it finished before must be found, not made twice. It raises the errors of the tree.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from secondunit_bridge.errors import BadInput
from secondunit_engine.jobs.requests import (
    ConformRequest,
    ConformResult,
    FrameRange,
    PrevisRequest,
    PrevisResult,
    RelightRequest,
    ReshootRequest,
    ReshootResult,
    RetakeRequest,
    ShootRequest,
    ShootResult,
    Take,
    UsdzRequest,
    UsdzResult,
    change_settings,
)
from secondunit_engine.planning.plan import Settings
from secondunit_engine.progress import Progress

Handler = Callable[[Any, Progress], Any]


def load_handlers(name: str) -> Mapping[str, Handler]:
    """The handler table called "module:NAME". Raises BadInput."""
    module, _, table = name.partition(":")
    try:
        return getattr(importlib.import_module(module), table)
    except (ImportError, AttributeError) as error:
        raise BadInput(f"There is no handler table {name}.", mend="Give it as module:NAME.") from error


def shoot(request: ShootRequest, progress: Progress) -> ShootResult:
    """Make every shot of a brief, in a project that is made if need be."""
    from secondunit_engine.project import Project
    from secondunit_engine.shoot import shoot as shoot_brief

    defaults = change_settings(Settings(), request.settings)
    project = Project.open(Path(request.project_dir), create=True, defaults=defaults)
    settings = change_settings(project.settings(), request.settings)
    made = shoot_brief(project, request.brief, settings, request.look, progress, despite_errors=request.despite_errors)
    return _result(project, made)


def retake(request: RetakeRequest, progress: Progress) -> ShootResult:
    """Make one shot again with a director's note."""
    from secondunit_engine.project import Project
    from secondunit_engine.shoot import retake as retake_shot

    project = Project.open(Path(request.project_dir))
    last = project.take(request.shot_id, request.take or None)
    settings = change_settings(last.settings, request.settings)
    return _result(project, retake_shot(project, request.shot_id, request.note, settings, progress, last.number))


def relight(request: RelightRequest, progress: Progress) -> ShootResult:
    """Finish one shot again under a changed look."""
    from secondunit_engine.project import Project
    from secondunit_engine.shoot import relight as relight_shot

    project = Project.open(Path(request.project_dir))
    return _result(project, relight_shot(project, request.shot_id, request.look, progress))


def conform(request: ConformRequest, progress: Progress) -> ConformResult:
    """Make one signed master from a cut."""
    from secondunit_engine.deliver import conform as conform_cut

    size = (request.width, request.height) if request.width and request.height else None
    paths = (Path(request.project_dir), Path(request.timeline), Path(request.output))
    made = conform_cut(*paths, request.codec, size, progress, loudness=request.loudness)
    gaps = tuple(FrameRange(start, frames) for start, frames in made.gaps)
    frames = (made.frames, gaps, made.copied_frames, made.encoded_frames)
    return ConformResult(request.output, made.rate, *frames, made.notes)


def usdz(request: UsdzRequest, progress: Progress) -> UsdzResult:
    """Pack the world of a shot's last take."""
    from secondunit_engine.deliver import usdz as pack
    from secondunit_engine.project import Project

    project = Project.open(Path(request.project_dir))
    progress.begin("usdz", 1)
    left_out = pack(project, project.take(request.shot_id), Path(request.output), for_ar=request.for_ar)
    progress.step(1)
    return UsdzResult(request.output, left_out)


def previs(request: PrevisRequest, progress: Progress) -> PrevisResult:
    """Draw a brief before it is shot; the shots have the names they would be shot under."""
    from secondunit_engine.directing import plan
    from secondunit_engine.library.shelf import own_props
    from secondunit_engine.previs.make_previs import Wanted, make_previs
    from secondunit_engine.project import Project
    from secondunit_engine.shoot import number_shots

    defaults = change_settings(Settings(), request.settings)
    project = Project.open(Path(request.project_dir), create=True, defaults=defaults)
    settings = change_settings(project.settings(), request.settings)
    planned = plan(request.brief, settings, own_props(project.folder))
    planned = replace(planned, shots=number_shots(project, request.brief, planned.shots, settings.seed))
    asked = (request.board, request.animatic, request.floor_plans, request.metadata)
    paths = (Path(path) if path else None for path in asked)
    size = (settings.width // 2 * 2, settings.height // 2 * 2)
    made = make_previs(planned, Wanted(*paths, every=request.every, size=size), project.store, progress)
    notes = ("The animatic has no sound yet.",) if request.animatic else ()
    return PrevisResult(tuple(str(path) for path in made.files), notes, made.made, made.kept)


def reshoot(request: ReshootRequest, progress: Progress) -> ReshootResult:
    """Make a take again from its manifest."""
    from secondunit_engine.project import Project
    from secondunit_engine.provenance.manifest import read_manifest
    from secondunit_engine.reshoot import recipe_of
    from secondunit_engine.reshoot import reshoot as shoot_again

    recipe = recipe_of(read_manifest(Path(request.manifest)))
    project = Project.open(Path(request.project_dir), create=True, defaults=recipe.settings)
    made = shoot_again(project, recipe, progress)
    take = describe_take(project, made.shot.take, made.shot.ledger, made.shot.made, made.shot.reused)
    return ReshootResult(take, made.same, made.notes)


def _result(project: Any, made: Any) -> ShootResult:
    takes = tuple(
        replace(describe_take(project, shot.take, shot.ledger, shot.made, shot.reused), budget=shot.budget)
        for shot in made.shots
    )
    return ShootResult(str(made.timeline), takes, made.continuity)


def describe_take(
    project: Any, record: Any, ledger: tuple[Any, ...] = (), made: tuple[str, ...] = (), reused: tuple[str, ...] = ()
) -> Take:
    """A take of a project (`Project`, `TakeRecord`) as the contract tells it."""
    folder: Path = project.take_folder(record)

    def there(name: str) -> str:
        return str(folder / name) if (folder / name).exists() else ""

    return Take(
        shot_id=record.shot.id,
        number=record.number,
        media=there("picture.mov"),
        rate=record.shot.rate,
        frames=record.shot.frames,
        width=record.settings.width,
        height=record.settings.height,
        seed=record.shot.seed,
        manifest=there("manifest.json"),
        aovs=there("frames"),
        proxy=there("proxy.mp4"),
        depth=there("depth.mov"),
        sound=there("sound/mix.wav"),
        stage=str(project.shot_folder(record.shot.id) / "shot.usda"),
        cues=there("cues.json"),
        note=record.note,
        ledger=ledger or record.shot.ledger,
        made=made,
        reused=reused,
    )


HANDLERS: Mapping[str, Handler] = {
    "shoot": shoot,
    "retake": retake,
    "relight": relight,
    "conform": conform,
    "usdz": usdz,
    "previs": previs,
    "reshoot": reshoot,
}
