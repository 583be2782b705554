"""The open sea about the deck of a wooden sailing boat, or a raft of logs; the swell goes by to the horizon.

The seed's layout chooses the craft, the seed the waves and the sky; wind and storm raise the sea. The craft
floats (motion/floating.py): it rolls and pitches under whoever stands on it. Light groups: `sun`, `sky`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd, UsdGeom

from secondunit_engine.motion.waves import Sea
from secondunit_engine.places import layout_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import boats, shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import RGB, add_mark, facing, look_at, new_layer
from secondunit_engine.world.kit import Kit
from secondunit_engine.world.mesh import Material, Mesh
from secondunit_engine.world.sky import add_sky, hour_of, open_to_the_moon, paint_sky
from secondunit_engine.world.stage import camera_mark
from secondunit_engine.world.textures import textured
from secondunit_engine.world.water import Water, add_open_water, add_sea_air, declare_floating

Array = NDArray[np.floating]
_SUN: Final = 152.0  # bearing: ahead and to the right, so that the sea glitters
_STERN: Final = 5.0  # m
_BOW: Final = -6.4  # m
_BEAM: Final = 1.75  # m, half of it
_RAIL: Final = 0.46  # m, the bulwark's height


def build_open_sea(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    raft = layout_of(plan) == 1
    stage = new_layer(folder / "set.usdc")
    words = set(plan.weather)
    sea = _sea(plan, raft)
    storm = bool(words & {"storm", "rain", "overcast"})
    body = (0.016, 0.034, 0.036) if storm else (0.004, 0.026, 0.046)
    level = -0.36 if raft else -1.15
    add_open_water(stage, folder, Water(level, sea), body, foam=float(np.clip((sea.wind - 6) / 12, 0, 0.5)))
    rng = np.random.Generator(np.random.PCG64([layout_of(plan), 301]))
    kit = _raft(rng) if raft else _boat(rng)
    craft = UsdGeom.Xform.Define(stage, f"{names.SET}/{'Raft' if raft else 'Boat'}")
    declare_floating(craft.GetPrim(), -0.02 if raft else 0.05)
    kit.write(stage, str(craft.GetPath()), _materials(folder, plan.seed))
    low = 0 < hour_of(plan.time_of_day).rise < 7
    painted = paint_sky(
        plan.time_of_day, plan.weather, plan.seed, sun_bearing=_SUN, ground=(0.02, 0.05, 0.08),
        rise=6.0 if low else None,
    )  # fmt: skip
    sky = add_sky(stage, folder, painted)
    open_to_the_moon(stage, sky)
    add_sea_air(stage, plan, sky.horizon, 0.00013)
    _add_marks(stage)
    stage.GetRootLayer().Save()


def _sea(plan: SetPlan, raft: bool) -> Sea:
    """The waves of a weather; on a raft they are no higher than it stands them."""
    words = set(plan.weather)
    wind, swell = (14.0, 1.3) if "storm" in words else (9.5, 0.9) if words & {"wind", "windy"} else (6.0, 0.6)
    if words & {"calm", "fog", "mist"}:
        wind, swell = 2.6, 0.25
    if raft:
        wind, swell = min(wind, 5.0), min(swell, 0.30)
    return Sea(wind, 25_000.0 if not raft else 5_000.0, 60.0, 200.0, swell, 46.0, 35.0, seed=plan.seed)


def _half(z: Array) -> Array:
    """Half the beam of the boat [m] at places along it."""
    t = np.clip((z - _STERN) / (_BOW - _STERN), 0, 1)
    return (
        _BEAM
        * np.clip(0.80 + 0.30 * np.sin(np.pi * np.clip(t * 1.15, 0, 1)), 0, 1.06)
        * np.sqrt(np.clip((1 - t) / 0.42, 0, 1) * (2 - np.clip((1 - t) / 0.42, 0, 1)))
    )


def _boat(rng: np.random.Generator) -> Kit:
    """A gaff-rigged boat, its deck at y = 0, bow at -Z."""
    kit = Kit()
    z = np.linspace(_STERN, _BOW, 64)
    half = _half(z)
    rise = 0.55 * np.clip((_STERN - z) / (_STERN - _BOW) - 0.62, 0, 1) ** 1.5 * 2.2  # of the sheer, to the bow
    for hand in (-1, 1):
        ups = [(-1.9, 0.55), (-1.2, 0.88), (-0.55, 0.98), (0.0, 1.0), (_RAIL, 1.02)]
        outer = np.stack(
            [np.column_stack([hand * half * wide, up + rise * (up > -0.6), z]) for up, wide in ups], axis=1
        )
        kit.put("paint", shapes.grid(outer[:, ::-hand]))
        inner = np.stack(
            [np.column_stack([hand * (half * wide - 0.06), up + rise * (up > 0), z]) for up, wide in ups[3:]], 1
        )
        kit.put("inside", shapes.grid(np.maximum(inner * [hand, 1, 1], [0, -9, -99]) * [hand, 1, 1]))
        rail = np.column_stack([hand * (half * 1.02 - 0.02), _RAIL + rise + 0.02, z])
        kit.put("trim", shapes.tube(rail, 0.045, 10))
        for at in np.linspace(_STERN - 0.4, _BOW + 1.4, 12).tolist():
            x = hand * (float(_half(np.array(at))) - 0.11)
            top = _RAIL + float(np.interp(-at, -z, rise))
            kit.put("trim", shapes.soft_box((x - 0.04, 0, at - 0.04), (x + 0.04, top, at + 0.04), 0.008))
    for x in np.arange(-_BEAM, _BEAM, 0.13).tolist():  # planks run along her
        inside = z[half > max(abs(x), abs(x + 0.13)) - 0.03]
        if len(inside) > 2:
            plank = shapes.soft_box(
                (x, -0.05, inside.min()), (x + 0.122, float(rng.normal(0, 0.0015)), inside.max()), 0.004
            )
            uvs = np.column_stack([plank.points[:, 0], plank.points[:, 2] * 0.6]) + rng.random(2) * 7
            kit.put("deck", Mesh(plank.points, plank.triangles, plank.normals, uvs.astype(np.float32)))
    width = float(half[0])
    kit.put("paint", shapes.box((-width, -1.6, _STERN), (width, _RAIL, _STERN + 0.07)))
    kit.put("trim", shapes.soft_box((-width, _RAIL, _STERN - 0.03), (width, _RAIL + 0.06, _STERN + 0.10), 0.015))
    _add_rig(kit)
    _add_gear(kit, rng)
    return kit


def _add_rig(kit: Kit) -> None:
    """Mast, boom with its furled sail, bowsprit, shrouds and stays."""
    foot = np.array([-0.35, 0.0, -2.9])
    kit.put("spar", shapes.tube(np.array([foot, foot + np.array([0, 10.5, 0.25])]), [0.11, 0.06], 16))
    kit.put("spar", shapes.tube(np.array([foot + np.array([0, 1.85, 0.1]), [-1.35, 2.1, 2.6]]), [0.06, 0.05], 14))
    t = np.linspace(0, 1, 40)
    way = np.array([-1.0, 0.25, 5.4])
    furl = foot + [0, 2.02, 0.15] + way * t[:, None] + np.array([0, 0.02, 0]) * np.sin(37 * t)[:, None]
    kit.put("canvas", shapes.tube(furl, 0.10 + 0.025 * np.sin(9 * t) + 0.018 * np.sin(31 * t + 1), 14))
    for at in np.linspace(0.08, 0.95, 9).tolist():
        ring = shapes.lathe([[0.128, -0.012], [0.136, 0], [0.128, 0.012]], 16)
        kit.put("rope", shapes.move(shapes.stand_up(ring), foot + [0, 2.02, 0.15] + way * at, -10))
    kit.put("spar", shapes.tube(np.array([[0, 0.62, _BOW + 1.2], [0, 1.15, _BOW - 1.9]]), [0.07, 0.045], 12))
    top = foot + np.array([0, 9.6, 0.2])
    ends = [
        (-1.70, 0.5, -2.3),
        (-1.66, 0.5, -1.5),
        (1.70, 0.5, -2.3),
        (1.66, 0.5, -1.5),
        (0, 1.12, _BOW - 1.7),
        (0, 0.7, _BOW + 0.4),
    ]
    for end in ends:
        kit.put("rope", boats.rope(end, top, 0.02, 0.011))
    for hand in (-1, 1):
        for up in np.arange(0.9, 6.0, 0.42).tolist():  # ratlines
            share = (up - 0.5) / 9.1
            a, b = (np.array(ends[0 if hand < 0 else 2]), np.array(ends[1 if hand < 0 else 3]))
            kit.put("rope", boats.rope(a + (top - a) * share, b + (top - b) * share, 0.01, 0.007))


def _add_gear(kit: Kit, rng: np.random.Generator) -> None:
    """What lies on a deck: a hatch, coils, a bollard, a lifebuoy, a barrel, a lantern on the stern post."""
    kit.put("deck", shapes.box_uv(shapes.soft_box((-0.55, 0, -4.9), (0.55, 0.26, -3.7), 0.02)))
    kit.put(
        "trim", *(shapes.soft_box((-0.6, 0.26, z), (0.6, 0.29, z + 0.27), 0.008) for z in (-4.95, -4.66, -4.37, -4.08))
    )
    kit.put("rope", shapes.move(boats.coil(0.24), (1.05, 0, -1.1)), shapes.move(boats.coil(0.20, 4), (-1.2, 0, -0.9)))
    cleat = shapes.lathe([[0, 0], [0.09, 0], [0.06, 0.05], [0.055, 0.16], [0.10, 0.2], [0.08, 0.25], [0, 0.26]], 18)
    kit.put("iron", shapes.move(cleat, (1.3, 0, -2.2)), shapes.move(cleat, (-1.3, 0, 2.6)))
    barrel = [
        [0, 0],
        [0.22, 0],
        [0.27, 0.15],
        [0.285, 0.32],
        [0.27, 0.5],
        [0.22, 0.65],
        [0.20, 0.65],
        [0.20, 0.62],
        [0, 0.62],
    ]
    kit.put("trim", shapes.move(shapes.lathe(barrel, 24), (1.15, 0, -3.0)))
    for up in (0.10, 0.50):
        hoop = shapes.cylinder(
            float(np.interp(up, [0, 0.15, 0.32, 0.5, 0.65], [0.22, 0.27, 0.285, 0.27, 0.22])) + 0.004,
            -0.02,
            0.02,
            24,
            caps=False,
        )
        kit.put("iron", shapes.move(hoop, (1.15, up, -3.0)))
    angle = np.linspace(0, 2 * np.pi, 41)
    ring = np.column_stack([0.29 * np.sin(angle), 0.29 * np.cos(angle), 0 * angle])
    buoy = shapes.tube(ring, 0.065, 14)
    kit.put("buoy", shapes.move(buoy, (-1.52, 0.42, -1.9), 84))


def _raft(rng: np.random.Generator) -> Kit:
    """Logs lashed to cross beams, boards over them at y = 0, a mast with a patched sail, what was saved."""
    kit = Kit()
    for x in np.linspace(-1.75, 1.75, 9).tolist():
        length, girth = 2.9 + float(rng.uniform(-0.25, 0.35)), float(rng.uniform(0.17, 0.21))
        t = np.linspace(-1, 1, 14)[:, None]
        path = np.array([x, -0.26, -0.2]) + np.array([0, 0, length]) * t + [0.03, 0.015, 0] * np.sin(3 * t + x)
        radius = girth * np.concatenate([[0.55, 0.97], np.ones(10), [0.97, 0.55]])
        kit.put("log", shapes.tube(path, radius, 16))
    for z in (-2.4, -0.9, 0.7, 2.2):
        kit.put("log", shapes.tube(np.array([[-2.05, -0.08, z], [2.05, -0.08, z]]), 0.065, 10))
        for x in np.linspace(-1.75, 1.75, 9).tolist():
            for k in (-1, 1):
                angle = np.linspace(0, 2 * np.pi, 20)
                lash = np.column_stack(
                    [x + 0.09 * k + 0 * angle, -0.13 + 0.145 * np.cos(angle), z + 0.10 * np.sin(angle)]
                )
                kit.put("rope", shapes.tube(lash, 0.014, 6))
    deck = boats.deck(rng, (-1.7, -2.2), (1.7, 1.9), 0.2, 0.03, 0.03)
    kit.put("deck", deck)
    mast = np.array([[-0.5, -0.1, -1.75], [-0.45, 3.6, -1.7]])
    kit.put(
        "spar",
        shapes.tube(mast, [0.075, 0.05], 12),
        shapes.tube(np.array([[-1.75, 3.2, -1.75], [1.0, 3.35, -1.6]]), 0.04, 10),
    )
    u, v = np.meshgrid(np.linspace(0, 1, 40), np.linspace(0, 1, 34))
    belly = 0.42 * np.sin(np.pi * u) * np.sin(np.pi * v * 0.85 + 0.2)
    hem = 0.06 * np.sin(9 * u) + 0.10 * np.clip(u - 0.7, 0, 1)
    sail = np.stack(
        [
            -1.7 + 2.6 * u + 0.15 * v,
            3.2 + 0.13 * u - 0.05 * np.sin(np.pi * u * 6) ** 2 * (1 - v) - (2.35 + hem) * v,
            -1.72 - belly,
        ],
        -1,
    )
    kit.put("canvas", shapes.grid(sail))
    for a, b in (
        ((-1.7, 3.2, -1.72), (-1.8, -0.1, 1.0)),
        ((0.9, 3.3, -1.6), (1.8, -0.1, 0.6)),
        ((-0.45, 3.55, -1.7), (0.0, -0.1, -2.9)),
    ):
        kit.put("rope", boats.rope(a, b, 0.03, 0.010))
    kit.put("rope", shapes.move(boats.coil(0.22), (-1.1, 0, -0.9)))
    barrel = [[0, 0], [0.2, 0], [0.25, 0.14], [0.262, 0.3], [0.25, 0.46], [0.2, 0.6], [0, 0.6]]
    kit.put("trim", shapes.move(shapes.lathe(barrel, 24), (1.15, 0, -1.35)))
    kit.put("trim", shapes.move(shapes.soft_box((-0.3, 0, -0.2), (0.3, 0.3, 0.2), 0.02), (0.5, 0, -1.75), 20))
    kit.put("spar", shapes.tube(np.array([[-1.55, 0.03, -1.6], [-1.3, 0.03, 1.3]]), 0.022, 8))
    return kit


def _materials(folder: Path, seed: int) -> dict[str, Material]:
    wood = textures.wood(305, (0.16, 0.115, 0.075), (0.36, 0.275, 0.19), gloss=0.6)
    trim = textures.wood(306, (0.07, 0.038, 0.018), (0.21, 0.115, 0.055), gloss=0.3)
    log = textures.wood(307, (0.075, 0.060, 0.046), (0.27, 0.22, 0.165), gloss=0.8)
    paint = ((0.55, 0.54, 0.50), (0.03, 0.07, 0.13), (0.05, 0.16, 0.13))[seed // 2 % 3]
    cloth = textures.plaster(308, (0.56, 0.51, 0.41), 512)
    return {
        "deck": textured(folder, "deck", wood, 0.004),
        "trim": textured(folder, "varnish", trim, 0.002, clearcoat=0.5),
        "log": textured(folder, "logs", log, 0.012),
        "spar": textured(
            folder, "spars", textures.wood(309, (0.16, 0.095, 0.045), (0.32, 0.20, 0.10), 512, 0.35), 0.002
        ),
        "canvas": textured(folder, "canvas", cloth, 0.006, specular=0.15),
        "paint": Material("hull_paint", base=paint, roughness=0.35),
        "inside": Material("bulwark", base=(0.50, 0.48, 0.43), roughness=0.5),
        "rope": Material("hemp", base=(0.31, 0.24, 0.15), roughness=0.95),
        "iron": Material("iron", base=(0.035, 0.030, 0.028), roughness=0.5, metallic=0.7),
        "buoy": Material("lifebuoy", base=(0.62, 0.12, 0.03), roughness=0.5),
    }


def _add_marks(stage: Usd.Stage) -> None:
    """People amidships; cameras astern and a little aside, the mast and the bow before them."""
    add_mark(stage, "hero", facing((0, 0, 0), (0.25, 0, 1)))
    add_mark(stage, "hero_2", facing((-0.9, 0, 0.4), (1, 0, 0.3)))
    add_mark(stage, "hero_3", facing((0.9, 0, -0.5), (-0.6, 0, 1)))
    cameras: dict[str, tuple[RGB, RGB]] = {
        "EWS": ((3.3, 2.5, 8.6), (-0.7, 1.0, 0.0)),
        "WS": ((1.9, 1.95, 5.6), (-0.3, 1.0, 0.0)),
        "FS": ((1.2, 1.55, 4.4), (-0.1, 1.02, 0.0)),
        "MFS": ((0.85, 1.48, 3.4), (-0.08, 1.16, 0.0)),
        "MS": ((0.60, 1.52, 2.6), (-0.05, 1.38, 0.0)),
        "MCU": ((0.48, 1.58, 2.0), (-0.03, 1.50, 0.0)),
        "CU": ((0.40, 1.62, 1.6), (0.0, 1.58, 0.0)),
        "ECU": ((0.33, 1.64, 1.3), (0.0, 1.62, 0.0)),
    }
    for size, (eye, target) in cameras.items():
        add_mark(stage, camera_mark(size), look_at(eye, target))
