"""Render an exported scene with LuxCore and OIDN; runs in a process and environment of its own.

    python lux_referee.py SCENE OUT SAMPLES [--raw] [--only FRAME ...]

Writes OUT/<frame>.npy, linear float32 [height, width, 3], and OUT/cost.json: `cpu_seconds` is user and system time over
the frames after the scene was loaded and a first frame was rendered; `samples` is the count that was really taken.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyluxcore  # pyright: ignore[reportMissingImports]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scene", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("samples", type=int)
    parser.add_argument("--raw", action="store_true", help="no denoiser")
    parser.add_argument("--only", type=int, nargs="*", help="frames")
    arguments = parser.parse_args()
    told: dict[str, Any] = json.loads((arguments.scene / "scene.json").read_text())
    pyluxcore.Init(lambda _: None)
    scene, movers = _world(told, arguments.scene)
    settings = _settings(told, arguments.samples, denoise=not arguments.raw)
    arguments.out.mkdir(parents=True, exist_ok=True)
    if not arguments.only:
        _render(scene, movers, told, settings, told["frames"][0])
    start = _spent()
    pictures: dict[int, np.ndarray] = {}
    taken: list[float] = []
    for frame in arguments.only or told["frames"]:
        pictures[frame], samples = _render(scene, movers, told, settings, frame)
        taken.append(samples)
    spent = _spent() - start
    for frame, picture in pictures.items():
        np.save(arguments.out / f"{frame}.npy", picture)
    (arguments.out / "cost.json").write_text(json.dumps({"cpu_seconds": spent, "samples": float(np.mean(taken))}))


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _properties(values: dict[str, Any]) -> Any:
    properties = pyluxcore.Properties()
    for name, value in values.items():
        properties.Set(pyluxcore.Property(name, value))
    return properties


def _settings(told: dict[str, Any], samples: int, *, denoise: bool) -> dict[str, Any]:
    """LuxCore as installed, but for the sample count, no pixel filter and our path length."""
    return {
        "renderengine.type": "PATHCPU",
        "sampler.type": "SOBOL",
        "path.pathdepth.total": 6,
        "path.pathdepth.diffuse": 6,
        "path.pathdepth.glossy": 6,
        "path.pathdepth.specular": 6,
        "batch.haltspp": samples,
        "film.width": told["width"],
        "film.height": told["height"],
        "film.filter.type": "NONE",
        "film.imagepipelines.0.0.type": "INTEL_OIDN" if denoise else "NOP",
        "film.outputs.0.type": "RGB_IMAGEPIPELINE",
        "film.outputs.0.index": 0,
        "film.outputs.0.filename": "unused.exr",
        "film.outputs.1.type": "ALBEDO",
        "film.outputs.1.filename": "unused-albedo.exr",
        "film.outputs.2.type": "AVG_SHADING_NORMAL",
        "film.outputs.2.filename": "unused-normal.exr",
    }


def _column(rows: Any) -> list[float]:
    """A row-vector matrix as LuxCore lists it: column by column of the column-vector matrix."""
    return np.array(rows, float).ravel().tolist()


def _world(told: dict[str, Any], folder: Path) -> tuple[Any, list[tuple[str, dict[str, np.ndarray]]]]:
    """The scene, and what moves with its arrays. Every shape of a deforming mesh is defined beforehand."""
    scene = pyluxcore.Scene()
    values: dict[str, Any] = {"scene.lights.sky.type": "constantinfinite", "scene.lights.sky.color": told["sky"]}
    paints = {name: f"paint{number}" for number, name in enumerate(told["materials"])}
    for name, paint in told["materials"].items():
        values |= _material(f"scene.materials.{paints[name]}", paint)
    scene.Parse(_properties(_camera(told, 0) | values))
    movers: list[tuple[str, dict[str, np.ndarray]]] = []
    for number, said in enumerate(told["meshes"]):
        name = f"mesh{number}"
        arrays = dict(np.load(folder / said["file"]))
        shapes, normals = (arrays[key].reshape(-1, *arrays[key].shape[-2:]) for key in ("points", "normals"))
        for k, points in enumerate(shapes):  # (V, 3)
            _define(scene, f"{name}shape{k}", points, arrays["triangles"], normals[k])
        scene.Parse(_properties(_object(name, 0, paints[said["material"]])))
        if "transforms" in arrays or len(shapes) > 1:
            movers.append((name, arrays | {"paint": np.array(paints[said["material"]])}))
    for number, panel in enumerate(told["panels"]):
        _add_panel(scene, f"panel{number}", panel)
    return scene, movers


def _define(scene: Any, name: str, points: np.ndarray, triangles: np.ndarray, normals: np.ndarray | None) -> None:
    corners = [tuple(map(float, point)) for point in points]
    faces = [tuple(map(int, face)) for face in triangles]
    directions = None if normals is None else [tuple(map(float, normal)) for normal in normals]
    scene.DefineMesh(name, corners, faces, directions, None, None, None)


def _object(name: str, shape: int, paint: str) -> dict[str, Any]:
    return {f"scene.objects.{name}.shape": f"{name}shape{shape}", f"scene.objects.{name}.material": paint}


def _material(prefix: str, paint: dict[str, Any]) -> dict[str, Any]:
    if paint["glass"]:
        return {
            f"{prefix}.type": "glass",
            f"{prefix}.kr": [1.0, 1.0, 1.0],
            f"{prefix}.kt": [1.0, 1.0, 1.0],
            f"{prefix}.interiorior": paint["ior"],
        }
    return {
        f"{prefix}.type": "disney",
        f"{prefix}.basecolor": list(paint["base"]),
        f"{prefix}.roughness": paint["roughness"],
        f"{prefix}.metallic": paint["metallic"],
        f"{prefix}.specular": paint["specular"],
    }


def _add_panel(scene: Any, name: str, panel: dict[str, Any]) -> None:
    """A rectangle that shines along its own -Z and that the camera does not see."""
    x, y = panel["width"] / 2, panel["height"] / 2
    corners = np.array([[-x, -y, 0, 1], [-x, y, 0, 1], [x, y, 0, 1], [x, -y, 0, 1]])  # clockwise seen from +Z
    _define(
        scene, f"{name}shape0", (corners @ np.array(panel["matrix"]))[:, :3], np.array([[0, 1, 2], [0, 2, 3]]), None
    )
    values = {
        f"scene.materials.{name}.type": "matte",
        f"scene.materials.{name}.kd": [0.0, 0.0, 0.0],
        f"scene.materials.{name}.emission": panel["radiance"],
        f"scene.objects.{name}.camerainvisible": True,
    }
    scene.Parse(_properties(values | _object(name, 0, name)))


def _camera(told: dict[str, Any], number: int) -> dict[str, Any]:
    matrix = np.array(told["cameras"][number])
    eye, target = matrix[3, :3], matrix[3, :3] - matrix[2, :3]
    return {
        "scene.camera.type": "perspective",
        "scene.camera.lookat.orig": eye.tolist(),
        "scene.camera.lookat.target": target.tolist(),
        "scene.camera.up": matrix[1, :3].tolist(),
        # Of the larger side of the picture.
        "scene.camera.fieldofview": float(np.degrees(2 * np.arctan(0.5 / told["focal"]))),
        "scene.camera.autofocus.enable": False,
    }


def _render(
    scene: Any,
    movers: list[tuple[str, dict[str, np.ndarray]]],
    told: dict[str, Any],
    settings: dict[str, Any],
    frame: int,
) -> tuple[np.ndarray, float]:
    number = told["frames"].index(frame)
    scene.Parse(_properties(_camera(told, number)))
    for name, arrays in movers:
        paint = str(arrays["paint"])
        if "transforms" in arrays:
            place = {f"scene.objects.{name}.transformation": _column(arrays["transforms"][number])}
            scene.Parse(_properties(_object(name, 0, paint) | place))
        else:
            scene.Parse(_properties(_object(name, number, paint)))
    config = pyluxcore.RenderConfig(_properties(settings | {"renderengine.seed": frame}), scene)
    session = pyluxcore.RenderSession(config)
    session.Start()
    while not session.HasDone():
        time.sleep(0.002)
        session.UpdateStats()
    session.UpdateStats()
    samples = session.GetStats().Get("stats.renderengine.pass").GetFloat()
    session.Stop()
    buffer = np.zeros((told["height"], told["width"], 3), np.float32)
    session.GetFilm().GetOutputFloat(pyluxcore.FilmOutputType.RGB_IMAGEPIPELINE, buffer, 0, True)
    return np.ascontiguousarray(buffer[::-1]), samples


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # everything is written, and LuxCore often crashes while the interpreter takes it down
