"""Render an exported scene with Blender Cycles and OIDN; runs in a process and environment of its own (bpy is GPL-3).

    python cycles_referee.py SCENE OUT SAMPLES [--raw] [--only FRAME ...]

Writes OUT/<frame>.npy, linear float32 [height, width, 3], and OUT/cost.json: `cpu_seconds` is user and system time over
the frames after the scene was loaded and a first frame was rendered.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import tempfile
from pathlib import Path
from typing import Any

import bpy  # pyright: ignore[reportMissingImports]
import numpy as np
from mathutils import Matrix  # pyright: ignore[reportMissingImports]

_POWER = math.pi  # of an area light: radiance = power / (pi area)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scene", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("samples", type=int)
    parser.add_argument("--raw", action="store_true", help="no denoiser")
    parser.add_argument("--only", type=int, nargs="*", help="frames")
    arguments = parser.parse_args()
    told: dict[str, Any] = json.loads((arguments.scene / "scene.json").read_text())
    bpy.ops.wm.read_factory_settings(use_empty=True)
    _set_up(told, arguments.samples, denoise=not arguments.raw)
    movers = _add_world(told, arguments.scene)
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        pictures = {frame: Path(scratch) / f"{frame}.exr" for frame in arguments.only or told["frames"]}
        if not arguments.only:
            _render(told, movers, told["frames"][0], Path(scratch) / "warm.exr")
        start = _spent()
        for frame, picture in pictures.items():
            _render(told, movers, frame, picture)
        spent = _spent() - start
        for frame, picture in pictures.items():
            np.save(arguments.out / f"{frame}.npy", _pixels(picture))
    (arguments.out / "cost.json").write_text(json.dumps({"cpu_seconds": spent, "samples": arguments.samples}))


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _set_up(told: dict[str, Any], samples: int, *, denoise: bool) -> None:
    """Cycles as installed, but for a fixed sample count, a box filter and our path length."""
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.resolution_x, scene.render.resolution_y = told["width"], told["height"]
    scene.render.resolution_percentage = 100
    scene.render.use_persistent_data = True
    scene.render.image_settings.file_format = "OPEN_EXR"
    scene.render.image_settings.color_depth = "32"
    scene.render.image_settings.color_mode = "RGB"
    scene.render.image_settings.exr_codec = "NONE"
    cycles = scene.cycles
    cycles.device = "CPU"
    cycles.samples = samples
    cycles.use_adaptive_sampling = False
    cycles.pixel_filter_type = "BOX"
    cycles.filter_width = 1.0
    cycles.max_bounces = cycles.diffuse_bounces = cycles.glossy_bounces = cycles.transmission_bounces = 5
    cycles.use_denoising = denoise
    cycles.denoiser = "OPENIMAGEDENOISE"
    cycles.denoising_input_passes = "RGB_ALBEDO_NORMAL"
    world = scene.world = bpy.data.worlds.new("Sky")
    world.use_nodes = True
    world.node_tree.nodes.clear()
    sky = world.node_tree.nodes.new("ShaderNodeBackground")
    sky.inputs["Color"].default_value = (*told["sky"], 1.0)
    out = world.node_tree.nodes.new("ShaderNodeOutputWorld")
    world.node_tree.links.new(sky.outputs["Background"], out.inputs["Surface"])
    lens = bpy.data.cameras.new("Camera")
    lens.sensor_fit, lens.sensor_width, lens.lens = "HORIZONTAL", 36.0, 36.0 * told["focal"]
    scene.camera = _place("Camera", lens)


def _place(name: str, data: Any) -> Any:
    thing = bpy.data.objects.new(name, data)
    bpy.context.scene.collection.objects.link(thing)
    return thing


def _matrix(rows: Any) -> Any:
    return Matrix(np.array(rows).T.tolist())  # Blender's vectors are columns


def _add_world(told: dict[str, Any], folder: Path) -> list[tuple[Any, dict[str, np.ndarray]]]:
    """Meshes and lights; returns what moves with its arrays."""
    paints = {name: _material(name, paint) for name, paint in told["materials"].items()}
    movers: list[tuple[Any, dict[str, np.ndarray]]] = []
    for said in told["meshes"]:
        arrays = dict(np.load(folder / said["file"]))
        points = arrays["points"].reshape(-1, *arrays["points"].shape[-2:])[0]  # (V, 3) of the first frame
        mesh = bpy.data.meshes.new(said["file"])
        mesh.from_pydata(points.tolist(), [], arrays["triangles"].tolist())
        mesh.shade_smooth()
        mesh.materials.append(paints[said["material"]])
        thing = _place(said["file"], mesh)
        if "transforms" in arrays or arrays["points"].ndim == 3:
            movers.append((thing, arrays))
    for number, panel in enumerate(told["panels"]):
        light = bpy.data.lights.new(f"Panel{number}", "AREA")
        light.shape, light.size, light.size_y = "RECTANGLE", panel["width"], panel["height"]
        peak = max(panel["radiance"])
        light.color = [value / peak for value in panel["radiance"]]
        light.energy = peak * _POWER * panel["width"] * panel["height"]
        lamp = _place(light.name, light)
        lamp.matrix_world = _matrix(panel["matrix"])
        lamp.visible_camera = False
    return movers


def _material(name: str, paint: dict[str, Any]) -> Any:
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    nodes = material.node_tree.nodes
    nodes.clear()
    if paint["glass"]:
        shader = nodes.new("ShaderNodeBsdfGlass")
        shader.inputs["Color"].default_value = (1.0, 1.0, 1.0, 1.0)
        shader.inputs["Roughness"].default_value = 0.0
    else:
        shader = nodes.new("ShaderNodeBsdfPrincipled")
        shader.inputs["Base Color"].default_value = (*paint["base"], 1.0)
        shader.inputs["Roughness"].default_value = paint["roughness"]
        shader.inputs["Metallic"].default_value = paint["metallic"]
        shader.inputs["Specular IOR Level"].default_value = paint["specular"]
    shader.inputs["IOR"].default_value = paint["ior"]
    out = nodes.new("ShaderNodeOutputMaterial")
    material.node_tree.links.new(shader.outputs["BSDF"], out.inputs["Surface"])
    return material


def _render(told: dict[str, Any], movers: list[tuple[Any, dict[str, np.ndarray]]], frame: int, path: Path) -> None:
    scene = bpy.context.scene
    number = told["frames"].index(frame)
    scene.cycles.seed = frame
    scene.camera.matrix_world = _matrix(told["cameras"][number])
    for thing, arrays in movers:
        if "transforms" in arrays:
            thing.matrix_world = _matrix(arrays["transforms"][number])
        else:
            thing.data.vertices.foreach_set("co", arrays["points"][number].ravel())
            thing.data.update()
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)


def _pixels(path: Path) -> np.ndarray:
    image = bpy.data.images.load(str(path))
    width, height = image.size
    pixels = np.empty(width * height * image.channels, np.float32)
    image.pixels.foreach_get(pixels)
    return np.ascontiguousarray(pixels.reshape(height, width, -1)[::-1, :, :3])


if __name__ == "__main__":
    main()
