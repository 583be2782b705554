"""Reads glTF, GLB and OBJ with trimesh, after their counts and the files they name have been checked."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np

from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_engine.library.parts import JSON_BYTES, NODES, Part, Source, beside, check_count, in_a_line

_LINE = 1 << 16
_TRIANGLE_MODES = {4: 3, 5: 1, 6: 1}  # indices a triangle
_ROOM = 20.0  # a prop larger than this [m] is hardly in metres


def read_gltf(file: Path) -> Source:
    """A .gltf or .glb: metres, Y up by its specification. Raises BadInput, TooLarge."""
    document = _gltf_document(file)
    try:
        notes = _check_gltf(file, document)
        author = in_a_line(document["asset"].get("copyright", ""))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        raise _unreadable(file) from None
    return Source(_load(file), unit=1.0, author=author, notes=notes)


def read_obj(file: Path) -> Source:
    """A Wavefront .obj, which says neither unit nor axis: the unit is guessed from its size. Raises as above."""
    notes = _check_obj(file)
    parts = _load(file)
    points = np.concatenate([part.points for part in parts]) if parts else np.zeros((0, 3))
    points = points[np.isfinite(points).all(axis=1)]
    size = float(np.ptp(points, axis=0).max()) if len(points) else 0.0
    unit, word = (1.0, "metres") if size <= _ROOM else (0.01, "centimetres")
    if size * unit > _ROOM:
        unit, word = 0.001, "millimetres"
    said = f"An OBJ says no unit: taken as {word}, largest side {size * unit:.3g} m; Y taken as up."
    return Source(parts, unit=unit, notes=(*notes, said))


def _gltf_document(file: Path) -> dict[str, Any]:
    with file.open("rb") as stream:
        head = stream.read(20)
        if head[:4] == b"glTF":
            if len(head) < 20 or head[16:20] != b"JSON":
                raise _unreadable(file)
            length = struct.unpack("<I", head[12:16])[0]
        else:
            stream.seek(0)
            length = file.stat().st_size
        if length > JSON_BYTES:
            raise TooLarge(f"{file.name} has a description over 32 MB.", mend="Save it as GLB with binary buffers.")
        text = stream.read(length)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise _unreadable(file) from None
    if not isinstance(document, dict):
        raise _unreadable(file)
    return document


def _check_gltf(file: Path, document: dict[str, Any]) -> tuple[str, ...]:
    required = document.get("extensionsRequired", [])
    if required:
        named = in_a_line(", ".join(map(str, required)))
        raise BadInput(f"{file.name} needs {named}.", mend="Save it without extensions.")
    accessors, meshes, nodes = (document.get(name, []) for name in ("accessors", "meshes", "nodes"))
    if len(nodes) > NODES or len(accessors) > NODES:
        raise TooLarge(f"{file.name} has over {NODES:,} nodes.", mend="Merge them.")
    if any(int(each["count"]) < 0 for each in accessors):
        raise _unreadable(file)  # it would make room for others
    children = [child for node in nodes for child in node.get("children", [])]
    roots = [root for scene in document.get("scenes", []) for root in scene.get("nodes", [])]
    if len(children) != len(set(children)) or not set(children).isdisjoint(roots):
        raise BadInput(f"The nodes of {file.name} are no tree.", mend="Save it again and check it.")
    costs = [_cost(mesh, accessors) for mesh in meshes]
    shown = [costs[node["mesh"]] for node in nodes if "mesh" in node] + costs
    points = sum(cost[1] for cost in shown) + max((int(each["count"]) for each in accessors), default=0)
    check_count(file.name, sum(cost[0] for cost in shown) - sum(cost[0] for cost in costs), points)
    check_count(file.name, max((cost[0] for cost in costs), default=0))
    for uri in _missing(file, document.get("buffers", [])):
        raise BadInput(f"The buffer {uri} of {file.name} is missing.", mend="Put it beside the file.")
    return tuple(f"Missing texture: {uri}." for uri in _missing(file, document.get("images", [])))


def _missing(file: Path, described: list[dict[str, Any]]) -> list[str]:
    """Which files of these buffers or images are not there. Raises BadInput for one outside the asset's folder."""
    named = (str(each.get("uri", "")) for each in described)
    return [in_a_line(uri) for uri in named if uri and not uri.startswith("data:") and not beside(file, uri).is_file()]


def _cost(mesh: dict[str, Any], accessors: list[dict[str, Any]]) -> tuple[int, int]:
    """Triangles and points of a mesh, from its accessors' counts."""
    triangles = points = 0
    for each in mesh["primitives"]:
        count = int(accessors[each["attributes"]["POSITION"]]["count"])
        indices = int(accessors[each["indices"]]["count"]) if "indices" in each else count
        points += count
        triangles += indices // _TRIANGLE_MODES.get(each.get("mode", 4), indices + 1)
    return triangles, points


def _check_obj(file: Path) -> tuple[str, ...]:
    """Count a file line by line, never holding more than one."""
    triangles = points = 0
    libraries: list[Path] = []
    with file.open("rb") as stream:
        while line := stream.readline(_LINE):
            if len(line) == _LINE:
                raise BadInput(f"{file.name} has a line over 64 KB.", mend="Save it again as plain OBJ.")
            word, rest = (*line.split(None, 1), b"", b"")[:2]
            if word == b"f":
                triangles += max(0, len(rest.split()) - 2)
            elif word == b"v":
                points += 1
            elif word == b"mtllib":
                libraries.append(beside(file, rest.decode("utf-8", "replace").strip()))
            check_count(file.name, triangles, points)
    return tuple(note for library in libraries for note in _check_library(file, library))


def _check_library(file: Path, library: Path) -> list[str]:
    if not library.is_file():
        return [f"Missing materials: {library.name}."]
    if library.stat().st_size > JSON_BYTES:
        raise TooLarge(f"{library.name} is over 32 MB.", mend="Give a plain .mtl file.")
    notes = []
    for line in library.read_text("utf-8", "replace").splitlines():
        words = line.split()
        if words and words[0].lower().startswith("map_") and not beside(file, words[-1]).is_file():
            notes.append(f"Missing texture: {words[-1][:200]}.")
    return notes


def _load(file: Path) -> tuple[Part, ...]:
    import trimesh

    try:
        scene = trimesh.load_scene(file, process=False)
        return tuple(_part(scene, node) for node in scene.graph.nodes_geometry if _is_mesh(scene, node))
    except MemoryError:
        raise
    # What trimesh and what it calls raise has no bound: beside the usual errors struct.error, zlib.error and PIL's
    # DecompressionBombError, whose only base in common is Exception.
    except Exception as fault:
        raise _unreadable(file) from fault


def _is_mesh(scene: Any, node: str) -> bool:
    return hasattr(scene.geometry[scene.graph[node][1]], "faces")


def _part(scene: Any, node: str) -> Part:
    transform, name = scene.graph[node]
    mesh = scene.geometry[name]
    with np.errstate(invalid="ignore", over="ignore"):  # NaN points are dropped later
        points = np.asarray(mesh.vertices, float) @ transform[:3, :3].T + transform[:3, 3]  # (N, 3)
    triangles = np.asarray(mesh.faces, np.int64).reshape(-1, 3)
    if np.linalg.det(transform[:3, :3]) < 0:
        triangles = triangles[:, ::-1]
    return Part(points, triangles, **_surface(mesh.visual, len(points)))


def _surface(visual: Any, points: int) -> dict[str, Any]:
    material = getattr(visual, "material", None)
    if material is None:
        colors = np.asarray(getattr(visual, "main_color", (128, 128, 128, 255)), float) / 255
        return {"base": tuple(colors[:3].tolist())}
    if hasattr(material, "to_pbr"):
        material = material.to_pbr()
    base = np.ones(4) if material.baseColorFactor is None else np.asarray(material.baseColorFactor, float) / 255
    surface: dict[str, Any] = {"base": tuple(base[:3].tolist()), "image": material.baseColorTexture}
    if material.alphaMode not in (None, "OPAQUE"):
        surface["opacity"] = float(base[3])
    for name, factor in (("roughness", material.roughnessFactor), ("metallic", material.metallicFactor)):
        if factor is not None:
            surface[name] = float(np.clip(factor, 0, 1))
    if visual.uv is not None and len(visual.uv) == points:
        surface["uvs"] = np.asarray(visual.uv, float)
    return surface


def _unreadable(file: Path) -> BadInput:
    return BadInput(f"{file.name} cannot be read as {file.suffix[1:].upper()}.", mend="Save it again and check it.")
