"""The shot's camera of one frame as a View."""

from __future__ import annotations

import numpy as np
from pxr import Usd, UsdGeom

from secondunit_bridge.errors import NotFound
from secondunit_engine.render.view import View
from secondunit_engine.world import stage as names


def read_view(stage: Usd.Stage, frame: float, width: int, height: int) -> View:
    """The camera at a time code, for a picture of the given size. Raises NotFound if the shot has no camera.

    The horizontal aperture spans the picture's width whatever its height, so pixels are square.
    """
    prim = stage.GetPrimAtPath(names.CAMERA)
    if not UsdGeom.Camera(prim):
        raise NotFound("This shot has no camera.", mend="Write the camera layer before rendering.")
    camera = UsdGeom.Camera(prim)
    lens = camera.GetCamera(frame)
    focal_mm, aperture_mm = lens.focalLength, lens.horizontalAperture
    to_world = np.array(UsdGeom.XformCache(frame).GetLocalToWorldTransform(prim))  # (4, 4)
    # A scaled camera would bend every distance; only its rotation and place count.
    to_world[:3, :3] /= np.linalg.norm(to_world[:3, :3], axis=1, keepdims=True)
    f_stop = lens.fStop
    opened = camera.GetShutterOpenAttr().Get(frame) or 0.0
    closed = camera.GetShutterCloseAttr().Get(frame) or 0.0
    rate = stage.GetTimeCodesPerSecond() or 24.0
    return View(
        width=width,
        height=height,
        world_to_camera=np.linalg.inv(to_world),
        focal_px=focal_mm / aperture_mm * width,
        focus_distance=lens.focusDistance,
        lens_radius=focal_mm / 1000 / f_stop / 2 if f_stop > 0 else 0.0,
        shutter=(closed - opened) / rate,
        squeeze=float(prim.GetAttribute(names.SQUEEZE).Get() or 1.0),
    )
