"""The stack of layers of one shot: what each stage may read, and the stage file that joins them.

A stage is handed a narrowed plan, in which everything it must not depend on is at its default. So it cannot
read what its name does not count, and changing a lens cannot rebuild a set.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from secondunit_engine.planning.plan import CameraPlan, LightPlan, MotionPlan, ShotPlan
from secondunit_engine.products import Product
from secondunit_engine.world.stage import FIRST_FRAME, FRAMES, LAYERS, RATE


def told(shot: ShotPlan) -> ShotPlan:
    """The shot without its ledger, its names and the planner's reasons: words that no stage draws."""
    camera, lights = replace(shot.camera, why=""), replace(shot.lights, motivated_by="")
    bare = replace(shot, ledger=(), beats=(), scene="", heading="", id="", state=(), stunts=(), graphics=())
    return replace(bare, camera=camera, lights=lights)


def for_motion(shot: ShotPlan) -> ShotPlan:
    """What moves: cast, actions, dialogue. Of the camera only the size of the shot, which sets the detail needed."""
    camera = CameraPlan(size=shot.camera.size)
    return replace(told(shot), camera=camera, lights=LightPlan(), music="")


def for_lights(shot: ShotPlan) -> ShotPlan:
    """What the gaffer reads: the light plan, the set, who is there and where, and from where they are seen."""
    seen = shot.camera
    camera = CameraPlan(size=seen.size, subject=seen.subject, station=seen.station)
    return replace(
        told(shot), camera=camera, motion=MotionPlan(), actions=(), dialogue=(), frames=0, seed=0, music="",
    )  # fmt: skip


def for_camera(shot: ShotPlan) -> ShotPlan:
    """What the operator reads: the camera plan and whom to follow."""
    return replace(told(shot), lights=LightPlan(), dialogue=(), music="")


def for_sound(shot: ShotPlan) -> ShotPlan:
    """What the mixer hears of; the shot keeps its name, which stands on the cue sheet."""
    return replace(told(shot), id=shot.id, camera=CameraPlan(), lights=LightPlan())


def write_stage(shot: ShotPlan, layers: dict[str, Product], folder: Path, name: str = "shot.usda") -> Path:
    """Write the USD file whose sublayers are the shot's layers, strongest first, by paths relative to `folder`."""
    files = {stage: os.path.relpath(product.folder / f"{stage}.usdc", folder) for stage, product in layers.items()}
    sublayers = ",\n        ".join(f"@{Path(files[stage]).as_posix()}@" for stage in LAYERS)
    last = FIRST_FRAME + shot.frames - 1
    text = f"""#usda 1.0
(
    defaultPrim = "Shot"
    metersPerUnit = 1
    upAxis = "Y"
    startTimeCode = {FIRST_FRAME}
    endTimeCode = {last}
    timeCodesPerSecond = {float(shot.rate.fraction)!r}
    framesPerSecond = {float(shot.rate.fraction)!r}
    customLayerData = {{
        int "{FRAMES}" = {shot.frames}
        string "{RATE}" = "{shot.rate}"
    }}
    subLayers = [
        {sublayers}
    ]
)
"""
    path = folder / name
    temporary = path.with_name(f".{name}.part")
    temporary.write_text(text, "utf-8")
    os.replace(temporary, path)
    return path
