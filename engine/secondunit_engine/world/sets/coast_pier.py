"""The coast's pier: planks on piles out into a lake or a calm bay, a boat made fast, others at buoys, hills about.

It is built straight, along Z, and turned with the cameras, which look down it.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd, UsdGeom

from secondunit_engine.motion.waves import Sea
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import boats, shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import add_mesh
from secondunit_engine.world.kit import Kit
from secondunit_engine.world.land.terrain import sample
from secondunit_engine.world.mesh import Material
from secondunit_engine.world.sets.coast_finishes import boat_materials, driftwood, headland_cover
from secondunit_engine.world.water import Water, add_open_water, declare_floating

Array = NDArray[np.floating]
_LEVEL: Final = -0.85  # m, of the water
_WIDE: Final = 1.75  # m from the pier's middle to its edge
_END: Final = -8.6  # m
_AXIS: Final = 36.0  # degrees that the pier is turned by


def add_pier(stage: Usd.Stage, folder: Path, plan: SetPlan, layout: int) -> None:
    """Everything but the sky."""
    words = set(plan.weather)
    wind = 8.0 if words & {"storm", "wind", "windy"} else 2.2 if words & {"calm", "fog", "mist"} else 3.6
    sea = Sea(wind, 1_500.0, 200.0, 30.0, 0.06, 9.0, 230.0, shortest=0.30, seed=plan.seed)
    add_open_water(stage, folder, Water(_LEVEL, sea), (0.010, 0.030, 0.030))
    _add_hills(stage, folder, plan, layout)
    rng = np.random.Generator(np.random.PCG64([layout, 81]))
    kit = Kit()
    _add_deck(kit, rng)
    _add_moorings(kit, rng)
    pier = Kit()
    pier.place(kit, (0, 0, 0), _AXIS)
    wood = driftwood(folder, layout + 1041)
    hemp = Material("hemp", base=(0.32, 0.25, 0.16), roughness=0.95)
    iron = Material("iron", base=(0.035, 0.030, 0.028), roughness=0.55, metallic=0.7)
    net = Material("net", base=(0.05, 0.11, 0.10), roughness=0.8)
    cork = Material("cork", base=(0.45, 0.12, 0.03), roughness=0.6)
    pier.write(stage, f"{names.SET}/Pier", {"wood": wood, "hemp": hemp, "iron": iron, "net": net, "cork": cork})
    _add_boats(stage, folder, plan, sea)


def _add_deck(kit: Kit, rng: np.random.Generator) -> None:
    """Planks over beams on piles, a handrail on the far half of one side."""
    kit.put("wood", boats.deck(rng, (-_WIDE, _END), (_WIDE, 16.0), 0.19, 0.016))
    for x in (-1.45, 0.0, 1.45):
        kit.put("wood", shapes.box_uv(shapes.soft_box((x - 0.07, -0.27, _END + 0.1), (x + 0.07, -0.05, 15.9), 0.01)))
    for z in np.arange(_END + 0.4, 16, 2.6).tolist():
        kit.put("wood", shapes.box_uv(shapes.soft_box((-_WIDE, -0.44, z - 0.08), (_WIDE, -0.27, z + 0.08), 0.01)))
        for hand in (-1, 1):
            tall = 0.62 if z > -2 else 0.95
            top = tall + float(rng.normal(0, 0.05))
            post = boats.pile(4.6 + top, 0.135, 20)
            kit.put("wood", shapes.move(post, (hand * (_WIDE + 0.06), top, z), float(rng.uniform(0, 360))))
            band = shapes.cylinder(0.143, -0.02, 0.02, 20, caps=False)
            kit.put("iron", shapes.move(band, (hand * (_WIDE + 0.06), top - 0.14, z)))
    ends = [_END + 0.4 + 2.6 * k for k in range(4)]
    for a, b in itertools.pairwise(ends):
        kit.put("hemp", boats.rope((_WIDE + 0.06, 0.62, a), (_WIDE + 0.06, 0.62, b), 0.16, 0.020))


def _add_moorings(kit: Kit, rng: np.random.Generator) -> None:
    """What lies about on a pier: coils, a bollard, a crate, fishing gear, a lantern post at the end."""
    kit.put(
        "hemp", shapes.move(boats.coil(0.26), (-1.25, 0.0, -1.9)), shapes.move(boats.coil(0.21, 4), (1.2, 0.0, -4.7))
    )
    bollard = shapes.lathe(
        [[0, 0], [0.11, 0.0], [0.075, 0.05], [0.065, 0.2], [0.11, 0.25], [0.10, 0.30], [0, 0.31]], 20
    )
    for z in (-1.2, -5.4, 4.6):
        kit.put("iron", shapes.move(bollard, (-1.42, 0.0, z)))
    for x, z, turn, size in ((1.15, -3.3, 12, 0.42), (1.22, -3.85, -20, 0.36), (1.1, -3.45, 31, 0.34)):
        up = 0.43 if turn == 31 else 0.0
        crate = Kit()
        slats = [
            ((-0.5, k * 0.2, side * 0.5 - 0.02), (0.5, k * 0.2 + 0.15, side * 0.5 + 0.02))
            for k in range(5)
            for side in (-1, 1)
        ]
        slats += [
            ((side * 0.5 - 0.02, k * 0.2, -0.5), (side * 0.5 + 0.02, k * 0.2 + 0.15, 0.5))
            for k in range(5)
            for side in (-1, 1)
        ]
        for low, high in slats:
            crate.put("wood", shapes.box_uv(shapes.soft_box(low, high, 0.01)))
        crate.put("wood", shapes.box_uv(shapes.soft_box((-0.48, 0.0, -0.48), (0.48, 0.03, 0.48), 0.005)))
        kit.place(crate, (x, up, z), turn, size)
    angle, out = rng.uniform(0, 2 * np.pi, 240), np.sqrt(rng.random(240))
    heap = np.column_stack([0.5 * out * np.sin(angle), 0.20 * (1 - out**2), 0.36 * out * np.cos(angle)])
    loops = [boats.rope(a, b, -0.03, 0.006) for a, b in itertools.pairwise(heap)]
    kit.put("net", *(shapes.move(loop, (-1.05, 0.012, -3.9)) for loop in loops))
    for k in range(7):
        float_at = heap[k * 17] + [-1.05, 0.05, -3.9]
        kit.put("cork", shapes.move(shapes.sphere(0.055, 14), float_at))
    mast = shapes.move(boats.pile(3.0, 0.06, 14), (1.45, 2.75, _END + 0.4))
    kit.put("wood", mast, shapes.box_uv(shapes.soft_box((0.85, 2.62, _END + 0.36), (1.5, 2.68, _END + 0.44), 0.008)))
    lantern = (
        shapes.lathe([[0, 0], [0.10, 0.0], [0.10, 0.02], [0.03, 0.02]], 14),
        shapes.lathe([[0.11, 0.24], [0.02, 0.34], [0, 0.36]], 14),
    )
    for part in lantern:
        kit.put("iron", shapes.move(part, (0.9, 2.22, _END + 0.4)))
    kit.put(
        "iron",
        *(
            shapes.move(
                shapes.cylinder(0.006, 0, 0.23, 6), (0.9 + 0.085 * np.sin(a), 2.23, _END + 0.4 + 0.085 * np.cos(a))
            )
            for a in np.arange(0, 6.2, np.pi / 3).tolist()
        ),
    )


def _add_boats(stage: Usd.Stage, folder: Path, plan: SetPlan, sea: Sea) -> None:
    """A boat made fast on the left of the pier, others at their buoys further out, afloat (motion/floating.py)."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 82]))
    boat = boats.rowing_boat()
    kit = Kit()
    materials = boat_materials(folder, plan.seed % 4)
    moored = [(-2.75, -3.4, 4.0)]
    moored += [
        (float(x), float(z), float(t))
        for x, z, t in zip([-11, 8.5, -23, 17, 31], [-17, -21, -39, -46, -66], rng.uniform(-50, 50, 5), strict=True)
    ]
    for number, (x, z, turn) in enumerate(moored):
        wx, _, wz = _out(x, 0.0, z)
        afloat = _LEVEL - 0.15
        one = Kit()
        one.place(boat, (wx, afloat, wz), turn + _AXIS)
        craft = UsdGeom.Xform.Define(stage, f"{names.SET}/Boat{number}")
        declare_floating(craft.GetPrim(), afloat + 0.5)
        one.write(stage, str(craft.GetPath()), materials, {"hull": 0.9})
        if number:
            buoy = shapes.sphere(0.17, 18)
            kit.put("buoy", shapes.move(buoy, (wx + 2.2, afloat + 0.19, wz + 1.0)))
        else:
            for end, post in ((1.75, -0.8), (-1.8, -6.0)):
                kit.put("trim", boats.rope(_out(-2.45, _LEVEL + 0.62, -3.4 + end), _out(-1.42, 0.18, post), 0.16))
    materials["buoy"] = Material("buoy", base=(0.55, 0.09, 0.03), roughness=0.4)
    kit.write(stage, f"{names.SET}/Moorings", materials)


def _out(x: float, y: float, z: float) -> tuple[float, float, float]:
    """A place of the straight pier where it lies."""
    c, s = np.cos(np.radians(_AXIS)), np.sin(np.radians(_AXIS))
    return float(c * x + s * z), y, float(c * z - s * x)


def _add_hills(stage: Usd.Stage, folder: Path, plan: SetPlan, layout: int) -> None:
    """Wooded hills round the water, nearer to the left, behind one another to the far end."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 83]))
    tile, fine = textures.noise(plan.seed + 1021, 512, 2.4), textures.noise(plan.seed + 1023, 512, 1.7)
    bearing = np.linspace(0, 2 * np.pi, 721)
    away = np.geomspace(150, 6_500, 120)
    b, r = np.meshgrid(bearing, away)
    x, z = r * np.sin(b), r * np.cos(b)
    # The lake is long: its far end lies beyond the pier's.
    ahead = np.cos(b - np.radians(_AXIS + 180 + float(rng.uniform(-14, 14))))
    bank = 210 + 1900 * np.clip(ahead, 0, 1) ** 5 + 60 * sample(fine, np.cos(b), np.sin(b), 2.3)
    inland = np.clip((r - bank) / (0.9 * bank + 300), 0, 1)
    rise = inland**0.9 * (0.085 * r * (0.7 + 0.5 * sample(tile, x, z, 3_400.0)) + 16 * sample(fine, x, z, 420.0))
    trees = 7.0 * np.clip((r - bank) / 30, 0, 1) * (1 + 0.5 * sample(fine, x, z, 95.0)) * (r < 2_500)
    y = np.where(r > bank, _LEVEL + np.maximum(rise, 0) + trees, _LEVEL - 4)
    points = np.stack([x, y, z], axis=-1)[:, ::-1]
    uvs = np.stack([x, z], axis=-1)[:, ::-1] / 90.0
    add_mesh(stage, f"{names.SET}/Hills", shapes.grid(points, uvs=uvs), headland_cover(folder, layout, 1.0))
