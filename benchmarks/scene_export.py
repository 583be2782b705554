"""The reference scene as plain arrays and JSON, for renderers that must not be loaded into this process.

    scene.json       picture size, camera, sky, panels, materials, meshes; colours are the stage's own ACEScg numbers
    <mesh>.npz       triangles [T, 3], points and normals [V, 3]; transforms [frames, 4, 4] too for a rigid body,
                     points and normals [frames, V, 3] for a deforming one

Matrices are row vectors as in USD (`p_world = p @ m`). What stands still and shares a material is one mesh.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

import numpy as np
from pxr import Usd, UsdGeom, UsdLux

from benchmarks.reference_scene import vertex_normals
from secondunit_engine.render.camera import read_view
from secondunit_engine.render.geometry import Part, read_parts, world_points


def export_scene(stage: Usd.Stage, frames: range, width: int, height: int, folder: Path) -> None:
    """Write `folder`/scene.json and the meshes beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = sorted(read_parts(stage, frames[0]), key=_batch)
    batches = [list(batch) for _, batch in groupby(parts, _batch)]
    views = [read_view(stage, frame, width, height) for frame in frames]
    sky = next(prim for prim in stage.Traverse() if prim.GetTypeName() == "DomeLight")
    scene = {
        "width": width,
        "height": height,
        "frames": list(frames),
        "focal": views[0].focal_px / width,  # of the picture's width
        "cameras": [np.linalg.inv(view.world_to_camera).tolist() for view in views],
        "sky": _radiance(sky),
        "panels": [_panel(prim) for prim in stage.Traverse() if prim.GetTypeName() == "RectLight"],
        "materials": {part.surface.name: asdict(part.surface) for part in parts},
        "meshes": [
            {"file": _write_mesh(stage, batch, frames, folder / f"mesh{n:02d}.npz"), "material": batch[0].surface.name}
            for n, batch in enumerate(batches)
        ],
    }
    (folder / "scene.json").write_text(json.dumps(scene))


def _batch(part: Part) -> tuple[str, str, str]:
    return part.surface.name, part.mover, part.path if part.deforms else ""


def _write_mesh(stage: Usd.Stage, batch: list[Part], frames: range, path: Path) -> str:
    starts = np.cumsum([0] + [len(part.points) for part in batch[:-1]])
    arrays = {
        "triangles": np.concatenate([part.triangles + s for part, s in zip(batch, starts, strict=True)]),
        "points": np.concatenate([part.points for part in batch]),
        "normals": np.concatenate([part.normals for part in batch if part.normals is not None]),
    }
    head = batch[0]
    caches = [UsdGeom.XformCache(frame) for frame in frames]
    if head.deforms:
        arrays["points"] = np.stack([world_points(stage, head, c.GetTime().GetValue(), c) for c in caches])
        arrays["normals"] = np.stack([vertex_normals(points, arrays["triangles"]) for points in arrays["points"]])
    if head.mover:
        prim = stage.GetPrimAtPath(head.mover)
        arrays["transforms"] = np.stack([np.array(c.GetLocalToWorldTransform(prim)) for c in caches])  # (F, 4, 4)
    np.savez(path, **arrays)
    return path.name


def _radiance(prim: Usd.Prim) -> list[float]:
    light = UsdLux.LightAPI(prim)
    return [float(c) * float(light.GetIntensityAttr().Get()) for c in light.GetColorAttr().Get()]


def _panel(prim: Usd.Prim) -> dict[str, object]:
    """A rectangle that shines along its own -Z."""
    rect = UsdLux.RectLight(prim)
    return {
        "width": float(rect.GetWidthAttr().Get()),
        "height": float(rect.GetHeightAttr().Get()),
        "radiance": _radiance(prim),
        "matrix": np.array(UsdGeom.XformCache().GetLocalToWorldTransform(prim)).tolist(),
    }
