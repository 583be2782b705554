"""Import a USDZ into Blender and tell what it holds; runs in an environment of its own (bpy is GPL-3).

    python blender_referee.py FILE.usdz OUT.npz

OUT holds, in the file's own axes (Y up, metres): `meshes`, how many; `lens` and `sensor` [mm]; `frames`; `camera`,
matrices of shape [F, 4, 4] (columns are axes); and for each mesh `points:<name>`, every hundredth point in the world,
shape [F, n, 3].
"""

from __future__ import annotations

import sys
from typing import Any

import bpy  # pyright: ignore[reportMissingImports]
import numpy as np

_TO_Y_UP = np.array([[1.0, 0, 0, 0], [0, 0, 1, 0], [0, -1, 0, 0], [0, 0, 0, 1]])  # from Blender's Z up


def main(package: str, out: str) -> None:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.wm.usd_import(filepath=package, set_frame_range=True, import_skeletons=True, import_blendshapes=True)
    scene = bpy.context.scene
    (camera,) = (thing for thing in bpy.data.objects if thing.type == "CAMERA")
    meshes = [thing for thing in bpy.data.objects if thing.type == "MESH"]
    frames = list(range(scene.frame_start, scene.frame_end + 1))
    told: dict[str, list[np.ndarray]] = {f"points:{mesh.name}": [] for mesh in meshes}
    eyes: list[np.ndarray] = []
    for frame in frames:
        scene.frame_set(frame)
        graph = bpy.context.evaluated_depsgraph_get()
        eyes.append(_TO_Y_UP @ np.array(camera.evaluated_get(graph).matrix_world))
        for mesh in meshes:
            now = mesh.evaluated_get(graph)
            points = np.empty(3 * len(now.data.vertices), np.float32)
            now.data.vertices.foreach_get("co", points)
            chosen = points.reshape(-1, 3)[::100]  # (n, 3)
            placed = np.c_[chosen, np.ones(len(chosen))] @ np.array(now.matrix_world).T @ _TO_Y_UP.T
            told[f"points:{mesh.name}"].append(placed[:, :3])
    arrays: dict[str, Any] = {name: np.stack(points) for name, points in told.items()}
    arrays |= {"meshes": len(meshes), "lens": camera.data.lens, "sensor": camera.data.sensor_width}
    np.savez(out, frames=frames, camera=np.stack(eyes), **arrays)


if __name__ == "__main__":
    main(*sys.argv[1:3])
