"""What hides light: solid things do, a gaffer's lamp that hangs in the way does not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from benchmarks.reference_scene import floor, moved, sphere
from numpy.typing import NDArray
from pxr import UsdGeom, UsdLux

from secondunit_engine.render.still import render_still
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import Material, add_light, add_mesh, look_at, new_layer


def _seen_from_above(path: Path, lamp: bool, ball: bool = False) -> NDArray[np.float32]:
    """A floor under a sun straight above, and what hangs over its middle; the lamp shines upwards, so not on it."""
    stage = new_layer(path)
    stage.SetStartTimeCode(names.FIRST_FRAME)
    stage.SetEndTimeCode(names.FIRST_FRAME)
    add_mesh(stage, f"{names.SET}/Floor", floor(12.0), Material("floor", base=(0.5, 0.5, 0.5), roughness=0.9))
    if ball:
        add_mesh(stage, f"{names.SET}/Ball", moved(sphere(0.5, 10), (0.0, 3.0, 0.0)), Material("ball"))
    sun = UsdLux.DistantLight.Define(stage, f"{names.LIGHTS}/Sun")
    sun.AddTransformOp().Set(look_at((0.0, 10.0, 0.001), (0.0, 0.0, 0.0)))
    add_light(stage, sun, color=(1.0, 1.0, 1.0), intensity=3.0, group="sun")
    if lamp:
        key = UsdLux.RectLight.Define(stage, f"{names.LIGHTS}/Key")
        key.CreateWidthAttr(1.0)
        key.CreateHeightAttr(1.0)
        key.AddTransformOp().Set(look_at((0.0, 3.0, 0.0), (0.0, 9.0, 0.001)))
        add_light(stage, key, color=(1.0, 1.0, 1.0), intensity=1.0, group="key")
    camera = UsdGeom.Camera.Define(stage, names.CAMERA)
    camera.CreateHorizontalApertureAttr(36.0)
    camera.CreateFocalLengthAttr(24.0)
    camera.AddTransformOp().Set(look_at((0.0, 2.0, 2.5), (0.0, 0.0, 0.0)))
    stage.Save()
    return render_still(path, names.FIRST_FRAME, 64, 36, samples=4)


def test_a_lamp_in_the_way_casts_no_shadow(tmp_path: Path) -> None:
    """The floor under the lamp is as bright as without it; under a ball in its place it is dark."""
    open_air, lamp, ball = (
        _seen_from_above(tmp_path / f"{name}.usdc", lamp=name == "lamp", ball=name == "ball")[14:22, 28:36].mean()
        for name in ("open", "lamp", "ball")
    )
    assert abs(lamp / open_air - 1) < 0.02
    assert ball < 0.2 * open_air
