"""An asset as read becomes a layer of ours: metres, Y up, its base in the middle of the origin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from secondunit_bridge.errors import BadInput
from secondunit_engine.library.parts import Part, Source, clean
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import add_mesh, new_layer
from secondunit_engine.world.mesh import Material, Mesh

_TO_Y_UP = {  # rows: what becomes x, y and z
    "Y": np.eye(3),
    "Z": np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]]),
}
_PIXELS = 4096
_LARGEST = 10_000.0  # metres


@dataclass(frozen=True)
class Measured:
    """Width, height and depth [m], triangles, and what was said of the geometry."""

    size: tuple[float, float, float]
    triangles: int
    notes: tuple[str, ...]


def write_asset(source: Source, name: str, path: Path) -> Measured:
    """Write a layer with /Shot/Props/<name> and its textures beside it. Raises BadInput if nothing is left to show."""
    parts, notes = clean(source.parts)
    if not parts:
        raise BadInput(f"{name} has no sound triangle.", mend="Save it again and check it.")
    turn = source.unit * _TO_Y_UP[source.up]
    placed = [replace(part, points=part.points @ turn.T) for part in parts]
    low = np.min([part.points.min(axis=0) for part in placed], axis=0)  # (3,)
    high = np.max([part.points.max(axis=0) for part in placed], axis=0)
    if not (high - low).max() <= _LARGEST:
        raise BadInput(f"{name} would be {(high - low).max():.3g} m large.", mend="Save it in metres.")
    base = np.array([(low[0] + high[0]) / 2, low[1], (low[2] + high[2]) / 2])
    stage = new_layer(path)
    unread: list[str] = []
    for number, part in enumerate(placed):
        material = _material(part, f"{name}_{number}", path.parent, unread)
        uvs = None if part.uvs is None else part.uvs.astype(np.float32)
        mesh = Mesh((part.points - base).astype(np.float32), part.triangles.astype(np.int32), uvs=uvs)
        add_mesh(stage, f"{names.PROPS}/asset_{name}/part_{number}", mesh, material)
    stage.GetRootLayer().Save()
    width, height, depth = (high - low).round(6).tolist()
    return Measured((width, height, depth), sum(len(part.triangles) for part in placed), (*notes, *unread))


def _material(part: Part, name: str, folder: Path, notes: list[str]) -> Material:
    texture = ""
    if part.image is not None and part.uvs is not None:
        try:
            picture = part.image.convert("RGB")
        except (OSError, ValueError, SyntaxError):  # pictures are decoded only now; PIL raises SyntaxError too
            notes.append(f"Unreadable texture of {name}.")
        else:
            picture.thumbnail((_PIXELS, _PIXELS))
            picture.save(folder / f"{name}.png")
            texture = f"./{name}.png"
    return Material(name, part.base, part.roughness, part.metallic, opacity=part.opacity, base_texture=texture)
