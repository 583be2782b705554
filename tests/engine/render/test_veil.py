"""What is seen at some frames only: a whole until it breaks, its pieces from then on, each on its own way."""

from __future__ import annotations

import numpy as np
from pxr import Gf, Usd, UsdGeom

from secondunit_engine.render.scene import Scene
from secondunit_engine.world import shapes
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import add_mesh
from secondunit_engine.world.mesh import Material


def shown(stage: Usd.Stage, path: str, before: bool) -> None:
    attribute = UsdGeom.Imageable(stage.GetPrimAtPath(path)).CreateVisibilityAttr()
    words = ("inherited", "invisible")
    attribute.Set(words[not before], names.FIRST_FRAME)
    attribute.Set(words[before], names.FIRST_FRAME + 1)


def test_a_whole_gives_way_to_pieces_that_share_a_shape() -> None:
    """Loaded at the first frame, the scene has a shape for each, of which one at a time has a size."""
    stage = Usd.Stage.CreateInMemory()
    paint = Material("paint")
    for name in ("whole", "pieces"):
        UsdGeom.Xform.Define(stage, f"{names.PROPS}/{name}")
    add_mesh(stage, f"{names.PROPS}/whole/body", shapes.box((0, 0, 0), (1, 1, 1)), paint)
    for number in range(3):
        move = UsdGeom.Xform.Define(stage, f"{names.PROPS}/pieces/p{number}").AddTransformOp()
        for frame in range(3):
            move.Set(Gf.Matrix4d().SetTranslate(Gf.Vec3d(0, 0, number * frame)), names.FIRST_FRAME + frame)
        add_mesh(stage, f"{names.PROPS}/pieces/p{number}/m", shapes.box((0, 0, 0), (0.2, 0.2, 0.2)), paint)
    shown(stage, f"{names.PROPS}/whole", True)
    shown(stage, f"{names.PROPS}/pieces", False)
    scene = Scene(stage, names.FIRST_FRAME)
    sizes = {}
    for frame in range(3):
        scene.update(names.FIRST_FRAME + frame)
        boxes = [shape.bbox() for shape in scene.scene.shapes()]
        sizes[frame] = sorted(float(box.max[2] - box.min[2]) for box in boxes)
    assert np.allclose(sizes[0], [0, 1], atol=1e-3)
    assert np.allclose(sizes[1], [0, 2.2], atol=1e-3)
    assert np.allclose(sizes[2], [0, 4.2], atol=1e-3)
