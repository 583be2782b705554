"""The scene that performance is measured on.

A hero of 100,000 triangles that turns, 50 objects of 12 materials with glass among them, one body that deforms, an
environment, three area lights and an orbiting camera; four light groups.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pxr import Gf, Usd, UsdGeom, UsdLux, Vt

from secondunit_engine.world import stage as names
from secondunit_engine.world.author import Material, Mesh, add_light, add_mesh, look_at, new_layer


def sphere(radius: float, rows: int, bumps: float = 0.0, phase: float = 0.0) -> Mesh:
    """A sphere of `4 * rows * (rows - 1)` triangles; `bumps` [m] deforms it, moving with `phase`."""
    columns = 2 * rows
    v, u = np.meshgrid(np.linspace(0, np.pi, rows + 1), np.linspace(0, 2 * np.pi, columns + 1), indexing="ij")
    normal = np.stack([np.sin(v) * np.cos(u), np.cos(v), -np.sin(v) * np.sin(u)], axis=-1)  # (R + 1, C + 1, 3)
    swell = radius + bumps * np.sin(5 * v + phase) * np.sin(6 * u)
    points = (normal * swell[..., None]).reshape(-1, 3).astype(np.float32)
    corner = np.arange((rows + 1) * (columns + 1)).reshape(rows + 1, columns + 1)
    a, b, c, d = corner[:-1, :-1], corner[1:, :-1], corner[1:, 1:], corner[:-1, 1:]
    upper = np.stack([a[1:], c[1:], d[1:]], axis=-1).reshape(-1, 3)
    lower = np.stack([a[:-1], b[:-1], c[:-1]], axis=-1).reshape(-1, 3)
    triangles = np.concatenate([upper, lower]).astype(np.int32)
    uvs = np.stack([u / (2 * np.pi), 1 - v / np.pi], axis=-1).reshape(-1, 2).astype(np.float32)
    normals = normal.reshape(-1, 3).astype(np.float32) if bumps == 0 else vertex_normals(points, triangles)
    return Mesh(points, triangles, normals, uvs)


def vertex_normals(points: NDArray[np.float32], triangles: NDArray[np.int32]) -> NDArray[np.float32]:
    """Area-weighted normals, [points, 3]."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    face = np.cross(b - a, c - a)  # (T, 3)
    normals = np.zeros_like(points)
    for k in range(3):
        np.add.at(normals, triangles[:, k], face)
    return normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)


def floor(size: float, height: float = 0.0) -> Mesh:
    """A level square, two triangles."""
    corners = np.array([[-1, 0, 1], [1, 0, 1], [1, 0, -1], [-1, 0, -1]], np.float32) * size / 2
    corners[:, 1] = height
    uvs = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    up = np.tile(np.array([0, 1, 0], np.float32), (4, 1))
    return Mesh(corners.astype(np.float32), np.array([[0, 1, 2], [0, 2, 3]], np.int32), up, uvs)


def moved(mesh: Mesh, offset: tuple[float, float, float]) -> Mesh:
    points = np.asarray(mesh.points + np.array(offset), np.float32)
    return Mesh(points, mesh.triangles, mesh.normals, mesh.uvs)


def write_reference_scene(path: Path, frames: int = 24, detail: int = 159, objects: int = 50) -> None:
    """Write the scene at `path`; `detail` rows of the hero give `4 * detail * (detail - 1)` triangles."""
    random = np.random.Generator(np.random.PCG64(7))
    stage = new_layer(path)
    stage.SetStartTimeCode(names.FIRST_FRAME)
    stage.SetEndTimeCode(names.FIRST_FRAME + frames - 1)
    stage.SetTimeCodesPerSecond(24)
    add_mesh(stage, f"{names.SET}/Floor", floor(30.0), Material("floor", base=(0.35, 0.33, 0.3), roughness=0.45))
    _add_objects(stage, random, objects)
    _add_movers(stage, frames, detail)
    _add_lights(stage)
    camera = UsdGeom.Camera.Define(stage, names.CAMERA)
    camera.CreateHorizontalApertureAttr(36.0)
    camera.CreateVerticalApertureAttr(20.25)
    camera.CreateFocalLengthAttr(35.0)
    transform = camera.AddTransformOp()
    for k in range(frames):
        angle = 0.6 + 0.012 * k
        transform.Set(look_at((7 * np.sin(angle), 2.2, 7 * np.cos(angle)), (0.0, 0.9, 0.0)), names.FIRST_FRAME + k)
    stage.Save()


def _add_objects(stage: Usd.Stage, random: np.random.Generator, objects: int) -> None:
    """Spheres of 12 materials on the floor, every sixth of glass."""
    paints: list[Material] = []
    for k in range(11):
        red, green, blue, roughness = random.uniform((0.1, 0.1, 0.1, 0.2), (0.8, 0.8, 0.8, 0.9)).tolist()
        metallic = float(k % 4 == 0)
        paints.append(Material(f"paint{k}", base=(red, green, blue), roughness=roughness, metallic=metallic))
    paints.append(Material("glass", base=(1.0, 1.0, 1.0), roughness=0.0, glass=True))
    for k in range(objects):
        angle, away, radius = k * 2.399963, 1.6 + 0.6 * np.sqrt(k), float(random.uniform(0.18, 0.34))
        place = (float(away * np.sin(angle)), radius, float(away * np.cos(angle)))
        paint = paints[-1] if k % 6 == 3 else paints[k % 11]
        add_mesh(stage, f"{names.SET}/Object{k:02d}", moved(sphere(radius, 16), place), paint)


def _add_movers(stage: Usd.Stage, frames: int, detail: int) -> None:
    """The hero turns and drifts as a rigid body; a jelly beside it deforms."""
    hero = UsdGeom.Xform.Define(stage, f"{names.PROPS}/Hero")
    turn = hero.AddTransformOp()
    paint = Material("hero", base=(0.6, 0.25, 0.12), roughness=0.35)
    add_mesh(stage, f"{names.PROPS}/Hero/Body", sphere(0.9, detail, bumps=0.06), paint)
    jelly = sphere(0.4, 40, bumps=0.05)
    soft = add_mesh(stage, f"{names.PROPS}/Jelly/Body", jelly, Material("jelly", base=(0.2, 0.5, 0.3), roughness=0.5))
    for k in range(frames):
        frame = names.FIRST_FRAME + k
        spin = Gf.Matrix4d().SetRotate(Gf.Rotation(Gf.Vec3d(0, 1, 0), 1.5 * k))
        turn.Set(spin * Gf.Matrix4d().SetTranslate(Gf.Vec3d(0.01 * k, 0.98, 0)), frame)
        shape = moved(sphere(0.4, 40, bumps=0.05, phase=0.25 * k), (1.5, 0.46, 1.1 + 0.01 * k))
        soft.GetPointsAttr().Set(Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(shape.points, np.float32)), frame)
        soft.GetNormalsAttr().Set(Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(shape.normals, np.float32)), frame)


def _add_lights(stage: Usd.Stage) -> None:
    """A dim sky and three panels, each its own fader."""
    sky = UsdLux.DomeLight.Define(stage, f"{names.LIGHTS}/Sky")
    add_light(stage, sky, color=(0.5, 0.65, 1.0), intensity=0.25, group="sky")
    panels = {
        "key": ((4.0, 5.0, 3.0), (1.0, 0.85, 0.65), 16.0),
        "fill": ((-5.0, 3.0, 4.0), (0.6, 0.75, 1.0), 5.0),
        "rim": ((-1.0, 4.5, -5.0), (1.0, 0.5, 0.35), 14.0),
    }
    for name, (eye, color, intensity) in panels.items():
        panel = UsdLux.RectLight.Define(stage, f"{names.LIGHTS}/{name.title()}")
        panel.CreateWidthAttr(2.0)
        panel.CreateHeightAttr(1.5)
        panel.AddTransformOp().Set(look_at(eye, (0.0, 0.8, 0.0)))
        add_light(stage, panel, color=color, intensity=intensity, group=name)
