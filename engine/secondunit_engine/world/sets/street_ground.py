"""The ground of a town: a cambered carriageway along Z, side streets, pavements with kerbs, crossings, gutters.

The middle of the road and the pavements lie at y = 0, so that people walk level; the road falls to its gutters, and
side streets lie as low as these.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from pxr import Usd

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world.author import Material, Mesh, add_mesh
from secondunit_engine.world.kit import Kit, bars, set_path
from secondunit_engine.world.street_textures import ROAD, asphalt, field, paving

HALF: Final = 4.4  # m from the middle of the road to the kerb
FRONT: Final = 8.6  # m from the middle of the road to the fronts of the houses
GUTTER: Final = -0.10  # y of the gutter
_KERB: Final = 0.17


def camber(x: float) -> float:
    """Height of the carriageway [m] at a distance from its middle."""
    return GUTTER * min(1.0, abs(x) / HALF) ** 3


def add_ground(
    stage: Usd.Stage, folder: Path, plan: SetPlan, wet: float, reach: float, junctions: Sequence[float], side: float
) -> None:
    """The street from z = -reach to reach, crossed by side streets at these z that go `side` metres out."""
    lines = "none" if plan.era in ("ancient",) else "dashes" if plan.era not in ("present", "future") else "yellow"
    road = textures.textured(folder, "asphalt", asphalt(plan.seed + 31, wet, plan.wear, lines), 0.010)
    flags = textures.textured(folder, "paving", paving(plan.seed + 32, wet, plan.wear), 0.010)
    add_mesh(stage, set_path("Road"), _carriageway(reach, junctions, side), road)
    kit = Kit()
    for side_of in (-1, 1):
        for low, high in blocks(reach, junctions):
            _block(kit, side_of, low, high, side)
    kerb = Material("kerb", base=(0.17, 0.165, 0.155), roughness=0.35 if wet else 0.75)
    _crossings(kit, junctions)
    stones = textures.write_data(folder, "worn_paint", _worn(plan.seed + 33, plan.wear))
    paint = Material("road_paint", base=(0.50, 0.49, 0.46), roughness=0.25 if wet else 0.6, opacity_texture=stones)
    kit.write(stage, set_path("Ground"), {"paving": flags, "kerb": kerb, "paint": paint}, {"paving": 4.8, "paint": 3.0})


def blocks(reach: float, junctions: Sequence[float]) -> list[tuple[float, float]]:
    """The stretches of pavement between the side streets, low and high z [m]."""
    cuts = sorted(junctions)
    lows = [-reach, *[z + HALF for z in cuts]]
    highs = [*[z - HALF for z in cuts], reach]
    return list(zip(lows, highs, strict=True))


def _carriageway(reach: float, junctions: Sequence[float], side: float) -> Mesh:
    x = HALF * np.array([-1, -0.96, -0.9, -0.8, -0.65, -0.45, 0, 0.45, 0.65, 0.8, 0.9, 0.96, 1])
    z = np.linspace(reach, -reach, 3)
    points = np.stack(np.broadcast_arrays(x[None], np.array([camber(v) for v in x])[None], z[:, None]), axis=-1)
    uvs = np.stack(np.broadcast_arrays((x[None] / HALF + 1) / 2, z[:, None] / ROAD[1]), axis=-1)
    parts = [shapes.grid(points, uvs=uvs)]
    for at in junctions:  # side streets run along X: the texture is turned, its line of the middle left out
        for s in (-1, 1):
            a, b = sorted((s * HALF, s * side))
            flat = shapes.quad(
                (a, GUTTER, at + HALF), (b, GUTTER, at + HALF), (b, GUTTER, at - HALF), (a, GUTTER, at - HALF)
            )
            turned = np.array([(0.08, a), (0.08, b), (0.42, b), (0.42, a)]) / [1, ROAD[1]]
            parts.append(Mesh(flat.points, flat.triangles, flat.normals, turned.astype(np.float32)))
    return shapes.merge(parts)


def _block(kit: Kit, s: int, low: float, high: float, side: float) -> None:
    """The pavement round one block: along the main street, and along both side streets."""
    x0, x1 = HALF + _KERB, side
    rows = [(x0, FRONT + 0.6, low + _KERB, high - _KERB)]
    width = FRONT - HALF
    rows += [(FRONT + 0.6, x1, low + _KERB, low + width + 0.6), (FRONT + 0.6, x1, high - width - 0.6, high - _KERB)]
    for a, b, c, d in rows:
        if d - c > 0.1:
            flat = shapes.quad((s * a, 0, d), (s * b, 0, d), (s * b, 0, c), (s * a, 0, c))
            if s < 0:
                flat = shapes.quad((s * b, 0, d), (s * a, 0, d), (s * a, 0, c), (s * b, 0, c))
            kit.put("paving", shapes.box_uv(flat))
    stones = []
    for z in np.arange(low, high, 1.0).tolist():  # kerbstones a metre long, each a little off the last
        stones.append(_stone(s * HALF, s * (HALF + _KERB), z + 0.006, min(z + 0.994, high), z))
    for edge in (low, high):
        inner = edge + (_KERB if edge == low else -_KERB)
        c, d = sorted((edge, inner))
        for x in np.arange(HALF + _KERB, min(side, 60.0), 1.0).tolist():
            a, b = sorted((s * (x + 0.006), s * (x + 0.994)))
            stones.append(((a, -0.3, c), (b, 0.004 + 0.003 * np.sin(9 * x), d)))
    kit.put("kerb", bars(stones))


def _stone(
    a: float, b: float, c: float, d: float, key: float
) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    a, b = sorted((a, b))
    return (a, -0.3, c), (b, 0.004 + 0.003 * float(np.sin(7 * key)), d)


def _crossings(kit: Kit, junctions: Sequence[float]) -> None:
    """Zebra stripes and stop lines across the main street on both sides of each junction."""
    for at in junctions:
        for s in (-1, 1):
            z0, z1 = sorted((at + s * (HALF + 1.0), at + s * (HALF + 3.6)))
            for x in np.arange(-HALF + 0.35, HALF - 0.5, 0.95).tolist():
                kit.put("paint", _strip(x, x + 0.5, z0, z1))
            stop = at + s * (HALF + 4.6)
            a, b = (-HALF + 0.2, -0.3) if s < 0 else (0.3, HALF - 0.2)
            kit.put("paint", _strip(a, b, stop - 0.2, stop + 0.2))


def _strip(a: float, b: float, c: float, d: float) -> Mesh:
    """Paint on the cambered road between x = a and b, z = c and d."""
    x = np.linspace(a, b, 3 if b - a < 1 else 9)
    y = np.array([camber(v) + 0.004 for v in x])
    net = np.stack(np.broadcast_arrays(x[None], y[None], np.array([d, c])[:, None]), axis=-1)
    uvs = np.stack(np.broadcast_arrays(x[None], np.array([d, c])[:, None]), axis=-1)
    return shapes.grid(net, uvs=uvs)


def _worn(seed: int, wear: float) -> textures.Field:
    """Where paint is left on the road: 0 or 1."""
    holes = field(seed, 512, 512, 1.2) + 0.7 * field(seed + 1, 512, 512, 2.4)
    return (holes < 1.9 - 1.6 * wear).astype(np.float32)
