"""Water that moves, as time samples: the points of the sea that a set declares (world/water.py) and of its rollers, and
the clock of a sea that is seen from below and of clouds that go by (world/air.py)."""

from __future__ import annotations

import numpy as np
from pxr import Sdf, Usd, UsdGeom, Vt

from secondunit_engine.motion.story import story_times, time_codes
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.world.air import TIME, CloudSea, Deep, read_air
from secondunit_engine.world.water import read_water


def write_water(shot: ShotPlan, place: Usd.Stage, stage: Usd.Stage) -> None:
    """Write where the water of the set `place` is in every frame of a shot into `stage`.

    A frame depends on its story time alone. Normals are the renderer's, from the points.
    """
    codes = list(zip(time_codes(shot), story_times(shot).tolist(), strict=True))
    for prim in place.Traverse():
        if isinstance(read_air(prim), Deep | CloudSea):
            clock = stage.OverridePrim(prim.GetPath()).CreateAttribute(TIME, Sdf.ValueTypeNames.Double, custom=True)
            for code, time in codes:
                clock.Set(time, code)
        found = read_water(prim)
        if found is None:
            continue
        water, rest = found
        at = water.mover(rest, np.array(UsdGeom.Mesh(prim).GetFaceVertexIndicesAttr().Get()).reshape(-1, 3))
        points = UsdGeom.Mesh(stage.OverridePrim(prim.GetPath())).CreatePointsAttr()
        for code, time in codes:
            points.Set(Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(at(time), np.float32)), code)
