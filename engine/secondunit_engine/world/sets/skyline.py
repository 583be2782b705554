"""A city seen from a roof: blocks of houses below, towers with lit windows to the horizon, beacons, streets of light.

Towers are boxes, stepped and capped, whose faces show windows out of four pictures; near ones have ledges and water
tanks. Aerial perspective is the fog's: the set that uses this hangs haze of the sky's colour.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from pxr import Usd

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world.author import Material, Mesh, add_mesh
from secondunit_engine.world.kit import Kit, bars, set_path
from secondunit_engine.world.sets.urban_materials import Hour, glow
from secondunit_engine.world.street_textures import window_wall

_BLOCK: Final = 62.0  # m from street to street
_STREET: Final = 18.0
_STOREY: Final = 3.5
REACH: Final = 760.0


def add_skyline(stage: Usd.Stage, folder: Path, plan: SetPlan, hour: Hour, ground: float, clear: float) -> None:
    """The town about a roof at y = 0 whose streets lie at y = `ground`; nothing stands within `clear` metres."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 81]))
    tall = {"present": 1.0, "future": 2.0}.get(plan.era, 0.55)
    kinds: list[list[Mesh]] = [[], [], []]
    details, beacons = Kit(), []
    centre = rng.uniform(-1, 1, 2) * 180 + np.array([0, -330])  # downtown, before the cameras
    count = int(REACH // _BLOCK)
    for i in range(-count, count + 1):
        for j in range(-count, count + 1):
            for a in (-0.25, 0.25):
                for b in (-0.25, 0.25):
                    x, z = (i + 0.5 + a * 0.72) * _BLOCK, (j + 0.5 + b * 0.72) * _BLOCK
                    away = float(np.hypot(x, z))
                    if away > REACH or max(abs(x), abs(z)) < clear:
                        continue
                    w = (_BLOCK - _STREET) / 2 * float(rng.uniform(0.80, 0.98))
                    d = (_BLOCK - _STREET) / 2 * float(rng.uniform(0.80, 0.98))
                    rise = np.exp(-(((x - centre[0]) ** 2 + (z - centre[1]) ** 2) / 210.0**2))
                    height = float(rng.uniform(14, 34) + tall * rise * rng.uniform(20, 165))
                    if away < 95:
                        height = min(height, -ground + float(rng.uniform(-14, 7)))
                    _tower(kinds[int(rng.integers(3))], x, z, w, d, ground, height, rng)
                    top = ground + height
                    if away < 150:
                        _roof_things(details, x, z, w, d, top, rng)
                    if height > 95:
                        details.put(
                            "iron", shapes.tube([(x, top, z), (x, top + 8, z), (x, top + 16, z)], [0.35, 0.2, 0.06], 5)
                        )
                        beacons.append((x, top + 16.0, z))
    for number, parts in enumerate(kinds):
        albedo, light = window_wall(plan.seed + 90 + number, (0.26, 0.36, 0.18)[number])
        tint = np.array([(1.0, 0.96, 0.9), (0.75, 0.85, 1.0), (1.2, 0.85, 0.7)][number])
        material = Material(
            f"skyline_{number}",
            base_texture=textures.write_color(folder, f"skyline_{number}", np.clip(albedo * tint, 0, 0.9)),
            roughness=0.4,
            emission=glow((1, 1, 1), 0.02, 1.15, hour),
            emission_texture=textures.write_color(folder, f"skyline_light_{number}", light),
        )
        add_mesh(
            stage,
            set_path(f"Skyline{number}"),
            shapes.merge(parts),
            material,
            light_group="windows",
            sampling_weight=0.03,
        )
    iron = Material("far_iron", base=(0.03, 0.03, 0.032), roughness=0.6)
    wood = Material("far_wood", base=(0.09, 0.065, 0.045), roughness=0.8)
    details.write(stage, set_path("SkylineDetails"), {"iron": iron, "wood": wood})
    red = Material("beacon", base=(0, 0, 0), emission=glow((60.0, 1.5, 0.8), 0.1, 1.0, hour))
    balls = shapes.array(shapes.sphere(0.55, 8), np.array(beacons or [(0.0, 60.0, -300.0)]))
    add_mesh(stage, set_path("Beacons"), balls, red, light_group="beacons", sampling_weight=0.02)
    _add_streets(stage, hour, ground, count, rng)


def _tower(
    parts: list[Mesh], x: float, z: float, w: float, d: float, ground: float, height: float, rng: np.random.Generator
) -> None:
    """A tower in one to three steps."""
    low, top = ground, ground + height
    steps = int(rng.integers(1, 4)) if height > 60 else 1
    for step in range(steps):
        share = 1.0 - 0.18 * step
        high = top if step == steps - 1 else ground + height * (0.62 + 0.2 * step)
        parts.append(_faces(x, z, w * share, d * share, low, high, rng))
        low = high


def _faces(x: float, z: float, w: float, d: float, low: float, high: float, rng: np.random.Generator) -> Mesh:
    mesh = shapes.box((x - w / 2, low, z - d / 2), (x + w / 2, high, z + d / 2))
    assert mesh.uvs is not None
    assert mesh.normals is not None
    uvs = np.floor(rng.random(2) * 16) / 16 + (mesh.uvs - [0, low]) / (16 * _STOREY)
    uvs = np.where(np.abs(mesh.normals[:, 1:2]) > 0.5, 0.002, uvs)  # roofs show wall
    return Mesh(mesh.points, mesh.triangles, mesh.normals, uvs.astype(np.float32))


def _roof_things(kit: Kit, x: float, z: float, w: float, d: float, top: float, rng: np.random.Generator) -> None:
    """Parapets, stair houses, vents, now and then a water tank on legs."""
    a, b = w / 2, d / 2
    kit.put(
        "iron",
        bars(
            [
                ((x - a, top, z - b), (x + a, top + 0.9, z - b + 0.3)),
                ((x - a, top, z + b - 0.3), (x + a, top + 0.9, z + b)),
                ((x - a, top, z - b), (x - a + 0.3, top + 0.9, z + b)),
                ((x + a - 0.3, top, z - b), (x + a, top + 0.9, z + b)),
            ]
        ),
    )
    for _ in range(int(rng.integers(2, 6))):
        p, q = x + float(rng.uniform(-0.35, 0.35)) * w, z + float(rng.uniform(-0.35, 0.35)) * d
        s, h = float(rng.uniform(0.6, 2.0)), float(rng.uniform(0.8, 3.0))
        kit.put("iron", bars([((p - s, top, q - s), (p + s, top + h, q + s))]))
    if rng.random() < 0.4:
        kit.place(water_tank(), (x + float(rng.uniform(-0.25, 0.25)) * w, top, z + float(rng.uniform(-0.25, 0.25)) * d))


def water_tank() -> Kit:
    """A wooden tank with hoops and a conical roof on a steel stand, 7 m high."""
    kit = Kit()
    kit.put("wood", shapes.facet(shapes.lathe([(0, 3.2), (1.65, 3.2), (1.65, 5.9), (0, 5.9)], 28)))
    kit.put("iron", shapes.lathe([(1.85, 5.85), (1.80, 5.95), (0.0, 6.9)], 28))
    kit.put(
        "iron",
        *[
            shapes.lathe([(1.66, y), (1.68, y + 0.03), (1.66, y + 0.06)], 28)
            for y in np.linspace(3.35, 5.6, 8).tolist()
        ],
    )
    legs = [
        ((p * 1.2 - 0.07, 0, q * 1.2 - 0.07), (p * 1.2 + 0.07, 3.1, q * 1.2 + 0.07)) for p in (-1, 1) for q in (-1, 1)
    ]
    beams = [((-1.5, 3.0, q * 0.5 - 0.08), (1.5, 3.2, q * 0.5 + 0.08)) for q in (-2.4, -1, 1, 2.4)]
    kit.put("iron", bars(legs + beams))
    for s in (-1, 1):
        kit.put("iron", shapes.tube([(-1.2, 0.2, s * 1.2), (0, 1.6, s * 1.2), (1.2, 3.0, s * 1.2)], 0.03, 5))
        kit.put("iron", shapes.tube([(1.2, 0.2, s * 1.2), (0, 1.6, s * 1.2), (-1.2, 3.0, s * 1.2)], 0.03, 5))
    kit.put("iron", shapes.tube([(0, 0, 0), (0, 1.6, 0), (0, 3.2, 0)], 0.09, 8))
    return kit


def _add_streets(stage: Usd.Stage, hour: Hour, ground: float, count: int, rng: np.random.Generator) -> None:
    """Streets between the blocks, with their lamps and the lights of traffic."""
    far = (count + 1) * _BLOCK
    asphalt = Material("far_asphalt", base=(0.05, 0.05, 0.052), roughness=0.7)
    plane = shapes.quad((-far, ground, far), (far, ground, far), (far, ground, -far), (-far, ground, -far))
    add_mesh(stage, set_path("Streets"), plane, asphalt)
    warm, red = [], []
    for k in range(-count, count + 1):
        for at in np.arange(-far, far, 24.0).tolist():
            for x, z in ((k * _BLOCK, at), (at, k * _BLOCK)):
                warm.append((x + 5.0, ground + 8.0, z + 5.0))
                if rng.random() < 0.35:
                    side = float(rng.choice([-2.5, 2.5]))
                    (red if rng.random() < 0.5 else warm).append((x + side, ground + 0.8, z + side))
    cube = bars([((-0.3, -0.25, -0.3), (0.3, 0.25, 0.3))])
    for name, places, color in (("lamp", warm, (1.0, 0.62, 0.28)), ("tail", red, (1.0, 0.05, 0.03))):
        material = Material(f"far_{name}", base=(0, 0, 0), emission=glow(color, 0.05, 34.0, hour))
        add_mesh(
            stage,
            set_path(f"Far{name.title()}s"),
            shapes.array(cube, np.array(places)),
            material,
            light_group="lamps",
            sampling_weight=0.05,
        )
