"""What people stand on above the clouds. Each keeps still at the origin, its floor at y = 0; the clouds go by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import boats, shapes, textures
from secondunit_engine.world.author import RGB
from secondunit_engine.world.kit import Kit
from secondunit_engine.world.mesh import Material, Mesh
from secondunit_engine.world.textures import Surface, textured

Array = NDArray[np.floating]
View = tuple[RGB, RGB]
_GORES: Final = 24  # of a balloon's envelope


@dataclass(frozen=True)
class Craft:
    """wind: How the clouds go by, as seen from it [m/s]. others: Where a second and a third stand, (x, z) [m]. cameras:
    Where they are not the usual ones."""

    name: str
    kit: Kit
    materials: Mapping[str, Material]
    wind: RGB
    others: tuple[tuple[float, float], tuple[float, float]]
    cameras: Mapping[str, View] = field(default_factory=dict)


def airship(folder: Path, plan: SetPlan) -> Craft:
    """An open deck of teak with brass rails, hung under a ribbed envelope."""
    rng = np.random.Generator(np.random.PCG64([plan.seed % 3, 481]))
    kit = Kit()
    kit.put("deck", boats.deck(rng, (-3.4, -4.6), (3.4, 9.4), 0.16, 0.006, 0.05))
    kit.put("hull", shapes.soft_box((-3.55, -0.75, -4.75), (3.55, -0.05, 9.55), 0.12))
    rim = [(-3.4, 9.4), (-3.4, -3.2), (-2.2, -4.6), (2.2, -4.6), (3.4, -3.2), (3.4, 9.4)]
    for (x0, z0), (x1, z1) in pairwise(rim):
        for up, thick in ((1.06, 0.030), (0.72, 0.013), (0.40, 0.013)):
            kit.put("brass", shapes.tube(np.array([[x0, up, z0], [x1, up, z1]]), thick, 10))
        count = max(2, round(float(np.hypot(x1 - x0, z1 - z0)) / 1.15))
        for t in np.linspace(0, 1, count + 1).tolist():
            post = shapes.lathe([[0.055, 0], [0.055, 0.04], [0.022, 0.07], [0.020, 1.0], [0.042, 1.04], [0, 1.12]], 12)
            kit.put("brass", shapes.move(post, (x0 + (x1 - x0) * t, 0, z0 + (z1 - z0) * t)))
    body, ribs = _hull_above(np.array([0.0, 10.6, 1.5]), 26.0, 5.6)
    kit.put("envelope", body)
    kit.put("rope", *ribs)
    for z in (-4.4, -1.0, 2.6, 6.2, 9.2):
        for hand in (-1, 1):
            foot = np.array([3.36 * hand if z > -3.2 else 2.2 * hand, 1.06, z])
            kit.put("rope", boats.rope(foot, (4.35 * hand, 7.4, 0.9 * z + 0.4), 0.05, 0.020))
    for x, z in ((-3.4, -3.2), (3.4, -3.2)):
        _lantern(kit, np.array([x, 1.14, z]))
    kit.put("rope", shapes.move(boats.coil(0.24), (-2.8, 0, -2.2)), shapes.move(boats.coil(0.20, 4), (2.7, 0, -1.3)))
    chest = shapes.box_uv(shapes.soft_box((-0.5, 0, -0.3), (0.5, 0.5, 0.3), 0.02))
    kit.put("trim", shapes.move(chest, (2.6, 0, -2.5), -32), shapes.move(chest, (-2.75, 0, 0.9), 84))
    return Craft("Airship", kit, _airship_materials(folder, plan), (0.0, 0.0, 11.0), ((-1.1, 0.4), (1.2, -0.8)))


def balloon(folder: Path, plan: SetPlan) -> Craft:
    """A wicker basket with its burner, under the mouth of the envelope."""
    kit = Kit()
    kit.put("trim", shapes.soft_box((-1.14, -0.10, -0.86), (1.14, 0.0, 0.86), 0.02))
    walls = [
        ((-1.12, -0.84), (1.12, -0.84)),
        ((1.12, -0.84), (1.12, 0.84)),
        ((1.12, 0.84), (-1.12, 0.84)),
        ((-1.12, 0.84), (-1.12, -0.84)),
    ]
    for (x0, z0), (x1, z1) in walls:
        kit.put("wicker", _woven(np.array([x0, z0]), np.array([x1, z1]), 1.08))
        rail = np.array([[x0, 1.12, z0], [x1, 1.12, z1]])
        kit.put("leather", shapes.tube(rail, 0.065, 12))
    for x, z in ((-1.12, -0.84), (1.12, -0.84), (1.12, 0.84), (-1.12, 0.84)):
        kit.put("leather", shapes.move(shapes.sphere(0.066, 12), (x, 1.12, z)))
        frame = np.array([[x, 0, z], [x, 1.1, z], [0.55 * x, 2.35, 0.55 * z]])
        kit.put("leather", shapes.tube(frame, 0.028, 8))
        for mouth in (-0.35, 0.35):
            turn = np.arctan2(x, z) + mouth
            kit.put(
                "rope",
                boats.rope((0.55 * x, 2.35, 0.55 * z), (1.9 * np.sin(turn), 5.2, 1.9 * np.cos(turn)), 0.02, 0.007),
            )
    ring = np.linspace(0, 2 * np.pi, 5)
    square = np.column_stack(
        [0.62 * np.sqrt(2) * np.sin(ring + np.pi / 4), 0 * ring + 2.35, 0.46 * np.sqrt(2) * np.cos(ring + np.pi / 4)]
    )
    kit.put("iron", shapes.tube(square, 0.022, 8))
    for x in (-0.28, 0.28):
        can = shapes.lathe(
            [[0, 0], [0.13, 0], [0.13, 0.26], [0.09, 0.30], [0.10, 0.42], [0.08, 0.42], [0.07, 0.32]], 20
        )
        kit.put("iron", shapes.move(can, (x, 2.34, 0)))
        kit.put("iron", shapes.tube(np.array([[x, 2.38, 0], [3 * x, 2.38, 0.1]]), 0.015, 6))
        flame = shapes.lathe([[0.035, 0], [0.085, 0.22], [0.10, 0.55], [0.07, 1.0], [0.03, 1.45], [0, 1.7]], 16, 180)
        kit.put("lamp", shapes.move(flame, (x, 2.80, 0)))
    for x, z in ((-0.95, -0.68), (0.95, -0.68)):
        tank = shapes.lathe([[0, 0], [0.14, 0], [0.15, 0.05], [0.15, 0.52], [0.10, 0.60], [0, 0.62]], 18)
        kit.put("iron", shapes.move(tank, (x, 0.0, z)))
    kit.put("envelope", _gores())
    cameras: dict[str, View] = {
        "EWS": ((3.2, 0.84, 8.3), (-0.2, 2.6, 0.0)),
        "WS": ((2.1, 1.9, 5.8), (-0.1, 1.55, 0.0)),
        "FS": ((1.5, 1.75, 4.5), (-0.1, 1.30, 0.0)),
        "MFS": ((1.1, 1.70, 3.5), (-0.05, 1.35, 0.0)),
    }
    others = ((-0.62, 0.25), (0.62, -0.3))
    return Craft("Balloon", kit, _balloon_materials(folder, plan), (2.5, 0.0, 1.5), others, cameras)


def wing(folder: Path, plan: SetPlan) -> Craft:
    """The wing of an airliner, its fuselage beside it; she flies away from the lens, to -Z."""
    kit = Kit()
    span = np.concatenate([np.linspace(-6.0, 15.5, 44), np.linspace(15.55, 16.4, 6)])
    rows = []
    for x in span.tolist():
        lead, chord, up = _planform(x)
        t = np.linspace(0, 1, 26)
        s = 0.5 - 0.5 * np.cos(np.pi * t)  # from the leading edge back
        thick = (0.055 + 0.015 * np.clip(-x / 6, 0, 1)) * chord
        camber = thick * np.sqrt(np.clip(4 * s * (1 - s), 0, 1)) ** 0.9
        flat = np.clip((0.9 * thick - camber) / thick, 0, 1)
        top = up - flat * thick * 0.55
        rows.append(np.column_stack([np.full(26, x), top, lead + s * chord]))
    upper = np.stack(rows)
    lower = (
        upper
        - np.array([0, 1, 0])
        * (0.16 + 0.28 * np.clip((8 - upper[..., :1]) / 14, 0, 1))
        * np.sin(np.pi * np.linspace(0, 1, 26))[None, :, None]
    )
    plane = upper[..., [0, 2]] / 3.0
    kit.put("skin", shapes.grid(upper[:, ::-1], uvs=plane[:, ::-1]), shapes.grid(lower, uvs=plane))
    kit.put("seam", *_flaps(upper))
    kit.put("skin", _fuselage())
    kit.put("line", _line())
    kit.put("glass", *_windows())
    kit.put("nacelle", *_engine(np.array([5.2, -1.55, -4.3])))
    kit.put("lamp", shapes.move(shapes.sphere(0.07, 12), (16.35, _planform(16.3)[2] + 0.05, _planform(16.3)[0] + 0.4)))
    cameras: dict[str, View] = {"EWS": ((4.4, 2.2, 7.6), (-0.9, 0.75, 0.0)), "WS": ((2.3, 1.9, 5.4), (-0.5, 0.95, 0.0))}
    others = ((-1.3, 0.3), (1.3, -0.2))
    return Craft("Plane", kit, _plane_materials(folder, plan.seed), (0.0, 0.0, 110.0), others, cameras)


def _hull_above(middle: Array, long: float, wide: float) -> tuple[Mesh, list[Mesh]]:
    """An airship's envelope: a spindle along z with sagging panels between its ribs, and the ropes along them."""
    t = np.linspace(-1, 1, 61)
    angle = np.linspace(0, 2 * np.pi, 97)[:-1]
    girth = wide * np.sqrt(np.clip(1 - np.abs(t) ** 2.6, 0, 1))
    sag = 1 - 0.012 * np.abs(np.sin(8 * angle))[None] - 0.008 * np.abs(np.sin(7.5 * np.pi * t))[:, None]
    x = girth[:, None] * sag * np.sin(angle)
    y = girth[:, None] * sag * np.cos(angle)
    z = np.broadcast_to(0.5 * long * t[:, None], x.shape)
    points = middle + np.stack([x, y, z], axis=-1)
    ribs = []
    for k in range(0, 96, 12):
        ribs.append(shapes.tube(points[2:-2, k] + 0.01 * (points[2:-2, k] - middle) * [1, 1, 0] / wide, 0.02, 5))
    for row in range(6, 56, 8):
        ribs.append(shapes.tube(np.concatenate([points[row], points[row, :1]]), 0.018, 5))
    uvs = np.stack(np.broadcast_arrays(np.linspace(0, 8, 97)[None], 0.5 * long * (t[:, None] + 1) / 4), axis=-1)
    closed = np.concatenate([points, points[:, :1]], axis=1)
    return shapes.grid(closed, uvs=uvs), ribs


def _lantern(kit: Kit, foot: Array) -> None:
    """A brass lantern on a post."""
    kit.put("brass", shapes.move(shapes.lathe([[0.07, 0], [0.075, 0.03], [0.06, 0.04]], 12), foot))
    kit.put("lamp", shapes.move(shapes.lathe([[0, 0.05], [0.04, 0.07], [0.045, 0.16], [0, 0.19]], 14), foot))
    kit.put("brass", shapes.move(shapes.lathe([[0.075, 0.22], [0.05, 0.27], [0.015, 0.31], [0, 0.36]], 12), foot))
    for k in range(4):
        side = foot + 0.062 * np.array([np.sin(k * np.pi / 2), 0, np.cos(k * np.pi / 2)])
        kit.put("brass", shapes.tube(side + np.array([[0, 0.03, 0], [0, 0.23, 0]]), 0.006, 6))


def _woven(start: Array, end: Array, high: float) -> Mesh:
    """Wicker between two level corners (x, z) [m]: canes woven before and behind upright stakes, with real relief."""
    long = float(np.linalg.norm(end - start))
    along = (end - start) / long
    out = np.array([along[1], -along[0]])
    columns, rows = round(long / 0.014), round(high / 0.026)
    u, v = np.linspace(0, long, columns), np.arange(rows)
    bulge = 0.014 * np.cos(2 * np.pi * u[None] / 0.17 + np.pi * (v[:, None] % 2))
    profile = np.array([[0.0, -0.004], [0.30, 0.006], [0.70, 0.006], [1.0, -0.004]])  # across one cane
    y = ((v[:, None] + profile[:, 0]) * 0.026).ravel()[:, None]
    off = (bulge[:, None, :] + profile[None, :, 1:2]).reshape(4 * rows, columns) + 0.02
    x = start[0] + along[0] * u[None] + out[0] * off
    z = start[1] + along[1] * u[None] + out[1] * off
    uvs = np.stack(np.broadcast_arrays(u[None], 9.7 * y), axis=-1)
    return shapes.grid(np.stack(np.broadcast_arrays(x, y, z), axis=-1), uvs=uvs)


def _gores() -> Mesh:
    """A hot-air balloon's envelope over its basket: bulging gores, open at the mouth."""
    t = np.linspace(0, 1, 60)
    rise = 5.2 + 17.0 * t
    girth = 1.9 + 6.9 * np.sin(np.pi * np.clip(0.06 + 0.56 * t**0.85, 0, 1)) ** 1.25 - 0.9 * (1 - t) ** 3
    girth = girth * np.sqrt(np.clip((1.0 - t) / 0.22, 0, 1) * (2 - np.clip((1.0 - t) / 0.22, 0, 1)))
    angle = np.linspace(0, 2 * np.pi, _GORES * 8 + 1)
    bulge = 1 + 0.035 * np.abs(np.sin(_GORES / 2 * angle))
    x, z = (girth[:, None] * bulge * f(angle) for f in (np.sin, np.cos))
    points = np.stack([x, np.broadcast_to(rise[:, None], x.shape), z], axis=-1)
    uvs = np.stack(np.broadcast_arrays(angle[None] / (2 * np.pi), t[:, None]), axis=-1)
    return shapes.grid(points, uvs=uvs)


def _planform(x: float) -> tuple[float, float, float]:
    """Of the wing at a distance from the hero along the span [m]: its leading edge (z), its chord, its height."""
    root = np.clip((x + 6.0) / 21.5, 0, 1)
    lead, chord = -3.3 + 0.46 * max(x, -6.0), 7.6 - 5.6 * root
    up = 0.0 if x < 3 else 0.055 * (x - 3) ** 1.12
    tip = max(x - 15.5, 0.0) / 0.9  # the winglet turns up
    return float(lead + 1.6 * tip), float(chord - 0.9 * tip), float(up + 2.3 * tip**1.6)


def _flaps(upper: Array) -> list[Mesh]:
    """The gaps of flaps, spoilers and slats, drawn on the upper side, [span, chord, 3], as dark strips."""
    lifted = upper + np.array([0, 0.006, 0])
    gaps = [shapes.tube(lifted[3:42, row], 0.006, 4) for row in (4, 16, 19)]
    for column in (6, 12, 18, 24, 31, 38):
        gaps.append(shapes.tube(lifted[column, 16:24], 0.005, 4))
        gaps.append(shapes.tube(lifted[column, 0:5], 0.004, 4))
    return gaps


def _fuselage() -> Mesh:
    """A tube along z beside the wing, its nose far ahead."""
    z = np.concatenate([np.linspace(26, -16, 30), -16 - 6.5 * np.sin(np.linspace(0, np.pi / 2, 16))[1:]])
    girth = np.where(z > -16, 2.0, 2.0 * np.sqrt(np.clip(1 - ((-16 - z) / 6.5) ** 2, 0.0004, 1)))
    angle = np.linspace(0, 2 * np.pi, 65)
    droop = np.where(z > -16, 0, -0.55 * ((-16 - z) / 6.5) ** 2)
    x = -7.3 + girth[:, None] * np.sin(angle)
    y = 0.55 + droop[:, None] + girth[:, None] * np.cos(angle)
    points = np.stack([x, y, np.broadcast_to(z[:, None], x.shape)], axis=-1)
    uvs = np.stack(np.broadcast_arrays(angle[None] * 2 / 3, z[:, None] / 3), axis=-1)
    return shapes.grid(points[:, ::-1], uvs=uvs[:, ::-1])


def _line() -> Mesh:
    """The painted line along her side, under the windows."""
    z, angle = np.linspace(26, -16, 60), np.linspace(1.42, 1.60, 6)
    x, y = -7.3 + 2.006 * np.sin(angle), 0.55 + 2.006 * np.cos(angle)
    rows = np.stack(np.broadcast_arrays(x, y, z[:, None]), axis=-1)
    return shapes.grid(rows[:, ::-1])


def _windows() -> list[Mesh]:
    """Cabin windows in the side of the fuselage that looks at the wing."""
    angle = np.linspace(0, 2 * np.pi, 25)[:-1]
    outline = np.column_stack([0.115 * np.cos(angle), 0.17 * np.sin(angle)])
    outline = np.sign(outline) * np.abs(outline / [0.115, 0.17]) ** 0.7 * [0.115, 0.17]
    panes = []
    for z in np.arange(-14.5, 22, 0.53).tolist():
        around = np.column_stack([outline[:, 1] / 2.0 + 1.18, outline[:, 0] + z])  # angle from the top, and z
        rim = np.column_stack([-7.3 + 2.004 * np.sin(around[:, 0]), 0.55 + 2.004 * np.cos(around[:, 0]), around[:, 1]])
        middle = rim.mean(axis=0)
        fan = np.stack([np.broadcast_to(middle, rim.shape), np.roll(rim, -1, axis=0), rim], axis=1)
        panes.append(shapes.smooth(Mesh.of_corners(fan)))
    return panes


def _engine(middle: Array) -> list[Mesh]:
    """A turbofan's nacelle under the leading edge, its pylon, and the spinner."""
    profile = [
        [0.70, 2.1],
        [1.02, 1.4],
        [1.18, 0.3],
        [1.16, -1.2],
        [1.08, -1.62],
        [0.98, -1.70],
        [0.90, -1.60],
        [0.86, -1.0],
    ]
    turned = shapes.stand_up(shapes.lathe([[r, y] for r, y in profile][::-1], 40, crease=75))
    spinner = shapes.stand_up(shapes.lathe([[0, -1.5], [0.22, -1.15], [0.30, -0.9]], 20, crease=75))
    pylon = shapes.soft_box((-0.14, 0.9, -0.9), (0.14, 1.6, 2.6), 0.10)
    return [shapes.move(part, middle) for part in (turned, spinner, pylon)]


def _airship_materials(folder: Path, plan: SetPlan) -> dict[str, Material]:
    cloth = textures.plaster(491, ((0.50, 0.42, 0.30), (0.36, 0.13, 0.09), (0.30, 0.34, 0.36))[plan.seed // 3 % 3], 512)
    return {
        "deck": textured(
            folder, "teak", textures.wood(492, (0.16, 0.085, 0.04), (0.42, 0.26, 0.14), gloss=0.45), 0.003
        ),
        "hull": textured(
            folder, "hull", textures.wood(493, (0.06, 0.03, 0.015), (0.17, 0.09, 0.045), gloss=0.4), 0.003
        ),
        "trim": textured(folder, "trim", textures.wood(494, (0.07, 0.04, 0.02), (0.20, 0.12, 0.06), gloss=0.4), 0.004),
        "brass": Material("brass", base=(0.78, 0.55, 0.24), roughness=0.22, metallic=1.0),
        "rope": Material("hemp", base=(0.31, 0.24, 0.15), roughness=0.95),
        "envelope": textured(folder, "envelope", cloth, 0.010, specular=0.2),
        "lamp": Material("lantern", base=(0.1, 0.08, 0.05), emission=(24.0, 13.0, 5.0)),
    }


def _balloon_materials(folder: Path, plan: SetPlan) -> dict[str, Material]:
    cane = textures.wood(495, (0.20, 0.12, 0.055), (0.46, 0.31, 0.16), 512, 0.55)
    picture = textures.write_color(folder, "gores", _stripes(plan.seed))
    return {
        "wicker": textured(folder, "wicker", cane, 0.002),
        "trim": textured(folder, "floor", textures.wood(496, (0.12, 0.08, 0.045), (0.32, 0.22, 0.13)), 0.003),
        "leather": Material("leather", base=(0.16, 0.075, 0.035), roughness=0.5),
        "rope": Material("steel_rope", base=(0.45, 0.45, 0.46), roughness=0.4, metallic=0.8),
        "iron": Material("burner", base=(0.55, 0.55, 0.56), roughness=0.28, metallic=0.9),
        "envelope": Material("envelope", base=(0.5, 0.2, 0.1), base_texture=picture, roughness=0.6, specular=0.3),
        "lamp": Material("burner_flame", base=(0, 0, 0), emission=(6.0, 3.0, 0.6)),
    }


def _stripes(seed: int) -> NDArray[np.floating]:
    """A balloon's cloth, from the mouth (below) to the crown: gores in turn, with a band of another colour."""
    palettes = (
        ((0.62, 0.05, 0.03), (0.80, 0.50, 0.06), (0.75, 0.72, 0.62)),
        ((0.03, 0.12, 0.42), (0.75, 0.72, 0.62), (0.70, 0.12, 0.04)),
        ((0.72, 0.34, 0.03), (0.35, 0.03, 0.12), (0.80, 0.62, 0.20)),
    )
    first, second, band = (np.array(color) for color in palettes[seed // 3 % 3])
    column = (np.arange(_GORES * 32) // 32)[None, :, None]
    row = np.linspace(1, 0, 512)[:, None, None]
    cloth = np.where((column // 2 + (row * 9).astype(int)) % 3 == 0, second, first)
    cloth = np.where(np.abs(row - 0.30) < 0.035, band, cloth)
    seam = 1 - 0.35 * (np.abs((np.arange(_GORES * 32) % 32) - 0.5) < 1)[None, :, None]
    tape = 1 - 0.2 * (np.mod(row * 34, 1) < 0.04)
    return (cloth * seam * tape).astype(np.float32)


def _plane_materials(folder: Path, seed: int) -> dict[str, Material]:
    """Painted aluminium in sheets: their seams and rows of rivets. A tile is three metres."""
    size = 1024
    v, u = np.mgrid[0:size, 0:size] / size
    seams = np.minimum(np.abs(np.mod(u * 2 + 0.5, 1) - 0.5), np.abs(np.mod(v * 3 + 0.5, 1) - 0.5) * 2 / 3)
    line = np.clip(1 - seams * 260, 0, 1)
    rivets = (np.abs(seams - 0.012) < 0.0016) & (np.mod((u + v) * 96, 1) < 0.30)
    dirt = textures.unit(textures.noise(497, size, 2.2, (1, 6)), 1.2)
    tone = (0.52 - 0.09 * dirt) * (1 - 0.5 * line) * (1 - 0.15 * rivets)
    albedo = tone[..., None] * np.array([0.98, 1.0, 1.03])
    rough = np.clip(0.30 + 0.18 * dirt + 0.2 * line, 0, 1)
    height = np.clip(0.5 - 0.4 * line + 0.25 * rivets, 0, 1)
    paint: RGB = ((0.05, 0.11, 0.30), (0.42, 0.05, 0.03), (0.04, 0.20, 0.16))[seed // 3 % 3]
    skin = Surface(albedo.astype(np.float32), rough.astype(np.float32), height.astype(np.float32))
    return {
        "skin": textured(folder, "aircraft_skin", skin, 0.004, specular=0.5, clearcoat=0.4),
        "line": Material("cheat_line", base=paint),
        "seam": Material("gap", base=(0.05, 0.05, 0.055), roughness=0.7),
        "glass": Material("cabin_window", base=(0.02, 0.022, 0.025), roughness=0.06),
        "nacelle": Material("nacelle", base=(0.70, 0.71, 0.73), roughness=0.22, specular=0.6, clearcoat=0.6),
        "lamp": Material("wing_light", base=(0, 0, 0), emission=(0.6, 9.0, 2.0)),
    }
